//! The sentences of an explanation. Each is written where it is wanted, and takes no memory.

use core::fmt::{self, Display, from_fn};

use crate::binding::{Binding, Effect, OptOut, ScopeLimit};
use crate::decision::{Decision, Reason};
use crate::disclosure::{Bases, Boundary, Disclosure, Identifiability, Origin};
use crate::purpose::PurposeClass;
use crate::route::{Closed, Route, RouteRule};
use crate::ruling::Ruling;

/// Joins phrases as a sentence would: "a, b and c".
pub(super) fn list(items: impl Iterator<Item: Display> + Clone, last: &str) -> impl Display {
    from_fn(move |f| {
        let mut items = items.clone().enumerate().peekable();
        while let Some((place, item)) = items.next() {
            match (place, items.peek()) {
                (0, _) => {}
                (_, Some(_)) => f.write_str(", ")?,
                (_, None) => write!(f, " {last} ")?,
            }
            write!(f, "{item}")?;
        }
        Ok(())
    })
}

/// Joins phrases with the same between each two.
pub(super) fn joined(items: impl Iterator<Item: Display> + Clone, between: &str) -> impl Display {
    from_fn(move |f| {
        for (place, item) in items.clone().enumerate() {
            write!(f, "{}{item}", if place == 0 { "" } else { between })?;
        }
        Ok(())
    })
}

fn quoted(codes: impl Iterator<Item = &'static str> + Clone, last: &str) -> impl Display {
    list(codes.map(|code| from_fn(move |f| write!(f, "`{code}`"))), last)
}

/// The decision, as one would say it.
pub(super) fn decision(decision: Decision) -> impl Display {
    from_fn(move |f| match decision.reason() {
        Reason::Permitted => {
            let route = decision.route().map_or("an open route", Route::code);
            write!(
                f,
                "It may go: the route `{route}` permits it, and no opt-out that binds there blocks."
            )
        }
        Reason::NotDecided => f.write_str("Nothing was decided, so it may not go."),
        Reason::InvalidStatus | Reason::NoLawfulBasis | Reason::ConsentNotRecorded => {
            write!(f, "It may not go: {}.", decision.reason().meaning())
        }
        Reason::Type1Dissent
        | Reason::NationalOptOut
        | Reason::ProgrammeOptOut
        | Reason::CareObjection
        | Reason::Type1Unknown
        | Reason::NationalUnknown
        | Reason::ProgrammeUnknown => {
            let blocking = decision.blocked_by().reasons().map(Reason::meaning);
            write!(f, "It may not go: {}.", list(blocking, "and"))
        }
    })
}

/// A part of a route's rule that does not hold.
#[derive(Clone, Copy)]
enum Part {
    Form(Identifiability),
    Basis,
    Class,
    Condition,
}

/// Why a route is closed, a phrase for each part of its rule that does not hold.
pub(super) fn closed(
    rule: &'static RouteRule,
    closed: Closed,
    disclosure: &Disclosure,
) -> impl Iterator<Item = impl Display> + Clone {
    let parts = [
        rule.form.filter(|_| closed.form).map(Part::Form),
        closed.basis.then_some(Part::Basis),
        closed.class.then_some(Part::Class),
        closed.condition.then_some(Part::Condition),
    ];
    parts.into_iter().flatten().map(move |part| {
        from_fn(move |f| match part {
            Part::Form(form) => {
                write!(f, "the data are {}, not {form}", disclosure.identifiability)
            }
            Part::Basis => {
                write!(f, "{} is not relied on", quoted(rule.bases.codes(), "or"))
            }
            Part::Class => write!(
                f,
                "the purpose, {}, is of the class {}, and the route serves {} only",
                disclosure.purpose,
                disclosure.purpose.class(),
                list(rule.classes.iter(), "and")
            ),
            Part::Condition => {
                write!(f, "{} is not asserted", quoted(rule.conditions.codes(), "and"))
            }
        })
    })
}

/// What an opt-out does on a route, and by what.
pub(super) fn effect(
    cell: &'static Binding,
    effect: Effect,
    disclosure: &Disclosure,
) -> impl Display {
    from_fn(move |f| match effect {
        Effect::Binds | Effect::LiftedByRoute | Effect::OutOfScope(ScopeLimit::Route) => {
            f.write_str(cell.plain)
        }
        Effect::BindsWith(with) => {
            write!(f, "It binds because {} is asserted.", quoted(with.codes(), "and"))
        }
        Effect::LiftedBy(by) => {
            write!(f, "It is lifted because {} is asserted.", quoted(by.codes(), "and"))
        }
        Effect::LiftedByPurpose(purpose) => {
            write!(f, "It is lifted for `{purpose}`: {}.", purpose.meaning())
        }
        Effect::OutOfScope(limit) => out_of_scope(f, cell.opt_out, limit, disclosure),
    })
}

fn out_of_scope(
    f: &mut fmt::Formatter<'_>,
    opt_out: OptOut,
    limit: ScopeLimit,
    disclosure: &Disclosure,
) -> fmt::Result {
    let from = match disclosure.origin {
        Origin::GpRecord => "a GP record",
        Origin::EnglandCare => "health or adult social care elsewhere in England",
        Origin::PrivateCare => "privately funded care",
        Origin::ChildrensSocialCare => "children's social care",
        Origin::OutsideEngland => "outside England",
    };
    match (limit, opt_out) {
        (ScopeLimit::Origin, OptOut::Type1) => {
            write!(f, "Type 1 reaches GP records only, and the data come from {from}.")
        }
        (ScopeLimit::Origin, OptOut::National | OptOut::Programme | OptOut::CareObjection) => {
            write!(
                f,
                "The national opt-out reaches publicly funded health and adult social care in England, and the data come from {from}."
            )
        }
        (ScopeLimit::Boundary, _) => {
            f.write_str("The data stay with the practice, for its own purpose.")
        }
        (ScopeLimit::Class, _) => f.write_str("It does not reach individual care."),
        (ScopeLimit::Identifiability, _) => write!(
            f,
            "It reaches confidential patient information only, and the data are {}.",
            disclosure.identifiability
        ),
        (ScopeLimit::NoProgramme, _) => {
            f.write_str("The programme is not said to run an opt-out of its own.")
        }
        (ScopeLimit::Route, _) => f.write_str("It does not reach this route."),
    }
}

/// A basis that opens no route.
pub(super) fn idle_basis(
    f: &mut fmt::Formatter<'_>,
    basis: Bases,
    code: &str,
    disclosure: &Disclosure,
) -> fmt::Result {
    if basis == Bases::STATUTORY_POWER {
        return write!(
            f,
            "`{code}` opens no route: a power to disclose does not lift the duty of confidence."
        );
    }
    if basis == Bases::IMPLIED_CONSENT && disclosure.purpose.class() == PurposeClass::Care {
        return write!(
            f,
            "`{code}` opens no route without `legitimate-relationship`: the recipients must be the patient's own care team."
        );
    }
    write!(
        f,
        "`{code}` is relied on and opens no route for `{}`, a purpose of the class {}.",
        disclosure.purpose,
        disclosure.purpose.class()
    )
}

pub(super) const DISAPPLIED_WITHOUT_PROGRAMME: &str = "`national-disapplied` is asserted without `programme-opt-out`: where the national opt-out is disapplied, an opt-out of the programme's own is required (our reading of section 251). Check that the flow has one, and declare it.";

/// An open route on which nothing binds, which permits every patient, so that what binds on another
/// is moot; and that other.
pub(super) fn moot(ruling: &Ruling) -> Option<(Route, Route)> {
    let disclosure = ruling.disclosure();
    let open = || ruling.open_routes().filter(|route| !RouteRule::of(*route).needs_consent);
    let binds =
        |route: Route| Binding::of(route).iter().any(|cell| cell.effect(disclosure).binds());
    Some((open().find(|route| !binds(*route))?, open().find(|route| binds(*route))?))
}

/// The disclosure, as one would say it.
pub(super) fn disclosure(disclosure: &Disclosure) -> impl Display {
    let form = match disclosure.identifiability {
        Identifiability::Identifiable => "Identifiable data",
        Identifiability::DeIdentified => "De-identified records",
        Identifiability::Anonymous => "Anonymous data",
    };
    let from = match disclosure.origin {
        Origin::GpRecord => "a GP record",
        Origin::EnglandCare => "health or adult social care in England",
        Origin::PrivateCare => "private care",
        Origin::ChildrensSocialCare => "children's social care",
        Origin::OutsideEngland => "care outside England",
    };
    let to = match disclosure.boundary {
        Boundary::WithinController => "kept by the organisation that holds them",
        Boundary::BeyondController => "for another organisation's purpose",
    };
    let (code, meaning) = (disclosure.purpose.code(), disclosure.purpose.meaning());
    from_fn(move |f| {
        write!(f, "{form} from {from}, {to}: `{code}`")?;
        if code != meaning {
            write!(f, " ({meaning})")?;
        }
        if disclosure.bases.is_empty() {
            f.write_str(", on no legal basis")?;
        } else {
            write!(f, ", relying on {}", quoted(disclosure.bases.codes(), "and"))?;
        }
        if !disclosure.conditions.is_empty() {
            write!(f, ", asserting {}", quoted(disclosure.conditions.codes(), "and"))?;
        }
        write!(f, ", on {}.", disclosure.on)
    })
}
