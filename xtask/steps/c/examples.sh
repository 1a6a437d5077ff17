# The examples, linked by pkg-config and by CMake, from the moved tree, shared and static; and the
# programs on the header's first page.
flags=("${warnings[@]}" -O1)
pkg=(pkg-config --define-prefix)
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
read -ra found < <("${pkg[@]}" --cflags --libs optout)
gcc -std=c99 "${flags[@]}" examples/epr.c "${found[@]}" -Wl,-rpath,"$prefix/lib" -o "$work/epr"
"$work/epr" | diff tests/c/epr.txt -
g++ -std=c++11 "${flags[@]}" -Wold-style-cast -fno-exceptions -fno-rtti examples/epr.cpp "${found[@]}" \
    -Wl,-rpath,"$prefix/lib" -o "$work/epr"
"$work/epr" | diff tests/c/epr.txt -
read -ra found < <("${pkg[@]}" --cflags --libs --static optout | sed "s|-loptout|$prefix/lib/liboptout.a|")
gcc -std=c99 "${flags[@]}" examples/epr.c "${found[@]}" -o "$work/epr"
"$work/epr" | diff tests/c/epr.txt -
if readelf -d "$work/epr" | grep liboptout; then exit 1; fi

for program in 1 2; do
    manual_program c "$program" include/optout.h >"$work/manual_$program.c"
    gcc -std=c99 "${flags[@]}" "$work/manual_$program.c" -I"$prefix/include" -L"$prefix/lib" -loptout \
        -Wl,-rpath,"$prefix/lib" -o "$work/manual_$program"
done
{
    "$work/manual_1"
    for program in "20260608 9434700027 N" "20260608 9434700027 ?" "20260608 9434700019 N" "20260616 9434700027 N"; do
        IFS=' ' read -ra found <<<"$program"
        "$work/manual_2" tests/c/national.register "${found[@]}" 2>&1
    done
} | diff tests/c/manual.txt -

rm -rf "$work/cmake"
cmake -S tests/c/cmake -B "$work/cmake" -DCMAKE_PREFIX_PATH="$prefix" -DEXAMPLES="$PWD/examples" >"$work/cmake.log"
cmake --build "$work/cmake" >>"$work/cmake.log"
for program in epr_shared epr_static epr_cpp; do
    "$work/cmake/$program" | diff tests/c/epr.txt -
done
# No path of the library is kept: a tree that is moved is found again.
if grep -i 'liboptout' "$work/cmake/CMakeCache.txt"; then exit 1; fi
for program in "$version" "${version%.*}" "${version%%.*}"; do cmake_suits "$program" TRUE; done
for program in "$((${version%%.*} + 1)).0" "${version%%.*}.999" "$version.1"; do cmake_suits "$program" FALSE; done
