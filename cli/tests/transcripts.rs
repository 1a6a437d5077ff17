//! The transcripts under `cmd/` say what the command does.
//!
//! `TRYCMD=overwrite cargo test -p optout-cli --test transcripts` writes them again; review them as
//! a diff.

use std::path::Path;

#[test]
fn transcripts_are_true() {
    // Paths in them are those of the repository.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    std::env::set_current_dir(root).expect("the repository");
    trycmd::TestCases::new().case("cli/tests/cmd/*.md");
}
