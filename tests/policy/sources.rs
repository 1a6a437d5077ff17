//! The sources and grades that `matrix.csv` gives for each rule, as the specification does, against
//! those that the library cites; and what every source carries.

use std::collections::BTreeSet;

use optout::binding::{MATRIX, OptOut, Rule, scope_citations};
use optout::route::{ROUTES, RouteRule};
use optout::{Citation, Clause, Grade, Route, Source, flow};

const TABLE: &str = include_str!("matrix.csv");

/// What a row of the table says of its sources: a grade, and the keys that have it. Alone, the grade
/// is that of a reading. What stands in brackets is about a part of the rule only.
fn sources(cell: &str) -> Vec<(char, Vec<String>)> {
    let mut sources = Vec::new();
    for group in cell.split("; ").filter(|group| !group.contains(['(', ')'])) {
        let mut words = group.split_whitespace();
        let Some(grade) = words.next().filter(|word| ["A", "B", "C", "D"].contains(word)) else {
            continue;
        };
        let keys = words.map(str::to_owned).collect();
        sources.push((grade.chars().next().unwrap_or_default(), keys));
    }
    sources
}

/// What the library cites for a row of the table; nothing for a row that is no rule of its own.
fn citations(kind: &str, route: &str, opt_out: &str) -> Option<Vec<Citation>> {
    match kind {
        "route" => {
            let route: Route = route.parse().expect("a route");
            Some(RouteRule::of(route).citations.to_vec())
        }
        "scope" => Some(scope_citations(opt_out.parse::<OptOut>().ok()?).to_vec()),
        "binding" => {
            let cell = MATRIX
                .iter()
                .flatten()
                .find(|cell| cell.route.code() == route && cell.opt_out.code() == opt_out)?;
            let mut citations = cell.citations.to_vec();
            if let Rule::Unless { exempt, .. } = cell.rule {
                citations.extend(exempt.iter().map(|(_, citation)| *citation));
            }
            Some(citations)
        }
        _ => None,
    }
}

/// The library cites every source of the table, with the grade that the table gives it.
#[test]
fn the_library_cites_the_sources_of_the_table() {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(TABLE.as_bytes());
    let headers = reader.headers().expect("a header").clone();
    let (mut checked, mut missing) = (0, Vec::new());
    for record in reader.records() {
        let record = record.expect("a row");
        let cell = |name: &str| {
            &record[headers.iter().position(|header| header == name).expect("a column")]
        };
        let (kind, route, opt_out) = (cell("kind"), cell("route"), cell("opt-out"));
        let Some(citations) = citations(kind, route, opt_out) else { continue };
        for (grade, keys) in sources(cell("source")) {
            checked += 1;
            let of_grade: Vec<Clause> = citations
                .iter()
                .filter(|citation| citation.grade.code().starts_with(grade))
                .map(|citation| citation.clause)
                .collect();
            let all = keys.iter().all(|key| of_grade.iter().any(|clause| clause.code() == key));
            if of_grade.is_empty() || !all {
                missing
                    .push(format!("{kind} {route} {opt_out}: {grade} {keys:?}, not {citations:?}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(checked >= 20, "{checked} sources were checked");
}

/// The words of a quotation: whatever holds a letter or a digit.
fn words(sentence: &str) -> usize {
    sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

fn every_source() -> impl Iterator<Item = Source> {
    let clauses = Clause::ALL.iter().map(|clause| clause.source());
    clauses.chain(flow::all().flat_map(|flow| flow.sources).copied())
}

#[test]
fn a_quotation_is_short_and_whole_and_is_read_again_after_it_was_read() {
    for source in every_source() {
        assert!(!source.title.is_empty() && !source.title.ends_with('.'), "{source}");
        let Some(quotation) = source.quotation() else { continue };
        assert!(source.address.is_some(), "{source}: read, and nowhere to be opened");
        assert!(!quotation.sentences.is_empty(), "{source}: read, and no words kept");
        assert!(quotation.read_on < quotation.read_again_by, "{source}");
        assert_eq!(source.read_again_by(), Some(quotation.read_again_by));
        for sentence in quotation.sentences {
            assert!((4..=25).contains(&words(sentence)), "{} words: {sentence}", words(sentence));
            assert_eq!(sentence.trim(), *sentence);
            assert!(!sentence.contains(['"', '\n', '|']), "{sentence}");
            // Words may be left out at either end, and once within.
            let within = sentence.trim_matches('…').matches('…').count();
            assert!(within <= 1, "pieced together: {sentence}");
        }
    }
}

#[test]
fn an_address_can_be_opened() {
    for source in every_source() {
        let at = source.quotation().and_then(|quotation| quotation.read_at);
        for address in source.address.into_iter().chain(at) {
            let rest = address.split_once("://").map(|(scheme, rest)| (scheme, rest.contains('.')));
            assert!(matches!(rest, Some(("https" | "http", true))), "{address}");
            assert!(!address.contains(|c: char| c.is_whitespace() || "()|<>".contains(c)));
        }
    }
    for flow in flow::all() {
        for source in flow.sources {
            assert!(source.address.is_some(), "{}: {source}", flow.id);
        }
    }
}

/// The clauses that a rule cites with one of these grades; a denial for want of a basis cites OP8.
fn cited(grades: &[Grade]) -> BTreeSet<Clause> {
    let routes = ROUTES.iter().flat_map(|rule| rule.citations.iter().copied());
    let cells = MATRIX.iter().flatten().flat_map(|cell| {
        let exempt = match cell.rule {
            Rule::Unless { exempt, .. } => exempt,
            Rule::Binds | Rule::OnlyWith(_) | Rule::Never | Rule::Outside => &[],
        };
        let exempt = exempt.iter().map(|(_, citation)| *citation);
        cell.citations.iter().copied().chain(exempt)
    });
    let scopes = OptOut::ALL.iter().flat_map(|it| scope_citations(*it).iter().copied());
    let no_basis = Citation { clause: Clause::Op8, grade: Grade::A };
    let all = routes.chain(cells).chain(scopes).chain([no_basis]);
    all.filter(|it| grades.contains(&it.grade)).map(|it| it.clause).collect()
}

#[test]
fn a_clause_that_is_said_to_have_been_read_can_be_opened() {
    for clause in cited(&[Grade::A, Grade::B]) {
        assert!(clause.source().address.is_some(), "{clause}");
    }
    assert_eq!(Clause::Reading.source().address, None, "nobody else's document");
    assert!(Clause::Reading.source().quotation().is_none());
}

/// Cited as read in a primary source, with no words of it to show: this list may only shrink.
const READ_AND_NOT_QUOTED: &[(Clause, &str)] = &[(
    Clause::Gdppr,
    "the part of the notice on Type 1 was read when the specification was written; no sentence was kept",
)];

#[test]
fn a_clause_of_grade_a_is_quoted_or_named_here() {
    let unquoted = cited(&[Grade::A]).into_iter().filter(|it| it.source().quotation().is_none());
    let named: Vec<_> = READ_AND_NOT_QUOTED.iter().map(|(clause, _)| *clause).collect();
    assert_eq!(unquoted.collect::<Vec<_>>(), named);
}

/// Entries of grade A of none of whose sources words can be shown: this list may only shrink.
const ENTRIES_NOT_QUOTED: &[&str] =
    &["cqrs", "gdppr", "gpes-payment-counts", "national-events-management-service"];

#[test]
fn an_entry_of_grade_a_is_quoted_or_named_here() {
    let unquoted: BTreeSet<&str> = flow::all()
        .filter(|flow| flow.grade == Grade::A)
        .filter(|flow| flow.sources.iter().all(|source| source.quotation().is_none()))
        .map(|flow| flow.id)
        .collect();
    assert_eq!(unquoted.into_iter().collect::<Vec<_>>(), ENTRIES_NOT_QUOTED);
}
