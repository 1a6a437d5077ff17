# What the tests built, so that nothing is built for this alone.
cargo test --quiet --workspace --all-features --no-run
"$target/debug/optout" handbook --check .
rm -rf "$target/sample"
"$target/debug/examples/generate" "$target/sample"
for file in "$target/sample"/*; do cmp "$file" "examples/extract/${file##*/}"; done
"$target/debug/xtask" generate --check
