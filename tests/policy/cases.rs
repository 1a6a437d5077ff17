//! Published flows, as their sources describe them, against the rules.
//!
//! `cases.csv` accounts for each of 65 flows that were collected before the rules were written.
//! Where a source states firmly whether an opt-out is applied, the rules must give that answer, or
//! the row must say why they differ. Evidence: S stated by a source, R read in a release register,
//! C read in code, I inferred, U unknown, NA does not arise; the first three are firm.

use std::collections::BTreeSet;

use optout::flow;
use optout::{
    Bases, Boundary, Conditions, Date, Disclosure, Identifiability, National, Origin, Patient,
    Programme, Purpose, Ruling, Type1, Verdict, assess,
};

const CASES: &str = include_str!("cases.csv");

struct Case {
    id: String,
    published: [String; 2],
    evidence: [String; 2],
    account: String,
    on: String,
    terms: String,
    difference: String,
}

/// The two opt-outs, in the order of the columns.
const NAMES: [&str; 2] = ["type1", "national"];

fn cases() -> Vec<Case> {
    let mut reader = csv::Reader::from_reader(CASES.as_bytes());
    let headers = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            let field = |name: &str| {
                let at = headers.iter().position(|header| header == name);
                record[at.unwrap_or_else(|| panic!("no column {name}"))].to_owned()
            };
            for name in ["flow", "source"] {
                assert!(!field(name).is_empty(), "{}: no {name}", field("id"));
            }
            Case {
                id: field("id"),
                published: NAMES.map(|name| field(&format!("published_{name}"))),
                evidence: NAMES.map(|name| field(&format!("evidence_{name}"))),
                account: field("account"),
                on: field("on"),
                terms: field("terms"),
                difference: field("difference"),
            }
        })
        .collect()
}

impl Case {
    /// Whether a source states firmly that the opt-out is applied (`true`) or not.
    fn firm(&self, opt_out: usize) -> Option<bool> {
        if !["S", "R", "C"].contains(&self.evidence[opt_out].as_str()) {
            return None;
        }
        match self.published[opt_out].as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            other => panic!("{}: firm evidence of {other:?}", self.id),
        }
    }

    fn is_firm(&self) -> bool {
        (0..NAMES.len()).any(|opt_out| self.firm(opt_out).is_some())
    }

    /// The disclosure by which the row is judged; `None` when it cannot be.
    fn disclosure(&self) -> Option<Disclosure> {
        if self.account == "unsettled" {
            assert!(self.on.is_empty() && self.terms.is_empty(), "{}: unsettled", self.id);
            return None;
        }
        let on: Date = self.on.parse().unwrap_or_else(|error| panic!("{}: {error}", self.id));
        if let Some(id) = self.account.strip_prefix("flow:") {
            assert!(self.terms.is_empty(), "{}: a flow brings its own terms", self.id);
            let flow = flow::find(id, on).unwrap_or_else(|error| panic!("{}: {error}", self.id));
            return Some(flow.disclosure(on));
        }
        assert_eq!(self.account, "terms", "{}", self.id);
        Some(parse(&self.terms, on))
    }
}

/// `origin;boundary;identifiability;purpose;basis+basis;condition+condition`.
fn parse(terms: &str, on: Date) -> Disclosure {
    let fields: Vec<&str> = terms.split(';').collect();
    let [origin, boundary, identifiability, purpose, bases, conditions] = fields[..] else {
        panic!("{terms}: not six fields")
    };
    let codes = |set: &str| -> Vec<String> {
        set.split('+').filter(|code| !code.is_empty()).map(str::to_owned).collect()
    };
    Disclosure {
        origin: Origin::from_code(origin).unwrap(),
        boundary: Boundary::from_code(boundary).unwrap(),
        identifiability: Identifiability::from_code(identifiability).unwrap(),
        purpose: Purpose::from_code(purpose).unwrap(),
        bases: codes(bases).iter().map(|code| Bases::from_code(code).unwrap()).collect(),
        conditions: codes(conditions)
            .iter()
            .map(|code| Conditions::from_code(code).unwrap())
            .collect(),
        on,
    }
}

/// A patient who has recorded no opt-out, and whose consent is on record where it is relied on.
fn plain(disclosure: &Disclosure) -> Patient {
    let patient = Patient::UNKNOWN
        .with_type1(Type1::None)
        .with_national(National::None)
        .with_programme(Programme::None);
    if disclosure.bases.contains(Bases::EXPLICIT_CONSENT) {
        patient.with_explicit_consent()
    } else {
        patient
    }
}

/// The same patient, having recorded the opt-out.
fn recorded(patient: Patient, opt_out: usize) -> Patient {
    match NAMES[opt_out] {
        "type1" => patient.with_type1(Type1::Dissent),
        "national" => patient.with_national(National::OptedOut),
        other => panic!("{other}"),
    }
}

/// Whether recording the opt-out, and nothing else, turns allow into deny.
fn applies(ruling: &Ruling, patient: Patient, opt_out: usize) -> bool {
    ruling.decide(patient).verdict() == Verdict::Allow
        && ruling.decide(recorded(patient, opt_out)).verdict() == Verdict::Deny
}

/// Whether recording the opt-out changes nothing, whatever else the patient has recorded.
fn changes_nothing(ruling: &Ruling, patient: Patient, opt_out: usize) -> bool {
    [patient, recorded(patient, 1 - opt_out)]
        .into_iter()
        .flat_map(|patient| [patient, patient.with_programme(Programme::OptedOut)])
        .flat_map(|patient| [patient, patient.with_care_objection()])
        .all(|patient| {
            ruling.decide(patient).verdict() == ruling.decide(recorded(patient, opt_out)).verdict()
        })
}

#[test]
fn every_published_flow_is_accounted_for_once() {
    let cases = cases();
    let ids: BTreeSet<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    assert_eq!(cases.len(), 65);
    assert_eq!(ids.len(), 65, "an id is given twice");
    for case in &cases {
        let digits = case.id.strip_prefix('C').unwrap_or_default();
        assert!(digits.len() == 3 && digits.parse::<u16>().is_ok(), "{}", case.id);
        for value in &case.published {
            assert!(["yes", "no", "unknown"].contains(&value.as_str()), "{}: {value}", case.id);
        }
        for letter in &case.evidence {
            let known = ["S", "R", "C", "I", "U", "NA"];
            assert!(known.contains(&letter.as_str()), "{}: {letter}", case.id);
        }
    }
}

#[test]
fn every_account_can_be_judged() {
    for case in cases() {
        if let Some(disclosure) = case.disclosure() {
            let ruling = assess(&disclosure).unwrap_or_else(|error| panic!("{}: {error}", case.id));
            let verdict = ruling.decide(plain(&disclosure)).verdict();
            assert_eq!(verdict, Verdict::Allow, "{}: a published flow must be possible", case.id);
        }
    }
}

#[test]
fn only_rows_without_firm_evidence_are_unsettled() {
    for case in cases().iter().filter(|case| case.account == "unsettled") {
        assert!(!case.is_firm(), "{}: firm evidence must be judged", case.id);
        assert!(!case.difference.is_empty(), "{}: say why it cannot be judged", case.id);
    }
}

#[test]
fn firm_evidence_agrees_with_the_rules_or_says_why_not() {
    for case in cases() {
        let Some(disclosure) = case.disclosure() else { continue };
        let ruling = assess(&disclosure).unwrap();
        let patient = plain(&disclosure);
        let differs: Vec<&str> = (0..NAMES.len())
            .filter(|opt_out| match case.firm(*opt_out) {
                Some(true) => !applies(&ruling, patient, *opt_out),
                Some(false) => !changes_nothing(&ruling, patient, *opt_out),
                None => false,
            })
            .map(|opt_out| NAMES[opt_out])
            .collect();
        if differs.is_empty() {
            assert!(case.difference.is_empty(), "{}: agrees, so its excuse is stale", case.id);
        } else {
            assert!(!case.difference.is_empty(), "{}: {differs:?} differ, unexplained", case.id);
        }
    }
}

#[test]
fn a_record_without_an_nhs_number_is_not_blocked() {
    let case = cases().into_iter().find(|case| case.id == "C032").unwrap();
    let disclosure = case.disclosure().unwrap();
    let patient = plain(&disclosure);
    let verdict = |status| {
        let ruling = assess(&disclosure).unwrap();
        ruling.decide(patient.with_national(status)).verdict()
    };
    assert_eq!(verdict(National::OptedOut), Verdict::Deny);
    assert_eq!(verdict(National::NoNhsNumber), Verdict::Allow);
}
