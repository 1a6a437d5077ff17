# What the steps of the other languages share. $work, $target, $tools and $version are given.
prefix="$target/c/moved"
strict=(-O1 -Wall -Wextra -Wpedantic -Werror -Wconversion -Wshadow)

# The library that the step `install` left, found by the loader.
library() { export LD_LIBRARY_PATH="$prefix/lib"; }

answers="$(grep -vc '^#' tests/golden/answers.tsv)"

# The same file with the last line of each kind that asks changed in its last character, the answer.s.
falsified="$work/falsified.tsv"
awk -F '\t' 'NR == FNR { if (!/^(#|word)/) last[$1] = FNR; next }
    FNR == last[$1] { $0 = substr($0, 1, length($0) - 1) (/0$/ ? "1" : "0") } { print }' \
    tests/golden/answers.tsv tests/golden/answers.tsv >"$falsified"
wrong="$(diff tests/golden/answers.tsv "$falsified" | grep -c '^>' || true)"

# A program that compares the answers finds all of them equal, and a wrong one different.
golden() {
    "$@" tests/golden/answers.tsv >"$work/golden.log" 2>&1 || { tail -20 "$work/golden.log"; return 1; }
    [ "$(tr -d '\r' <"$work/golden.log" | tail -1)" = "$answers answers equal" ]
    echo "$answers answers equal"
    if "$@" "$falsified" >"$work/falsified.log" 2>&1; then
        echo "wrong answers went unnoticed"
        return 1
    fi
    [ "$(tr -d '\r' <"$work/falsified.log" | tail -1)" = "$wrong answers differ" ]
}

# The sample of a patient record's send hook leaves the audit that the one in C leaves.
epr() { "$@" | tr -d '\r' | diff tests/c/epr.txt -; }

# This machine cannot run it, whatever is installed: what was done so far counts as skipped, in CI too.
cannot() {
    printf 'skipped: %s\n' "$1"
    exit 78
}

# Builds for a processor, and the programs that try what was built.
windows() {
    local processor="$1" machine="$2" out="$work/$1"
    local gcc="$processor-w64-mingw32-gcc" objdump="$processor-w64-mingw32-objdump"
    CARGO_TARGET_DIR="$work" capi/windows.sh --target="$processor" --prefix="$out" 2>"$work/windows.log" ||
        { tail -20 "$work/windows.log"; return 1; }

    # KERNEL32 and the others are in every Windows; the first sets the floor: Windows 10, Server 2016.
    local imports
    imports="$("$objdump" -p "$out/bin/optout.dll" | sed -n 's/.*DLL Name: //p' | sort -f | xargs)"
    echo "$processor: $(stat -c %s "$out/bin/optout.dll") bytes; imports $imports"
    [ "$imports" = "api-ms-win-core-synch-l1-2-0.dll KERNEL32.dll msvcrt.dll ntdll.dll" ]
    diff <(tail -n +3 "$out/lib/optout.def") <("$objdump" -p "$out/bin/optout.dll" |
        sed -n 's/^\t\[ *[0-9]*\] \(+base\[ *[0-9]*\] *[0-9a-f]* \)\{0,1\}\(optout_[a-z0-9_]*\)$/\2/p')

    # Sizes, offsets and types of the structures are asserted by the header and the contract, as compiled.
    local flags=(-std=c11 "${strict[@]}" -DOPTOUT_DLL -Iinclude)
    "$gcc" "${flags[@]}" tests/c/golden.c "$out/lib/liboptout.dll.a" -o "$out/bin/golden.exe"
    "$gcc" "${flags[@]}" examples/epr.c "$out/lib/liboptout.dll.a" -o "$out/bin/epr.exe"
    "$gcc" -std=c11 -Wall -Wextra -Werror -DOPTOUT_DLL -Iinclude abi/contract_v1.c "$out/lib/liboptout.dll.a" \
        -o "$out/bin/contract.exe"
    # The import library for MSVC: a program as its compiler would make it links.
    printf '#include <optout.h>\nint start(void) { return (int)optout_abi_version() - OPTOUT_ABI_VERSION; }\n' >"$out/msvc.c"
    clang -std=c11 --target="$machine-pc-windows-msvc" -ffreestanding -DOPTOUT_DLL -Iinclude -c "$out/msvc.c" \
        -o "$out/msvc.obj"
    lld-link -nologo -entry:start -subsystem:console -nodefaultlib -safeseh:no "$out/msvc.obj" "$out/lib/optout.lib" \
        -out:"$out/bin/msvc.exe"
    lacking_in_wine "$gcc" "$out"
}

# Wine 8 lacks the one function of bcryptprimitives that a test program may import: the seed of hash tables.
lacking_in_wine() {
    local gcc="$1" out="$2"
    echo '__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *to, __SIZE_TYPE__ n)
        { while (n--) *to++ = 4; return 1; }' >"$out/prng.c"
    "$gcc" -shared -Wl,--kill-at "$out/prng.c" -o "$out/bin/bcryptprimitives.dll"
}

# Runs what was built, with the command that runs a program under Wine.
under_wine() {
    local out="$1"
    shift
    golden "$@" "$out/golden.exe"
    epr "$@" "$out/epr.exe"
    "$@" "$out/contract.exe"
    "$@" "$out/msvc.exe"
}

# Wine writes down its configuration when it first runs, and says so.
wine64() {
    export WINEPREFIX="$work/wine" WINEDEBUG=-all
    [ -e "$WINEPREFIX/system.reg" ] || wine hostname >/dev/null 2>&1
}

# Debian's 32-bit Wine, in a folder of its own, so that this system stays as it is. Where that cannot be,
# what was built is not run, and the step ends here.
system="$work/i386"
wine32() {
    if ! unshare --mount --pid --fork true 2>/dev/null; then
        cannot "built, not run: there can be no namespace here"
    fi
    [ ! -e "$system/complete" ] || return 0
    rm -rf "$system"
    if ! debootstrap --arch=i386 --variant=minbase --include=wine32,wine bookworm "$system" >"$work/i386.log" 2>&1; then
        tail -3 "$work/i386.log"
        echo "skipped: built, not run: no 32-bit Wine can be installed here"
        exit 77
    fi
    rm -rf "$system"/var/cache/apt/archives/*.deb
    mkdir -p "$system/optout"
    in_system hostname >/dev/null 2>&1 || cannot "built, not run: this kernel runs no 32-bit programs"
    touch "$system/complete"
}

# Runs a program of Windows in a folder that holds a system; Wine wants /proc.
in_system() {
    # shellcheck disable=SC2016
    unshare --mount --pid --fork bash -c 'mount -t proc proc "$0/proc" && cd / &&
        exec chroot "$0" env -i -C /optout HOME=/root WINEDEBUG=-all wine "$@"' "$system" "$@"
}

