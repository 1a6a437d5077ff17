export RUSTDOCFLAGS="-D warnings"
cargo doc --no-deps --all-features --package optout
cargo doc --no-deps --package optout --no-default-features
