//! What a wrong column, a broken export or a typing error looks like in a history.

use optout::record::columns::{Column, Dialect, TableError, TableFault};
use optout::record::type1::table::{Codes, DateFormat, Flag, Practices, Table, read};
use optout::record::type1::{
    Accepted, CodeSystem, Doubt, Entry, EntryState, History, Ignored, Implausible, Registration,
};
use optout::{Date, Type1};

const ON: Date = Date::ymd(2026, 6, 1);

fn named(name: &str) -> Column {
    Column::Named(name.into())
}

/// Entries with their codes in these columns.
fn table(codes: &[(&str, CodeSystem)]) -> Table {
    let values = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    Table {
        dialect: Dialect::CSV,
        patient: named("id"),
        codes: Codes::Columns(codes.iter().map(|(name, of)| (named(name), *of)).collect()),
        date: named("date"),
        dates: DateFormat::Iso,
        undated: vec![],
        practices: Practices::Column(named("ods")),
        flags: vec![(
            Flag { column: named("deleted"), set: values(&["1"]), clear: values(&["0", ""]) },
            EntryState::Deleted,
        )],
    }
}

fn key(field: &[u8]) -> Option<String> {
    let key = String::from_utf8(field.to_vec()).ok();
    key.filter(|key| !key.is_empty() && !key.starts_with('?'))
}

/// A history of these rows, of people who are registered where they have entries.
fn history(codes: &[(&str, CodeSystem)], rows: &str) -> Result<History<String>, TableError> {
    let mut history = History::new(ON);
    history.practice_read("A81001");
    for person in ["p1", "p2", "p3"] {
        history.registered(person.into(), &Registration::open("A81001"));
    }
    read(rows.as_bytes(), &table(codes), &mut history, key)?;
    Ok(history)
}

const READ: &[(&str, CodeSystem)] = &[("read", CodeSystem::ReadV2)];

/// What one row of two columns, a code and another, leaves of its person.
fn of(code: &str, other: &str) -> (Type1, u64) {
    let rows = format!("id,read,date,ods,deleted,other\np1,{code},2019-03-05,A81001,,{other}\n");
    let history = history(READ, &rows).unwrap_or_else(|error| panic!("{code} {other}: {error}"));
    (history.status(&"p1".to_owned()), history.report().elsewhere)
}

#[test]
fn a_type_1_code_in_another_field_leaves_its_person_unknown() {
    use Type1::{Dissent as D, None as N, Unknown as U};
    for other in [
        "9Nu0.",
        "9Nu0",
        "9nu0",
        "9Nu0.00",
        "R2_9Nu0.",
        "9Nu1.",
        "XaZ89",
        "R3_XaZ89",
        "xaz8a",
        "827241000000103",
        "827261000000102",
        "827241000000103.0",
        "SCT_827241000000103",
        "'827241000000103",
        "827 241 000 000 103",
        "\"827,241,000,000,103\"",
        "8.27241E+14",
        "82724100000010",
        "827241000000100",
        "８２７２４１００００００１０３",
        "a letter of 9Nu0. was sent",
        "see (XaZ89)",
        "code=827241000000103;",
        "http://snomed.info/id/827261000000102",
        "Überweisung 9Nu0",
        "９Ｎｕ０",
        "٨٢٧٢٤١٠٠٠٠٠٠١٠٣",
        "\u{1d7e0}27241000000103",
        "by ХаZ89",
        "R2_9Nu1.",
    ] {
        assert_eq!(of("H33..", other), (U, 1), "{other}");
        assert_eq!(of("9Nu4.", other), (U, 1), "{other}");
        assert_eq!(of("^ESCT1173456", other), (U, 1), "{other}");
        // Who dissents there dissents.
        assert_eq!(of("9Nu0.", other), (D, 0), "{other}");
    }
    for other in [
        "",
        "19Nu0",
        "9Nu01",
        "x9Nu0.",
        "XaZ891",
        "1827241000000103",
        "8272410000001030",
        "é9Nu0",
        "9Nu0é",
        "9Nu4.",
        "XaZ8B",
        "827241000000114",
        "8.27",
        "2019-08-27",
        "dissent",
        "£8; 37°; 5 µg – ≥ 2",
        "５ｆｔ",
    ] {
        assert_eq!(of("H33..", other), (N, 0), "{other}");
    }
    // Beside a withdrawal only a dissent that is a whole field counts.
    for (other, expected) in [
        ("9Nu1.", (N, 0)),
        ("827261000000102", (N, 0)),
        ("a letter of 9Nu0. was sent", (N, 0)),
        ("9Nu0.", (U, 1)),
        ("827241000000103", (U, 1)),
        ("XaZ89", (U, 1)),
        ("8.27241E+14", (U, 1)),
    ] {
        assert_eq!(of("9Nu1.", other), expected, "{other}");
    }
}

#[test]
fn what_is_deleted_does_not_count_and_what_is_of_nobody_stops() {
    let header = "id,read,date,ods,deleted,other\n";
    let dissent = "p2,9Nu0.,2019-03-05,A81001,,\n";
    let rows = format!("{header}{dissent}p1,H33..,2019-03-05,A81001,1,9Nu0.\n");
    let known = history(READ, &rows).unwrap();
    assert_eq!(known.status(&"p1".to_owned()), Type1::None);
    assert_eq!(known.report().elsewhere, 0);
    for (row, why) in [
        (",H33..,2019-03-05,A81001,,9Nu0.\n", TableFault::Unkeyed),
        ("?,H33..,2019-03-05,A81001,,letter of XaZ8A\n", TableFault::Unkeyed),
        ("p1,H33..,2019-03-05,A81001,perhaps,9Nu0.\n", TableFault::Flag),
    ] {
        let Err(error) = history(READ, &format!("{header}{dissent}{row}")) else { panic!("{row}") };
        assert!(matches!(error, TableError::Row { line: 3, fault } if fault == why), "{error}");
    }
    let rows = format!("{header}{dissent},H33..,2019-03-05,A81001,1,9Nu0.\n");
    assert_eq!(history(READ, &rows).unwrap().report().elsewhere, 0);
    // A dissent somewhere else is a dissent.
    let both = format!("{header}p2,H33..,2019-03-05,A81001,,9Nu0.\n{dissent}");
    assert_eq!(history(READ, &both).unwrap().status(&"p2".to_owned()), Type1::Dissent);
}

#[test]
fn more_codes_elsewhere_than_read_show_a_wrong_column() {
    let header = "id,read,date,ods,deleted,other\n";
    let elsewhere = "p1,H33..,2019-03-05,A81001,,9Nu0.\n";
    let here = "p2,9Nu1.,2019-03-05,A81001,,\n";
    let plausible = |rows: &str| {
        history(READ, &format!("{header}{rows}")).unwrap().plausible(&Accepted::default())
    };
    assert_eq!(plausible(elsewhere), Err(Implausible::Elsewhere { elsewhere: 1, read: 0 }));
    assert_eq!(
        plausible(&format!("{elsewhere}{elsewhere}{here}")),
        Err(Implausible::Elsewhere { elsewhere: 2, read: 1 })
    );
    let doubts = plausible(&format!("{elsewhere}{here}")).unwrap();
    assert!(doubts.contains(&Doubt::Elsewhere { elsewhere: 1, people: 1 }), "{doubts:?}");
}

#[test]
fn several_columns_of_codes_are_all_read() {
    let columns = &[("read_2", CodeSystem::ReadV2), ("read_3", CodeSystem::Ctv3)];
    let status = |row: &str| {
        let rows = format!("id,date,ods,deleted,read_2,read_3\np1,2019-03-05,A81001,,{row}\n");
        let history = history(columns, &rows)?;
        let report = history.report();
        let unreadable = report.ignored(Ignored::Unreadable);
        Ok::<_, TableError>((history.status(&"p1".to_owned()), unreadable))
    };
    for (row, expected) in [
        (",XaZ89", (Type1::Dissent, 0)),
        ("9Nu0.,", (Type1::Dissent, 0)),
        ("9Nu0.,XaZ89", (Type1::Dissent, 0)),
        ("9Nu0.,XaZ8A", (Type1::Dissent, 0)),
        ("9Nu1.,XaZ89", (Type1::Dissent, 0)),
        ("9Nu1.,XaZ8A", (Type1::None, 0)),
        ("9Nu1.,", (Type1::None, 0)),
        ("H33..,XE0Uc", (Type1::None, 0)),
        ("H33..,NULL", (Type1::None, 0)),
        (",", (Type1::None, 1)),
        ("-99,NULL", (Type1::None, 1)),
        ("H33..,195967001", (Type1::None, 1)),
    ] {
        assert_eq!(status(row).unwrap(), expected, "{row}");
    }
    for row in ["XaZ89,", ",9Nu0.", "H33..,827241000000103", "8.27241E+14,"] {
        assert!(
            matches!(status(row), Err(TableError::Row { fault: TableFault::Code(_), .. })),
            "{row}"
        );
    }
}

/// A history of many people, of whom some have a dissent.
fn many(people: u32, dissents: u32) -> History<u32> {
    let mut history = History::new(ON);
    history.practice_read("A81001");
    for person in 0..people {
        history.registered(person, &Registration::open("A81001"));
    }
    for person in 0..dissents {
        let dissent = Entry::new(CodeSystem::ReadV2, b"9Nu0.").on(ON).at("A81001");
        history.entry(person, &dissent).unwrap();
    }
    history
}

/// So many entries of one code.
fn add(history: &mut History<u32>, code: &str, practice: &str, entries: u32) {
    for person in 0..entries {
        let entry = Entry::new(CodeSystem::ReadV2, code.as_bytes()).at(practice);
        history.entry(person % 7, &entry).unwrap();
    }
}

#[test]
fn unreadable_codes_stop_from_a_share() {
    let accepted = |share| Accepted { unreadable_at_most: share, ..Accepted::default() };
    let mut history = many(10, 1);
    add(&mut history, "H33..", "A81001", 94);
    add(&mut history, "195967001", "A81001", 5);
    let doubts = history.plausible(&Accepted::default()).unwrap();
    assert!(doubts.contains(&Doubt::Unreadable { unreadable: 5, entries: 100 }), "{doubts:?}");
    assert!(history.plausible(&accepted(4.9)).is_err());
    add(&mut history, "", "A81001", 1);
    let error = history.plausible(&Accepted::default()).unwrap_err();
    assert_eq!(error, Implausible::Unreadable { unreadable: 6, entries: 101, at_most: 5.0 });
    history.plausible(&accepted(6.0)).unwrap();
    // No more than half, whatever is said.
    add(&mut history, "NULL", "A81001", 89);
    history.plausible(&accepted(50.0)).unwrap();
    add(&mut history, "-99", "A81001", 1);
    for share in [50.0, 100.0, f64::INFINITY, f64::NAN] {
        assert!(history.plausible(&accepted(share)).is_err());
    }
    // Local codes are readable.
    let mut history = many(10, 1);
    add(&mut history, "^ESCT1173456", "A81001", 500);
    assert!(history.plausible(&Accepted::default()).unwrap().is_empty());
}

#[test]
fn a_practice_of_which_most_codes_cannot_be_read_stops() {
    for (readable, unreadable, stops) in
        [(10, 10, false), (9, 11, true), (10, 11, true), (8, 11, false)]
    {
        let mut history = many(10, 1);
        add(&mut history, "H33..", "A81001", 1000);
        add(&mut history, "H33..", "B82002", readable);
        add(&mut history, "195967001", "B82002", unreadable);
        let accepted = Accepted { unreadable_at_most: 50.0, ..Accepted::default() };
        let plausible = history.plausible(&accepted);
        let is = matches!(&plausible, Err(Implausible::UnreadableAt { practices }) if practices.len() == 1);
        assert_eq!(is, stops, "{plausible:?}");
    }
}

#[test]
fn a_history_or_a_large_practice_without_a_code_stops() {
    let at = |practices: &[&str]| Accepted {
        no_type1_at: practices.iter().map(|name| (*name).to_owned()).collect(),
        ..Accepted::default()
    };
    assert_eq!(many(3, 0).plausible(&at(&[])), Err(Implausible::NoType1));
    assert!(many(3, 0).plausible(&at(&["A81001"])).is_ok());
    for (people, stops) in [(300, false), (301, true)] {
        let mut history = many(people, 0);
        history.practice_read("B82002");
        let dissent = Entry::new(CodeSystem::ReadV2, b"9Nu0.").at("B82002");
        // One that does not stand is none.
        history.entry(0, &dissent.at("A81001").state(EntryState::Deleted)).unwrap();
        history.entry(7000, &dissent).unwrap();
        let plausible = history.plausible(&at(&[]));
        if stops {
            let error = plausible.unwrap_err().to_string();
            assert!(error.contains("A81001 with 301"), "{error}");
        } else {
            let doubts = plausible.unwrap();
            assert!(doubts.iter().any(|doubt| matches!(doubt, Doubt::NoType1At { .. })));
        }
        assert!(history.plausible(&at(&["A81001"])).is_ok());
        // Who has left is not registered there.
        let mut history = many(1, 0);
        history.practice_read("B82002");
        for person in 0..400 {
            let left = Registration::open("A81001").until(Date::ymd(2020, 1, 1));
            history.registered(person, &left);
        }
        history.entry(7000, &dissent).unwrap();
        assert!(history.plausible(&at(&[])).is_ok());
    }
    // A withdrawal is a code, and so is one without a date.
    let mut history = many(400, 0);
    history.entry(1, &Entry::new(CodeSystem::ReadV2, b"9Nu1.").at("A81001")).unwrap();
    assert!(history.plausible(&at(&[])).is_ok());
    // What nobody read may have none.
    let mut history = many(10, 1);
    for person in 1000..2000 {
        history.registered(person, &Registration::open("C83003"));
    }
    let doubts = history.plausible(&at(&[])).unwrap();
    let said: Vec<_> = doubts.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "not read, so that whoever was there is unknown: 1 practice (1000 people), C83003 with 1000"
        ]
    );
    let error = history.plausible(&at(&["C83003"])).unwrap_err();
    assert!(matches!(error, Implausible::NotRead { .. }));
}

#[test]
fn practices_that_were_read_and_are_nowhere_are_named() {
    let mut history = many(10, 1);
    history.practice_read("B82O02");
    history.practice_read("9434765919");
    let doubts = history.plausible(&Accepted::default()).unwrap();
    let said: Vec<_> = doubts.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "said to have been read, and in neither the entries nor the registrations: 2 practices, B82O02; and others"
        ]
    );
    let mut history = History::new(ON);
    history.practice_read("a81001");
    history.registered(1, &Registration::open("A81001"));
    history.entry(1, &Entry::new(CodeSystem::ReadV2, b"9Nu0.").at("A81001")).unwrap();
    let error = history.plausible(&Accepted::default()).unwrap_err();
    assert!(matches!(&error, Implausible::NothingOfRead { .. }), "{error}");
    assert!(error.to_string().contains("a81001"), "{error}");
}
