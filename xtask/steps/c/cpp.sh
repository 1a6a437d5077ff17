# The C++ header over a register, whose memory is the only one to free; and the example that it begins with.
{
    printf '#include <iostream>\n#include <optout.hpp>\nvoid send();\n'
    printf 'int example(const optout::Register &checked, const std::string &number)%s\n' ';' '{'
    manual_program cpp 1 include/optout.hpp
    printf 'return 0;\n}\n'
} >"$work/example.cpp"
g++ -std=c++11 "${warnings[@]}" -I"$prefix/include" -c "$work/example.cpp" -o "$work/example.o"
mapfile -t libraries < <(shared)
g++ -std=c++11 -O1 -g "${warnings[@]}" -Wold-style-cast -fno-exceptions \
    -DREGISTER="\"$PWD/tests/c/national.register\"" -I"$prefix/include" tests/c/register.cpp \
    -o "$work/register_cpp" "${libraries[@]}"
valgrind --quiet --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=all "$work/register_cpp"
