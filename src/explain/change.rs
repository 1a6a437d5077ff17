//! What would turn a denial into an allow: facts to establish, never a way round.

use core::fmt::{Display, from_fn};

use super::sentence::list;
use crate::binding::OptOut;
use crate::decision::BlockedBy;
use crate::disclosure::{Bases, Disclosure, Identifiability};
use crate::patient::{National, Patient, Programme, Type1};
use crate::ruling::{Ruling, assess};

/// A fact that, once established, would allow the disclosure (specification, section 6).
///
/// No change of purpose or origin is suggested, nor `public-interest`, `national-disapplied` or
/// `type1-not-upheld`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// Find out these statuses: when there is no opt-out, the data may go. More than one only where
    /// no single status would do.
    ObtainStatus(OptOuts),
    /// Obtain and record this patient's explicit consent to this use, and rely on it.
    RecordConsent,
    /// Give the recipient de-identified records.
    DeIdentify,
    /// Give the recipient anonymous data.
    Anonymise,
    /// Rely on another basis that is true of this disclosure: one member.
    RelyOn(Bases),
}

/// Some of the opt-outs, in the order of their numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OptOuts(u8);

impl OptOuts {
    /// The opt-outs.
    pub fn iter(self) -> impl Iterator<Item = OptOut> + Clone {
        OptOut::ALL.iter().copied().filter(move |opt_out| self.0 & bit(*opt_out) != 0)
    }
}

impl FromIterator<OptOut> for OptOuts {
    fn from_iter<I: IntoIterator<Item = OptOut>>(opt_outs: I) -> Self {
        Self(opt_outs.into_iter().fold(0, |bits, opt_out| bits | bit(opt_out)))
    }
}

const fn bit(opt_out: OptOut) -> u8 {
    1 << (opt_out.number() - 1)
}

impl Change {
    /// The kind of change, for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ObtainStatus(_) => "obtain-status",
            Self::RecordConsent => "record-consent",
            Self::DeIdentify => "de-identify",
            Self::Anonymise => "anonymise",
            Self::RelyOn(_) => "rely-on",
        }
    }

    /// What it concerns: the opt-outs or the basis, by their codes.
    pub fn concerns(self) -> impl Iterator<Item = &'static str> + Clone {
        let (opt_outs, other, bases) = match self {
            Self::ObtainStatus(opt_outs) => (opt_outs, None, Bases::empty()),
            Self::RecordConsent => (OptOuts::default(), None, Bases::EXPLICIT_CONSENT),
            Self::DeIdentify => (OptOuts::default(), Some("de-identified"), Bases::empty()),
            Self::Anonymise => (OptOuts::default(), Some("anonymous"), Bases::empty()),
            Self::RelyOn(basis) => (OptOuts::default(), None, basis),
        };
        opt_outs.iter().map(OptOut::code).chain(other).chain(bases.codes())
    }

    /// The change in a sentence of plain English.
    #[must_use]
    pub fn sentence(self) -> impl Display {
        from_fn(move |f| {
            match self {
            Self::ObtainStatus(opt_outs) => {
                let what = list(opt_outs.iter().map(OptOut::meaning), "and");
                write!(f, "Find out whether the patient has {what}; if not, it may go.")
            }
            Self::RecordConsent => f.write_str(
                "Obtain and record this patient's explicit consent to this use, and rely on it.",
            ),
            Self::DeIdentify => f.write_str(
                "Give the recipient de-identified records only, under controls that meet the Information Commissioner's anonymisation code.",
            ),
            Self::Anonymise => f.write_str("Give the recipient anonymous data only."),
            Self::RelyOn(basis) => {
                let known = Bases::TABLE.iter().find(|(flag, ..)| *flag == basis);
                let (code, meaning) = known.map_or(("", ""), |(_, code, meaning)| (code, meaning));
                write!(f, "If it is true of this disclosure, rely on `{code}`: {meaning}.")
            }
        }
        })
    }
}

/// Bases that are never suggested: the override, and the power that opens nothing. Consent is
/// suggested as a fact about the patient.
const NEVER_SUGGESTED: Bases =
    Bases::PUBLIC_INTEREST.union(Bases::STATUTORY_POWER).union(Bases::EXPLICIT_CONSENT);

/// What may be suggested to someone whose patient objects to sharing for care. Any other basis would
/// be a way round the objection.
const OVER_AN_OBJECTION: Bases = Bases::COURT_ORDER.union(Bases::STATUTORY_DUTY);

/// The changes that would allow a denied disclosure, each tried by judging it.
pub(super) fn changes(ruling: &Ruling, patient: Patient) -> impl Iterator<Item = Change> {
    let denied = !ruling.decide(patient).is_allowed() && patient.is_valid();
    let disclosure = *ruling.disclosure();
    let objects = ruling.decide(patient).blocked_by().contains(BlockedBy::CARE_OBJECTION);
    let suggested = if objects { OVER_AN_OBJECTION } else { NEVER_SUGGESTED.complement() };
    let forms = [
        (Identifiability::DeIdentified, Change::DeIdentify),
        (Identifiability::Anonymous, Change::Anonymise),
    ];
    let forms = forms.into_iter().filter(move |(form, _)| {
        !objects
            && *form > disclosure.identifiability
            && allows(&Disclosure { identifiability: *form, ..disclosure }, patient)
    });
    let bases = Bases::TABLE.iter().map(|(basis, ..)| *basis).filter(move |basis| {
        let added = Disclosure { bases: disclosure.bases.union(*basis), ..disclosure };
        !disclosure.bases.contains(*basis) && suggested.contains(*basis) && allows(&added, patient)
    });
    let changes = move || {
        statuses(ruling, patient)
            .chain(consent(disclosure, patient))
            .chain(forms.map(|(_, change)| change))
            .chain(bases.map(Change::RelyOn))
    };
    denied.then(changes).into_iter().flatten()
}

fn consent(disclosure: Disclosure, patient: Patient) -> Option<Change> {
    let bases = disclosure.bases.union(Bases::EXPLICIT_CONSENT);
    let change = if patient.has_explicit_consent() {
        Change::RelyOn(Bases::EXPLICIT_CONSENT)
    } else {
        Change::RecordConsent
    };
    allows(&Disclosure { bases, ..disclosure }, patient.with_explicit_consent()).then_some(change)
}

fn allows(disclosure: &Disclosure, patient: Patient) -> bool {
    assess(disclosure).is_ok_and(|ruling| ruling.decide(patient).is_allowed())
}

/// Each status that alone would do; otherwise the fewest that together would.
fn statuses(ruling: &Ruling, patient: Patient) -> impl Iterator<Item = Change> {
    let unknown: OptOuts = [
        (patient.type1() == Some(Type1::Unknown)).then_some(OptOut::Type1),
        (patient.national() == National::Unknown).then_some(OptOut::National),
        (patient.programme() == Some(Programme::Unknown)).then_some(OptOut::Programme),
    ]
    .into_iter()
    .flatten()
    .collect();
    let choices = (1..=unknown.0).map(OptOuts).filter(move |chosen| {
        let known = chosen.iter().fold(patient, learn);
        chosen.0 & !unknown.0 == 0 && ruling.decide(known).is_allowed()
    });
    let fewest = choices.clone().map(|chosen| chosen.0.count_ones()).min();
    choices.filter(move |chosen| Some(chosen.0.count_ones()) == fewest).map(Change::ObtainStatus)
}

/// The patient, once it is known that there is no such opt-out.
const fn learn(patient: Patient, opt_out: OptOut) -> Patient {
    match opt_out {
        OptOut::Type1 => patient.with_type1(Type1::None),
        OptOut::National => patient.with_national(National::None),
        OptOut::Programme => patient.with_programme(Programme::None),
        OptOut::CareObjection => patient,
    }
}
