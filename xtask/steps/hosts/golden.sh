# In C; and the file itself is what the Rust library answers.
cargo test --quiet --workspace --all-features --test golden
library
gcc -std=c99 "${strict[@]}" tests/c/golden.c -I"$prefix/include" -L"$prefix/lib" -loptout -o "$work/golden"
golden "$work/golden"
