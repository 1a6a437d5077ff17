#!/usr/bin/env bash
# Builds the C library for Windows, on Debian 12, and installs it for one processor:
#
#     capi/windows.sh --prefix=DIR [--target=x86_64|i686] [--test-panic]
#
# It gives bin/optout.dll, the import libraries lib/liboptout.dll.a (mingw) and lib/optout.lib (MSVC),
# lib/optout.def, and the headers; programs define OPTOUT_DLL. Everything is cdecl. --test-panic adds a
# function that panics, for the test that a panic is caught.
#
# It takes Debian's rustc-web, cargo-web and rust-web-src, because they carry the source of the standard
# library, and Debian's mingw and llvm:
#     apt install rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64-win32 gcc-mingw-w64-i686-win32 llvm
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"

prefix='' processor=x86_64 panic=()
for argument; do
    case "$argument" in
        --prefix=*) prefix="${argument#*=}" ;;
        --target=x86_64 | --target=i686) processor="${argument#*=}" ;;
        --test-panic) panic=(optout_test_panic) ;;
        *) prefix='' && break ;;
    esac
done
if [ -z "$prefix" ]; then
    printf 'usage: %s --prefix=DIR [--target=x86_64|i686] [--test-panic]\n' "$0" >&2
    exit 2
fi
gcc="$processor-w64-mingw32-gcc"
dlltool="$(compgen -c llvm-dlltool | sort -V | tail -1 || true)"
for tool in /usr/bin/rustc /usr/bin/cargo "$gcc" "${dlltool:-llvm-dlltool}"; do
    command -v "$tool" >/dev/null || { printf '%s: %s is not installed\n' "$0" "$tool" >&2; exit 2; }
done

build="${CARGO_TARGET_DIR:-$root/target}/windows"
target="$processor-pc-windows-gnu"
# Debian's compiler is a stable one: -Zbuild-std asks for the exception. `cargo_c`: the library prints
# nothing when it catches a panic.
env -u RUSTFLAGS RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$build" \
    /usr/bin/cargo rustc --manifest-path "$root/Cargo.toml" --package optout-capi --locked --release \
    --crate-type staticlib --target "$target" -Zbuild-std=std,panic_unwind -- --cfg cargo_c "${panic[@]/#/--cfg=}"

# What is exported is what the header declares.
mkdir -p "$prefix/bin" "$prefix/lib" "$prefix/include"
definition="$prefix/lib/optout.def"
declared="$("$gcc" -E -P "$root/include/optout.h" | grep -o '\<optout_[a-z0-9_]*(' | tr -d '(' | sort -u)"
printf '%s\n' 'LIBRARY optout.dll' EXPORTS "$declared" "${panic[@]}" >"$definition"
# mingw's start files register the unwind tables, which rustc's own link for i686 has to be given.
"$gcc" -shared -s -static-libgcc "$definition" \
    "$build/$target/release/liboptout_capi.a" -lkernel32 -lntdll -luserenv -lws2_32 -ldbghelp \
    -Wl,--out-implib,"$prefix/lib/liboptout.dll.a" -o "$prefix/bin/optout.dll"
machine=i386:x86-64
[ "$processor" = x86_64 ] || machine=i386
"$dlltool" -m "$machine" -d "$definition" -l "$prefix/lib/optout.lib"
cp "$root/include/optout.h" "$root/include/optout.hpp" "$prefix/include/"
