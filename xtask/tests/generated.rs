//! What is written from the vocabulary is up to date.
#![cfg(feature = "vocabulary")]
#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::process::Command;

#[test]
fn what_is_written_from_the_vocabulary_is_what_the_code_says() {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["generate", "--check"])
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
