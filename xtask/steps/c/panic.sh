# A panic is caught, is a status, and prints nothing: in the profile that is installed, because whether it
# unwinds hangs on that.
CARGO_PROFILE_RELEASE_LTO=off cargo rustc --quiet --package optout-capi --release --crate-type cdylib \
    --target-dir "$work/panic_build" -- --cfg cargo_c --cfg optout_test_panic
cp "$work/panic_build/release/liboptout_capi.so" "$work/liboptout_panic.so"
compile_suite gcc panic "$work/panic" -L"$work" -l:liboptout_panic.so -Wl,-rpath,"$work"
last_line "$work/panic"
