library
out="$work/csharp"
mkdir -p "$out"
for program in Golden Epr; do
    mcs -unsafe -warn:4 -warnaserror -out:"$out/$program.exe" "bindings/csharp/$program.cs" bindings/csharp/{Optout,Codes}.cs
done
mono --version | sed -n 1p
golden mono "$out/Golden.exe"
epr mono "$out/Epr.exe"
