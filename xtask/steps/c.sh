# What the steps of the C library share. $work, $target, $tools and $version are given.
prefix="$work/moved"
warnings=(-Wall -Wextra -Wpedantic -Werror -Wconversion -Wshadow)
suites=(assess decide patient text explain json nhs_number register newer threads)
native=(-lgcc_s -lutil -lrt -lpthread -lm -ldl -lc)

# Runs a program, and shows what it says only when it fails; otherwise its last line.
last_line() {
    "$@" >"$work/said.log" 2>&1 || { tail -40 "$work/said.log"; return 1; }
    tail -1 "$work/said.log"
}

# Compiles a suite: compiler, output, then flags and libraries.
compile_suite() {
    local compiler="$1" suite="$2" output="$3"
    shift 3
    "$compiler" -std=c11 -D_POSIX_C_SOURCE=200809L -O1 -g "${warnings[@]}" -DSCRATCH="\"$work\"" -DVERSION="\"$version\"" \
        -DREGISTER="\"$PWD/tests/c/national.register\"" -I"$prefix/include" "tests/c/test_$suite.c" \
        -o "$output" "$@" -lcmocka -lpthread
}

# What a program is linked with, to use the shared library.
shared() { printf '%s\n' -L"$prefix/lib" -loptout -Wl,-rpath,"$prefix/lib"; }

# A program of a manual: its language, which of them, and the header.
manual_program() {
    awk -v start="@code{.$1}" -v wanted="$2" 'index($0, start) { on = ++count == wanted; next }
        /@endcode/ { on = 0 } on { sub(/^ [*] ?/, ""); print }' "$3"
}

# Whether the CMake package says that it suits a project that asks for a version.
cmake_suits() {
    printf 'set(PACKAGE_FIND_VERSION %s)\nset(PACKAGE_FIND_VERSION_MAJOR %s)\ninclude(%s)\nmessage("${%s}")\n' "$1" \
        "${1%%.*}" "$prefix/share/cmake/optout/optout-config-version.cmake" PACKAGE_VERSION_COMPATIBLE \
        >"$work/suits.cmake"
    [ "$(cmake -P "$work/suits.cmake" 2>&1)" = "$2" ]
}

# The functions that the header declares, and those that a library exports.
declared() { gcc -E -P "$@" include/optout.h | grep -o '\<optout_[a-z0-9_]*(' | tr -d '(' | sort -u; }
exported() { nm -D --defined-only "$1" | awk '{ print $3 }' | sort -u; }

# Builds the library with a sanitizer, and runs the suites with it: its name, the flags for Rust, the
# sanitizers for C, and the suites.
sanitized() {
    local name="$1" rust="$2" c="$3" suite
    shift 3
    cargo +nightly --version >/dev/null 2>&1 || rustup toolchain install nightly --profile minimal >/dev/null 2>&1
    RUSTFLAGS="$rust" cargo +nightly rustc --quiet --package optout-capi --crate-type staticlib \
        --target x86_64-unknown-linux-gnu --target-dir "$work/$name"
    local library="$work/$name/x86_64-unknown-linux-gnu/debug/liboptout_capi.a"
    nm "$library" 2>/dev/null | grep -c "U __${name}_" >"$work/$name.count"
    for suite in "$@"; do
        compile_suite clang-19 "$suite" "$work/${name}_$suite" "-fsanitize=$c" -fno-sanitize-recover=all \
            "$library" "${native[@]}"
        last_line "$work/${name}_$suite"
    done
}

# A register of some megabytes, for the two steps that follow it.
large_register() {
    cargo run --quiet --package optout-capi --example register -- "$work/large.register"
}

# What a program of the next two steps is compiled with.
compile_calls() {
    gcc -std=c11 -D_POSIX_C_SOURCE=200809L -O1 -g "${warnings[@]}" -I"$prefix/include" -I"$work" "tests/c/$1.c" \
        -o "$work/$1" -L"$prefix/lib" -loptout -Wl,-rpath,"$prefix/lib" -Wl,-z,now
}

# The header's table of stacks, a line STACK(function, bytes) each; freeing comes last.
stated() {
    local others
    others="$(sed -n 's/^ [*] | every other function | \([0-9]*\) |$/\1/p' include/optout.h)"
    {
        sed -n 's/^ [*] | \(`optout_.*\) | \([0-9]*\) |$/\2 \1/p' include/optout.h | tr -d '`,' |
            awk '{ for (i = 2; i <= NF; i++) print $i, $1 }'
        declared | sed "s/$/ $others/"
    } | awk '!seen[$1]++ { if ($1 == "optout_register_free") last = $0; else print } END { print last }' |
        sed 's/\(.*\) \(.*\)/STACK(\1, \2)/'
}
