//! How far an opt-out reaches, and which recorded values block: found by asking the rules about
//! every disclosure, not written down a second time.

use optout::binding::{Binding, Effect, OptOut, out_of_scope};
use optout::{
    Bases, Boundary, Conditions, Date, Disclosure, Identifiability, National, Origin, Patient,
    Programme, Purpose, PurposeClass, Route, Type1, assess,
};

/// A day on which the policy holds: no rule depends on it.
pub(super) const A_DAY: Date = Date::ymd(2026, 6, 1);

/// The values of each field of a disclosure that an opt-out reaches.
#[derive(Default)]
pub(super) struct Reach {
    pub(super) origins: Vec<Origin>,
    pub(super) boundaries: Vec<Boundary>,
    pub(super) forms: Vec<Identifiability>,
    pub(super) classes: Vec<PurposeClass>,
}

impl Reach {
    /// The disclosures that an opt-out has in its scope, where the programme has an opt-out.
    pub(super) fn of(opt_out: OptOut) -> Self {
        Self::gather(|disclosure| out_of_scope(opt_out, disclosure).is_none())
    }

    /// What must be asserted before the opt-out is in scope of anything.
    pub(super) fn needs(opt_out: OptOut) -> Conditions {
        let nothing = Conditions::empty();
        let reaches = every_disclosure()
            .any(|any| out_of_scope(opt_out, &Disclosure { conditions: nothing, ..any }).is_none());
        if reaches { nothing } else { ASSERTED }
    }

    /// The disclosures that the national opt-out reaches when it is applied voluntarily, on a route
    /// where it may be.
    pub(super) fn voluntary() -> Self {
        let with = Effect::BindsWith(Conditions::NATIONAL_VOLUNTARY);
        let [_, national, ..] = Binding::of(Route::DeIdentified);
        Self::gather(|disclosure| {
            let conditions = Conditions::NATIONAL_VOLUNTARY;
            national.effect(&Disclosure { conditions, ..*disclosure }) == with
        })
    }

    fn gather(reaches: impl Fn(&Disclosure) -> bool) -> Self {
        let mut reach = Self::default();
        for disclosure in every_disclosure().filter(|disclosure| reaches(disclosure)) {
            note(&mut reach.origins, disclosure.origin);
            note(&mut reach.boundaries, disclosure.boundary);
            note(&mut reach.forms, disclosure.identifiability);
            note(&mut reach.classes, disclosure.purpose.class());
        }
        reach.origins.sort_unstable();
        reach.boundaries.sort_unstable();
        reach.forms.sort_unstable();
        reach.classes.sort_unstable();
        reach
    }

    /// Whether each field has a value that is reached.
    #[cfg(test)]
    pub(super) fn has(&self, disclosure: &Disclosure) -> bool {
        self.origins.contains(&disclosure.origin)
            && self.boundaries.contains(&disclosure.boundary)
            && self.forms.contains(&disclosure.identifiability)
            && self.classes.contains(&disclosure.purpose.class())
    }
}

fn note<T: PartialEq>(seen: &mut Vec<T>, value: T) {
    if !seen.contains(&value) {
        seen.push(value);
    }
}

/// What every disclosure asserts when the reach of an opt-out is asked for.
const ASSERTED: Conditions = Conditions::PROGRAMME_OPT_OUT;

/// Every origin, boundary, form and purpose, for a programme with an opt-out of its own.
pub(super) fn every_disclosure() -> impl Iterator<Item = Disclosure> {
    let fields = Origin::ALL.iter().flat_map(|origin| {
        Boundary::ALL.iter().flat_map(move |boundary| {
            Identifiability::ALL.iter().map(move |form| (*origin, *boundary, *form))
        })
    });
    fields.flat_map(|(origin, boundary, identifiability)| {
        Purpose::ALL.iter().map(move |purpose| Disclosure {
            origin,
            boundary,
            identifiability,
            purpose: *purpose,
            bases: Bases::empty(),
            conditions: ASSERTED,
            on: A_DAY,
        })
    })
}

/// A patient of whom every status is known, and who has recorded nothing.
pub(super) const NO_OPT_OUT: Patient = Patient::UNKNOWN
    .with_type1(Type1::None)
    .with_national(National::None)
    .with_programme(Programme::None);

/// A disclosure on which Type 1, the national opt-out and a programme's own all bind.
const BEYOND_CARE: Disclosure = Disclosure {
    origin: Origin::GpRecord,
    boundary: Boundary::BeyondController,
    identifiability: Identifiability::Identifiable,
    purpose: Purpose::Research,
    bases: Bases::COPI_REG_5,
    conditions: Conditions::PROGRAMME_OPT_OUT,
    on: A_DAY,
};

/// A disclosure on which an objection to sharing for care binds.
const FOR_CARE: Disclosure = Disclosure {
    purpose: Purpose::IndividualCare,
    bases: Bases::IMPLIED_CONSENT,
    conditions: Conditions::LEGITIMATE_RELATIONSHIP,
    ..BEYOND_CARE
};

/// A value that a patient's record may hold for an opt-out.
pub(super) struct Status {
    pub(super) number: u8,
    pub(super) code: &'static str,
    pub(super) meaning: &'static str,
    /// The value where there is little room.
    pub(super) short: &'static str,
    /// Whether it blocks where the opt-out binds.
    pub(super) blocks: bool,
}

/// The values that a patient's record may hold for an opt-out.
pub(super) fn statuses(opt_out: OptOut) -> Vec<Status> {
    let one = |number, code, meaning, patient| Status {
        number,
        code,
        meaning,
        short: code,
        blocks: blocks(&BEYOND_CARE, patient),
    };
    match opt_out {
        OptOut::Type1 => Type1::ALL
            .iter()
            .map(|s| one(s.number(), s.code(), s.meaning(), NO_OPT_OUT.with_type1(*s)))
            .collect(),
        OptOut::National => National::ALL
            .iter()
            .map(|s| one(s.number(), s.code(), s.meaning(), NO_OPT_OUT.with_national(*s)))
            .collect(),
        OptOut::Programme => Programme::ALL
            .iter()
            .map(|s| one(s.number(), s.code(), s.meaning(), NO_OPT_OUT.with_programme(*s)))
            .collect(),
        OptOut::CareObjection => {
            let care = |number, code, meaning, short, patient| Status {
                number,
                code,
                meaning,
                short,
                blocks: blocks(&FOR_CARE, patient),
            };
            let objects = NO_OPT_OUT.with_care_objection();
            vec![
                care(
                    0,
                    "false",
                    "none is on record, or it is not known",
                    "not recorded",
                    NO_OPT_OUT,
                ),
                care(1, "true", "objects to sharing for their own care", "recorded", objects),
            ]
        }
    }
}

fn blocks(disclosure: &Disclosure, patient: Patient) -> bool {
    !assess(disclosure).is_ok_and(|ruling| ruling.decide(patient).is_allowed())
}
