//! How the tables of the policy are said in a sentence.

use std::fmt::Display;

use optout::binding::{OptOut, Rule};
use optout::route::RouteRule;
use optout::{Citation, Conditions, Date, Grade, PurposeClass, Route};

/// Marks what a data controller must take as the project's own reading.
pub(super) const OURS: &str = "†";

/// A code of the vocabulary, as JSON and the command line spell it.
pub(super) fn code(code: impl Display) -> String {
    format!("`{code}`")
}

/// `a`, `a or b`, `a, b or c`.
pub(super) fn join(items: impl IntoIterator<Item = String>, last: &str) -> String {
    let items: Vec<_> = items.into_iter().collect();
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, others)) => format!("{} {last} {end}", others.join(", ")),
    }
}

/// Which values of a list are meant: `any`, `any but x`, or the values themselves.
pub(super) fn choice<T: Copy + PartialEq>(
    some: &[T],
    all: &[T],
    write: impl Fn(T) -> String,
) -> String {
    let others: Vec<_> = all.iter().copied().filter(|value| !some.contains(value)).collect();
    match others.as_slice() {
        [] => "any".to_owned(),
        [other] if some.len() > 1 => format!("any but {}", write(*other)),
        _ => join(some.iter().copied().map(write), "or"),
    }
}

/// The classes of purpose that are meant, in a phrase: `any purpose`, `care or beyond-care`.
pub(super) fn purposes(classes: &[PurposeClass], write: impl Fn(PurposeClass) -> String) -> String {
    let phrase = choice(classes, PurposeClass::ALL, write);
    match phrase.strip_prefix("any") {
        Some(rest) => format!("any purpose{rest}"),
        None => phrase,
    }
}

/// When a route opens, in one sentence.
pub(super) fn opens(rule: &RouteRule, write: impl Fn(&'static str) -> String) -> String {
    let mut parts = vec![purposes(rule.classes, |class| write(class.code()))];
    if !rule.bases.is_empty() {
        parts.push(format!("on {}", join(rule.bases.codes().map(&write), "or")));
    }
    if let Some(form) = rule.form {
        parts.push(format!("when the data are {}", write(form.code())));
    }
    if !rule.conditions.is_empty() {
        parts.push(format!("with {}", join(rule.conditions.codes().map(&write), "and")));
    }
    if rule.needs_consent {
        parts.push("for patients whose consent is on record".to_owned());
    }
    format!("Opens for {}.", parts.join(", "))
}

/// A cell of the matrix in words: what it says, and what that depends on.
pub(super) fn rule(rule: Rule, write: impl Fn(&'static str) -> String) -> (&'static str, String) {
    let any_of = |conditions: Conditions| join(conditions.codes().map(&write), "and");
    match rule {
        Rule::Binds => ("binds", String::new()),
        Rule::Never | Rule::Outside => ("never", String::new()),
        Rule::OnlyWith(needed) => ("only", format!("with {}", any_of(needed))),
        Rule::Unless { lifted_by, exempt, despite } => {
            let exempt = exempt.iter().map(|(purpose, _)| write(purpose.code()));
            let lifts = std::iter::once(any_of(lifted_by)).chain(exempt);
            let unless = format!("unless {}", join(lifts, "or"));
            let terms = match despite {
                none if none.is_empty() => unless,
                despite => format!("{unless}; always with {}", any_of(despite)),
            };
            ("binds", terms)
        }
    }
}

/// What a cell stands on, with what its exempt purposes stand on.
pub(super) fn citations(citations: &[Citation], rule: Rule) -> Vec<Citation> {
    let exempt: &[_] = match rule {
        Rule::Unless { exempt, .. } => exempt,
        Rule::Binds | Rule::OnlyWith(_) | Rule::Never | Rule::Outside => &[],
    };
    citations.iter().copied().chain(exempt.iter().map(|(_, citation)| *citation)).collect()
}

/// The clauses with their grades: `[OP5.1] A, [S251] D†`.
pub(super) fn cite(citations: &[Citation]) -> String {
    let cited = citations
        .iter()
        .map(|citation| format!("[{}] {}", citation.clause, graded(citation.grade)));
    cited.collect::<Vec<_>>().join(", ")
}

/// The grades, each once, in the order of the citations: `A D†`.
pub(super) fn grades(citations: &[Citation]) -> String {
    let mut seen: Vec<String> = Vec::new();
    for grade in citations.iter().map(|citation| graded(citation.grade)) {
        if !seen.contains(&grade) {
            seen.push(grade);
        }
    }
    seen.join(" ")
}

/// A grade, marked where it is the project's own reading.
pub(super) fn graded(grade: Grade) -> String {
    format!("{grade}{}", if grade.is_our_reading() { OURS } else { "" })
}

/// Whether a statement is the project's own reading, wholly or in part.
pub(super) fn is_ours(citations: &[Citation]) -> bool {
    citations.iter().any(|citation| citation.grade.is_our_reading())
}

/// A statement, said to be the project's own reading where it is.
pub(super) fn statement(plain: &str, citations: &[Citation]) -> String {
    let ours = citations.iter().filter(|citation| citation.grade.is_our_reading()).count();
    match ours {
        0 => plain.to_owned(),
        n if n == citations.len() => format!("{plain} *Our reading.*"),
        _ => format!("{plain} *Partly our reading.*"),
    }
}

/// A link to the part on a route.
pub(super) fn route(route: Route) -> String {
    format!("[{}](#route-{})", capital(route.meaning()), route.code())
}

/// The name of an opt-out at the head of a column.
pub(super) const fn short(opt_out: OptOut) -> &'static str {
    match opt_out {
        OptOut::Type1 => "Type 1",
        OptOut::National => "National",
        OptOut::Programme => "Programme's own",
        OptOut::CareObjection => "Care objection",
    }
}

/// The phrase as the beginning of a sentence.
pub(super) fn capital(phrase: &str) -> String {
    let mut letters = phrase.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A day as a reader writes it: 25 May 2018.
pub(super) fn day(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let number = date.yyyymmdd();
    let month = (number / 100 % 100) as usize;
    let month = MONTHS.get(month.wrapping_sub(1)).copied().unwrap_or_default();
    format!("{} {month} {}", number % 100, number / 10_000)
}
