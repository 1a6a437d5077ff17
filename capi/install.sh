#!/usr/bin/env bash
# Builds and installs the C library on Linux with cargo and a C compiler alone:
#
#     capi/install.sh [--prefix=/usr/local] [--libdir=lib] [--destdir=] [--glibc=VERSION]
#
# It installs what `cargo cinstall -p optout-capi --release` does: the headers, liboptout.so.1, its
# static library, optout.pc for pkg-config and the CMake package `optout`.
#
# --glibc=2.17 links the shared library for old systems (RHEL 7 and later), with zig as the linker
# (`pip install ziglang`). Without it the library runs where it was built, and on newer systems.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"

prefix=/usr/local libdir=lib destdir= glibc=
for argument; do
    case "$argument" in
        --prefix=*) prefix="${argument#*=}" ;;
        --libdir=*) libdir="${argument#*=}" ;;
        --destdir=*) destdir="${argument#*=}" ;;
        --glibc=*) glibc="${argument#*=}" ;;
        *)
            printf 'usage: %s [--prefix=DIR] [--libdir=DIR] [--destdir=DIR] [--glibc=VERSION]\n' "$0" >&2
            exit 2
            ;;
    esac
done
if [ "$(uname -s)" != Linux ]; then
    printf '%s: for Linux; elsewhere use cargo-c: cargo cinstall -p optout-capi --release\n' "$0" >&2
    exit 2
fi

# The binary interface is versioned apart from the package.
section() { sed -n "/^\[$1\]/,/^\[/p" "$2"; }
abi="$(section package.metadata.capi.library "$root/capi/Cargo.toml" | sed -n 's/^version = "\(.*\)"/\1/p')"
version="$(section workspace.package "$root/Cargo.toml" | sed -n 's/^version = "\(.*\)"/\1/p')"
soname="liboptout.so.${abi%%.*}"

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
linker=()
if [ -n "$glibc" ]; then
    zig=(zig)
    command -v zig >/dev/null || zig=(python3 -m ziglang)
    "${zig[@]}" version >/dev/null
    printf '#!/bin/sh\nexec %s cc -target %s-linux-gnu.%s "$@"\n' "${zig[*]}" "$(uname -m)" "$glibc" >"$scratch/cc"
    chmod +x "$scratch/cc"
    linker=(-Clinker="$scratch/cc" -Clinker-features=-lld -Clink-self-contained=-linker)
fi

# `cargo_c` is what cargo-c sets too: the library then prints nothing when it catches a panic.
cargo rustc --manifest-path "$root/Cargo.toml" --package optout-capi --release --locked \
    --crate-type cdylib,staticlib --message-format json-render-diagnostics -- --cfg cargo_c \
    -Clink-arg="-Wl,-soname,$soname" "${linker[@]}" --print native-static-libs \
    2>&1 >"$scratch/artifacts" | tee "$scratch/log" >&2
# Where cargo says that they are: it may be told to build for a target, and elsewhere.
built="$(dirname "$(sed -n 's/.*"filenames":\[[^]]*"\([^"]*liboptout_capi\.so\)".*/\1/p' "$scratch/artifacts" | tail -1)")"
private="$(sed -n 's/^.*native-static-libs: //p' "$scratch/log" | tail -1)"

case "$libdir" in /*) lib="$libdir" ;; *) lib="$prefix/$libdir" ;; esac
put() { install -D -m "$1" "$2" "$destdir$3"; }
put 644 "$root/include/optout.h" "$prefix/include/optout.h"
put 644 "$root/include/optout.hpp" "$prefix/include/optout.hpp"
put 755 "$built/liboptout_capi.so" "$lib/liboptout.so.$abi"
put 644 "$built/liboptout_capi.a" "$lib/liboptout.a"
ln -sf "liboptout.so.$abi" "$destdir$lib/$soname"
ln -sf "$soname" "$destdir$lib/liboptout.so"
for file in "$root"/capi/cmake/*.cmake; do
    put 644 "$file" "$prefix/share/cmake/optout/$(basename "$file")"
done
mkdir -p "$destdir$lib/pkgconfig"
cat >"$destdir$lib/pkgconfig/optout.pc" <<PC
prefix=$prefix
exec_prefix=\${prefix}
libdir=${lib/#$prefix/\$\{exec_prefix\}}
includedir=\${prefix}/include

Name: optout
Description: Decides whether an NHS patient's data may be disclosed
Version: $version
Libs: -L\${libdir} -loptout
Cflags: -I\${includedir}
Libs.private: ${private:--lgcc_s -lutil -lrt -lpthread -lm -ldl -lc}
PC
