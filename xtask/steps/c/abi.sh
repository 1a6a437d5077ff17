# The same from the other side: types and layout from the debug information of the library.
# Types are read from the debug information, of which an ordinary build has lines only.
CARGO_PROFILE_DEV_DEBUG=full cargo rustc --quiet --package optout-capi --crate-type cdylib -- -Ccodegen-units=1 --remap-path-prefix="$PWD=."
abidw --no-corpus-path --no-comp-dir-path --no-show-locs --out-file "$work/all.abi" \
    "$target/debug/liboptout_capi.so"
python3 abi/ours.py "$work/all.abi" >"$work/optout.abi"
# It takes a structure that grew at its end for a change too: such a growth is a new optout_v1.abi.
abidiff --no-added-syms abi/optout_v1.abi "$work/optout.abi"
# It can fail: with a field of another type, and with two fields in each other's place.
for planted in 's/name="verdict" type-id="[^"]*"/name="verdict" type-id="type-id-12"/' \
    's/name="reason" type/name="route" type/; t; s/name="route" type/name="reason" type/'; do
    sed "$planted" "$work/optout.abi" >"$work/planted.abi"
    if cmp -s "$work/optout.abi" "$work/planted.abi"; then exit 1; fi
    if abidiff --no-added-syms abi/optout_v1.abi "$work/planted.abi" >/dev/null; then
        echo "a change went unnoticed: $planted"
        exit 1
    fi
done
echo "$(grep -c '<function-decl ' "$work/optout.abi") functions as they were"
