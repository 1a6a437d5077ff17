//! Which opt-out binds on which route, and how far each reaches.

use optout::binding::{Binding, MATRIX, OptOut, Rule, scope_citations};
use optout::{Boundary, Conditions, Identifiability, Origin, PurposeClass, Route};

use super::page::Page;
use super::scope::Reach;
use super::words::{
    OURS, capital, choice, citations, cite, code, grades, join, route, rule, short,
};

/// The matrix: a row for each route.
pub(super) fn write(page: &mut Page) {
    page.section("matrix", "The matrix");
    page.push(&format!(
        "This is the heart of the policy. It says which opt-outs bind on a route that is open. An \
         opt-out binds only on a disclosure that it reaches at all: see [Scope](#scope). The \
         letters are [grades](#grades), in the order of the sources; {OURS} marks our own reading."
    ));
    let mut head = ["Route", "", "", "", ""];
    for (place, opt_out) in head.iter_mut().skip(1).zip(OptOut::ALL) {
        *place = short(*opt_out);
    }
    page.table(
        head,
        MATRIX.iter().zip(Route::ALL).map(|(cells, of)| {
            let [type1, national, programme, objection] = cells;
            [route(*of), cell(type1), cell(national), cell(programme), cell(objection)]
        }),
    );
    page.list([
        "● binds: it blocks a patient who has recorded it, or of whom it is not known.".to_owned(),
        "◐ binds unless …: it does not bind where that is asserted, or for that purpose; always \
         with …: it then binds all the same."
            .to_owned(),
        "○ only with …: it does not bind, unless that is asserted.".to_owned(),
        "– never: nothing that the controller may assert makes it bind on this route.".to_owned(),
    ]);
}

fn cell(cell: &Binding) -> String {
    let (verb, terms) = rule(cell.rule, code);
    let cited = citations(cell.citations, cell.rule);
    let parts = [verb.to_owned(), terms, format!("({})", grades(&cited))];
    let said: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{} {}", sign(cell.rule), said.join(" "))
}

/// What a rule looks like at a glance.
const fn sign(rule: Rule) -> &'static str {
    match rule {
        Rule::Binds => "●",
        Rule::Unless { .. } => "◐",
        Rule::OnlyWith(_) => "○",
        Rule::Never | Rule::Outside => "–",
    }
}

/// How far each opt-out reaches.
pub(super) fn scope(page: &mut Page) {
    page.section("scope", "Scope");
    page.push(
        "An opt-out that does not reach a disclosure binds on no route, whatever the matrix says. \
         It reaches a disclosure when every column of its row holds.",
    );
    let mut rows: Vec<_> = OptOut::ALL
        .iter()
        .map(|opt_out| row(short(*opt_out), Reach::needs(*opt_out), &Reach::of(*opt_out)))
        .collect();
    rows.insert(
        2,
        row("National, voluntarily", Conditions::NATIONAL_VOLUNTARY, &Reach::voluntary()),
    );
    page.table(["Opt-out", "Origin", "Boundary", "Form", "Class of purpose", "Asserted"], rows);
    page.list(OptOut::ALL.iter().map(|opt_out| {
        format!("{} stands on {}.", capital(opt_out.meaning()), cite(scope_citations(*opt_out)))
    }));

    page.part("scope-type1", "Type 1 in plain words");
    page.push(
        "A patient asks their GP practice to keep their record in the practice, save for their \
         own care. So it reaches data that come from a GP record, that serve someone beyond the \
         practice, and that are for something other than care. It does not look at the form of \
         the data: record-level data without names are still within it.",
    );
    page.part("scope-national", "The national data opt-out in plain words");
    page.push(
        "A patient tells the NHS that confidential information about them may be used only for \
         their own care. So it reaches data of English health and adult social care, that are \
         identifiable to the recipient, for something other than care. It reaches use inside the \
         organisation that holds the data as well as disclosure by it.",
    );
    let voluntary = MATRIX.iter().zip(Route::ALL).filter(|(cells, _)| {
        let [_, national, ..] = cells;
        national.rule.bound_by().contains(Conditions::NATIONAL_VOLUNTARY)
    });
    page.push(&format!(
        "**Applied voluntarily.** An organisation may apply it where policy does not ask for it. \
         It then binds on these routes too, whatever the form of the data, also where it was \
         disapplied: {}. It can only ever add denials.",
        join(voluntary.map(|(_, of)| route(*of)), "and")
    ));
}

fn row(name: &str, needed: Conditions, reach: &Reach) -> [String; 6] {
    [
        name.to_owned(),
        choice(&reach.origins, Origin::ALL, code),
        choice(&reach.boundaries, Boundary::ALL, code),
        choice(&reach.forms, Identifiability::ALL, code),
        choice(&reach.classes, PurposeClass::ALL, code),
        if needed.is_empty() { "–".to_owned() } else { join(needed.codes().map(code), "and") },
    ]
}
