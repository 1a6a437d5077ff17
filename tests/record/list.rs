//! Lists of people: polarity, emptiness, keys, and forms of a number.

use optout::record::columns::{Column, Dialect, TableError, TableFault};
use optout::record::list::{
    EmptyList, Key, List, Lists, ListsError, MemberError, Members, NotAPseudonym, OptOut,
};
use optout::record::{NhsNumber, NhsNumberError, RowError, RowFault, RowsError};
use optout::{National, Patient, Programme, Type1};

fn pseudonyms(members: &[&str]) -> Members {
    let mut list = Members::of_pseudonyms();
    for member in members {
        list.add(member.as_bytes()).unwrap();
    }
    list
}

fn key(pseudonym: &str) -> Key<'_> {
    Key::Pseudonym(pseudonym.as_bytes())
}

fn apply(list: List, who: &str) -> Patient {
    Lists::new(vec![list]).unwrap().patient(key(who))
}

#[test]
fn polarity_decides_what_absence_means() {
    let dissenters = |about| List::of_dissenters(about, pseudonyms(&["a"])).unwrap();
    let others = |about| List::of_non_dissenters(about, pseudonyms(&["a"]));
    let none = Patient::UNKNOWN;
    for (about, opted_out, clear) in [
        (OptOut::Type1, none.with_type1(Type1::Dissent), none.with_type1(Type1::None)),
        (
            OptOut::National,
            none.with_national(National::OptedOut),
            none.with_national(National::None),
        ),
        (
            OptOut::Programme,
            none.with_programme(Programme::OptedOut),
            none.with_programme(Programme::None),
        ),
    ] {
        assert_eq!(apply(dissenters(about), "a"), opted_out);
        assert_eq!(apply(dissenters(about), "b"), clear);
        assert_eq!(apply(others(about), "a"), clear);
        // Absence from a list of those without an opt-out is never "none".
        assert_eq!(apply(others(about), "b"), none);
    }
    let consenting = List::of_consenting(pseudonyms(&["a"]));
    assert_eq!(apply(consenting.clone(), "a"), none.with_explicit_consent());
    assert_eq!(apply(consenting, "b"), none);
    let objecting = List::of_objecting(pseudonyms(&["a"])).unwrap();
    assert_eq!(apply(objecting.clone(), "a"), none.with_care_objection());
    assert_eq!(apply(objecting, "b"), none);
}

#[test]
fn an_empty_list_must_be_meant() {
    for empty in [Members::of_pseudonyms(), Members::of_numbers()] {
        assert_eq!(List::of_dissenters(OptOut::Type1, empty.clone()).unwrap_err(), EmptyList);
        assert_eq!(List::of_objecting(empty.clone()).unwrap_err(), EmptyList);
        assert!(List::of_dissenters(OptOut::Type1, empty.clone().confirmed_empty()).is_ok());
        // These two can only withhold.
        let nobody = List::of_non_dissenters(OptOut::Type1, empty.clone());
        assert_eq!(apply(nobody, "a"), Patient::UNKNOWN);
        assert_eq!(apply(List::of_consenting(empty), "a"), Patient::UNKNOWN);
    }
}

#[test]
fn of_several_lists_the_strictest_prevails_in_any_order() {
    let list = |members: &[&str]| List::of_dissenters(OptOut::Type1, pseudonyms(members)).unwrap();
    let allowed = List::of_non_dissenters(OptOut::Type1, pseudonyms(&["a", "b"]));
    for lists in
        [[list(&["a"]), list(&["x"]), allowed.clone()], [allowed, list(&["x"]), list(&["a"])]]
    {
        let lists = Lists::new(lists.to_vec()).unwrap();
        let type1 = |who| lists.patient(key(who)).type1().unwrap();
        assert_eq!(type1("a"), Type1::Dissent);
        assert_eq!(type1("b"), Type1::None);
        assert_eq!(type1("c"), Type1::Unknown);
        assert_eq!(type1("x"), Type1::Dissent);
        // What the lists do not speak of is unknown.
        assert_eq!(lists.patient(key("b")).national(), National::Unknown);
    }
    let consenting = || List::of_consenting(pseudonyms(&["a"]));
    let error = Lists::new(vec![consenting(), consenting()]).unwrap_err();
    assert_eq!(error, ListsError::TwoOfConsent);
}

#[test]
fn keys_of_two_kinds_never_meet() {
    let number = NhsNumber::parse(b"9434765919").unwrap();
    let mut numbers = Members::of_numbers();
    numbers.add(b"943 476 5919").unwrap();
    let by_number = List::of_dissenters(OptOut::Type1, numbers.clone()).unwrap();
    let by_pseudonym = List::of_dissenters(OptOut::National, pseudonyms(&["9434765919"])).unwrap();
    let error = Lists::new(vec![by_number.clone(), by_pseudonym.clone()]).unwrap_err();
    assert_eq!(error, ListsError::MixedKeys);
    // A list that cannot know the patient does not say "none".
    let lists = Lists::new(vec![by_number]).unwrap();
    assert_eq!(lists.are_numbers(), Some(true));
    assert_eq!(Lists::default().are_numbers(), None);
    assert_eq!(lists.patient(key("9434765919")), Patient::UNKNOWN);
    assert_eq!(lists.patient(Key::Number(number)), Patient::UNKNOWN.with_type1(Type1::Dissent));
    let lists = Lists::new(vec![by_pseudonym]).unwrap();
    assert_eq!(lists.patient(Key::Number(number)), Patient::UNKNOWN);
    assert_eq!(numbers.contains(key("9434765919")), None);
}

#[test]
fn every_form_of_a_number_is_the_same_number() {
    let number = Key::Number(NhsNumber::parse(b"9434765919").unwrap());
    for file in [
        "9434765919\n",
        "9434765919,\n",
        "9434765919,\r\n",
        "9434765919\r\n",
        "9434765919",
        "\"9434765919\"\n",
        "\"9434765919\",\r\n",
        "943 476 5919,\n",
        " 943-476-5919 , \n",
        "\n9434765919\n\n",
    ] {
        let members = Members::read_numbers(file.as_bytes()).unwrap();
        assert_eq!((members.contains(number), members.len()), (Some(true), 1), "{file:?}");
        let mut table = Members::of_numbers();
        let rows = table.add_table(file.as_bytes(), &Dialect::LIST, &Column::Place(1)).unwrap();
        assert_eq!((table.contains(number), rows), (Some(true), 1), "{file:?}");
    }
    let mut members = pseudonyms(&[" a1 "]);
    assert_eq!(members.contains(key("a1 ")), Some(true));
    assert_eq!(members.contains(key("A1")), Some(false));
    assert_eq!(members.contains(key("a1,")), Some(false));
    assert_eq!(members.add(b"a1"), Ok(false));
}

#[test]
fn a_row_without_a_key_is_an_error() {
    for (row, why) in [
        (",", NhsNumberError::Empty),
        ("9434765918,", NhsNumberError::CheckDigit),
        ("0000000000,", NhsNumberError::Placeholder),
        ("943476591,", NhsNumberError::Length),
        ("NULL,", NhsNumberError::NotADigit),
        ("９４３４７６５９１９,", NhsNumberError::NotADigit),
    ] {
        let file = format!("9000962382,\n{row}\n9434765919,\n");
        let error = Members::read_numbers(file.as_bytes()).unwrap_err();
        let RowsError::Row(found) = error else { panic!("{error}") };
        assert_eq!(found, RowError { row: 2, fault: RowFault::Number(why) });
        let mut table = Members::of_numbers();
        let error =
            table.add_table(file.as_bytes(), &Dialect::LIST, &Column::Place(1)).unwrap_err();
        let TableError::Row { line, fault } = error else { panic!("{error}") };
        assert_eq!((line, fault), (2, TableFault::Number(why)));
    }

    for (wrong, why) in [
        (&b""[..], NotAPseudonym::Empty),
        (b" \t ", NotAPseudonym::Empty),
        (b"NULL", NotAPseudonym::Null),
        (b" \\N", NotAPseudonym::Null),
        (b"NaN", NotAPseudonym::Null),
        (b"na", NotAPseudonym::Null),
        (b"None", NotAPseudonym::Null),
        (b"nil", NotAPseudonym::Null),
        (b"a\nb", NotAPseudonym::NotText),
        (b"abc\0", NotAPseudonym::NotText),
        (b"abc\x1f", NotAPseudonym::NotText),
        (b"abc\xe9", NotAPseudonym::NotText),
        ("abc\u{a0}".as_bytes(), NotAPseudonym::NotText),
        ("\u{feff}abc".as_bytes(), NotAPseudonym::NotText),
    ] {
        assert_eq!(pseudonyms(&[]).add(wrong), Err(MemberError::Pseudonym(why)));
        // Nor is it somebody who is known not to be on the list.
        let list = List::of_dissenters(OptOut::Type1, pseudonyms(&["a"])).unwrap();
        let lists = Lists::new(vec![list]).unwrap();
        assert_eq!(lists.patient(Key::Pseudonym(wrong)), Patient::UNKNOWN);
    }
    for same in [&b"a"[..], b"a\t", b" a", b"\ta "] {
        assert_eq!(pseudonyms(&["a"]).contains(Key::Pseudonym(same)), Some(true));
        let mut members = Members::of_pseudonyms();
        members.add(same).unwrap();
        assert_eq!(members.contains(key("a")), Some(true));
    }
    let table = "id,name\np1,x\n,y\n";
    let mut members = Members::of_pseudonyms();
    let error = members
        .add_table(table.as_bytes(), &Dialect::CSV, &Column::Named("id".into()))
        .unwrap_err();
    assert_eq!(error.to_string(), "line 3: the pseudonym is empty");
}

#[test]
fn a_column_is_found_by_name_or_place() {
    let table = "\u{feff}nhs,id\r\n9434765919,p1\r\n9000962382,\"p2\"\r\n";
    let named = |name: &str| Column::Named(name.into());
    let stated = || Dialect::CSV.with_header(["nhs", "id"]);
    for (dialect, column) in
        [(Dialect::CSV, named("nhs")), (stated(), named("nhs")), (stated(), Column::Place(1))]
    {
        let mut members = Members::of_numbers();
        assert_eq!(members.add_table(table.as_bytes(), &dialect, &column).unwrap(), 2);
        assert_eq!(members.len(), 2);
    }
    let mut members = Members::of_pseudonyms();
    for (table, dialect, column, expected) in [
        (
            table,
            Dialect::CSV,
            named("NHS"),
            "there is no column \"NHS\"; is \"nhs\" meant? Names are compared letter for letter; there are \"nhs\", \"id\"",
        ),
        ("a,a\n1,2\n", Dialect::CSV, named("a"), "two columns are called \"a\""),
        (table, Dialect::LIST, named("id"), "the column \"id\" is given by name, but there is no"),
        (table, stated(), Column::Place(0), "there is no column 0; the first row has 2"),
        (table, stated(), Column::Place(3), "there is no column 3; the first row has 2"),
        (table, Dialect::CSV, Column::Place(1), "column 1 is given by its position"),
        (table, Dialect::CSV.with_header(["id"]), named("id"), "the first row is not the header"),
        ("nhs,id\n1\n", Dialect::CSV, named("id"), "line 2: the row has 1 field"),
        // A quote that does not end takes the rest of the file with it.
        ("id\n\"p1\np2\n", Dialect::CSV, named("id"), "line 2: the quote that opens here"),
    ] {
        let error = members.add_table(table.as_bytes(), &dialect, &column).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn no_key_is_shown() {
    let number = NhsNumber::parse(b"9434765919").unwrap();
    let mut members = Members::of_numbers();
    members.add(b"9434765919").unwrap();
    let list = List::of_dissenters(OptOut::Type1, members).unwrap();
    let shown = format!("{list:?} {:?} {:?}", Key::Number(number), key("secret"));
    assert!(!shown.contains("94347") && !shown.contains("secret"), "{shown}");
}
