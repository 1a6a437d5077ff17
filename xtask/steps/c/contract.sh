# The interface of version 1, as every program built against it knows it: its contract compiles against
# today's header, and, as it was compiled in its day, runs with today's library.
sha256sum --check --quiet abi/v1.sha256
flags=(-std=c11 -Wall -Wextra -Werror)
mapfile -t libraries < <(shared)
gcc "${flags[@]}" abi/contract_v1.c -I"$prefix/include" "${libraries[@]}" -o "$work/contract"
"$work/contract"
gcc "${flags[@]}" -include abi/optout_v1.h abi/contract_v1.c -I"$prefix/include" "${libraries[@]}" \
    -o "$work/contract"
"$work/contract"
for suite in assess decide patient newer; do
    compile_suite gcc "$suite" "$work/old_$suite" -include abi/optout_v1.h "${libraries[@]}"
    last_line "$work/old_$suite"
done
