# .NET Core 3.1, for which Debian has no compiler of its own: what Mono compiled.
library
out="$work/csharp"
dotnet="$(echo "$tools"/dotnet/lib/python3*/site-packages/dotnetcore2/bin/dotnet)"
for program in Golden Epr; do
    cp "$out/$program.exe" "$out/$program.dll"
    echo '{"runtimeOptions":{"framework":{"name":"Microsoft.NETCore.App","version":"3.1.0"},
        "configProperties":{"System.Globalization.Invariant":true}}}' >"$out/$program.runtimeconfig.json"
done
"$dotnet" --list-runtimes | cut -d' ' -f1-2
golden "$dotnet" "$out/Golden.dll"
epr "$dotnet" "$out/Epr.dll"
