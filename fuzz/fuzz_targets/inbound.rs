//! What comes back from the national check: any bytes are classified, and pair only where every row
//! is a number that was asked; control files and manifests of any text are read or refused.
#![no_main]

use std::collections::BTreeSet;
use std::sync::OnceLock;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use optout::National;
use optout::record::national::pair::{EmptyAnswer, Expected, FullAnswer};
use optout::record::national::{
    Control, ControlField, Inbound, InboundControl, LineEnding, Manifest, Request, Sender, classify,
    pair,
};
use optout::record::register::MaxAge;
use optout::record::NhsNumber;
use optout::Date;

#[derive(Arbitrary, Debug)]
enum Input<'a> {
    Response(&'a [u8]),
    Controlled(&'a [u8], &'a str),
    /// Rows of the request, each in some form, with bytes put in.
    Rows(Vec<(u8, u8)>, Option<(u16, &'a [u8])>),
    Manifest(&'a str),
    Changed(Vec<(u16, u8)>),
    Control([&'a str; 5], u8),
}

const CREATED: Date = Date::ymd(2026, 6, 1);

fn asked() -> Vec<String> {
    let numbers = (400_000_000..).filter_map(NhsNumber::from_first_nine).take(20);
    numbers.map(|number| String::from_utf8(number.to_digits().to_vec()).expect("digits")).collect()
}

/// The request and its manifest.
fn request() -> &'static (Vec<u8>, Manifest, String) {
    static REQUEST: OnceLock<(Vec<u8>, Manifest, String)> = OnceLock::new();
    REQUEST.get_or_init(|| {
        let mut request = Request::new();
        for number in asked() {
            request.add(number.as_bytes()).expect("a number");
        }
        let folder = std::env::temp_dir().join(format!("optout-fuzz-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let control = Control::new("AAAOT001", "BBBHC001", "check", "trust-1").expect("a control file");
        let stem = folder.join("check");
        let manifest =
            request.write_files(&stem, &control, CREATED, LineEnding::Lf).expect("a request");
        let dat = std::fs::read(folder.join("check.dat")).expect("a file");
        std::fs::remove_dir_all(folder).expect("a folder");
        let json = manifest.to_json().expect("JSON");
        (dat, manifest, json)
    })
}

/// Who is on a list, the long way; none where it is no list.
fn listed(bytes: &[u8]) -> Option<BTreeSet<String>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut numbers = BTreeSet::new();
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line).trim_matches(' ');
        if line.is_empty() {
            continue;
        }
        let (first, rest) = line.split_once(',').unwrap_or((line, ""));
        if !rest.trim_matches(' ').is_empty() {
            return None;
        }
        let first = first.trim_matches(' ');
        let quoted = first.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let number = NhsNumber::parse(quoted.unwrap_or(first).as_bytes()).ok()?;
        numbers.insert(String::from_utf8(number.to_digits().to_vec()).expect("digits"));
    }
    Some(numbers)
}

fn respond(bytes: &[u8], control: Option<&InboundControl>) {
    let (dat, manifest, _) = request();
    let kind = classify(bytes, control);
    let shown = format!("{kind:?}");
    if let Inbound::ErrorText { text } = &kind {
        assert!(!text.contains(char::is_numeric) && text.chars().count() <= 200);
    }
    let (empty, full) = (EmptyAnswer::Confirmed, FullAnswer::Confirmed);
    let expected = Expected { at_most: 1.0, empty, full, ..Expected::default() };
    let pair_of = |expected| pair(manifest, &dat[..], bytes, control, expected);
    let confirmed = pair_of(&expected);
    let asked = asked();
    let list = listed(bytes).filter(|list| list.iter().all(|number| asked.contains(number)));
    let ours = control.is_none_or(|c| c.local_id.as_ref().is_none_or(|id| *id == manifest.local_id));
    let data = matches!(kind, Inbound::CleanedList | Inbound::EmptyList);
    let sender = control.map_or(Sender::NotSaid, |control| manifest.sender(control));
    let sent = sender == Sender::Requester || (bytes == dat && sender != Sender::Another);
    // A control file can keep a list from being read; nothing makes a list of what is not.
    assert_eq!(confirmed.is_ok(), data && ours && !sent && list.is_some(), "{shown} {confirmed:?}");
    match (&confirmed, pair_of(&Expected::default())) {
        (Ok(paired), unconfirmed) => {
            let list = list.expect("a list");
            // Of 20 people, 17 may be enough; and by default everybody is not believed.
            let plausible = (17..20).contains(&list.len());
            let full = list.len() == 20 && sender == Sender::Another && bytes != dat;
            assert_eq!(unconfirmed.is_ok(), plausible || full);
            let view = paired.register.at(CREATED, MaxAge::days(0));
            for number in &asked {
                let status = view.status(number.parse().expect("a number"));
                let back = list.contains(number);
                assert_eq!(status, if back { National::None } else { National::OptedOut });
            }
            assert_eq!(paired.register.checked(), CREATED);
        }
        (Err(error), unconfirmed) => {
            assert!(unconfirmed.is_err());
            assert!(!asked.iter().any(|number| error.to_string().contains(&number[..9])));
        }
    }
}

fuzz_target!(|input: Input<'_>| match input {
    Input::Response(bytes) => respond(bytes, None),
    Input::Controlled(bytes, text) => {
        let control = InboundControl::parse(text).or_else(|_| {
            InboundControl::parse(&format!("<DTSControl><MessageType>{text}</MessageType></DTSControl>"))
        });
        respond(bytes, control.ok().as_ref());
    }
    Input::Rows(rows, put) => {
        let asked = asked();
        let mut bytes = Vec::new();
        for (row, form) in rows {
            let number = &asked[usize::from(row) % asked.len()];
            let (a, b, c) = (&number[..3], &number[3..6], &number[6..]);
            let row = match form % 8 {
                0 | 1 => format!("{number},\n"),
                2 => format!("{number},\r\n"),
                3 => format!("{number}\n"),
                4 => format!("{a} {b} {c}, \n"),
                5 => format!("\"{number}\",\n\n"),
                6 => format!("{a}-{b}-{c}\r\n"),
                _ => format!("{number},"),
            };
            bytes.extend_from_slice(row.as_bytes());
        }
        if let Some((place, more)) = put {
            let place = usize::from(place) % (bytes.len() + 1);
            bytes.splice(place..place, more.iter().copied());
        }
        respond(&bytes, None);
    }
    Input::Manifest(text) => {
        if let Ok(manifest) = Manifest::from_json(text) {
            let json = manifest.to_json().expect("JSON");
            assert_eq!(Manifest::from_json(&json).expect("a manifest"), manifest);
        }
    }
    Input::Changed(changes) => {
        let (dat, manifest, json) = request();
        let mut json = json.clone().into_bytes();
        let length = json.len();
        for (place, byte) in changes {
            json[usize::from(place) % length] = byte;
        }
        let Ok(changed) = String::from_utf8(json) else { return };
        let Ok(changed) = Manifest::from_json(&changed) else { return };
        // One fewer came back.
        let answer = &dat[..dat.len() - 12];
        let paired = pair(&changed, &dat[..], answer, None, &Expected::default());
        let same = changed.request == manifest.request && changed.numbers == manifest.numbers;
        assert_eq!(paired.is_ok(), same);
        assert!(pair(&changed, &dat[..], &dat[..], None, &Expected::default()).is_err());
    }
    Input::Control([from, to, subject, local_id, value], field) => {
        let Ok(control) = Control::new(from, to, subject, local_id) else { return };
        let field = ControlField::ALL[usize::from(field) % ControlField::ALL.len()];
        let control = control.clone().with(field, value).unwrap_or(control);
        let read = InboundControl::parse(&control.to_string()).expect("our own control file");
        assert_eq!(read.local_id.as_deref(), control.get(ControlField::LocalId));
        assert_eq!(read.subject.as_deref(), control.get(ControlField::Subject));
    }
});
