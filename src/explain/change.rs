//! What would turn a denial into an allow: facts to establish, never a way round.

use std::format;
use std::string::String;
use std::vec::Vec;

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
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// Find out these statuses: when there is no opt-out, the data may go. More than one only where
    /// no single status would do.
    ObtainStatus(Vec<OptOut>),
    /// Obtain and record this patient's explicit consent to this use, and rely on it.
    RecordConsent,
    /// Give the recipient de-identified records.
    DeIdentify,
    /// Give the recipient anonymous data.
    Anonymise,
    /// Rely on another basis that is true of this disclosure: one member.
    RelyOn(Bases),
}

impl Change {
    /// The kind of change, for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ObtainStatus(_) => "obtain-status",
            Self::RecordConsent => "record-consent",
            Self::DeIdentify => "de-identify",
            Self::Anonymise => "anonymise",
            Self::RelyOn(_) => "rely-on",
        }
    }

    /// What it concerns: the opt-outs or the basis, by their codes.
    #[must_use]
    pub fn concerns(&self) -> Vec<&'static str> {
        match self {
            Self::ObtainStatus(opt_outs) => opt_outs.iter().map(|o| o.code()).collect(),
            Self::RecordConsent => std::vec!["explicit-consent"],
            Self::DeIdentify => std::vec!["de-identified"],
            Self::Anonymise => std::vec!["anonymous"],
            Self::RelyOn(basis) => basis.codes().collect(),
        }
    }

    /// The change in a sentence of plain English.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::ObtainStatus(opt_outs) => {
                let what = list(opt_outs.iter().map(|o| String::from(o.meaning())), "and");
                format!("Find out whether the patient has {what}; if not, it may go.")
            }
            Self::RecordConsent => String::from(
                "Obtain and record this patient's explicit consent to this use, and rely on it.",
            ),
            Self::DeIdentify => String::from(
                "Give the recipient de-identified records only, under controls that meet the Information Commissioner's anonymisation code.",
            ),
            Self::Anonymise => String::from("Give the recipient anonymous data only."),
            Self::RelyOn(basis) => {
                let meaning = Bases::TABLE
                    .iter()
                    .find(|(flag, ..)| flag == basis)
                    .map_or("", |(_, _, meaning)| meaning);
                let code = basis.codes().next().unwrap_or_default();
                format!("If it is true of this disclosure, rely on `{code}`: {meaning}.")
            }
        }
    }
}

#[cfg(feature = "serde")]
pub(super) fn serialize<S: serde::Serializer>(
    changes: &[Change],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    #[derive(serde::Serialize)]
    struct Fields {
        change: &'static str,
        concerns: Vec<&'static str>,
        text: String,
    }
    serializer.collect_seq(changes.iter().map(|change| Fields {
        change: change.code(),
        concerns: change.concerns(),
        text: change.sentence(),
    }))
}

/// Bases that are never suggested: the override, and the power that opens nothing. Consent is
/// suggested as a fact about the patient.
const NEVER_SUGGESTED: Bases =
    Bases::PUBLIC_INTEREST.union(Bases::STATUTORY_POWER).union(Bases::EXPLICIT_CONSENT);

/// What may be suggested to someone whose patient objects to sharing for care. Any other basis would
/// be a way round the objection.
const OVER_AN_OBJECTION: Bases = Bases::COURT_ORDER.union(Bases::STATUTORY_DUTY);

/// The changes that would allow a denied disclosure, each tried by judging it.
pub(super) fn changes(ruling: &Ruling, patient: Patient) -> Vec<Change> {
    let mut changes = Vec::new();
    if ruling.decide(patient).is_allowed() || !patient.is_valid() {
        return changes;
    }
    let disclosure = *ruling.disclosure();
    changes.extend(statuses(ruling, patient));
    let with_consent =
        Disclosure { bases: disclosure.bases.union(Bases::EXPLICIT_CONSENT), ..disclosure };
    if allows(&with_consent, patient.with_explicit_consent()) {
        changes.push(if patient.has_explicit_consent() {
            Change::RelyOn(Bases::EXPLICIT_CONSENT)
        } else {
            Change::RecordConsent
        });
    }
    let objects = ruling.decide(patient).blocked_by().contains(BlockedBy::CARE_OBJECTION);
    let suggested = if objects { OVER_AN_OBJECTION } else { NEVER_SUGGESTED.complement() };
    for (form, change) in [
        (Identifiability::DeIdentified, Change::DeIdentify),
        (Identifiability::Anonymous, Change::Anonymise),
    ] {
        if !objects
            && form > disclosure.identifiability
            && allows(&Disclosure { identifiability: form, ..disclosure }, patient)
        {
            changes.push(change);
        }
    }
    for (basis, ..) in Bases::TABLE {
        let added = Disclosure { bases: disclosure.bases.union(*basis), ..disclosure };
        if !disclosure.bases.contains(*basis)
            && suggested.contains(*basis)
            && allows(&added, patient)
        {
            changes.push(Change::RelyOn(*basis));
        }
    }
    changes
}

fn allows(disclosure: &Disclosure, patient: Patient) -> bool {
    assess(disclosure).is_ok_and(|ruling| ruling.decide(patient).is_allowed())
}

/// Each status that alone would do; otherwise the fewest that together would.
fn statuses(ruling: &Ruling, patient: Patient) -> Vec<Change> {
    let mut unknown = Vec::new();
    if patient.type1() == Some(Type1::Unknown) {
        unknown.push(OptOut::Type1);
    }
    if patient.national() == National::Unknown {
        unknown.push(OptOut::National);
    }
    if patient.programme() == Some(Programme::Unknown) {
        unknown.push(OptOut::Programme);
    }
    let choices: Vec<Vec<OptOut>> = (1_usize..1 << unknown.len())
        .map(|choice| {
            let chosen = unknown.iter().enumerate().filter(|(i, _)| choice >> i & 1 == 1);
            chosen.map(|(_, opt_out)| *opt_out).collect()
        })
        .filter(|chosen: &Vec<OptOut>| {
            let known = chosen.iter().fold(patient, |patient, opt_out| learn(patient, *opt_out));
            ruling.decide(known).is_allowed()
        })
        .collect();
    let fewest = choices.iter().map(Vec::len).min();
    choices
        .into_iter()
        .filter(|chosen| Some(chosen.len()) == fewest)
        .map(Change::ObtainStatus)
        .collect()
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
