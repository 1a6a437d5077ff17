//! What comes close to changing a cell of the matrix and changes nothing: found by trying it.

use optout::binding::{Binding, MATRIX, OptOut, Rule, out_of_scope};
use optout::route::RouteRule;
use optout::{Conditions, Disclosure, Purpose, PurposeClass};

use super::scope::every_disclosure;
use super::words::{code, join};

/// What an assertion may be made for: to lift the opt-outs of a column, or to make them bind.
struct Attempts {
    lift: Conditions,
    bind: Conditions,
}

impl Attempts {
    /// Every assertion that has an effect somewhere in the column of this opt-out.
    fn on(opt_out: OptOut) -> Self {
        let bind = match opt_out {
            OptOut::Programme => Conditions::PROGRAMME_OPT_OUT,
            OptOut::Type1 | OptOut::National | OptOut::CareObjection => Conditions::empty(),
        };
        let mut attempts = Self { lift: Conditions::empty(), bind };
        for cell in MATRIX.iter().flatten().filter(|cell| cell.opt_out == opt_out) {
            match cell.rule {
                Rule::Unless { lifted_by, .. } => attempts.lift |= lifted_by,
                Rule::OnlyWith(_) | Rule::Binds | Rule::Never | Rule::Outside => {}
            }
            attempts.bind |= cell.rule.bound_by();
        }
        attempts
    }
}

/// What comes close to changing this cell and does not, in a sentence; empty where nothing does.
pub(super) fn miss(cell: &Binding) -> String {
    let Some(disclosure) = reached(cell) else { return String::new() };
    let binds = cell.effect(&disclosure).binds();
    let attempts = Attempts::on(cell.opt_out);
    let tried = if binds { attempts.lift } else { attempts.bind };
    let idle = tried.iter().filter(|assertion| {
        let conditions = disclosure.conditions | *assertion;
        cell.effect(&Disclosure { conditions, ..disclosure }).binds() == binds
    });
    let idle = idle.flat_map(Conditions::codes).map(code);
    let assertions = said(idle, if binds { "lift it" } else { "make it bind" });
    let purposes = said(not_exempt(cell, &disclosure).into_iter().map(code), "lift it");
    [assertions, purposes].concat()
}

fn said(codes: impl Iterator<Item = String>, what: &str) -> String {
    let codes: Vec<_> = codes.collect();
    match codes.len() {
        0 => String::new(),
        1 => format!("{} does not {what}.", join(codes, "and")),
        _ => format!("{} do not {what}.", join(codes, "and")),
    }
}

/// A disclosure on which the route is open and that the opt-out reaches; where it reaches none, one
/// on which the route is open, beyond care if there is one.
fn reached(cell: &Binding) -> Option<Disclosure> {
    let rule = RouteRule::of(cell.route);
    let open: Vec<_> = every_disclosure()
        .map(|any| Disclosure { bases: rule.bases, conditions: rule.conditions, ..any })
        .filter(|disclosure| rule.closed(disclosure).is_none())
        .collect();
    let in_scope = open.iter().find(|disclosure| out_of_scope(cell.opt_out, disclosure).is_none());
    let beyond_care =
        open.iter().find(|disclosure| disclosure.purpose.class() != PurposeClass::Care);
    in_scope.or(beyond_care).or(open.first()).copied()
}

/// The purposes of a class with an exempt one, that are not exempt themselves.
fn not_exempt(cell: &Binding, disclosure: &Disclosure) -> Vec<Purpose> {
    let Rule::Unless { exempt, .. } = cell.rule else { return Vec::new() };
    let near = Purpose::ALL.iter().copied().filter(|purpose| {
        exempt.iter().any(|(exempted, _)| exempted.class() == purpose.class())
            && cell.effect(&Disclosure { purpose: *purpose, ..*disclosure }).binds()
    });
    near.collect()
}
