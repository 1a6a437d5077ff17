//! A request, and the files that may come back.

use optout::Date;
use optout::record::NhsNumber;
use optout::record::national::{Control, InboundControl, LineEnding, Manifest, Request};

pub const CREATED: Date = Date::ymd(2026, 6, 1);

pub fn numbers(from: u32, count: usize) -> Vec<NhsNumber> {
    (from..).filter_map(NhsNumber::from_first_nine).take(count).collect()
}

pub fn text(number: NhsNumber) -> String {
    String::from_utf8(number.to_digits().to_vec()).unwrap()
}

pub fn list(numbers: &[NhsNumber], end: &str) -> String {
    numbers.iter().map(|number| text(*number) + end).collect()
}

pub fn control() -> Control {
    Control::new("AAAOT001", "BBBHC001", "ndo-check", "trust-0001").unwrap()
}

pub fn answered(local_id: &str) -> InboundControl {
    InboundControl {
        message_type: Some("Data".into()),
        local_id: Some(local_id.into()),
        status: Some("SUCCESS".into()),
        ..InboundControl::default()
    }
}

/// A request about these people: its `.dat` and manifest.
pub fn request(asked: &[NhsNumber]) -> (Vec<u8>, Manifest) {
    let directory = tempfile::tempdir().unwrap();
    let mut request = Request::new();
    for number in asked {
        request.add(&number.to_digits()).unwrap();
    }
    let stem = directory.path().join("check");
    let manifest = request.write_files(&stem, &control(), CREATED, LineEnding::Lf).unwrap();
    (std::fs::read(directory.path().join("check.dat")).unwrap(), manifest)
}

pub const ACKNOWLEDGEMENT: &str = r#"{"version": 10, "id": "c0ffee", "status": "pending",
    "stages": [{"stage": "validate_non_empty_file", "passed": true, "details": null},
               {"stage": "validate_is_unique_upload", "passed": true}],
    "dataset_id": "mesh_to_pos",
    "metadata": {"request": {"extra": {"local_id": "trust-0001", "subject": "ndo-check"}}}}"#;
