# Linked by zig the library runs on systems as old as RHEL 7.
PATH="$tools/zig/bin:$PATH" capi/install.sh --prefix="$work/old" --glibc=2.17 2>"$work/old.log" ||
    { tail -20 "$work/old.log"; exit 1; }
prefix="$work/old"
floor="$(objdump -T "$prefix/lib/liboptout.so" | grep -o 'GLIBC_[0-9.]*' | sort -Vu | tail -1)"
echo "needs $floor and" "$(readelf -d "$prefix/lib/liboptout.so" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | xargs)"
[ "$(printf '%s\nGLIBC_2.17\n' "$floor" | sort -V | tail -1)" = GLIBC_2.17 ]
. xtask/steps/c/exports.sh
. xtask/steps/c/suites_shared.sh
