//! Each route: what it is, when it opens, what comes close, and what binds there.

use optout::binding::Binding;
use optout::flow::{self, Flow};
use optout::route::{ROUTES, RouteRule};
use optout::{Bases, Conditions, PurposeClass, assess};

use super::near;
use super::page::Page;
use super::words::{self, capital, choice, cite, code, join, statement};

/// A part for each route.
pub(super) fn write(page: &mut Page) {
    page.section("routes", "The routes");
    page.push(
        "A route is open when the facts of the disclosure meet its rule. Several may be open at \
         once. Data may go when one of them permits; the answer names the first that does, in \
         this order.",
    );
    for rule in ROUTES {
        part(page, rule);
    }
}

fn part(page: &mut Page, rule: &RouteRule) {
    let id = format!("route-{}", rule.route.code());
    page.part(&id, &capital(rule.route.meaning()));
    page.push(&format!("Route {}, `{}`", rule.route.number(), rule.route));
    page.push(&format!("> {}", statement(rule.plain, rule.citations)));
    page.push("**Opens when all of this holds:**");
    page.list(needs(rule));
    if rule.bases.intersects(Bases::NEED_EVIDENCE) {
        page.push(
            "**Evidence:** a reference and its dates must be on record. The route opens on the \
             controller's word; see [Who answers for what](#duties).",
        );
    }
    page.push(&format!("**Comes close, and does not open it:** {}", rule.near_miss));
    page.push(&format!("**Stands on:** {}", cite(rule.citations)));
    page.table(
        ["Opt-out", "Binds here?", "In plain words", "Stands on"],
        Binding::of(rule.route).iter().map(cell),
    );
    in_catalogue(page, rule);
}

/// Each part of the rule, with what its codes mean.
fn needs(rule: &RouteRule) -> Vec<String> {
    let mut needs = vec![match choice(rule.classes, PurposeClass::ALL, code) {
        any if any.starts_with("any") => format!("the purpose may be {any}"),
        classes => format!("the purpose is of the class {classes}"),
    }];
    if let Some(form) = rule.form {
        needs.push(format!("the data are `{form}`: {}", form.meaning()));
    }
    let bases = Bases::TABLE.iter().filter(|(base, ..)| rule.bases.contains(*base));
    let bases: Vec<_> = bases.map(|(_, code, meaning)| format!("`{code}`: {meaning}")).collect();
    match bases.as_slice() {
        [] => {}
        [only] => needs.push(format!("the controller relies on {only}")),
        several => {
            needs.push(format!("the controller relies on\n  - {}", several.join(", or\n  - ")));
        }
    }
    for (_, code, meaning) in
        Conditions::TABLE.iter().filter(|(condition, ..)| rule.conditions.contains(*condition))
    {
        needs.push(format!("the controller asserts `{code}`: {meaning}"));
    }
    if rule.needs_consent {
        needs.push("this patient's consent is on record".to_owned());
    }
    needs
}

fn cell(cell: &Binding) -> [String; 4] {
    let (verb, terms) = words::rule(cell.rule, code);
    let miss = match near::miss(cell) {
        none if none.is_empty() => none,
        miss => format!("<br>*Near miss:* {miss}"),
    };
    let cited = words::citations(cell.citations, cell.rule);
    [
        words::short(cell.opt_out).to_owned(),
        format!("**{verb}** {terms}").trim_end().to_owned(),
        format!("{}{miss}", statement(cell.plain, cell.citations)),
        cite(&cited),
    ]
}

fn in_catalogue(page: &mut Page, rule: &RouteRule) {
    const SHOWN: usize = 4;
    let open = |flow: &&Flow| {
        assess(&flow.disclosure(flow.from)).is_ok_and(|ruling| ruling.is_open(rule.route))
    };
    let mut ids: Vec<_> = flow::all().filter(open).map(|flow| flow.id).collect();
    ids.dedup();
    let more = ids.len().saturating_sub(SHOWN);
    let first = ids.into_iter().take(SHOWN).map(code);
    match more {
        _ if first.len() == 0 => {}
        0 => page.push(&format!("**In the catalogue:** {}.", join(first, "and"))),
        _ => page.push(&format!(
            "**In the catalogue:** {}, and {more} more.",
            first.collect::<Vec<_>>().join(", ")
        )),
    }
}
