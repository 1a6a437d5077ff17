//! The matrix as the library applies it, printed for review: `tests/expected/matrix.txt`.

use std::fmt::Write;

use optout::binding::{Binding, Effect, OptOut};
use optout::route::RouteRule;
use optout::{
    Bases, Boundary, Conditions, Disclosure, Identifiability, National, Origin, Patient, Programme,
    Purpose, Route, Type1, assess,
};

use crate::expected;
use crate::space::{OF_EACH_CLASS, ON};

const LEGEND: &str = "\
Which opt-out binds on which route, under which assertion.

A cell has four places: Type 1, national, programme, care objection.
  T N P O  binds: a patient who has recorded it, or whose status is not known, is denied here
           (a care objection: recorded only)
  -        the route is free of it
  /        an assertion or the purpose lifts it
  .        out of scope of the disclosure

Care on implied consent is shown with a legitimate relationship, without which it is closed. Data are
identifiable, but for the routes `anonymous` and `de-identified`. Elsewhere is private care, children's
social care and care outside England. The columns are assertions, one at a time but for the last.
";

/// The columns: what is asserted.
const ASSERTED: [(&str, Conditions); 7] = [
    ("nothing", Conditions::empty()),
    ("disapplied", Conditions::NATIONAL_DISAPPLIED),
    ("not-upheld", Conditions::TYPE1_NOT_UPHELD),
    ("upheld", Conditions::TYPE1_UPHELD),
    ("programme", Conditions::PROGRAMME_OPT_OUT),
    ("voluntary", Conditions::NATIONAL_VOLUNTARY),
    (
        "disapplied, voluntary",
        Conditions::NATIONAL_DISAPPLIED.union(Conditions::NATIONAL_VOLUNTARY),
    ),
];

/// The rows: where the data come from and whose purpose they serve. Those of one row are alike.
const FROM: [(&str, &[(Origin, Boundary)]); 4] = [
    ("GP record, beyond", &[(Origin::GpRecord, Boundary::BeyondController)]),
    ("GP record, within", &[(Origin::GpRecord, Boundary::WithinController)]),
    (
        "care in England",
        &[
            (Origin::EnglandCare, Boundary::BeyondController),
            (Origin::EnglandCare, Boundary::WithinController),
        ],
    ),
    (
        "elsewhere",
        &[
            (Origin::PrivateCare, Boundary::BeyondController),
            (Origin::PrivateCare, Boundary::WithinController),
            (Origin::ChildrensSocialCare, Boundary::BeyondController),
            (Origin::ChildrensSocialCare, Boundary::WithinController),
            (Origin::OutsideEngland, Boundary::BeyondController),
            (Origin::OutsideEngland, Boundary::WithinController),
        ],
    ),
];

/// What opens the route, and no other beside it: the bases, one at a time, and the form of the data.
fn opened_by(route: Route) -> (Vec<Bases>, Identifiability) {
    let rule = RouteRule::of(route);
    let bases = match rule.bases.iter().collect::<Vec<_>>() {
        none if none.is_empty() => vec![Bases::empty()],
        some => some,
    };
    (bases, rule.form.unwrap_or(Identifiability::Identifiable))
}

/// The purposes of one row of blocks: a class, or the purpose with a rule of its own.
fn heading(purpose: Purpose) -> &'static str {
    if purpose == Purpose::InvoiceValidationNonContracted {
        purpose.code()
    } else {
        purpose.class().code()
    }
}

/// The patient who has recorded this opt-out and no other, and has consented.
fn with_only(opt_out: OptOut) -> Patient {
    let patient = Patient::UNKNOWN
        .with_type1(Type1::None)
        .with_national(National::None)
        .with_programme(Programme::None)
        .with_explicit_consent();
    match opt_out {
        OptOut::Type1 => patient.with_type1(Type1::Dissent),
        OptOut::National => patient.with_national(National::OptedOut),
        OptOut::Programme => patient.with_programme(Programme::OptedOut),
        OptOut::CareObjection => patient.with_care_objection(),
    }
}

/// The four places of a cell; `None` where the route is closed. What is printed is what is decided.
fn cell(route: Route, disclosure: &Disclosure) -> Option<String> {
    let ruling = assess(disclosure).expect("no contradiction");
    if !ruling.is_open(route) {
        return None;
    }
    assert_eq!(ruling.open_routes().count(), 1, "alone: {disclosure:?}");
    let mut places = String::new();
    for (binding, letter) in Binding::of(route).iter().zip("TNPO".chars()) {
        let effect = binding.effect(disclosure);
        let denied = !ruling.decide(with_only(binding.opt_out)).is_allowed();
        assert_eq!(effect.binds(), denied, "{:?}: {disclosure:?}", binding.opt_out);
        places.push(match effect {
            Effect::Binds | Effect::BindsWith(_) => letter,
            Effect::LiftedByRoute => '-',
            Effect::LiftedBy(_) | Effect::LiftedByPurpose(_) => '/',
            Effect::OutOfScope(_) => '.',
            other => panic!("no sign for {other:?}"),
        });
    }
    Some(places)
}

/// The cell of a row and a column: the same for every origin, boundary and basis that it stands for.
fn printed_cell(
    route: Route,
    purpose: Purpose,
    from: &[(Origin, Boundary)],
    asserted: Conditions,
) -> Option<String> {
    let relationship = RouteRule::of(route).conditions;
    let (all_bases, identifiability) = opened_by(route);
    let mut cells = from.iter().flat_map(|(origin, boundary)| {
        all_bases.iter().map(move |bases| Disclosure {
            origin: *origin,
            boundary: *boundary,
            identifiability,
            purpose,
            bases: *bases,
            conditions: asserted | relationship,
            on: ON,
        })
    });
    let first = cell(route, &cells.next().expect("a row"));
    for disclosure in cells {
        assert_eq!(cell(route, &disclosure), first, "another answer: {disclosure:?}");
    }
    first
}

/// The rows of a route for a purpose; `None` where it is closed.
fn rows(route: Route, purpose: Purpose) -> Option<String> {
    printed_cell(route, purpose, FROM[0].1, Conditions::empty())?;
    let mut text = String::new();
    for (name, from) in FROM {
        write!(text, "    {name:<20}").expect("room in memory");
        for (asserted, conditions) in ASSERTED {
            let cell = printed_cell(route, purpose, from, conditions).expect("open to all rows");
            write!(text, "  {cell:<width$}", width = asserted.len()).expect("room in memory");
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    Some(text)
}

/// The route, with one table for all the classes that are alike.
fn print_route(text: &mut String, route: Route) -> std::fmt::Result {
    let (bases, form) = opened_by(route);
    let codes: Vec<&str> = bases.iter().flat_map(|bases| bases.codes()).collect();
    let opens = if codes.is_empty() { form.code().to_owned() } else { codes.join(" or ") };
    writeln!(text, "\n{} {}: opens with {opens}", route.number(), route.code())?;
    let mut tables: Vec<(Option<String>, Vec<&str>)> = Vec::new();
    for purpose in OF_EACH_CLASS {
        let rows = rows(route, purpose);
        match tables.iter_mut().find(|(known, _)| *known == rows) {
            Some((_, alike)) => alike.push(heading(purpose)),
            None => tables.push((rows, vec![heading(purpose)])),
        }
    }
    for (rows, alike) in tables {
        let Some(rows) = rows else {
            writeln!(text, "  closed to {}", alike.join(", "))?;
            continue;
        };
        writeln!(text, "  {}", alike.join(", "))?;
        let columns: Vec<&str> = ASSERTED.iter().map(|(asserted, _)| *asserted).collect();
        writeln!(text, "    {:<20}  {}", "", columns.join("  "))?;
        text.push_str(&rows);
    }
    Ok(())
}

/// Every route, class and assertion, as the library applies them, against the committed table.
#[test]
fn the_printed_matrix_is_the_one_that_was_reviewed() {
    let mut text = LEGEND.to_owned();
    for route in Route::ALL {
        print_route(&mut text, *route).expect("room in memory");
    }
    expected::check("matrix.txt", &text);
}
