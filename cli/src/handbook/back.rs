//! What is open, what is not followed, and what to confirm.

use optout::binding::{MATRIX, OptOut, scope_citations};
use optout::clause::{NOT_FOLLOWED, UNSETTLED};
use optout::route::ROUTES;
use optout::{Bases, Citation, Clause, Conditions, Origin, flow};

use super::page::Page;
use super::words::{self, OURS, capital, cite, code, day, graded, is_ours, join, route};

/// What is open, what is not followed, and what to confirm.
pub(super) fn unsettled(page: &mut Page) {
    page.section("unsettled", "Unsettled points");
    page.push(&format!(
        "The sources leave these questions open. The program takes the answer that is safest for \
         the patient, except in points {}: there it lets data go that the other answer would keep. \
         Settle each point for your organisation before you sign. The last column says how.",
        join(not_the_safest().map(|place| place.to_string()), "and")
    ));
    page.table(
        [
            "",
            "Question",
            "What the program does",
            "Safest for the patient",
            "To settle it the other way",
        ],
        UNSETTLED.iter().enumerate().map(|(i, point)| {
            let safest = if point.is_safest { "yes" } else { "**no**" };
            [
                (i + 1).to_string(),
                point.question.to_owned(),
                linked(point.default),
                safest.to_owned(),
                point.other_way.to_owned(),
            ]
        }),
    );

    page.part("not-followed", "Statements of a source that are not followed");
    page.table(
        ["Source", "What it says", "Why it is not followed"],
        NOT_FOLLOWED
            .iter()
            .map(|(clause, says, why)| [format!("[{clause}]"), (*says).to_owned(), linked(why)]),
    );

    page.part("confirm", "Statements to confirm");
    page.push(&format!(
        "Every statement below rests, wholly or in part, on our own reading ({OURS}): either no \
         document settles it (D), or we know what the document says only in general (C). This is \
         all of them, each once. Confirm each, or write it under *Exceptions*."
    ));
    page.heading("The rules");
    page.table(["Statement", "Where", "Stands on", "Confirmed by"], rules_to_confirm());
    page.heading("The words");
    page.push("The meaning of these words goes further than any document that we have read.");
    page.table(["Word", "Meaning", "Confirmed by"], words_to_confirm());
    page.heading("The catalogue");
    page.push(
        "Of these entries the terms, or a part of them, are ours. Where the grade is A or B, the \
         rest of the entry was read.",
    );
    page.table(["Flow", "What to confirm", "Grade", "Confirmed by"], flows_to_confirm());
}

/// The places, from 1, of the points whose default is not the safest for the patient.
fn not_the_safest() -> impl Iterator<Item = usize> {
    UNSETTLED.iter().enumerate().filter(|(_, point)| !point.is_safest).map(|(i, _)| i + 1)
}

const BLANK: &str = "&nbsp;";

/// A statement, what it stands on, and the places at which it is made.
struct Statement {
    plain: String,
    stands_on: String,
    places: Vec<String>,
}

/// The statements of the tables of rules that are ours, wholly or in part; one that several rules
/// make on the same grounds stands once.
fn rules_to_confirm() -> Vec<[String; 4]> {
    let mut found: Vec<Statement> = Vec::new();
    let mut add = |plain: String, citations: &[Citation], place: String| {
        if !is_ours(citations) {
            return;
        }
        let stands_on = cite(citations);
        let same = |made: &&mut Statement| made.plain == plain && made.stands_on == stands_on;
        match found.iter_mut().find(same) {
            Some(made) => made.places.push(place),
            None => found.push(Statement { plain, stands_on, places: vec![place] }),
        }
    };
    for (rule, cells) in ROUTES.iter().zip(MATRIX) {
        let on = route(rule.route);
        add(rule.plain.to_owned(), rule.citations, format!("{on}: when it opens"));
        for cell in cells {
            let cited = words::citations(cell.citations, cell.rule);
            add(cell.plain.to_owned(), &cited, format!("{on}: {}", words::short(cell.opt_out)));
        }
    }
    for opt_out in OptOut::ALL {
        let plain = format!("The scope of {}.", opt_out.meaning());
        add(plain, scope_citations(*opt_out), "[scope](#scope)".to_owned());
    }
    let row = |it: Statement| [it.plain, it.places.join("; "), it.stands_on, BLANK.to_owned()];
    found.into_iter().map(row).collect()
}

/// The mark in the meaning of a word that goes further than any document.
pub(super) const MARK: &str = "(our reading)";

fn words_to_confirm() -> Vec<[String; 3]> {
    let origins = Origin::ALL.iter().map(|origin| (origin.code(), origin.meaning()));
    let bases = Bases::TABLE.iter().map(|(_, word, meaning)| (*word, *meaning));
    let conditions = Conditions::TABLE.iter().map(|(_, word, meaning)| (*word, *meaning));
    origins
        .chain(bases)
        .chain(conditions)
        .filter(|(_, meaning)| meaning.contains(MARK))
        .map(|(word, meaning)| [code(word), capital(meaning), BLANK.to_owned()])
        .collect()
}

fn flows_to_confirm() -> Vec<[String; 4]> {
    let row = |flow: &flow::Flow| {
        flow.to_confirm().map(|ours| {
            let from = format!("**{}**<br>`{}`, from {}", flow.name, flow.id, day(flow.from));
            [from, ours.to_owned(), graded(flow.grade), BLANK.to_owned()]
        })
    };
    flow::all().filter_map(row).collect()
}

/// The text with each clause that it names made a link.
fn linked(text: &str) -> String {
    let keys = Clause::ALL.iter().map(|clause| clause.code());
    keys.fold(text.to_owned(), |text, key| text.replace(key, &format!("[{key}]")))
}
