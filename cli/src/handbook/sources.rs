//! The sources: where each can be opened, the words relied on, and what stands on it.

use std::collections::BTreeMap;

use optout::binding::{MATRIX, OptOut, scope_citations};
use optout::route::ROUTES;
use optout::source::{Quotation, Reading};
use optout::{Citation, Clause, Grade, Reason, Route, Source, flow};

use super::page::{Page, source_id};
use super::words::{self, capital, day, grades, join};

/// What a denial for want of any basis stands on.
pub(super) const NO_BASIS: Citation = Citation { clause: Clause::Op8, grade: Grade::A };

/// The sources, with the rules that stand on each, and those of the catalogue.
pub(super) fn write(page: &mut Page) {
    page.section("sources", "Sources");
    page.push(
        "What each source says is our paraphrase; the words relied on are quoted below it, as they \
         stand in a public copy that was read on the day given. Read a source again by the day \
         given, as it may have changed. *Not read in the original* says that no words were found. \
         The last column says which rules stand on it, with the grade: a rule may rest on words \
         that were read (A), while another draws from the same source by our own reading (D).",
    );
    let used = used();
    page.table(
        ["Key", "What it says, and where", "Words relied on", "Grades", "What stands on it"],
        Clause::ALL.iter().map(|clause| {
            let (grades, rules) = used.get(clause).map_or_else(
                || ("–".to_owned(), "no rule: read for the background".to_owned()),
                |uses| (grades(&uses.citations), uses.told()),
            );
            let source = clause.source();
            let title = format!("{}, {}", clause.instrument(), clause.section());
            [
                format!("<a id=\"{}\"></a>{clause}", source_id(*clause)),
                format!("{}.<br>*{}*", capital(clause.meaning()), linked(&source, &title)),
                read(&source),
                grades,
                rules,
            ]
        }),
    );
    page.part("flow-sources", "Sources of the catalogue");
    page.push("Each once, in the order of the catalogue.");
    page.table(
        ["Source", "Words relied on"],
        of_flows().iter().map(|source| [link(source), read(source)]),
    );
}

/// The sources that entries of the catalogue name, each once.
pub(super) fn of_flows() -> Vec<Source> {
    let mut found: Vec<Source> = Vec::new();
    for source in flow::all().flat_map(|flow| flow.sources) {
        if !found.contains(source) {
            found.push(*source);
        }
    }
    found
}

/// A source as a link, by its title.
pub(super) fn link(source: &Source) -> String {
    linked(source, source.title)
}

fn linked(source: &Source, title: &str) -> String {
    source.address.map_or_else(|| title.to_owned(), |address| format!("[{title}]({address})"))
}

/// The words relied on, the day on which they were read, and the day by which to read them again.
pub(super) fn read(source: &Source) -> String {
    match source.reading {
        Reading::Quoted(Quotation { sentences, read_on, read_again_by, read_at }) => {
            let words: Vec<_> = sentences.iter().map(|said| format!("“{said}”")).collect();
            let at = read_at.map_or_else(String::new, |at| format!(" [elsewhere]({at})"));
            let (on, by) = (day(read_on), day(read_again_by));
            format!("{}<br>Read{at} on {on}; again by {by}.", words.join("<br>"))
        }
        Reading::Unread { why } => format!("*Not read in the original*: {why}."),
    }
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
