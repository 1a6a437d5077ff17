//! Whatever is ours is among the statements to confirm, once; whatever was read is quoted.

use std::collections::BTreeSet;

use optout::binding::{MATRIX, OptOut, scope_citations};
use optout::clause::UNSETTLED;
use optout::route::ROUTES;
use optout::{Bases, Clause, Conditions, Origin, Purpose, flow};

use super::super::back::MARK;
use super::super::{handbook, sources, words};
use super::holds;

/// The rows of the tables of one part, without their heads.
fn rows<'a>(text: &'a str, id: &str) -> Vec<&'a str> {
    let (_, part) = text.split_once(&format!("<a id=\"{id}\"></a>")).expect("the part");
    let part = part.split("\n<a id=").next().unwrap_or_default();
    let table = |line: &&str| line.starts_with('|') && !line.contains(":---");
    part.lines().filter(table).collect()
}

/// How many rows begin with this cell.
fn once(rows: &[&str], cell: &str) {
    let found = rows.iter().filter(|row| row.starts_with(&format!("| {cell} |"))).count();
    assert_eq!(found, 1, "to confirm: {cell}");
}

#[test]
fn a_statement_of_a_rule_graded_c_or_d_is_to_be_confirmed_once() {
    let text = handbook();
    let rows = rows(&text, "confirm");
    let mut statements = BTreeSet::new();
    for (rule, cells) in ROUTES.iter().zip(MATRIX) {
        let opens = (rule.plain, words::cite(rule.citations), words::is_ours(rule.citations));
        let cells = cells.iter().map(|cell| {
            let cited = words::citations(cell.citations, cell.rule);
            (cell.plain, words::cite(&cited), words::is_ours(&cited))
        });
        for (plain, cited, ours) in cells.chain([opens]) {
            let of_it = rows
                .iter()
                .filter(|row| row.starts_with(&format!("| {plain} |")))
                .filter(|row| row.contains(&format!("| {cited} |")));
            assert_eq!(of_it.count(), usize::from(ours), "{plain} {cited}");
            if ours {
                statements.insert((plain, cited));
            }
        }
    }
    let scopes: Vec<_> =
        OptOut::ALL.iter().filter(|it| words::is_ours(scope_citations(**it))).collect();
    for opt_out in &scopes {
        once(&rows, &format!("The scope of {}.", opt_out.meaning()));
    }
    let rules = rows.iter().take_while(|row| !row.starts_with("| Word |")).count() - 1;
    assert_eq!(rules, statements.len() + scopes.len(), "no rule that was read is in the list");
}

/// The mark stands in the meaning of a word, or in a route that opens on such a word.
#[test]
fn a_word_that_is_marked_as_ours_is_to_be_confirmed_once() {
    let text = handbook();
    let rows = rows(&text, "confirm");
    let mut marked: Vec<(&str, &str)> = Vec::new();
    marked.extend(Origin::ALL.iter().map(|it| (it.code(), it.meaning())));
    marked.extend(Bases::TABLE.iter().map(|(_, code, meaning)| (*code, *meaning)));
    marked.extend(Conditions::TABLE.iter().map(|(_, code, meaning)| (*code, *meaning)));
    marked.retain(|(_, meaning)| meaning.contains(MARK));
    assert!(!marked.is_empty());
    for (code, _) in &marked {
        once(&rows, &format!("`{code}`"));
    }
    for purpose in Purpose::ALL {
        assert!(!purpose.meaning().contains(MARK), "{purpose} would be missing from the list");
    }
    for rule in ROUTES.iter().filter(|rule| rule.plain.contains(MARK)) {
        let by_word = rule.bases.codes().any(|code| marked.iter().any(|(word, _)| *word == code));
        assert!(by_word, "{} would be missing from the list", rule.route);
    }
    for cell in MATRIX.iter().flatten() {
        assert!(!cell.plain.contains(MARK), "{} would be missing from the list", cell.plain);
    }
}

#[test]
fn an_entry_of_the_catalogue_that_is_ours_is_to_be_confirmed_once() {
    let text = handbook();
    let rows = rows(&text, "confirm");
    let mut ours = 0;
    for flow in flow::all() {
        let from = words::day(flow.from);
        let cell = format!("**{}**<br>`{}`, from {from}", flow.name, flow.id);
        match flow.to_confirm() {
            Some(_) => once(&rows, &cell),
            None => assert!(!rows.iter().any(|row| row.contains(&cell)), "{cell}"),
        }
        ours += usize::from(flow.to_confirm().is_some());
    }
    let listed = rows.iter().skip_while(|row| !row.starts_with("| Flow |")).count() - 1;
    assert_eq!(listed, ours);
}

#[test]
fn a_source_is_linked_and_quoted_with_its_days_or_said_not_to_have_been_read() {
    let text = handbook();
    let all = Clause::ALL.iter().map(|clause| clause.source()).chain(sources::of_flows());
    for source in all {
        let read = sources::read(&source);
        holds(&text, &read);
        holds(&text, source.address.unwrap_or_default());
        match source.quotation() {
            Some(quotation) => {
                for sentence in quotation.sentences {
                    holds(&read, &format!("“{sentence}”"));
                }
                holds(&read, &words::day(quotation.read_on));
                holds(&read, &words::day(quotation.read_again_by));
            }
            None => holds(&read, "*Not read in the original*"),
        }
    }
}

#[test]
fn the_points_that_are_not_the_safest_are_named_with_the_way_to_the_safe_answer() {
    let text = handbook();
    let rows = rows(&text, "unsettled");
    let unsafe_points: Vec<_> =
        UNSETTLED.iter().filter(|point| !point.is_safest).map(|point| point.question).collect();
    assert_eq!(unsafe_points.len(), 2, "consent over a collection without Type 1; regulation 3");
    for point in UNSETTLED {
        let row = rows.iter().find(|row| row.contains(point.question)).expect("a row");
        holds(row, if point.is_safest { "| yes |" } else { "| **no** |" });
        holds(row, point.other_way);
    }
    holds(&text, "safest for the patient, except in points 3 and 5");
}
