//! The programs under `examples/` of the library run, and print what they promise.
#![allow(missing_docs, reason = "each example is a program of its own")]

use snapbox::{assert_data_eq, file};

#[path = "../../examples/explain.rs"]
#[allow(dead_code, reason = "its main is not run here")]
mod explain;
#[path = "../../examples/service.rs"]
#[allow(dead_code, reason = "its main is not run here")]
mod service;

#[test]
fn explain_prints_its_snapshot() {
    let mut out = Vec::new();
    explain::run(&mut out).expect("the example runs");
    assert_data_eq!(String::from_utf8(out).expect("text"), file!["examples/explain.txt"]);
}

#[test]
fn service_prints_its_snapshot() {
    let mut out = Vec::new();
    service::run(&mut out).expect("the example runs");
    assert_data_eq!(String::from_utf8(out).expect("text"), file!["examples/service.txt"]);
}
