msrv="$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml | head -1)"
if rustc --version | grep -q "^rustc $msrv\."; then
    echo "this is rustc $msrv: every other step is the test"
elif cargo "+$msrv.0" --version >/dev/null 2>&1; then
    CARGO_TARGET_DIR="$target/oldest" cargo "+$msrv.0" check --workspace --all-features
else
    echo "skipped: rustc $msrv is not installed"
    exit 77
fi
