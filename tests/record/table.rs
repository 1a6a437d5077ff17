//! Coded histories from CSV, in the shapes that real systems export.

use optout::record::NhsNumber;
use optout::record::columns::{Column, Dialect, Fault, TableError, TableFault};
use optout::record::type1::table::{Codes, DateFormat, Flag, Practices, Rows, Table, read};
use optout::record::type1::{CodeError, CodeSystem, EntryState, History, Ignored, Registration};
use optout::{Date, Type1};

const ON: Date = Date::ymd(2026, 6, 1);

fn named(name: &str) -> Column {
    Column::Named(name.into())
}

fn strings(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

fn emis() -> Table {
    Table {
        dialect: Dialect::CSV,
        patient: named("nhs_number"),
        codes: Codes::Columns(vec![(named("read_code"), CodeSystem::ReadV2)]),
        date: named("effective_date"),
        dates: DateFormat::DayMonthYear,
        undated: strings(&["NULL"]),
        practices: Practices::Column(named("ods")),
        flags: vec![(
            Flag {
                column: named("deleted"),
                set: strings(&["true"]),
                clear: strings(&["false", ""]),
            },
            EntryState::Deleted,
        )],
    }
}

/// The system of the code in the column of texts.
fn by_text() -> Codes {
    Codes::BySystem {
        code: named("read_code"),
        system: named("text"),
        values: vec![("Read".into(), CodeSystem::ReadV2)],
    }
}

/// Everybody is registered.
fn register(history: &mut History<NhsNumber>, people: &[&[u8]]) {
    for person in people {
        let person = NhsNumber::parse(person).unwrap();
        history.registered(person, &Registration::open("A81001"));
    }
}

fn number(field: &[u8]) -> Option<NhsNumber> {
    NhsNumber::parse(field).ok()
}

const HEADER: &str = "nhs_number,read_code,effective_date,ods,deleted,text\n";

const fn width(fields: u32) -> TableFault {
    TableFault::Form(Fault::Width { fields, first: 6 })
}

fn fault(rows: &str) -> (u64, TableFault) {
    let mut history = History::new(ON);
    let error =
        read(format!("{HEADER}{rows}").as_bytes(), &emis(), &mut history, number).unwrap_err();
    assert!(!error.to_string().contains("94347"), "{error}");
    let TableError::Row { line, fault } = error else { panic!("{error}") };
    (line, fault)
}

#[test]
fn an_export_with_flags_and_dates() {
    let rows = "\
9434765919,9Nu0.,03/05/2019,A81001,false,
943 476 5919,9Nu1,4/5/2019 09:30:00,A81001,true,\"deleted,
by mistake\"
9000962382,9Nu0.,05/05/2019,A81001,,
9000962382,9Nu1.,06/05/2019,A81001,,
9000898358,C10..,not read,A81001,?,
9000803888,9Nu0.,NULL,A81001,,
9000803888,9Nu1.,06/05/2019,A81001,,
,C10..,,A81001,,
0000000000,9Nu1.,06/05/2019,A81001,,
9000925967,9Nu0,,,,
";
    let mut history = History::new(ON);
    history.practice_read("A81001");
    register(&mut history, &[b"9000962382", b"9000898358"]);
    let text = "9000803888,C10..,,A81001,,\"letter of 9Nu0.\nXaZ89 is said, and 9Nu0 too\"\n";
    let table = format!("\u{feff}{HEADER}{text}{rows}");
    for text in [table.clone(), table.replace('\n', "\r\n")] {
        let rows = read(text.as_bytes(), &emis(), &mut history, number).unwrap();
        assert_eq!(rows, Rows { all: 11, unkeyed: 2, other_systems: 0 });
    }
    let status = |digits: &[u8]| history.status(&NhsNumber::parse(digits).unwrap());
    assert_eq!(status(b"9434765919"), Type1::Dissent);
    assert_eq!(status(b"9000962382"), Type1::None);
    assert_eq!(status(b"9000898358"), Type1::None);
    assert_eq!(status(b"9000803888"), Type1::Dissent);
    assert_eq!(status(b"9000925967"), Type1::Dissent);
    assert_eq!(history.report().ignored(Ignored::Deleted), 2);
}

#[test]
fn pseudonyms_with_a_column_of_systems() {
    let table = Table {
        dialect: Dialect::TSV,
        patient: named("person_id"),
        codes: Codes::BySystem {
            code: named("source_value"),
            system: named("vocabulary"),
            values: vec![("SNOMED".into(), CodeSystem::Snomed), ("CTV3".into(), CodeSystem::Ctv3)],
        },
        date: named("start"),
        dates: DateFormat::Iso,
        undated: vec![],
        practices: Practices::Always("A81001".into()),
        flags: vec![],
    };
    let text = |last: &str| {
        format!(
            "person_id\tsource_value\tvocabulary\tstart\n1\tXaZ89\tCTV3\t2019-05-03\n\
             2\t827241000000103\tSNOMED\t2019-05-03T00:00:00\n2\t827261000000102\tSNOMED\t2020-01-01 00:00\n\
             3\tE11\tICD10\tsome day\n{last}"
        )
    };
    let key = |field: &[u8]| (!field.is_empty()).then(|| field.to_vec());
    let mut history = History::new(ON);
    let rows = read(text("").as_bytes(), &table, &mut history, key).unwrap();
    assert_eq!(rows, Rows { all: 4, unkeyed: 0, other_systems: 1 });
    history.practice_read("A81001");
    for person in ["2", "3"] {
        history.registered(person.into(), &Registration::open("A81001"));
    }
    let statuses = [b"1", b"2", b"3", b"4"].map(|id| history.status(&id.to_vec()));
    assert_eq!(statuses, [Type1::Dissent, Type1::None, Type1::None, Type1::Unknown]);
    let wrong = text("4\tXaZ89\tRead\t2019-05-03\n");
    let error = read(wrong.as_bytes(), &table, &mut History::new(ON), key).unwrap_err();
    assert!(matches!(error, TableError::Row { line: 6, fault: TableFault::System }), "{error}");
    for (code, system, expected) in [
        ("'9nu0.", "Read", Some(TableFault::System)),
        ("XAZ89", "Read", Some(TableFault::System)),
        ("8E10", "ICD10", None),
        ("XAZ89", "CTV3", Some(TableFault::Code(CodeError::LetterCase))),
        ("827,241,000,000,103", "SNOMED", Some(TableFault::Code(CodeError::Resembles))),
    ] {
        let text = text(&format!("4\t{code}\t{system}\t2019-05-03\n"));
        match (read(text.as_bytes(), &table, &mut History::new(ON), key), expected) {
            (Ok(_), None) => {}
            (Err(TableError::Row { line: 6, fault }), Some(why)) => assert_eq!(fault, why),
            (read, _) => panic!("{code}: {read:?}"),
        }
    }
}

#[test]
fn what_could_lose_a_dissent_stops_the_run() {
    assert_eq!(fault(",9Nu0.,03/05/2019,A81001,,\n"), (2, TableFault::Unkeyed));
    assert_eq!(fault("0000000000,9Nu0.,03/05/2019,A81001,,\n"), (2, TableFault::Unkeyed));
    assert_eq!(fault("9434765918,9Nu0.,03/05/2019,A81001,,\n"), (2, TableFault::Unkeyed));
    let good = "9434765919,C10..,,A81001,,\n";
    for (row, why) in [
        ("9434765919,9Nu0.,2019-05-03,A81001,,\n", TableFault::Date),
        ("9434765919,9Nu0.,31/02/2019,A81001,,\n", TableFault::Date),
        ("9434765919,9Nu0.,05/03/19,A81001,,\n", TableFault::Date),
        ("9434765919,9Nu0.,+5/03/2019,A81001,,\n", TableFault::Date),
        ("9434765919,9Nu0.,05/03/2019 noon,A81001,,\n", TableFault::Date),
        ("9434765919,9Nu1.,05/03/2019,A81001,yes,\n", TableFault::Flag),
        ("9434765919,9Nu0.,05/03/2019,A81001,TRUE,\n", TableFault::Flag),
        ("9434765919,9Nu0.,05/03/2019,A81001,\n", width(5)),
        ("9434765919,9Nu0.,05/03/2019,A81001,,,\n", width(7)),
        (
            "9434765919,XaZ89,05/03/2019,A81001,,\n",
            TableFault::Code(CodeError::OtherSystem {
                given: CodeSystem::ReadV2,
                actual: CodeSystem::Ctv3,
            }),
        ),
        (
            "9434765919,\"9Nu0.,05/03/2019,A81001,,\n9000962382,\"C10..,,A81001,,\n",
            TableFault::Form(Fault::AfterQuote),
        ),
        (
            "9434765919,\"9Nu0.,05/03/2019,A81001,,\n9000962382\",C10..,,A81001,\n",
            TableFault::Form(Fault::Joined),
        ),
        // Of nobody who could be known, so that only the code tells.
        (
            "9434765919,C10..,,A81001,,\"x\n9000962,9Nu0.,05/03/2019,A81001,,y\"\n",
            TableFault::Form(Fault::Joined),
        ),
        (
            "9434765919,C10..,,A81001,,\"x\n,\"\"XaZ89\"\",05/03/2019,y\"\n",
            TableFault::Form(Fault::Joined),
        ),
    ] {
        let (line, found) = fault(&format!("{good}{row}"));
        assert_eq!(found, why, "{row}");
        assert!((3..5).contains(&line), "{row}");
    }
    // The first row is an entry, and not the names of the columns.
    let mut table = emis();
    (table.patient, table.date) = (Column::Place(1), Column::Place(3));
    table.codes = Codes::Columns(vec![(Column::Place(2), CodeSystem::ReadV2)]);
    (table.practices, table.flags) = (Practices::Always("A81001".into()), vec![]);
    for code in ["9Nu0.", "9nu1", "'827241000000103", "XaZ89"] {
        let first = format!("p1,{code},01/01/2020\np2,C10..,01/01/2020\n");
        let key = |field: &[u8]| Some(field.to_vec());
        table.dialect = Dialect::CSV.with_header_line(first.lines().next().unwrap()).unwrap();
        let error = read(first.as_bytes(), &table, &mut History::new(ON), key).unwrap_err();
        assert!(matches!(error, TableError::CodeInHeader), "{error}");
    }
    let mut table = emis();
    table.flags[0].0.column = named("is_deleted");
    let error = read(HEADER.as_bytes(), &table, &mut History::new(ON), number).unwrap_err();
    assert!(error.to_string().starts_with("there is no column \"is_deleted\"; is \"deleted\""));
}

/// Such a row may be the only trace of a patient at a practice that nobody read, who would be taken
/// to have no Type 1 opt-out.
#[test]
fn an_entry_of_nobody_stops_the_run_unless_its_practice_was_read() {
    let by_system = || Table { codes: by_text(), ..emis() };
    let trace = |table: &Table, row: &str| {
        let mut history = History::new(ON);
        history.practice_read("A81001");
        // Nobody can have read the practice of which nothing is said.
        history.practice_read("");
        register(&mut history, &[b"9434765919"]);
        let registered = "9434765919,C10..,,A81001,,Read\n";
        let text = format!("{HEADER}{registered}{row}");
        read(text.as_bytes(), table, &mut history, number).map(|rows| {
            let patient = NhsNumber::parse(b"9434765919").unwrap();
            assert_eq!(history.status(&patient), Type1::None);
            (rows.unkeyed, rows.other_systems)
        })
    };
    for key in ["943 4765919", "9434765918", "0000000000", "NULL"] {
        for code in ["C10..", "9Nu1.", "9Nu4."] {
            // Of a known system and of another.
            for (system, others) in [("Read", 0), ("ICD10", 1)] {
                if others == 1 && code == "9Nu1." {
                    continue;
                }
                let row = |practice| format!("{key},{code},01/01/2020,{practice},,{system}\n");
                for practice in ["B82002", "a81001", ""] {
                    let error = trace(&by_system(), &row(practice)).unwrap_err();
                    let fault = TableFault::UnknownPatient;
                    assert_eq!(error.to_string(), format!("line 3: {fault}"), "{}", row(practice));
                }
                assert_eq!(trace(&by_system(), &row("A81001")).unwrap(), (1, others));
                let keyless = row("B82002").replacen(key, "", 1);
                assert_eq!(trace(&by_system(), &keyless).unwrap(), (1, others), "{keyless}");
            }
        }
        // Nothing says where it was.
        let table = Table { practices: Practices::Unnamed, ..emis() };
        let text = format!("{HEADER}{key},C10..,,A81001,,\n");
        let error = read(text.as_bytes(), &table, &mut History::new(ON), number).unwrap_err();
        assert!(matches!(error, TableError::Row { fault: TableFault::UnknownPatient, .. }));
    }
}

/// A row of a system that nobody declared is a trace of its patient as any other.
#[test]
fn an_entry_of_another_system_at_no_known_practice_leaves_its_patient_unknown() {
    let table = Table { codes: by_text(), ..emis() };
    for (practice, status) in
        [("A81001", Type1::None), ("B82002", Type1::Unknown), ("", Type1::Unknown)]
    {
        let mut history = History::new(ON);
        history.practice_read("A81001");
        register(&mut history, &[b"9434765919"]);
        let text =
            format!("{HEADER}9434765919,C10..,,A81001,,Read\n9434765919,E11,,{practice},,ICD10\n");
        read(text.as_bytes(), &table, &mut history, number).unwrap();
        assert_eq!(history.status(&NhsNumber::parse(b"9434765919").unwrap()), status);
    }
}
