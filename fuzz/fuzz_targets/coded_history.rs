//! Coded histories: the rules beside an oracle that applies them the long way, in any order and
//! through a table of CSV; and any bytes as such a table.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use optout::record::columns::{Column, Dialect};
use optout::record::type1::table::{self, DateFormat, Flag, Practices, Systems, Table};
use optout::record::type1::{CodeSystem, Entry, EntryState, History};
use optout::{Date, Type1};

const ON: u16 = 500;
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
    Entries(Vec<Row>, [bool; 3]),
}

#[derive(Arbitrary, Clone, Copy, Debug)]
struct Row {
    patient: u8,
    code: u8,
    day: Option<u16>,
    state: u8,
    practice: Option<u8>,
}

impl Row {
    fn code(self) -> (CodeSystem, &'static str, Option<bool>) {
        CODES[usize::from(self.code) % CODES.len()]
    }
    fn patient(self) -> u8 {
        self.patient % 4
    }
    fn day(self) -> Option<u16> {
        self.day.map(|day| day % 1000)
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
    Date::new(2020 + day / 336, (day / 28 % 12 + 1) as u8, (day % 28 + 1) as u8).expect("a day")
}

fn oracle(rows: &[Row], read: [bool; 3], patient: u8) -> Type1 {
    let mine: Vec<_> = rows.iter().filter(|row| row.patient() == patient).collect();
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
    if mine.is_empty() || mine.iter().any(|row| !row.practice().is_some_and(|p| read[p])) {
        Type1::Unknown
    } else {
        Type1::None
    }
}

fn table(systems: Systems) -> Table {
    let flag = |name: &str, state| Flag {
        column: Column::Named(name.into()),
        set: vec!["1".into()],
        clear: vec!["0".into()],
        state,
    };
    Table {
        dialect: Dialect::CSV,
        patient: Column::Named("patient".into()),
        code: Column::Named("code".into()),
        systems,
        date: Column::Named("date".into()),
        dates: DateFormat::Iso,
        undated: vec!["NULL".into()],
        practices: Practices::Column(Column::Named("practice".into())),
        flags: vec![flag("deleted", EntryState::Deleted), flag("error", EntryState::EnteredInError)],
    }
}

fn by_column() -> Systems {
    let values = CodeSystem::ALL.iter().map(|system| (system.code().to_owned(), *system));
    Systems::Column(Column::Named("system".into()), values.collect())
}

fn csv(rows: &[Row]) -> String {
    let mut text = "patient,system,code,date,practice,deleted,error\n".to_owned();
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
        let patient = row.patient();
        text += &format!("{patient},{system},{code},{day},{practice},{deleted},{error}{end}");
    }
    text
}

fuzz_target!(|input: Input<'_>| {
    let (rows, practices) = match input {
        Input::Bytes(bytes, kind) => {
            let systems = match kind % 4 {
                0 => Systems::Always(CodeSystem::ReadV2),
                1 => Systems::Always(CodeSystem::Ctv3),
                2 => Systems::Always(CodeSystem::Snomed),
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
            if let Err(error) = table::read(&bytes[..], &table(systems), &mut history, key) {
                assert!(error.to_string().len() < 120, "{error}");
            }
            return;
        }
        Input::Entries(rows, practices) => (rows, practices),
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
    for row in &rows {
        forwards.entry(row.patient(), &entry(row)).expect("a code that can be taken at its word");
    }
    for row in rows.iter().rev() {
        backwards.entry(row.patient(), &entry(row)).expect("a code that can be taken at its word");
    }
    let key = |field: &[u8]| std::str::from_utf8(field).ok()?.parse().ok();
    let read = table::read(csv(&rows).as_bytes(), &table(by_column()), tabled, key);
    assert_eq!(read.expect("a table that can be read").all, rows.len() as u64);
    for (name, read) in names.iter().zip(practices) {
        if read {
            histories.iter_mut().for_each(|history| history.practice_read(name));
        }
    }
    for patient in 0..4 {
        let expected = oracle(&rows, practices, patient);
        for history in &histories {
            assert_eq!(history.status(&patient), expected);
        }
    }
    assert_eq!(histories[0].report(), histories[2].report());
});
