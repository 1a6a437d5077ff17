//! Who is named, how, and what becomes of rows that name nobody or several.

use std::collections::HashMap;

use optout::extract::{
    Column, Dialect, Extract, ExtractError, KeyedStatuses, Known, Met, Outcome, People, Table,
    Unnamed,
};
use optout::record::list::OptOut;
use optout::record::{List, Lists, Members, NhsNumber};
use optout::{National, Patient};

use super::setting::{any_share, at, care, digits, extract, known, research, run};

/// A number that is clear, one that opted out and one that is not known.
fn trio() -> (String, String, String) {
    let of = |status| {
        let found = (400_000_000..).filter_map(NhsNumber::from_first_nine);
        digits(found.take(99).find(|number| known(*number).national() == status).unwrap())
    };
    (of(National::None), of(National::OptedOut), of(National::Unknown))
}

#[test]
fn every_form_of_a_number_is_the_same_number() {
    let (clear, opted_out, _) = trio();
    let spaced = |n: &str, with: &str| [&n[..3], with, &n[3..6], with, &n[6..]].concat();
    for eol in ["\n", "\r\n"] {
        let mut read = format!("n,x{eol}");
        let mut kept = read.clone();
        for n in [&clear, &opted_out] {
            for form in [
                n.clone(),
                spaced(n, " "),
                spaced(n, "-"),
                format!("\"{n}\""),
                format!("\" {} \"", spaced(n, " ")),
                format!(" {n} "),
            ] {
                let row = format!("{form},007{eol}");
                read.push_str(&row);
                if n == &clear {
                    kept.push_str(&row);
                }
            }
        }
        let (written, summary) =
            run(&extract(&research()), Dialect::CSV, &[Column::Named("n".into())], read.as_bytes())
                .unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), kept);
        assert_eq!(summary.counts.of(Outcome::NationalOptOut), 6);
    }
}

#[test]
fn a_number_in_another_column_never_matches() {
    let (clear, opted_out, _) = trio();
    let read = format!("{clear},{opted_out}\n{opted_out},{clear}\n");
    let (written, _) =
        run(&extract(&research()), Dialect::CSV.without_header(), &[at(1)], read.as_bytes())
            .unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), format!("{clear},{opted_out}\n"));
}

#[test]
fn a_row_that_names_several_people_is_withheld_for_one_of_them() {
    let (clear, opted_out, unknown) = trio();
    let read = format!(
        "{clear},a,{clear}\n{clear},b,{opted_out}\n{opted_out},c,{clear}\n{unknown},d,{opted_out}\n{clear},e,\n{clear},f,12\n"
    );
    let text = Dialect::CSV.without_header();
    let (written, summary) =
        run(&extract(&research()), text.clone(), &[at(1), at(3)], read.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), format!("{clear},a,{clear}\n"));
    assert_eq!(
        summary.counts.of(Outcome::NationalOptOut),
        3,
        "the opt-out comes before the unknown"
    );
    assert_eq!(summary.counts.of(Outcome::IdentifierEmpty), 1);
    assert_eq!(summary.counts.of(Outcome::IdentifierInvalid), 1);

    let asserted = extract(&research()).unnamed(Unnamed::NoNhsNumber);
    let (written, _) = run(&asserted, text, &[at(3), at(1)], read.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), format!("{clear},a,{clear}\n{clear},e,\n"));
}

#[test]
fn what_is_not_a_number_is_withheld_even_where_no_opt_out_binds() {
    let (clear, ..) = trio();
    let full_width =
        "\u{ff19}\u{ff14}\u{ff13}\u{ff14}\u{ff17}\u{ff16}\u{ff15}\u{ff19}\u{ff11}\u{ff19}";
    let read = format!(
        "{clear},x\n1234567890,x\n9999999999,x\n0000000000,x\n,x\n  ,x\nNULL,x\n{full_width},x\n434765919,x\n"
    );
    let (written, summary) =
        run(&extract(&care()), Dialect::CSV.without_header(), &[at(1)], read.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), format!("{clear},x\n"));
    assert_eq!(summary.counts.of(Outcome::IdentifierPlaceholder), 2);
    assert_eq!(summary.counts.of(Outcome::IdentifierEmpty), 2);
    assert_eq!(summary.counts.of(Outcome::IdentifierInvalid), 4);
    assert_eq!(summary.counts.without_identifier(), 2);
}

#[test]
fn an_empty_number_leaves_only_when_asserted_and_rare() {
    let (clear, ..) = trio();
    let read = format!("{clear},x\n{clear},x\n{clear},x\n,x\n");
    let text = Dialect::CSV.without_header();
    let asserted = extract(&research()).unnamed(Unnamed::NoNhsNumber);
    let (written, summary) = run(&asserted, text.clone(), &[at(1)], read.as_bytes()).unwrap();
    assert_eq!(written, read.as_bytes());
    assert_eq!(summary.counts.without_identifier(), 1);

    assert!(
        run(&asserted.clone().at_most_unnamed(25.0), text.clone(), &[at(1)], read.as_bytes())
            .is_ok()
    );
    let stopped = run(&asserted.at_most_unnamed(24.9), text, &[at(1)], read.as_bytes());
    assert!(matches!(stopped, Err(ExtractError::TooManyUnnamed { without: 1, rows: 4, .. })));
}

/// By default a column that does not name people stops a run, whoever the host is.
#[test]
fn a_column_that_names_nobody_stops_a_run() {
    let (clear, ..) = trio();
    let usual = Extract::new(&research(), People::ByNumber(&known));
    let text = Dialect::CSV.without_header();
    let stopped = |rows: &[(&str, usize)]| {
        let read: String =
            rows.iter().map(|(field, rows)| format!("{field},x\n").repeat(*rows)).collect();
        run(&usual, text.clone(), &[at(1)], read.as_bytes())
            .map(|(_, summary)| summary.counts.rows())
    };
    assert_eq!(stopped(&[(&clear, 95), ("12", 4), ("0000000000", 1)]).unwrap(), 100);
    let error = stopped(&[(&clear, 94), ("12", 4), ("0000000000", 2)]).unwrap_err();
    assert!(
        matches!(&error, ExtractError::TooManyInvalid { invalid: 6, rows: 100, looks, .. }
            if looks == "4 of 100 are numbers of another length; 2 of 100 are a placeholder, one digit ten times over"),
        "{error:?}"
    );
    // Blank lines are no rows.
    assert_eq!(stopped(&[(&clear, 50), ("", 50)]).unwrap(), 100);
    let blank = format!("{clear},x\n\n\n\n");
    assert!(run(&usual, text.clone(), &[at(1)], blank.as_bytes()).is_ok());
    let error = stopped(&[(&clear, 49), ("", 51)]).unwrap_err();
    assert!(matches!(error, ExtractError::TooManyEmpty { empty: 51, rows: 100, .. }));
    // Of two columns, the one that is empty.
    let read = format!("{clear},{clear},x\n,{clear},x\n,{clear},x\n");
    let error = run(&usual, text.clone(), &[at(2), at(1)], read.as_bytes()).unwrap_err();
    assert!(matches!(&error, ExtractError::TooManyEmpty { column, empty: 2, .. } if column == "1"));
    let most = usual.clone().at_most_empty(99.0).at_most_invalid(99.0);
    let error = run(&most, text.clone(), &[at(1)], b"12,x\n,x\n").unwrap_err();
    assert!(matches!(error, ExtractError::NobodyNamed { empty: 1, rows: 2, .. }), "{error:?}");
    assert!(run(&most, Dialect::CSV.with_header(["n", "x"]), &[at(1)], b"n,x\n").is_ok());
}

#[test]
fn several_tables_lose_the_same_people() {
    let (clear, opted_out, _) = trio();
    let patients = format!("id,born\n{clear},1950\n{opted_out},1960\n");
    let events = format!("code\tid\nA\t{clear}\nB\t{opted_out}\nC\t{clear}\n");
    let (mut kept_patients, mut kept_events) = (Vec::new(), Vec::new());
    let summary = extract(&research())
        .run([
            Table::new("patients", Dialect::CSV, patients.as_bytes(), &mut kept_patients)
                .person(Column::Named("id".into())),
            Table::new("events", Dialect::TSV, events.as_bytes(), &mut kept_events)
                .person(Column::Named("id".into())),
        ])
        .unwrap();
    assert_eq!(String::from_utf8(kept_patients).unwrap(), format!("id,born\n{clear},1950\n"));
    assert_eq!(
        String::from_utf8(kept_events).unwrap(),
        format!("code\tid\nA\t{clear}\nC\t{clear}\n")
    );
    assert_eq!(summary.counts().withheld(), 2);
}

struct Keys(HashMap<Vec<u8>, Patient>);

impl KeyedStatuses for Keys {
    fn look_up(&self, key: &[u8]) -> Patient {
        self.0.get(key).copied().unwrap_or(Patient::UNKNOWN)
    }
}

#[test]
fn keys_follow_no_rule_of_the_nhs_number() {
    let status = |national| Patient::UNKNOWN.with_national(national);
    let keys = Keys(HashMap::from([
        (b"p-1".to_vec(), status(National::None)),
        (b"p\"2".to_vec(), status(National::None)),
        (b"p-3".to_vec(), status(National::OptedOut)),
    ]));
    let extract =
        any_share(Extract::new(&research(), People::ByKey(&keys)).unnamed(Unnamed::NoNhsNumber));
    let read = b"key,x\np-1,1\n\"p\"\"2\",2\np-3,3\np-4,4\n,5\n";
    let (written, summary) =
        run(&extract, Dialect::CSV, &[Column::Named("key".into())], read).unwrap();
    assert_eq!(written, b"key,x\np-1,1\n\"p\"\"2\",2\n");
    assert_eq!(summary.counts.of(Outcome::NationalUnknown), 1);
    assert_eq!(summary.counts.of(Outcome::IdentifierEmpty), 1);
}

#[test]
fn what_is_no_key_is_withheld() {
    let list = |key: &str| {
        let mut members = Members::of_pseudonyms();
        members.add(key.as_bytes()).unwrap();
        Lists::new(vec![List::of_dissenters(OptOut::National, members).unwrap()]).unwrap()
    };
    let lists = list("p-3");
    let met = Met::new(0, &lists);
    let known = Known::new().lists(&lists).noting(&met);
    let extract = any_share(Extract::new(&research(), People::ByKey(&known)));
    let column = [Column::Named("key".into())];
    let none = ["NULL", "null", "\\N", "NaN", "NA", "None", "nil", "a\u{a0}", "a\u{7}"];
    let rows = none.map(|key| format!("{key},x\n")).concat();
    let read = format!("key,x\np-1,1\n{rows}p-2\t,2\n\t,3\n");
    let (written, summary) = run(&extract, Dialect::CSV, &column, read.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), "key,x\np-1,1\np-2\t,2\n");
    assert_eq!(summary.counts.of(Outcome::IdentifierInvalid), none.len() as u64);
    assert_eq!(summary.counts.of(Outcome::IdentifierEmpty), 1);
    // Nobody was on the list, so it may hold keys of another form.
    assert_eq!(met.unmet(&lists).collect::<Vec<_>>(), [0]);
    let read = b"key,x\np-1,1\n\"p-3\t\",2\n";
    let (written, _) = run(&extract, Dialect::CSV, &column, read).unwrap();
    assert_eq!(written, b"key,x\np-1,1\n");
    assert_eq!(met.unmet(&lists).count(), 0);
    // What leaves as the header names nobody.
    let refused =
        run(&extract, Dialect::CSV.with_header(["p-3", "x"]), &[at(1)], b"p-3,x\np-1,1\n")
            .unwrap_err();
    assert!(refused.to_string().contains("the first row holds a listed key"), "{refused}");
}

#[test]
fn a_first_row_of_data_is_no_header() {
    let (clear, ..) = trio();
    let refused = |first: &str| {
        let read = format!("{first}\n{clear},x\n");
        let text = Dialect::CSV.with_header_line(first).unwrap();
        run(&extract(&research()), text, &[at(1)], read.as_bytes()).unwrap_err().to_string()
    };
    let (a, b) = clear.split_at(5);
    for first in
        [format!("{clear},x"), format!("x,{clear}"), format!("{a} {b},x"), format!("{clear}.0,x")]
    {
        assert!(refused(&first).contains("the first row holds an NHS number"), "{first}");
    }
    for first in [",x", " ,x", "\"\",x"] {
        assert!(refused(first).contains("the first row has nothing"), "{first}");
    }
}

#[test]
fn rows_are_counted_under_other_rulings_in_the_same_pass() {
    let (clear, opted_out, unknown) = trio();
    let read = format!("{clear},a\n{opted_out},b\n{unknown},c\nno,d\n");
    let compared = extract(&research()).compare(&care()).compare(&research());
    let (_, summary) =
        run(&compared, Dialect::CSV.without_header(), &[at(1)], read.as_bytes()).unwrap();
    assert_eq!(summary.counts.kept(), 1);
    assert_eq!(summary.compared[0].kept(), 3);
    assert_eq!(summary.compared[1], summary.counts);
}
