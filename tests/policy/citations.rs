//! The clauses behind a decision (section 6), and the evidence that it rests on (section 2).

use optout::binding::MATRIX;
use optout::route::ROUTES;
use optout::{Bases, Clause, Conditions, Date, Disclosure, Patient, Reason, Ruling, assess};
use optout::{Boundary, Identifiability, Origin, Purpose};

use crate::question::ask;

/// A question, the clauses of its decision, and the assertions it rests on that need evidence.
const CASES: &[(&str, &[&str], &[&str])] = &[
    // An allow cites its route, and rests on the basis that opened it.
    (
        "england-care beyond-controller identifiable research; copi-reg-5; ; no-opt-out",
        &["OP5.1", "S251", "COPI"],
        &["copi-reg-5"],
    ),
    (
        "england-care beyond-controller identifiable research; copi-reg-2 copi-reg-5; ; no-opt-out",
        &["OP5.1", "S251", "COPI"],
        &["copi-reg-2", "copi-reg-5"],
    ),
    (
        "gp-record beyond-controller identifiable legal-proceedings; court-order; ; every-opt-out",
        &["NHSUK"],
        &["court-order"],
    ),
    // An allow on another route does not rest on what the first would need.
    (
        "england-care beyond-controller identifiable research; explicit-consent copi-reg-5; ; every-opt-out consent",
        &["RES6"],
        &[],
    ),
    (
        "england-care beyond-controller anonymous research; copi-reg-5; ; every-opt-out",
        &["OPA6", "NHSUK"],
        &[],
    ),
    (
        "gp-record beyond-controller identifiable individual-care; implied-consent; legitimate-relationship; nothing-known",
        &["GPG2023", "DH2014"],
        &[],
    ),
    // An assertion that lifts an opt-out is rested on, one that lifts nothing is not.
    (
        "england-care beyond-controller identifiable research; copi-reg-5; national-disapplied; every-opt-out",
        &["OP5.1", "S251", "COPI"],
        &["copi-reg-5", "national-disapplied"],
    ),
    (
        "england-care beyond-controller identifiable research; copi-reg-3; national-disapplied; every-opt-out",
        &["OP6.2", "COPI"],
        &["copi-reg-3"],
    ),
    (
        "gp-record beyond-controller de-identified research; ; type1-not-upheld; every-opt-out",
        &["RES4", "OPA6", "NHSUK"],
        &["type1-not-upheld"],
    ),
    (
        "england-care beyond-controller de-identified research; ; type1-not-upheld; every-opt-out",
        &["RES4", "OPA6", "NHSUK"],
        &[],
    ),
    // A denial cites each binding that blocks, once, in order, and rests on nothing.
    (
        "gp-record beyond-controller identifiable research; copi-reg-5; ; no-opt-out type1=dissent",
        &["POD15", "S251"],
        &[],
    ),
    (
        "gp-record beyond-controller identifiable research; copi-reg-5; ; no-opt-out national=unknown",
        &["OP5.1"],
        &[],
    ),
    (
        "gp-record beyond-controller identifiable research; copi-reg-5; ; nothing-known",
        &["POD15", "S251", "OP5.1"],
        &[],
    ),
    (
        "gp-record beyond-controller identifiable planning; s259-collection copi-reg-5; ; no-opt-out type1=dissent",
        &["PHSMI", "GDPPR", "POD15", "S251"],
        &[],
    ),
    (
        "gp-record beyond-controller de-identified research; ; programme-opt-out; every-opt-out",
        &["OS-T1", "CPRD", "GPDPR", "READING"],
        &[],
    ),
    (
        "gp-record beyond-controller identifiable individual-care; implied-consent; legitimate-relationship; no-opt-out objection",
        &["GPG2023", "GMC"],
        &[],
    ),
    // A denial by no opt-out cites what is missing.
    (
        "gp-record beyond-controller identifiable research; statutory-power; ; no-opt-out",
        &["OP8"],
        &[],
    ),
    (
        "gp-record beyond-controller identifiable research; explicit-consent; ; no-opt-out",
        &["RES6"],
        &[],
    ),
];

#[test]
fn a_decision_cites_the_clauses_behind_it_and_the_evidence_it_rests_on() {
    for (question, clauses, evidence) in CASES {
        let asked = ask(question);
        let ruling = asked.ruling();
        let cited: Vec<_> =
            ruling.clauses(asked.patient).as_slice().iter().map(|clause| clause.code()).collect();
        assert_eq!(cited, *clauses, "{question}");
        let (bases, conditions) = ruling.evidence(asked.patient);
        let rested_on: Vec<_> = bases.codes().chain(conditions.codes()).collect();
        assert_eq!(rested_on, *evidence, "{question}");
    }
}

#[test]
fn an_invalid_byte_cites_nothing() {
    let asked = ask("gp-record beyond-controller identifiable research; copi-reg-5; ; no-opt-out");
    assert_eq!(asked.ruling().clauses(Patient::from_byte(0b11)).as_slice(), []);
}

/// Origin, identifiability, one purpose of each class, each single basis and condition, all bytes.
fn rulings() -> impl Iterator<Item = Ruling> {
    let purposes = [Purpose::IndividualCare, Purpose::Research, Purpose::InvoiceValidation];
    let conditions = || Conditions::all().iter().chain([Conditions::empty()]);
    purposes.into_iter().flat_map(move |purpose| {
        Identifiability::ALL.iter().flat_map(move |&identifiability| {
            Bases::all().iter().flat_map(move |bases| {
                conditions().map(move |conditions| {
                    let disclosure = Disclosure {
                        origin: Origin::GpRecord,
                        boundary: Boundary::BeyondController,
                        identifiability,
                        purpose,
                        bases: bases | Bases::EXPLICIT_CONSENT,
                        conditions,
                        on: Date::ymd(2026, 6, 1),
                    };
                    assess(&disclosure).expect("no contradiction")
                })
            })
        })
    })
}

/// Found by searching the tables, not by their order.
#[test]
fn a_denial_cites_the_cells_that_block_and_an_allow_its_route() {
    for ruling in rulings() {
        for byte in 0..=u8::MAX {
            let patient = Patient::from_byte(byte);
            let decision = ruling.decide(patient);
            let mut expected: Vec<Clause> = Vec::new();
            let mut cite = |clause| {
                if !expected.contains(&clause) {
                    expected.push(clause);
                }
            };
            for rule in ROUTES.iter().filter(|rule| decision.route() == Some(rule.route)) {
                rule.citations.iter().for_each(|citation| cite(citation.clause));
            }
            if decision.reason() >= Reason::Type1Dissent {
                let cells = MATRIX.iter().flatten().filter(|cell| {
                    let served =
                        ROUTES.iter().any(|rule| rule.route == cell.route && rule.serves(patient));
                    ruling.is_open(cell.route)
                        && served
                        && cell.effect(ruling.disclosure()).binds()
                        && decision.blocked_by().intersects(cell.opt_out.reasons())
                });
                for cell in cells {
                    cell.citations.iter().for_each(|citation| cite(citation.clause));
                }
            }
            if expected.is_empty() {
                let silent =
                    [Reason::InvalidStatus, Reason::NoLawfulBasis, Reason::ConsentNotRecorded];
                assert!(silent.contains(&decision.reason()));
                continue;
            }
            assert_eq!(ruling.clauses(patient).as_slice(), expected);
        }
    }
}

/// What a developer sees in a log names the decision and the open routes, and no patient.
#[test]
fn a_decision_and_a_ruling_show_what_was_decided() {
    let asked = ask(
        "gp-record beyond-controller identifiable research; copi-reg-5; ; no-opt-out type1=dissent",
    );
    let shown = format!("{:?}", asked.decision());
    assert!(shown.contains("Deny") && shown.contains("Type1Dissent"), "{shown}");
    let shown = format!("{:?}", asked.ruling());
    assert!(shown.contains("{Section251}") && shown.contains("Research"), "{shown}");
    let shown = format!("{:?}", asked.ruling().clauses(asked.patient));
    assert_eq!(shown, "[Pod15, S251]");
}
