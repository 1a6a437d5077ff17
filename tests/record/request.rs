//! What is sent to the national check.

use optout::record::national::control::{ControlError, ControlFault};
use optout::record::national::request::{Counts, RequestError};
use optout::record::national::{Control, ControlField, LineEnding, Manifest, Outgoing, Request};
use optout::record::{Digest, Existing};

use crate::mesh::{CREATED, control, list, numbers, request};

#[test]
fn the_request_holds_each_valid_number_once() {
    let mut request = Request::new();
    let fields: [&[u8]; 9] = [
        b"943 476 5919",
        b"9434765919",
        b"9000962382",
        b"",
        b"  ",
        b"0000000000",
        b"9434765918",
        b"943476591",
        b"NULL",
    ];
    let errors = fields.iter().filter(|field| request.add(field).is_err()).count();
    assert_eq!(errors, 6);
    let looks = request.counts().looks;
    assert_eq!(looks.all(), 4);
    let counts = Counts { distinct: 2, repeated: 1, empty: 2, placeholders: 1, invalid: 3, looks };
    assert_eq!(request.counts(), counts);
    let mut lf = Vec::new();
    let digest = request.write_dat(&mut lf, LineEnding::Lf).unwrap();
    assert_eq!(lf, b"9000962382,\n9434765919,\n");
    assert_eq!(digest, Digest::of(&lf));
    let mut crlf = Vec::new();
    request.write_dat(&mut crlf, LineEnding::Crlf).unwrap();
    assert_eq!(crlf, b"9000962382,\r\n9434765919,\r\n");
}

#[test]
fn leading_zeros_are_kept() {
    let low = numbers(1_000, 2_500);
    let mut request = Request::new();
    for number in low.iter().rev() {
        request.add(&number.to_digits()).unwrap();
    }
    let mut dat = Vec::new();
    request.write_dat(&mut dat, LineEnding::Lf).unwrap();
    assert_eq!(String::from_utf8(dat).unwrap(), list(&low, ",\n"));
}

#[test]
fn the_files_of_a_request() {
    let directory = tempfile::tempdir().unwrap();
    let stem = directory.path().join("AAAOT001-010626-0001");
    let mut request = Request::new();
    assert!(matches!(
        request.write_files(&stem, &control(), CREATED, LineEnding::Lf),
        Err(RequestError::NobodyToAsk)
    ));
    request.add(b"9434765919").unwrap();
    let manifest = request.write_files(&stem, &control(), CREATED, LineEnding::Crlf).unwrap();
    let read = |name: &str| std::fs::read_to_string(directory.path().join(name)).unwrap();
    assert_eq!(read("AAAOT001-010626-0001.dat"), "9434765919,\r\n");
    assert_eq!(
        read("AAAOT001-010626-0001.ctl"),
        "<DTSControl>\n  <Version>1.0</Version>\n  <AddressType>DTS</AddressType>\n  \
         <MessageType>Data</MessageType>\n  <From_DTS>AAAOT001</From_DTS>\n  \
         <To_DTS>BBBHC001</To_DTS>\n  <Subject>ndo-check</Subject>\n  \
         <LocalId>trust-0001</LocalId>\n  <WorkflowId>SPINE_NTT_UPHOLDING</WorkflowId>\n  \
         <Compress>Y</Compress>\n  <Encrypted>N</Encrypted>\n  \
         <AllowChunking>Y</AllowChunking>\n</DTSControl>\n"
    );
    let json = read("AAAOT001-010626-0001.manifest.json");
    assert_eq!(Manifest::from_json(&json).unwrap(), manifest);
    assert!(!json.contains("943476591"), "the manifest names nobody");
    assert_eq!((manifest.numbers, manifest.line_ending), (1, LineEnding::Crlf));

    // None is ever replaced, and a part of a request is not left behind.
    let error = request.write_files(&stem, &control(), CREATED, LineEnding::Lf).unwrap_err();
    assert!(matches!(error, RequestError::Io { .. }), "{error}");
    assert_eq!(read("AAAOT001-010626-0001.dat"), "9434765919,\r\n");
    let other = directory.path().join("other");
    std::fs::write(directory.path().join("other.ctl"), "mine").unwrap();
    request.write_files(&other, &control(), CREATED, LineEnding::Lf).unwrap_err();
    let mut names: Vec<_> =
        directory.path().read_dir().unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names.len(), 4, "{names:?}");
    assert_eq!(read("other.ctl"), "mine");
}

#[test]
fn a_request_without_a_control_file_and_one_that_replaces() {
    let directory = tempfile::tempdir().unwrap();
    let stem = directory.path().join("check");
    let names = || {
        let mut names: Vec<_> = directory
            .path()
            .read_dir()
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let mut request = Request::new();
    request.add(b"9434765919").unwrap();
    let with = Outgoing::with_control(control(), CREATED).unwrap();
    request.write(&stem, &with).unwrap();
    assert_eq!(names(), ["check.ctl", "check.dat", "check.manifest.json"]);
    let mut without = Outgoing::new("check-2", CREATED).unwrap();
    // A control file that stands there would send what it was not written for.
    for path in &Outgoing::paths(&stem)[..2] {
        std::fs::remove_file(path).unwrap();
    }
    assert!(matches!(request.write(&stem, &without), Err(RequestError::Io { .. })));
    assert_eq!(names(), ["check.ctl"]);
    without.existing = Existing::Replace;
    let manifest = request.write(&stem, &without).unwrap();
    assert_eq!(names(), ["check.dat", "check.manifest.json"]);
    assert_eq!(manifest.local_id, "check-2");
    assert!(matches!(Outgoing::new("a:b", CREATED), Err(RequestError::LocalId(_))));
    assert!(matches!(Outgoing::new("", CREATED), Err(RequestError::LocalId(_))));
}

#[test]
fn a_writer_that_fails_is_an_error() {
    struct Full(usize);
    impl std::io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut request = Request::new();
    for number in numbers(400_000_000, 200_000) {
        request.add(&number.to_digits()).unwrap();
    }
    let error = request.write_dat(Full(1 << 20), LineEnding::Lf).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
    request.write_dat(Full(1 << 22), LineEnding::Lf).unwrap();
}

#[test]
fn a_manifest_is_read_strictly() {
    let (_, manifest) = request(&numbers(400_000_000, 3));
    let json = manifest.to_json().unwrap();
    for (from, to) in [
        ("\"version\": 1", "\"version\": 2"),
        ("optout-request", "optout-response"),
        ("\"numbers\": 3", "\"numbers\": -3"),
        ("2026-06-01", "2026-06-31"),
        ("\"local_id\"", "\"localid\""),
        ("\"lf\"", "\"cr\""),
    ] {
        let altered = json.replace(from, to);
        assert_ne!(altered, json);
        assert!(Manifest::from_json(&altered).is_err(), "{to}");
    }
    let digest = manifest.request.to_string();
    for wrong in [digest.to_uppercase(), digest[1..].to_owned(), format!("{digest}00")] {
        assert!(Manifest::from_json(&json.replace(&digest, &wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn a_control_file_takes_only_what_brings_an_answer() {
    let refuse = |subject: &str, local_id: &str| {
        Control::new("AAAOT001", "BBBHC001", subject, local_id).unwrap_err()
    };
    let fault = |field, fault| ControlError { field, fault };
    assert_eq!(refuse("", "a"), fault(ControlField::Subject, ControlFault::Empty));
    assert_eq!(refuse("a", ""), fault(ControlField::LocalId, ControlFault::Empty));
    assert_eq!(refuse("a:b", "a"), fault(ControlField::Subject, ControlFault::Character));
    assert_eq!(refuse("a", "a b"), fault(ControlField::LocalId, ControlFault::Character));
    assert_eq!(refuse("a", "a<b"), fault(ControlField::LocalId, ControlFault::Character));
    assert_eq!(refuse("a", "é"), fault(ControlField::LocalId, ControlFault::Character));
    assert_eq!(refuse("a", &"a".repeat(301)), fault(ControlField::LocalId, ControlFault::TooLong));
    let error = Control::new("", "BBBHC001", "a", "a").unwrap_err();
    assert_eq!(error.to_string(), "From_DTS: must not be empty");
    let set = control().with(ControlField::Compress, "N").unwrap();
    let set = set.with(ControlField::FromEsmtp, "a.b@nhs.example").unwrap();
    assert_eq!(set.get(ControlField::Compress), Some("N"));
    assert_eq!(set.fields().count(), 12);
    assert!(set.with(ControlField::WorkflowId, "<x>").is_err());
}
