//! What is open, what is not followed, what to confirm, and the sources.

use std::collections::BTreeMap;

use optout::binding::{MATRIX, OptOut, scope_citations};
use optout::clause::{NOT_FOLLOWED, UNSETTLED};
use optout::route::ROUTES;
use optout::{Citation, Clause, Grade, Reason, Route, flow};

use super::page::{Page, source_id};
use super::words::{self, OURS, capital, cite, code, grades, is_ours, join, route};

/// What a denial for want of any basis stands on.
pub(super) const NO_BASIS: Citation = Citation { clause: Clause::Op8, grade: Grade::A };

/// What is open, what is not followed, and what to confirm.
pub(super) fn unsettled(page: &mut Page) {
    page.section("unsettled", "Unsettled points");
    page.push(
        "The sources leave these questions open. The program takes the answer that is safest for \
         the patient. Settle each for your organisation before you sign.",
    );
    page.table(
        ["", "Question", "What the program does"],
        UNSETTLED.iter().enumerate().map(|(i, point)| {
            [(i + 1).to_string(), point.question.to_owned(), linked(point.default)]
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
        "Every rule below rests, wholly or in part, on our own reading ({OURS}): either no document \
         settles it (D), or we know what the document says only in general (C). Confirm each, or \
         write it under *Exceptions*."
    ));
    page.table(["Route", "About", "Statement", "Stands on", "Confirmed by"], to_confirm());
    let ours: Vec<_> =
        flow::all().filter(|flow| flow.grade.is_our_reading()).map(|flow| code(flow.id)).collect();
    if !ours.is_empty() {
        page.push(&format!(
            "The terms of these entries of the catalogue are graded C or D as well: {}.",
            join(ours, "and")
        ));
    }
}

fn to_confirm() -> Vec<[String; 5]> {
    let mut rows = Vec::new();
    for (rule, cells) in ROUTES.iter().zip(MATRIX) {
        let mut add = |about: &str, plain: &str, citations: &[Citation]| {
            if is_ours(citations) {
                let place = route(rule.route);
                let blank = "&nbsp;".to_owned();
                rows.push([place, about.to_owned(), plain.to_owned(), cite(citations), blank]);
            }
        };
        add("When it opens", rule.plain, rule.citations);
        for cell in cells {
            let cited = words::citations(cell.citations, cell.rule);
            add(words::short(cell.opt_out), cell.plain, &cited);
        }
    }
    rows
}

/// The text with each clause that it names made a link.
fn linked(text: &str) -> String {
    let keys = Clause::ALL.iter().map(|clause| clause.code());
    keys.fold(text.to_owned(), |text, key| text.replace(key, &format!("[{key}]")))
}

/// The sources, with the rules that stand on each.
pub(super) fn sources(page: &mut Page) {
    page.section("sources", "Sources");
    page.push(
        "What each source says is our paraphrase. The last column says which rules stand on it, \
         with the grade: a rule may rest on words that were read (A), while another draws from \
         the same source by our own reading (D).",
    );
    let used = used();
    page.table(
        ["Key", "What it says, and where", "Grades", "What stands on it"],
        Clause::ALL.iter().map(|clause| {
            let (grades, rules) = used.get(clause).map_or_else(
                || ("–".to_owned(), "no rule: read for the background".to_owned()),
                |uses| (grades(&uses.citations), uses.told()),
            );
            [
                format!("<a id=\"{}\"></a>{clause}", source_id(*clause)),
                format!(
                    "{}.<br>*{}, {}*",
                    capital(clause.meaning()),
                    clause.instrument(),
                    clause.section()
                ),
                grades,
                rules,
            ]
        }),
    );
}

/// What stands on a clause.
#[derive(Default)]
pub(super) struct Uses {
    citations: Vec<Citation>,
    routes: Vec<Route>,
    others: Vec<String>,
}

impl Uses {
    fn told(&self) -> String {
        let routes = self.routes.iter().map(|of| format!("[{}](#route-{of})", of.number()));
        let mut told = self.others.clone();
        match self.routes.len() {
            0 => {}
            1 => told.insert(0, format!("route {}", join(routes, "and"))),
            _ => told.insert(0, format!("routes {}", join(routes, "and"))),
        }
        told.join("; ")
    }
}

/// What stands on each clause that a rule cites.
pub(super) fn used() -> BTreeMap<Clause, Uses> {
    let mut found: BTreeMap<Clause, Uses> = BTreeMap::new();
    let mut note = |route: Option<Route>, other: Option<String>, citations: &[Citation]| {
        for citation in citations {
            let uses = found.entry(citation.clause).or_default();
            uses.citations.push(*citation);
            uses.routes.extend(route.filter(|route| !uses.routes.contains(route)));
            uses.others.extend(other.clone());
        }
    };
    for (rule, cells) in ROUTES.iter().zip(MATRIX) {
        note(Some(rule.route), None, rule.citations);
        for cell in cells {
            note(Some(rule.route), None, &words::citations(cell.citations, cell.rule));
        }
    }
    for opt_out in OptOut::ALL {
        let scope = format!("[scope](#scope) of {}", opt_out.meaning());
        note(None, Some(scope), scope_citations(*opt_out));
    }
    note(None, Some(format!("[`{}`](#reasons)", Reason::NoLawfulBasis)), &[NO_BASIS]);
    found
}
