# The decisions without a standard library: no panic is reachable in it, or it would not link; and it
# asks nothing of the system but to move memory.
build=(cargo rustc --quiet --package optout-capi --no-default-features --profile decisions
    --crate-type cdylib --target-dir "$work/decisions")
proof="--cfg optout_proof -Cforce-unwind-tables=no -Clink-arg=-Wl,-z,defs -Clink-arg=-lc"
library="$work/decisions/decisions/liboptout_capi.so"
RUSTFLAGS="$proof" "${build[@]}"
echo "no panic is reachable"
diff <(printf 'bcmp\nmemcpy\nmemset\n') <(nm -D --undefined-only "$library" |
    awk '$1 == "U" { sub(/@.*/, "", $2); print $2 }' | sort)
echo "imports: bcmp memcpy memset"
diff <(declared -DOPTOUT_DECISIONS_ONLY) <(exported "$library")
echo "$(declared -DOPTOUT_DECISIONS_ONLY | wc -l) functions, $(stat -c %s "$library") bytes," \
    "glibc $(objdump -T "$library" | grep -o 'GLIBC_[0-9.]*' | sort -Vu | tail -1)"
[ "$(stat -c %s "$library")" -lt 40960 ]
cp "$library" "$work/liboptout_decisions.so"
for suite in assess decide patient text newer threads; do
    compile_suite gcc "$suite" "$work/decisions_$suite" -DOPTOUT_DECISIONS_ONLY -L"$work" \
        -l:liboptout_decisions.so -Wl,-rpath,"$work"
    last_line "$work/decisions_$suite"
done
# The proof can fail: with one function that can panic the library does not link.
if RUSTFLAGS="$proof --cfg optout_proof_fails" "${build[@]}" 2>"$work/proof.log"; then
    echo "a panic went unnoticed"
    exit 1
fi
grep -m1 "undefined symbol: optout_a_panic_is_reachable" "$work/proof.log"
