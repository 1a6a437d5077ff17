//! What must hold on the day of a release, before any data are read.

use std::string::{String, ToString as _};
use std::vec::Vec;

use super::reference::refers_to_nothing;
use crate::explain::Explanation;
use crate::extract::{Idle, Known, Lacking};
use crate::record::MaxAge;
use crate::record::register::Freshness;
use crate::{Date, Ruling};

/// What is on record for an assertion (specification, section 2).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The code of the basis or condition.
    pub assertion: String,
    /// What identifies it, such as the number of the support.
    pub reference: String,
    /// The first day on which it holds.
    pub from: Date,
    /// The last day, inclusive; `None`: no end is stated.
    pub until: Option<Date>,
}

/// The terms of a release.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The disclosure, judged.
    pub ruling: &'a Ruling,
    /// What is on record for its assertions.
    pub evidence: &'a [Evidence],
    /// The day on which this runs.
    pub today: Date,
    /// Whether another day than today is judged, for which no data are written.
    pub replay: bool,
}

/// A national check that a release rests on: a register, or a list made of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// How it is called.
    pub name: String,
    /// Its day.
    pub checked: Date,
    /// The age that the caller accepts.
    pub max_age: MaxAge,
    /// What it is.
    pub kind: CheckKind,
}

/// What a national check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckKind {
    /// A register. One of several may be too old: to it everybody is unknown, and another answers.
    Register,
    /// A list made of a check, by a body that holds the register.
    List,
}

/// Why nothing may be released; each says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The disclosure is dated otherwise than today.
    #[error(
        "the disclosure is dated {on}, and today is {today}; date it today, or judge it as it was with `--replay`, which writes no data"
    )]
    NotToday {
        /// The day of the disclosure.
        on: Date,
        /// The day on which this runs.
        today: Date,
    },
    /// An assertion without a reference.
    #[error(
        "`{assertion}` is relied on and nothing is on record for it; give its reference and dates under [evidence.{assertion}]"
    )]
    NoEvidence {
        /// The code.
        assertion: &'static str,
    },
    /// An assertion whose reference refers to nothing, such as `TBC`.
    #[error(
        "the reference for `{assertion}` refers to nothing; give what identifies the approval, such as its number"
    )]
    NoReference {
        /// The code.
        assertion: &'static str,
    },
    /// An assertion whose reference does not hold on the day.
    #[error(
        "the reference for `{assertion}` holds from {from}{}, not on {on}; renew it, or correct its dates",
        until.map_or(String::new(), |until| std::format!(" until {until}"))
    )]
    EvidenceOutOfDate {
        /// The code.
        assertion: String,
        /// Its first day.
        from: Date,
        /// Its last day.
        until: Option<Date>,
        /// The day of the disclosure.
        on: Date,
    },
    /// A national check older than the caller accepts.
    #[error(
        "{check} is {age_days} days old, more than the {max_days} accepted; make a new national check"
    )]
    CheckTooOld {
        /// The register or list.
        check: String,
        /// Its age.
        age_days: u32,
        /// What the caller accepts.
        max_days: u16,
    },
    /// A national check made after the day of the disclosure.
    #[error("{check} was checked on {checked}, after the disclosure of {on}")]
    CheckedLater {
        /// The register or list.
        check: String,
        /// The day of the check.
        checked: Date,
        /// The day of the disclosure.
        on: Date,
    },
    /// Nothing tells what the disclosure depends on.
    #[error("{0}")]
    Lacking(Lacking),
    /// It is told who has made a choice that the disclosure passes over.
    #[error("{0}")]
    Idle(Idle),
    /// Nothing could be released to anyone.
    #[error(
        "no route is open: nothing lifts the duty of confidence, so no row could leave; `optout assess` explains"
    )]
    NoRoute,
}

/// What deserves a second look.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// A maximum age above 21 days.
    #[error(
        "{check} may be {max_days} days old; 21 days is what is widely quoted, and people opt out every day"
    )]
    LongAge {
        /// The register or list.
        check: String,
        /// What the caller accepts.
        max_days: u16,
    },
    /// A register that may not be used, beside one that may.
    #[error("to {check} everybody is unknown, and only the other registers tell: {why}")]
    Unusable {
        /// The register.
        check: String,
        /// Why it may not be used.
        why: String,
    },
    /// It is told who has an opt-out that does not bind.
    #[error("{0}")]
    Idle(Idle),
    /// A reference without a last day.
    #[error(
        "the reference for `{assertion}` has no `until`; say until when it holds, or whether it still does must be asked each time"
    )]
    NoEnd {
        /// The code.
        assertion: String,
    },
    /// From the explanation of the ruling.
    #[error("{0}")]
    Ruling(String),
}

impl Terms<'_> {
    /// The days on which everything must hold: that of the disclosure, and, where data are written,
    /// that of the run. The day or two between them would else keep something alive that has ended.
    fn days(&self) -> impl Iterator<Item = Date> {
        let on = self.ruling.disclosure().on;
        core::iter::once(on).chain((!self.replay && on != self.today).then_some(self.today))
    }

    /// Everything that stands in the way before anything is read but the request.
    ///
    /// # Errors
    /// Any refusal; all of them are given.
    pub fn check(&self) -> Result<(), Vec<Refusal>> {
        let on = self.ruling.disclosure().on;
        let mut refusals = Vec::new();
        let apart = on.days_since_1970() - self.today.days_since_1970();
        if !self.replay && apart.abs() > 1 {
            return Err(std::vec![Refusal::NotToday { on, today: self.today }]);
        }
        if self.ruling.open_routes().next().is_none() {
            refusals.push(Refusal::NoRoute);
        }
        for needed in Explanation::of(self.ruling).evidence_needed() {
            let assertion = needed.assertion;
            let Some(found) = self.evidence.iter().find(|known| known.assertion == assertion)
            else {
                refusals.push(Refusal::NoEvidence { assertion });
                continue;
            };
            if refers_to_nothing(&found.reference) {
                refusals.push(Refusal::NoReference { assertion });
            }
            let Evidence { from, until, .. } = *found;
            let holds = |day: Date| from <= day && until.is_none_or(|until| day <= until);
            if let Some(on) = self.days().find(|day| !holds(*day)) {
                let assertion = assertion.into();
                refusals.push(Refusal::EvidenceOutOfDate { assertion, from, until, on });
            }
        }
        if refusals.is_empty() { Ok(()) } else { Err(refusals) }
    }

    /// Why a check may not be used.
    fn unusable(&self, check: &Check) -> Option<Refusal> {
        let name = || check.name.clone();
        self.days().find_map(|on| match freshness(check.checked, on, check.max_age) {
            Freshness::Fresh { .. } => None,
            Freshness::TooOld { age_days, max_age } => {
                Some(Refusal::CheckTooOld { check: name(), age_days, max_days: max_age.as_days() })
            }
            Freshness::CheckedLater { checked } => {
                Some(Refusal::CheckedLater { check: name(), checked, on })
            }
        })
    }

    /// Whether a register among the checks may be used.
    fn has_register(&self, checks: &[Check]) -> bool {
        let mut registers = checks.iter().filter(|check| check.kind == CheckKind::Register);
        registers.any(|register| self.unusable(register).is_none())
    }

    /// Everything that stands in the way in what is known of people, before any data are read.
    ///
    /// # Errors
    /// Any refusal; all of them are given.
    pub fn check_known(&self, known: &Known<'_>, checks: &[Check]) -> Result<(), Vec<Refusal>> {
        let answered = self.has_register(checks);
        let needed = checks.iter().filter(|check| match check.kind {
            CheckKind::Register => !answered,
            CheckKind::List => true,
        });
        let mut refusals: Vec<_> = needed.filter_map(|check| self.unusable(check)).collect();
        refusals.extend(known.lacks(self.ruling).map(Refusal::Lacking));
        let mistakes = known.idle(self.ruling).filter(|idle| idle.is_mistake(self.ruling));
        refusals.extend(mistakes.map(Refusal::Idle));
        if refusals.is_empty() { Ok(()) } else { Err(refusals) }
    }

    /// What deserves a second look, whether or not anything stands in the way.
    #[must_use]
    pub fn warnings(&self, known: &Known<'_>, checks: &[Check]) -> Vec<Warning> {
        let answered = self.has_register(checks);
        let beside = checks.iter().filter(|check| answered && check.kind == CheckKind::Register);
        let unusable = beside.filter_map(|check| {
            let why = std::format!("{}", self.unusable(check)?);
            Some(Warning::Unusable { check: check.name.clone(), why })
        });
        let idle = known.idle(self.ruling).filter(|idle| !idle.is_mistake(self.ruling));
        let long = checks.iter().filter(|check| check.max_age.is_over_21_days());
        let ages = long.map(|check| Warning::LongAge {
            check: check.name.clone(),
            max_days: check.max_age.as_days(),
        });
        let explanation = Explanation::of(self.ruling);
        let endless = self.evidence.iter().filter(|known| {
            let mut needed = explanation.evidence_needed();
            known.until.is_none() && needed.any(|needed| needed.assertion == known.assertion)
        });
        let endless = endless.map(|known| Warning::NoEnd { assertion: known.assertion.clone() });
        let ruling = explanation.warnings().map(|warning| Warning::Ruling(warning.to_string()));
        ages.chain(unusable).chain(idle.map(Warning::Idle)).chain(endless).chain(ruling).collect()
    }
}

/// Whether a check of one day may be used on another.
pub(super) fn freshness(checked: Date, on: Date, max_age: MaxAge) -> Freshness {
    let age = i64::from(on.days_since_1970()) - i64::from(checked.days_since_1970());
    match (u16::try_from(age), u32::try_from(age)) {
        (Ok(age_days), _) if age_days <= max_age.as_days() => Freshness::Fresh { age_days },
        (_, Ok(age_days)) => Freshness::TooOld { age_days, max_age },
        (_, Err(_)) => Freshness::CheckedLater { checked },
    }
}
