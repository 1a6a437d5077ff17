# No std, no alloc, on a processor for which neither exists.
RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$target/bare" /usr/bin/cargo build \
    -Zbuild-std=core --target thumbv7em-none-eabi --package optout --no-default-features
