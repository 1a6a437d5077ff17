# It compiles in every dialect, whole and decisions only.
flags=(-pedantic-errors -Wall -Wextra -Werror -Wconversion -Wshadow -Wundef -Iinclude -fsyntax-only)
count=0
for part in -DOPTOUT_TEST_WHOLE -DOPTOUT_DECISIONS_ONLY; do
    for dialect in c89 c99 c11 c17 c2x; do
        for compiler in gcc clang clang-19; do
            "$compiler" -std="$dialect" "${flags[@]}" -Wstrict-prototypes -Wmissing-prototypes "$part" \
                tests/c/header.c
            count=$((count + 1))
        done
    done
    for dialect in c++98 c++11 c++14 c++17 c++20; do
        for compiler in g++ clang++ clang++-19; do
            "$compiler" -x c++ -std="$dialect" "${flags[@]}" -Wold-style-cast "$part" tests/c/header.c
            count=$((count + 1))
        done
    done
    tcc -Wall -Werror -Iinclude "$part" -c tests/c/header.c -o "$work/header.o"
    clang -std=c11 --target=i686-pc-windows-msvc -ffreestanding "${flags[@]}" -DOPTOUT_DLL "$part" \
        tests/c/header.c
    count=$((count + 2))
done
for dialect in c++11 c++14 c++17 c++20; do
    for compiler in g++ clang++ clang++-19; do
        "$compiler" -std="$dialect" "${flags[@]}" -Wold-style-cast -fno-exceptions tests/c/header.cpp
        count=$((count + 1))
    done
done
echo "$count compiles"
