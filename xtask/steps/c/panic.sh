# A panic is caught, is a status, and prints nothing: in the profile that is installed, because whether it
# unwinds hangs on that.
# Linked as the step `space` links its tests, to share with it what is built.
CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 cargo rustc --quiet --package optout-capi \
    --release --crate-type cdylib -- --cfg cargo_c --cfg optout_test_panic
cp "$target/release/liboptout_capi.so" "$work/liboptout_panic.so"
compile_suite gcc panic "$work/panic" -L"$work" -l:liboptout_panic.so -Wl,-rpath,"$work"
last_line "$work/panic"
