# Catching a panic takes unwind tables, which hang on how the DLL is linked: one with a function that panics.
for processor in x86_64 i686; do
    out="$work/panic_$processor"
    CARGO_TARGET_DIR="$work" capi/windows.sh --test-panic --target="$processor" --prefix="$out" \
        2>"$work/windows.log" || { tail -20 "$work/windows.log"; exit 1; }
    "$processor-w64-mingw32-gcc" -std=c99 "${strict[@]}" -DOPTOUT_DLL -Iinclude tests/c/panic.c \
        "$out/lib/liboptout.dll.a" -o "$out/bin/panic.exe"
    lacking_in_wine "$processor-w64-mingw32-gcc" "$out"
done
wine64
wine "$work/panic_x86_64/bin/panic.exe" 2>"$work/panic.log"
diff /dev/null "$work/panic.log"
wine32
mkdir -p "$system/optout/panic"
cp "$work/panic_i686/bin/"* "$system/optout/panic/"
in_system panic/panic.exe 2>"$work/panic.log"
diff /dev/null "$work/panic.log"
