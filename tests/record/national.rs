//! The national check over files: what is sent, what comes back, and what is refused.

use optout::record::national::control::{ControlError, ControlFault};
use optout::record::national::inbound::Unrecognised;
use optout::record::national::pair::{EmptyAnswer, Expected, PairError, PairWarning, Paired};
use optout::record::national::request::{Counts, RequestError};
use optout::record::national::{
    Control, ControlField, Inbound, InboundControl, LineEnding, Manifest, Request, RowError,
    RowFault, RowsError, classify, pair,
};
use optout::record::register::{BuildError, MaxAge};
use optout::record::{Digest, NhsNumber, NhsNumberError};
use optout::{Date, National};
use proptest::prelude::*;

const CREATED: Date = Date::ymd(2026, 6, 1);

fn numbers(from: u32, count: usize) -> Vec<NhsNumber> {
    (from..).filter_map(NhsNumber::from_first_nine).take(count).collect()
}

fn text(number: NhsNumber) -> String {
    String::from_utf8(number.to_digits().to_vec()).unwrap()
}

fn list(numbers: &[NhsNumber], end: &str) -> String {
    numbers.iter().map(|number| text(*number) + end).collect()
}

fn control() -> Control {
    Control::new("AAAOT001", "BBBHC001", "ndo-check", "trust-0001").unwrap()
}

fn answered(local_id: &str) -> InboundControl {
    InboundControl {
        message_type: Some("Data".into()),
        local_id: Some(local_id.into()),
        status: Some("SUCCESS".into()),
        ..InboundControl::default()
    }
}

/// A request about these people: its `.dat` and manifest.
fn request(asked: &[NhsNumber]) -> (Vec<u8>, Manifest) {
    let directory = tempfile::tempdir().unwrap();
    let mut request = Request::new();
    for number in asked {
        request.add(&number.to_digits()).unwrap();
    }
    let stem = directory.path().join("check");
    let manifest = request.write_files(&stem, &control(), CREATED, LineEnding::Lf).unwrap();
    (std::fs::read(directory.path().join("check.dat")).unwrap(), manifest)
}

fn try_pair(
    asked: &[NhsNumber],
    response: &[u8],
    control: Option<&InboundControl>,
) -> Result<Paired, PairError> {
    let (dat, manifest) = request(asked);
    pair(&manifest, &dat[..], response, control, &Expected::default())
}

const ACKNOWLEDGEMENT: &str = r#"{"version": 10, "id": "c0ffee", "status": "pending",
    "stages": [{"stage": "validate_non_empty_file", "passed": true, "details": null},
               {"stage": "validate_is_unique_upload", "passed": true}],
    "dataset_id": "mesh_to_pos",
    "metadata": {"request": {"extra": {"local_id": "trust-0001", "subject": "ndo-check"}}}}"#;

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
    let counts = Counts { distinct: 2, repeated: 1, empty: 2, placeholders: 1, invalid: 3 };
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

#[test]
fn each_inbound_file_is_known_before_it_is_read() {
    let report = InboundControl::parse(
        "<DTSControl><MessageType>Report</MessageType><LocalId>trust-0001</LocalId>\
         <StatusRecord><Event>COLLECT</Event><Status>SUCCESS</Status></StatusRecord></DTSControl>",
    )
    .unwrap();
    let list = b"9434765919,\n";
    assert_eq!(
        classify(list, Some(&report)),
        Inbound::TransportReport { event: "COLLECT SUCCESS".into() }
    );
    let failed = InboundControl { status: Some("ERROR".into()), ..answered("trust-0001") };
    let other = InboundControl { message_type: Some("Invoice".into()), ..answered("trust-0001") };
    let unrecognised = Inbound::Unrecognised;
    assert_eq!(classify(list, Some(&failed)), unrecognised(Unrecognised::NotTransferred));
    assert_eq!(classify(list, Some(&other)), unrecognised(Unrecognised::MessageType));

    assert_eq!(
        classify(ACKNOWLEDGEMENT.as_bytes(), Some(&answered("trust-0001"))),
        Inbound::JobCreated {
            status: Some("pending".into()),
            local_id: Some("trust-0001".into()),
            failed: vec![],
        }
    );
    let refused = ACKNOWLEDGEMENT.replacen("true", "false", 1);
    assert!(matches!(
        classify(refused.as_bytes(), None),
        Inbound::JobCreated { failed, .. } if failed == ["validate_non_empty_file"]
    ));
    assert_eq!(
        classify(b"The file contains one or more invalid NHS Numbers.\r\n", None),
        Inbound::ErrorText { text: "The file contains one or more invalid NHS Numbers.".into() }
    );
    assert_eq!(
        classify(b"NHS Number 9434765919 is invalid", None),
        Inbound::ErrorText { text: "NHS Number ########## is invalid".into() }
    );
    for list in [
        "9434765919,\n9000962382,\n",
        "9434765919,\r\n",
        "9434765919",
        "\n\n9434765919 , \n",
        "9434765919\r\n",
        "\"9434765919\",\n",
    ] {
        assert_eq!(classify(list.as_bytes(), Some(&answered("x"))), Inbound::CleanedList, "{list}");
    }
    for empty in ["", "\n", "\r\n\r\n", "   \n"] {
        assert_eq!(classify(empty.as_bytes(), None), Inbound::EmptyList);
    }
    for (bytes, why) in [
        (&b"{}"[..], Unrecognised::Json),
        (b"[9434765919]", Unrecognised::Json),
        (b"{\"id\": 1, \"stages\":", Unrecognised::Json),
        (b"nhs_number\n9434765919,\n", Unrecognised::Text),
        (b"<html>\n<body>503</body></html>", Unrecognised::Text),
        (b"\xEF\xBB\xBF9434765919,\n", Unrecognised::NotText),
        (b"\xFF\xFE9\x004\x00", Unrecognised::NotText),
        (b"PK\x03\x04", Unrecognised::NotText),
        (b"\x1F\x8B", Unrecognised::NotText),
        ("９４３４７６５９１９,\n".as_bytes(), Unrecognised::NotText),
        (b"9434765918,\n", Unrecognised::NotAnNhsNumber(NhsNumberError::CheckDigit)),
        (b"0000000000,\n", Unrecognised::NotAnNhsNumber(NhsNumberError::Placeholder)),
        (b"9434765919,1\n", Unrecognised::MoreThanANumber),
        (b",\n", Unrecognised::NotAnNhsNumber(NhsNumberError::Empty)),
    ] {
        assert_eq!(classify(bytes, None), unrecognised(why), "{bytes:?}");
    }
}

#[test]
fn an_inbound_control_file_is_read_strictly() {
    let read = InboundControl::parse(&control().to_string()).unwrap();
    assert_eq!(read.local_id.as_deref(), Some("trust-0001"));
    assert!(InboundControl::parse("<dtsControl><LocalId>a</LocalId></dtsControl>").is_ok());
    for wrong in [
        "",
        "LocalId=a",
        "<Control/>",
        "<DTSControl>",
        "<DTSControl><LocalId>a</LocalId><LocalId>b</LocalId></DTSControl>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><DTSControl><LocalId>&b;</LocalId></DTSControl>",
    ] {
        assert!(InboundControl::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn request_minus_response() {
    let asked = numbers(400_000_000, 100);
    let stranger = numbers(700_000_000, 1)[0];
    for end in [",\n", ",\r\n", "\n", ", \n", "  \n", ",\n\n"] {
        let mut response = list(&asked[5..], end);
        if end == "\n" {
            response.pop();
        }
        let paired = try_pair(&asked, response.as_bytes(), Some(&answered("trust-0001"))).unwrap();
        assert_eq!(paired.warnings, [], "{end:?}");
        let register = paired.register;
        assert_eq!((register.asked(), register.opted_out()), (100, 5));
        assert_eq!(register.checked(), CREATED);
        assert_eq!(register.sources().response, Digest::of(response.as_bytes()));
        let view = register.at(CREATED, MaxAge::days(0));
        assert!(asked[..5].iter().all(|number| view.status(*number) == National::OptedOut));
        assert!(asked[5..].iter().all(|number| view.status(*number) == National::None));
        assert_eq!(view.status(stranger), National::Unknown);
    }
}

#[test]
fn what_is_not_the_answer_is_refused() {
    let asked = numbers(400_000_000, 100);
    let good = list(&asked[5..], ",\n");
    let ours = answered("trust-0001");
    let refused = |response: &str, control: Option<&InboundControl>| {
        try_pair(&asked, response.as_bytes(), control).unwrap_err()
    };
    let superset = good.clone() + &list(&numbers(700_000_000, 1), ",\n");
    assert!(matches!(
        refused(&superset, Some(&ours)),
        PairError::Build(BuildError::NotAsked { count: 1 })
    ));
    let another = list(&numbers(700_000_000, 95), ",\n");
    assert!(matches!(
        refused(&another, Some(&ours)),
        PairError::Build(BuildError::NotAsked { count: 95 })
    ));
    assert!(matches!(refused(&good, Some(&answered("trust-0002"))), PairError::OtherLocalId));
    assert!(matches!(refused(ACKNOWLEDGEMENT, Some(&ours)), PairError::JobCreated));
    let error = "The file contains one or more invalid NHS Numbers.";
    assert!(matches!(refused(error, Some(&ours)), PairError::ErrorText { .. }));
    assert!(matches!(refused("", Some(&ours)), PairError::Empty));
    assert!(matches!(
        refused("nhs\n9434765919", None),
        PairError::Unrecognised(Unrecognised::Text)
    ));
    let report = InboundControl { message_type: Some("Report".into()), ..ours.clone() };
    assert!(matches!(refused(&good, Some(&report)), PairError::TransportReport { .. }));
    // Something wrong further down spoils the whole, and the message names the row alone.
    for (row, fault) in [
        ("9434765918,", RowFault::Number(NhsNumberError::CheckDigit)),
        ("943476591,", RowFault::Number(NhsNumberError::Length)),
        ("{\"id\": 1}", RowFault::Number(NhsNumberError::NotADigit)),
        ("9434765919,9000962382", RowFault::MoreThanANumber),
        ("９４３４７６５９１９,", RowFault::Number(NhsNumberError::NotADigit)),
    ] {
        // Past the head by which the file is classified.
        let long = numbers(400_000_000, 9_000);
        let response = format!("{}{row}\n", list(&long, ",\n"));
        let error = try_pair(&long, response.as_bytes(), Some(&ours)).unwrap_err();
        assert!(!error.to_string().contains("94347"), "{error}");
        let PairError::Response(RowsError::Row(found)) = error else { panic!("{error:?}") };
        assert_eq!(found, RowError { row: 9_001, fault });
    }
    let endless = "9".repeat(1 << 18);
    assert!(try_pair(&asked, (good + &endless).as_bytes(), Some(&ours)).is_err());
}

#[test]
fn a_request_that_is_not_the_manifest_s_is_refused() {
    let asked = numbers(400_000_000, 100);
    let response = list(&asked[5..], ",\n");
    let (dat, manifest) = request(&asked);
    let refused = |dat: &[u8], manifest: &Manifest| {
        pair(manifest, dat, response.as_bytes(), None, &Expected::default()).unwrap_err()
    };
    // A request with people taken out would make them "not asked", and one with people added makes
    // them "opted out".
    assert!(matches!(refused(&dat[12..], &manifest), PairError::RequestAltered { .. }));
    let crlf = list(&asked, ",\r\n");
    assert!(matches!(refused(crlf.as_bytes(), &manifest), PairError::RequestAltered { .. }));
    let (_, other) = request(&asked[1..]);
    assert!(matches!(refused(&dat, &other), PairError::RequestAltered { .. }));
    let miscounted = manifest.to_json().unwrap().replace("\"numbers\": 100", "\"numbers\": 99");
    let miscounted = Manifest::from_json(&miscounted).unwrap();
    assert!(matches!(
        refused(&dat, &miscounted),
        PairError::RequestCount { expected: 99, found: 100 }
    ));
}

#[test]
fn what_is_unusual_is_warned_of() {
    let asked = numbers(400_000_000, 100);
    let ours = answered("trust-0001");
    let all = list(&asked, ",\n");
    let paired = try_pair(&asked, all.as_bytes(), Some(&ours)).unwrap();
    assert_eq!(paired.warnings, [PairWarning::Share { found: 0.0 }, PairWarning::SameFile]);
    let half = list(&asked[50..], ",\n");
    let paired = try_pair(&asked, half.as_bytes(), None).unwrap();
    assert_eq!(paired.warnings, [PairWarning::Share { found: 0.5 }, PairWarning::NoLocalId]);
    let twice = list(&asked[5..], ",\n").repeat(2);
    let paired = try_pair(&asked, twice.as_bytes(), Some(&ours)).unwrap();
    assert_eq!(paired.warnings, [PairWarning::Repeated { rows: 95 }]);

    let (dat, manifest) = request(&asked);
    let confirmed = Expected { share: 0.0..=1.0, empty: EmptyAnswer::Confirmed };
    let paired = pair(&manifest, &dat[..], &b"\n"[..], Some(&ours), &confirmed).unwrap();
    assert_eq!(paired.warnings, []);
    assert_eq!(paired.register.opted_out(), 100);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_file_is_classified_and_only_a_list_pairs(
        bytes in proptest::collection::vec(any::<u8>(), 0..200)
    ) {
        let kind = classify(&bytes, None);
        let asked = numbers(400_000_000, 10);
        if kind != Inbound::CleanedList {
            prop_assert!(try_pair(&asked, &bytes, None).is_err());
        }
    }

    #[test]
    fn a_list_reads_the_same_however_it_is_cut(
        ends in proptest::collection::vec(
            proptest::sample::select(vec![",\n", "\n", ",\r\n", " ,  \n", ",\n\n", "\r\n"]), 95),
        step in 1_usize..60,
    ) {
        struct Slowly<'a>(&'a [u8], usize);
        impl std::io::Read for Slowly<'_> {
            fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
                let length = into.len().min(self.1);
                std::io::Read::read(&mut self.0, &mut into[..length])
            }
        }
        let asked = numbers(400_000_000, 100);
        let response: String = asked[5..].iter().zip(&ends).map(|(n, end)| text(*n) + end).collect();
        let (dat, manifest) = request(&asked);
        let slowly = Slowly(response.as_bytes(), step);
        let paired = pair(&manifest, Slowly(&dat, step), slowly, None, &Expected::default()).unwrap();
        prop_assert_eq!(paired.register.opted_out(), 5);
    }
}
