//! Coded histories: the rules beside an oracle that applies them the long way, in any order and
//! through a table of CSV; and any bytes as such a table.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use optout::record::columns::{Column, Dialect};
use optout::record::type1::table::{self, Codes, DateFormat, Ends, Flag, Practices, Registrations, Table};
use optout::record::type1::{Accepted, CodeSystem, Entry, EntryState, History, Registration};
use optout::{Date, Type1};

const ON: u16 = 500;
/// The least number that stands for 1900-01-01.
const EARLY: u16 = 60_000;
const CODES: [(CodeSystem, &str, Option<bool>); 10] = [
    (CodeSystem::ReadV2, "9Nu0.", Some(true)),
    (CodeSystem::ReadV2, "9Nu0", Some(true)),
    (CodeSystem::ReadV2, "9Nu1.", Some(false)),
    (CodeSystem::Ctv3, "XaZ89", Some(true)),
    (CodeSystem::Ctv3, "XaZ8A", Some(false)),
    (CodeSystem::Snomed, "827241000000103", Some(true)),
    (CodeSystem::Snomed, "827261000000102", Some(false)),
    (CodeSystem::ReadV2, "9Nu4.", None),
    (CodeSystem::Ctv3, "XaXj6", None),
    (CodeSystem::Snomed, "44054006", None),
];

#[derive(Arbitrary, Debug)]
enum Input<'a> {
    Bytes(&'a [u8], u8),
    Entries(Vec<Row>, Vec<Registered>, [bool; 3]),
}

/// A registration of one of the patients.
#[derive(Arbitrary, Clone, Copy, Debug)]
struct Registered {
    patient: u8,
    practice: u8,
    until: Option<u16>,
    died: bool,
}

impl Registered {
    fn patient(self) -> u8 {
        self.patient % 4
    }
    fn practice(self) -> usize {
        usize::from(self.practice) % 3
    }
    fn until(self) -> Option<u16> {
        self.until.map(|day| day % 1000)
    }
}

#[derive(Arbitrary, Clone, Copy, Debug)]
struct Row {
    patient: u8,
    code: u8,
    day: Option<u16>,
    state: u8,
    practice: Option<u8>,
    text: u8,
}

/// What stands beside a code; whether a Type 1 code is in it, and whether that is a whole field of a
/// dissent.
const TEXTS: [(&str, bool, bool); 6] = [
    ("", false, false),
    ("19Nu0 XaZ891", false, false),
    ("a letter of 9Nu1.", true, false),
    ("by 827241000000103", true, false),
    ("XaZ89", true, true),
    ("827261000000102.0", true, false),
];

impl Row {
    fn code(self) -> (CodeSystem, &'static str, Option<bool>) {
        CODES[usize::from(self.code) % CODES.len()]
    }
    fn patient(self) -> u8 {
        self.patient % 4
    }
    /// A day, or one from before there were any Type 1 codes.
    fn day(self) -> Option<u16> {
        self.day.map(|day| if day >= EARLY { EARLY } else { day % 1000 })
    }
    fn text(self) -> (&'static str, bool, bool) {
        TEXTS[usize::from(self.text) % TEXTS.len()]
    }
    /// Whether a Type 1 code beside the one that is read leaves the patient unknown.
    fn is_elsewhere(self) -> bool {
        let (_, any, dissent) = self.text();
        self.state() == EntryState::Current
            && match self.code().2 {
                Some(true) => false,
                Some(false) => dissent,
                None => any,
            }
    }
    fn state(self) -> EntryState {
        match self.state % 4 {
            0 | 1 => EntryState::Current,
            2 => EntryState::Deleted,
            _ => EntryState::EnteredInError,
        }
    }
    fn practice(self) -> Option<usize> {
        self.practice.map(|practice| usize::from(practice) % 3)
    }
}

/// A day that has been counted from 2020-01-01, in months of 28 days.
fn date(day: u16) -> Date {
    if day >= EARLY {
        return Date::ymd(1900, 1, 1);
    }
    Date::new(2020 + day / 336, (day / 28 % 12 + 1) as u8, (day % 28 + 1) as u8).expect("a day")
}

fn oracle(rows: &[Row], registered: &[Registered], read: [bool; 3], patient: u8) -> Type1 {
    let mine: Vec<_> = rows.iter().filter(|row| row.patient() == patient).collect();
    let at: Vec<_> = registered.iter().filter(|at| at.patient() == patient).collect();
    let standing = || mine.iter().filter(|row| row.state() == EntryState::Current);
    let of = |kind| standing().filter(move |row| row.code().2 == Some(kind));
    if of(true).any(|row| row.day().is_none_or(|day| day > ON)) {
        return Type1::Dissent;
    }
    let latest = |kind| of(kind).filter_map(|row| row.day()).filter(|day| *day <= ON).max();
    match (latest(true), latest(false)) {
        (Some(dissent), Some(withdrawal)) if dissent >= withdrawal => return Type1::Dissent,
        (Some(_), None) => return Type1::Dissent,
        _ => {}
    }
    if mine.iter().any(|row| row.is_elsewhere())
        || mine.iter().any(|row| !row.practice().is_some_and(|p| read[p]))
        || at.iter().any(|at| !read[at.practice()])
    {
        return Type1::Unknown;
    }
    let registered = at.iter().any(|at| at.until().is_none_or(|day| day >= ON));
    let last = at.iter().filter_map(|at| at.until()).max();
    let died = last.is_some() && at.iter().any(|at| at.until() == last && at.died);
    if registered || died { Type1::None } else { Type1::Unknown }
}

fn flag(name: &str) -> Flag {
    Flag { column: Column::Named(name.into()), set: vec!["1".into()], clear: vec!["0".into()] }
}

fn table(codes: Codes) -> Table {
    Table {
        dialect: Dialect::CSV,
        patient: Column::Named("patient".into()),
        codes,
        date: Column::Named("date".into()),
        dates: DateFormat::Iso,
        undated: vec!["NULL".into()],
        practices: Practices::Column(Column::Named("practice".into())),
        flags: vec![
            (flag("deleted"), EntryState::Deleted),
            (flag("error"), EntryState::EnteredInError),
        ],
    }
}

fn by_column() -> Codes {
    let values = CodeSystem::ALL.iter().map(|system| (system.code().to_owned(), *system));
    let [code, system] = ["code", "system"].map(|name| Column::Named(name.into()));
    Codes::BySystem { code, system, values: values.collect() }
}

fn all_of(system: CodeSystem) -> Codes {
    Codes::Columns(vec![(Column::Named("code".into()), system)])
}

fn registrations(registered: &[Registered]) -> (String, Registrations) {
    let mut text = "patient,practice,until,died\n".to_owned();
    for at in registered {
        let until = at.until().map_or("9999-12-31".to_owned(), |day| date(day).to_string());
        text += &format!("{},P{},{until},{}\n", at.patient(), at.practice(), u8::from(at.died));
    }
    let [patient, practice, until] =
        ["patient", "practice", "until"].map(|name| Column::Named(name.into()));
    let (dates, open) = (DateFormat::Iso, vec![]);
    let ends = Ends::Column { until, dates, open, died: Some(flag("died")) };
    (text, Registrations { dialect: Dialect::CSV, patient, practice, ends })
}

fn csv(rows: &[Row]) -> String {
    let mut text = "patient,system,code,date,practice,deleted,error,text\n".to_owned();
    for row in rows {
        let (system, code, _) = row.code();
        let day = row.day().map_or("NULL".to_owned(), |day| date(day).to_string());
        let practice = row.practice().map_or(String::new(), |practice| format!("\"P{practice}\""));
        let (deleted, error) = match row.state() {
            EntryState::Current => (0, 0),
            EntryState::Deleted => (1, 0),
            EntryState::EnteredInError => (0, 1),
        };
        let end = if row.state & 0x80 == 0 { "\n" } else { "\r\n" };
        let system = system.code();
        let (patient, (beside, ..)) = (row.patient(), row.text());
        text += &format!(
            "{patient},{system},{code},{day},{practice},{deleted},{error},{beside}{end}"
        );
    }
    text
}

fuzz_target!(|input: Input<'_>| {
    let (rows, registered, practices) = match input {
        Input::Bytes(bytes, kind) => {
            let codes = match kind % 5 {
                0 => all_of(CodeSystem::ReadV2),
                1 => all_of(CodeSystem::Ctv3),
                2 => all_of(CodeSystem::Snomed),
                3 => Codes::Columns(vec![
                    (Column::Named("code".into()), CodeSystem::ReadV2),
                    (Column::Named("system".into()), CodeSystem::Ctv3),
                ]),
                _ => by_column(),
            };
            let bytes = [b"patient,system,code,date,practice,deleted,error\n", bytes].concat();
            let mut history = History::new(date(ON));
            history.practice_read("P");
            // As if a question mark made a key that cannot be read.
            let key = |field: &[u8]| {
                let whole = !field.is_empty() && !field.starts_with(b"?");
                whole.then(|| field.to_vec())
            };
            if let Err(error) = table::read(&bytes[..], &table(codes), &mut history, key) {
                assert!(error.to_string().len() < 150, "{error}");
            }
            let _ = history.plausible(&Accepted::default()).map_err(|error| error.to_string());
            return;
        }
        Input::Entries(rows, registered, practices) => (rows, registered, practices),
    };
    let names = ["P0", "P1", "P2"];
    let entry = |row: &Row| {
        let (system, code, _) = row.code();
        let practice = row.practice().map(|practice| names[practice]);
        let date = row.day().map(date);
        Entry { system, code: code.as_bytes(), date, state: row.state(), practice }
    };
    let mut histories = [(); 3].map(|()| History::new(date(ON)));
    let [forwards, backwards, tabled] = &mut histories;
    let take = |history: &mut History<u8>, row: &Row| {
        if row.is_elsewhere() {
            history.elsewhere(row.patient());
        }
        history.entry(row.patient(), &entry(row)).expect("a code that can be taken at its word");
    };
    let register = |history: &mut History<u8>, at: &Registered| {
        let open = Registration::open(names[at.practice()]);
        let until = at.until().map(date);
        history.registered(at.patient(), &Registration { until, died: at.died, ..open });
    };
    rows.iter().for_each(|row| take(forwards, row));
    registered.iter().for_each(|at| register(forwards, at));
    registered.iter().rev().for_each(|at| register(backwards, at));
    rows.iter().rev().for_each(|row| take(backwards, row));
    let key = |field: &[u8]| std::str::from_utf8(field).ok()?.parse().ok();
    let (text, layout) = registrations(&registered);
    let read = table::read_registrations(text.as_bytes(), &layout, tabled, key);
    assert_eq!(read.expect("a table that can be read").all, registered.len() as u64);
    let read = table::read(csv(&rows).as_bytes(), &table(by_column()), tabled, key);
    assert_eq!(read.expect("a table that can be read").all, rows.len() as u64);
    for (name, read) in names.iter().zip(practices) {
        if read {
            histories.iter_mut().for_each(|history| history.practice_read(name));
        }
    }
    for patient in 0..4 {
        let expected = oracle(&rows, &registered, practices, patient);
        for history in &histories {
            assert_eq!(history.status(&patient), expected);
        }
    }
    assert_eq!(histories[0].report(), histories[2].report());
    let elsewhere = rows.iter().filter(|row| row.is_elsewhere()).count() as u64;
    assert_eq!(histories[2].report().elsewhere, elsewhere);
    let plausible = histories.map(|history| history.plausible(&Accepted::default()));
    assert!(plausible.iter().all(|said| *said == plausible[0]));
});
