//! Who is registered where, until when, and what follows for who has no dissent.

use optout::record::columns::{Column, Dialect, TableError, TableFault};
use optout::record::type1::table::{
    DateFormat, Ends, Flag, Registrations, Rows, read_practices, read_registrations,
};
use optout::record::type1::{AllRegistered, CodeSystem, Entry, History, NotThen, Registration};
use optout::record::{MaxAge, NhsNumber};
use optout::{Date, Type1};

const ON: Date = Date::ymd(2026, 6, 1);

fn named(name: &str) -> Column {
    Column::Named(name.into())
}

fn number(field: &[u8]) -> Option<NhsNumber> {
    NhsNumber::parse(field).ok()
}

fn until(dates: DateFormat) -> Registrations {
    let strings = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    Registrations {
        dialect: Dialect::CSV,
        patient: named("nhs"),
        practice: named("ods"),
        ends: Ends::Column {
            until: named("end"),
            dates,
            open: strings(&["still here"]),
            died: Some(Flag {
                column: named("dead"),
                set: strings(&["Y"]),
                clear: strings(&["N", ""]),
            }),
        },
    }
}

#[test]
fn registrations_make_coverage() {
    let table = Registrations { ends: Ends::None, ..until(DateFormat::Iso) };
    let mut history = History::new(ON);
    let registrations =
        "nhs,ods\n9434765919,A81001\n9434765919,B82002\n9000962382,A81001\n,A81001\n9000898358,\n";
    let rows = read_registrations(registrations.as_bytes(), &table, &mut history, number);
    assert_eq!(rows.unwrap(), Rows { all: 5, unkeyed: 1, other_systems: 0 });
    // Whose it is nobody can know, and it may be at a practice that was not read.
    for wrong in ["943 4765919", "9434765918", "0000000000", "NULL"] {
        let registrations = format!("nhs,ods\n,A81001\n{wrong},B82002\n9434765919,A81001\n");
        let mut history = History::new(ON);
        let error = read_registrations(registrations.as_bytes(), &table, &mut history, number);
        let fault = TableFault::UnknownPatient;
        assert_eq!(error.unwrap_err().to_string(), format!("line 3: {fault}"));
    }
    history.practice_read("A81001");
    let status = |digits: &[u8]| history.status(&NhsNumber::parse(digits).unwrap());
    assert_eq!(status(b"9434765919"), Type1::Unknown);
    assert_eq!(status(b"9000962382"), Type1::None);
    assert_eq!(status(b"9000898358"), Type1::Unknown);
}

/// The status of somebody with these registrations, and no entry.
fn of(rows: &str, dates: DateFormat) -> Result<Type1, TableError> {
    let mut history = History::new(ON);
    history.practice_read("A81001");
    history.practice_read("B82002");
    let table = format!("nhs,ods,end,dead\n{rows}");
    read_registrations(table.as_bytes(), &until(dates), &mut history, number)?;
    Ok(history.status(&NhsNumber::parse(b"9434765919").unwrap()))
}

#[test]
fn who_has_left_is_unknown_and_who_died_is_not() {
    use Type1::{None as N, Unknown as U};
    for (rows, expected) in [
        ("9434765919,A81001,,\n", N),
        ("9434765919,A81001,null,\n", N),
        ("9434765919,A81001,still here,\n", N),
        ("9434765919,A81001,9999-12-31,\n", N),
        ("9434765919,A81001,2027-01-01,\n", N),
        // The last day counts.
        ("9434765919,A81001,2026-06-01,\n", N),
        ("9434765919,A81001,2026-05-31,\n", U),
        ("9434765919,A81001,2026-05-31,N\n", U),
        ("9434765919,A81001,2026-05-31,Y\n", N),
        // Moved to another practice that was read, and to one that was not.
        ("9434765919,A81001,2020-01-01,\n9434765919,B82002,,\n", N),
        ("9434765919,B82002,,\n9434765919,A81001,2020-01-01,\n", N),
        ("9434765919,A81001,2020-01-01,\n9434765919,C83003,,\n", U),
        ("9434765919,A81001,,\n9434765919,C83003,2020-01-01,\n", U),
        // Only the last registration tells of death, wherever it stands.
        ("9434765919,A81001,2020-01-01,Y\n9434765919,B82002,2024-01-01,N\n", U),
        ("9434765919,B82002,2024-01-01,N\n9434765919,A81001,2020-01-01,Y\n", U),
        ("9434765919,A81001,2020-01-01,N\n9434765919,B82002,2024-01-01,Y\n", N),
        ("9434765919,A81001,2024-01-01,N\n9434765919,C83003,2024-01-01,Y\n", U),
        // Left, and came back.
        ("9434765919,A81001,2020-01-01,\n9434765919,A81001,,\n", N),
        ("9434765919,A81001,,\n9434765919,A81001,2020-01-01,\n", N),
    ] {
        assert_eq!(of(rows, DateFormat::Iso).unwrap(), expected, "{rows}");
    }
    for (dates, end, expected) in [
        (DateFormat::DayMonthYear, "31/05/2026", U),
        (DateFormat::DayMonthYear, "31/12/9999", N),
        (DateFormat::DayMonthYear, "9999-12-31", N),
        (DateFormat::DayMonthName, "31-Dec-9999 00:00", N),
        (DateFormat::IsoBasic, "99991231", N),
        (DateFormat::IsoBasic, "19000101", U),
    ] {
        assert_eq!(of(&format!("9434765919,A81001,{end},\n"), dates).unwrap(), expected, "{end}");
    }
    for (row, why) in [
        ("9434765919,A81001,31/05/2026,\n", TableFault::Date),
        ("9434765919,A81001,0000-00-00,\n", TableFault::Date),
        ("9434765919,A81001,soon,\n", TableFault::Date),
        ("9434765919,A81001,,perhaps\n", TableFault::Flag),
    ] {
        let error = of(row, DateFormat::Iso).unwrap_err();
        assert!(matches!(error, TableError::Row { line: 2, fault } if fault == why), "{error}");
    }
}

#[test]
fn an_entry_does_not_show_that_somebody_is_registered() {
    let diabetes = Entry::new(CodeSystem::ReadV2, b"C10..").on(ON).at("A81001");
    let dissent = Entry::new(CodeSystem::ReadV2, b"9Nu0.").on(ON).at("A81001");
    let withdrawal = Entry::new(CodeSystem::ReadV2, b"9Nu1.").on(ON).at("A81001");
    let left = Registration::open("A81001").until(Date::ymd(2026, 5, 1));
    for (entry, registration, expected) in [
        (&diabetes, None, Type1::Unknown),
        (&diabetes, Some(left), Type1::Unknown),
        (&diabetes, Some(left.by_death()), Type1::None),
        (&diabetes, Some(Registration::open("A81001")), Type1::None),
        (&withdrawal, Some(left), Type1::Unknown),
        (&withdrawal, Some(Registration::open("A81001")), Type1::None),
        (&dissent, None, Type1::Dissent),
        (&dissent, Some(left), Type1::Dissent),
    ] {
        let mut history = History::new(ON);
        history.practice_read("A81001");
        history.entry(1, entry).unwrap();
        if let Some(registration) = registration {
            history.registered(1, &registration);
        }
        assert_eq!(history.status(&1), expected, "{entry:?} {registration:?}");
        let unregistered = expected == Type1::Unknown;
        assert_eq!(history.people().unregistered, u64::from(unregistered));
    }
}

#[test]
fn a_statement_about_all_has_an_age() {
    let all = AllRegistered { on: Date::ymd(2026, 5, 1), max_age: MaxAge::days(30) };
    for (day, expected) in [
        (Date::ymd(2026, 5, 1), Ok(())),
        (Date::ymd(2026, 5, 31), Ok(())),
        (ON, Err(NotThen::TooOld { on: all.on, day: ON, max_age: all.max_age })),
        (Date::ymd(2026, 4, 30), Err(NotThen::Later { on: all.on, day: Date::ymd(2026, 4, 30) })),
    ] {
        assert_eq!(all.check(day), expected);
    }
}

#[test]
fn practices_come_from_a_table_too() {
    let mut history: History<u8> = History::new(ON);
    let table = "name,ods\nHigh Street,A81001\nnone,\nMill Lane, B82002 \n";
    let read = |history: &mut History<u8>, column: &Column| {
        read_practices(table.as_bytes(), &Dialect::CSV, column, history)
    };
    assert_eq!(read(&mut history, &named("ods")).unwrap(), 2);
    assert!(["A81001", "B82002"].iter().all(|practice| history.is_read(practice)));
    assert!(!history.is_read("C83003"));
    let error = read(&mut history, &named("code")).unwrap_err().to_string();
    assert!(error.starts_with("there is no column"), "{error}");
}
