//! Fields of several lines in lists, histories and registrations: rows that stray quotes have joined
//! stop the run, and text does not.

use optout::Date;
use optout::record::NhsNumber;
use optout::record::columns::{Column, Dialect, Fault, TableError, TableFault};
use optout::record::list::Members;
use optout::record::type1::History;
use optout::record::type1::table::{Ends, Registrations, read_registrations};

const A: &str = "9434765919";
const B: &str = "9000962382";

/// The line at which a list of people in its column `n` is refused for joined rows.
fn refused(mut members: Members, table: &str) -> Option<u64> {
    let column = Column::Named("n".into());
    joined(members.add_table(table.as_bytes(), &Dialect::CSV, &column))
}

fn joined<T>(read: Result<T, TableError>) -> Option<u64> {
    match read {
        Ok(_) => None,
        Err(TableError::Row {
            line,
            fault: TableFault::Form(Fault::Joined | Fault::JoinedByHeader),
        }) => Some(line),
        Err(error) => panic!("{error}"),
    }
}

fn by_number(table: &str) -> Option<u64> {
    refused(Members::of_numbers(), table)
}

fn by_key(table: &str) -> Option<u64> {
    refused(Members::of_pseudonyms(), table)
}

fn registrations(table: &str) -> Option<u64> {
    let [patient, practice] = ["n", "practice"].map(|name| Column::Named(name.into()));
    let mut history = History::new(Date::ymd(2026, 6, 1));
    let number = |field: &[u8]| NhsNumber::parse(field).ok();
    let (dialect, ends) = (Dialect::CSV, Ends::None);
    let layout = Registrations { dialect, patient, practice, ends };
    joined(read_registrations(table.as_bytes(), &layout, &mut history, number))
}

#[test]
fn a_number_at_the_place_of_a_person_is_a_row() {
    for rows in [
        format!("{A},\"x\n{B},y\"\n"),
        format!("{A},\"5ft\n{B},5ft 7\"\n"),
        format!("{A},\"x\n{B},z\nz\"\n"),
        format!("{A},\"x\n943 476 5918,y\"\n"),
        format!("{A},\"x\n900096238,y\"\n"),
        format!("{A},\"x\n=\"\"{B}\"\",y\"\n"),
    ] {
        assert_eq!(by_number(&format!("n,x\n{rows}")), Some(3), "{rows:?}");
    }
    assert_eq!(by_number(&format!("n,x\n{A},\"5ft\n6\"\"\n{B},5ft 7\"\n")), Some(4));
    let table = format!("x,n,practice,y\no,{A},P1,\"p\n5ft,{B},P2,q\nr\"\n");
    assert_eq!(registrations(&table), Some(3));
    assert_eq!(by_number(&table), Some(3));
    // Nobody is named where the field begins that joins them.
    assert_eq!(
        registrations(&format!("x,n,practice\n\"o,,P1\nx\",,\"P2\n{B},{B},P2\"\n")),
        Some(2)
    );
}

#[test]
fn text_of_several_lines_is_no_row() {
    for rows in [
        format!("{A},\"rang, no answer\nrang again, spoke to him\"\n"),
        format!("{A},\"his number is\n{B}\nKind regards, Dr Hall\"\n"),
        format!("{A},\"see {B},\nsee {B}, too\"\n"),
    ] {
        assert_eq!(by_number(&format!("n,x\n{rows}")), None, "{rows:?}");
    }
    // The first line is that of the row, whatever a comma in quotes moves to the place of the number.
    let table = format!(
        "name,id,n,practice,address\n\"Hall, Anne\",123456789,{A},P1,\"32 Mill Lane\nAnytown\"\n"
    );
    assert_eq!(registrations(&table), None);
    let address = format!("n,address,practice\n{A},\"32 Mill Lane,\nAnytown, Kent\",P1\n");
    assert_eq!(registrations(&address), None);
}

/// Behind a byte order mark a quote opens a field, as anywhere.
#[test]
fn a_mark_hides_no_quote() {
    let column = Column::Place(1);
    for rows in ["\"", "\"n", "\"n\nka\n", "\"n\"\nka\n\"kb\n"] {
        let read = |mark: &str| {
            let table = format!("{mark}{rows}");
            let mut members = Members::of_pseudonyms();
            members.add_table(table.as_bytes(), &Dialect::LIST, &column).unwrap_err().to_string()
        };
        assert!(read("").ends_with("never closed"), "{}", read(""));
        assert_eq!(read("\u{feff}"), read(""));
    }
    let table = "\u{feff}\"n\"\nka\n";
    assert_eq!(by_key(table), None);
}

#[test]
fn keys_have_no_form_so_that_the_ends_tell() {
    assert_eq!(by_key("n,x\nka,\"o hara\nkb,smith\nkc,smith\"\n"), Some(3));
    assert_eq!(by_key("n,x,y\nka,\"rang\n7911123456, again\nthanks\",x\n"), None);
    assert_eq!(by_key("n,x\nka,\"rang, no answer\nspoke to him\"\n"), None);
}

#[test]
fn a_header_swallows_nobody() {
    assert_eq!(by_number(&format!("n,\"note\n{B},5ft\n7\"\n{A},x\n")), Some(2));
    assert_eq!(by_number(&format!("\n\nn,\"note\n{B},5ft\n7\"\n{A},x\n")), Some(4));
    assert_eq!(by_key("n,\"note\nkb,5ft\n7\"\nka,x\n"), Some(2));
    assert_eq!(registrations(&format!("n,practice,\"note\n{B},P2,5ft\n7\"\n{A},P1,x\n")), Some(2));
    // The name of the column itself may have several lines.
    assert_eq!(by_key("\"n\",\"note\nof\"\nka,x\n"), None);
    assert_eq!(by_number(&format!("n,\"date seen\n(day of the visit)\"\n{A},x\n")), None);
    assert_eq!(by_key("n,practice,\"date seen\n(day, month)\"\nka,P1,x\n"), None);
}
