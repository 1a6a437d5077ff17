# What is shipped is compiled and linked as a whole; each of these many programs need not be.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
OPTOUT_SPACE=full cargo test --workspace --all-features --release --lib --bins --examples --test '*'
