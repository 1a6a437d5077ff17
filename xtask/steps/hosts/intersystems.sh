# The callout shim, compiled against a stand-in for the header of InterSystems.
library
flags=(-std=c11 "${strict[@]}" -Ibindings/intersystems/stub)
out="$work/optout_zf.so"
gcc "${flags[@]}" -shared -fPIC bindings/intersystems/optout_zf.c -I"$prefix/include" -L"$prefix/lib" -loptout \
    -o "$out"
gcc "${flags[@]}" -D_POSIX_C_SOURCE=200809L bindings/intersystems/golden.c -ldl -o "$work/zf_golden"
golden "$work/zf_golden" "$out"
valgrind --quiet --error-exitcode=99 --leak-check=full "$work/zf_golden" "$out" tests/golden/answers.tsv
