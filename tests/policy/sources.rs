//! The sources and grades that `matrix.csv` gives for each rule, as the specification does, against
//! those that the library cites.

use optout::binding::{MATRIX, OptOut, Rule, scope_citations};
use optout::route::RouteRule;
use optout::{Citation, Clause, Route};

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
