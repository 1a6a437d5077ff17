cargo run --quiet -- handbook --check .
cargo xtask generate --check
rm -rf "$target/sample"
cargo run --quiet --features extract --example generate -- "$target/sample"
for file in "$target/sample"/*; do cmp "$file" "examples/extract/${file##*/}"; done
