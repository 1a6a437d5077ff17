//! What an explanation promises.
#![cfg(feature = "std")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

use optout::Ruling;
use optout::binding::OptOut;
use optout::explain::{Change, Explanation, Layout, Outcome};
use optout::{
    Bases, Boundary, Conditions, Date, Disclosure, Identifiability, National, Origin, Patient,
    Programme, Purpose, Route, Type1, Verdict, assess, flow,
};

const ON: Date = Date::ymd(2026, 6, 1);

/// Nothing known, each status in turn, several together, an objection, consent, invalid fields.
const SOME_PATIENTS: [u8; 16] = [
    0,
    0b01,
    0b10,
    0b0100,
    0b0101,
    0b1000,
    0b1010,
    0b1100,
    0b01_0001,
    0b01_0101,
    0b10_0110,
    0b10_1010,
    0b1001_0101,
    0b1101_1010,
    0b0011,
    0b11_0000,
];

/// Section 251 research from a GP record.
const RESEARCH: Disclosure = Disclosure {
    origin: Origin::GpRecord,
    boundary: Boundary::BeyondController,
    identifiability: Identifiability::Identifiable,
    purpose: Purpose::Research,
    bases: Bases::COPI_REG_5,
    conditions: Conditions::empty(),
    on: ON,
};

fn judged(disclosure: &Disclosure) -> Ruling {
    assess(disclosure).unwrap()
}

fn changes(disclosure: &Disclosure, patient: Patient) -> Vec<Change> {
    let ruling = judged(disclosure);
    Explanation::for_patient(&ruling, patient).patient().unwrap().changes().collect()
}

fn warnings(disclosure: &Disclosure) -> Vec<String> {
    Explanation::of(&judged(disclosure)).warnings().map(|warning| warning.to_string()).collect()
}

/// Every disclosure of one purpose of each class, with one basis or none and one condition or none.
fn some_disclosures() -> impl Iterator<Item = Disclosure> {
    let purposes = [
        Purpose::IndividualCare,
        Purpose::Research,
        Purpose::InvoiceValidation,
        Purpose::Insurance,
    ];
    let bases = || Bases::all().iter().chain([Bases::empty()]);
    let conditions = || Conditions::all().iter().chain([Conditions::empty()]);
    [Origin::GpRecord, Origin::EnglandCare].into_iter().flat_map(move |origin| {
        Identifiability::ALL.iter().flat_map(move |&identifiability| {
            purposes.into_iter().flat_map(move |purpose| {
                bases().flat_map(move |bases| {
                    conditions().map(move |conditions| Disclosure {
                        origin,
                        identifiability,
                        purpose,
                        bases,
                        conditions,
                        ..RESEARCH
                    })
                })
            })
        })
    })
}

/// The patient and the disclosure, once the change has been made.
fn made(change: Change, disclosure: Disclosure, patient: Patient) -> (Disclosure, Patient) {
    match change {
        Change::ObtainStatus(opt_outs) => (
            disclosure,
            opt_outs.iter().fold(patient, |patient, opt_out| match opt_out {
                OptOut::Type1 => patient.with_type1(Type1::None),
                OptOut::National => patient.with_national(National::None),
                OptOut::Programme => patient.with_programme(Programme::None),
                OptOut::CareObjection => panic!("a care objection is never unknown"),
            }),
        ),
        Change::RecordConsent => (
            Disclosure { bases: disclosure.bases | Bases::EXPLICIT_CONSENT, ..disclosure },
            patient.with_explicit_consent(),
        ),
        Change::DeIdentify => {
            (Disclosure { identifiability: Identifiability::DeIdentified, ..disclosure }, patient)
        }
        Change::Anonymise => {
            (Disclosure { identifiability: Identifiability::Anonymous, ..disclosure }, patient)
        }
        Change::RelyOn(basis) => {
            (Disclosure { bases: disclosure.bases | basis, ..disclosure }, patient)
        }
        other => panic!("a change that this test does not know: {other:?}"),
    }
}

#[test]
fn a_change_once_made_turns_the_denial_into_an_allow() {
    let mut made_some = 0;
    for disclosure in some_disclosures() {
        for byte in SOME_PATIENTS {
            let patient = Patient::from_byte(byte);
            for change in changes(&disclosure, patient) {
                let (disclosure, patient) = made(change, disclosure, patient);
                let ruling = assess(&disclosure).expect("a change never makes an error");
                assert_eq!(ruling.decide(patient).verdict(), Verdict::Allow, "{change:?}");
                made_some += 1;
            }
        }
    }
    assert!(made_some > 1000);
}

#[test]
fn a_change_is_never_a_way_round() {
    let never = Bases::PUBLIC_INTEREST | Bases::STATUTORY_POWER;
    for disclosure in some_disclosures() {
        for byte in SOME_PATIENTS {
            for change in changes(&disclosure, Patient::from_byte(byte)) {
                if let Change::RelyOn(basis) = change {
                    assert!(!never.intersects(basis), "{basis:?} was suggested");
                }
            }
        }
    }
}

#[test]
fn an_allow_and_an_invalid_byte_have_nothing_to_change() {
    for disclosure in some_disclosures() {
        let ruling = assess(&disclosure).unwrap();
        for byte in SOME_PATIENTS {
            let patient = Patient::from_byte(byte);
            if ruling.decide(patient).is_allowed() || !patient.is_valid() {
                assert_eq!(changes(&disclosure, patient), [], "{byte}");
            }
        }
    }
}

#[test]
fn a_dissent_is_never_to_be_found_out() {
    let patient = Patient::UNKNOWN.with_type1(Type1::Dissent).with_national(National::OptedOut);
    let statuses = |change: &Change| matches!(change, Change::ObtainStatus(_));
    assert!(!changes(&RESEARCH, patient).iter().any(statuses));
}

#[test]
fn one_status_is_named_where_one_would_do_and_all_where_none_would() {
    let one = Patient::UNKNOWN.with_national(National::None);
    assert_eq!(
        changes(&RESEARCH, one)[0],
        Change::ObtainStatus([OptOut::Type1].into_iter().collect())
    );
    let both = [OptOut::Type1, OptOut::National].into_iter().collect();
    assert_eq!(changes(&RESEARCH, Patient::UNKNOWN)[0], Change::ObtainStatus(both));
}

#[test]
fn the_changes_of_a_type1_dissent_in_a_collection_are_these() {
    let collection =
        Disclosure { purpose: Purpose::Planning, bases: Bases::S259_COLLECTION, ..RESEARCH };
    let patient = Patient::UNKNOWN.with_type1(Type1::Dissent).with_national(National::None);
    let expected = [
        Change::RecordConsent,
        Change::Anonymise,
        Change::RelyOn(Bases::COURT_ORDER),
        Change::RelyOn(Bases::COPI_REG_3),
    ];
    assert_eq!(changes(&collection, patient), expected);
}

/// Another basis would be a way round an objection to sharing for care.
#[test]
fn an_objection_to_sharing_for_care_is_answered_by_consent_or_by_what_the_law_requires() {
    let care = Disclosure {
        purpose: Purpose::IndividualCare,
        bases: Bases::IMPLIED_CONSENT,
        conditions: Conditions::LEGITIMATE_RELATIONSHIP,
        ..RESEARCH
    };
    let expected = [
        Change::RecordConsent,
        Change::RelyOn(Bases::COURT_ORDER),
        Change::RelyOn(Bases::STATUTORY_DUTY),
    ];
    assert_eq!(changes(&care, Patient::UNKNOWN.with_care_objection()), expected);
}

#[test]
fn consent_that_is_on_record_is_only_to_be_relied_on() {
    let patient = Patient::UNKNOWN.with_type1(Type1::Dissent).with_explicit_consent();
    let found = changes(&RESEARCH, patient);
    assert_eq!(found[0], Change::RelyOn(Bases::EXPLICIT_CONSENT));
    assert!(!found.contains(&Change::RecordConsent));
}

#[test]
fn every_route_is_open_or_says_why_it_is_closed() {
    for disclosure in some_disclosures() {
        let ruling = judged(&disclosure);
        let explanation = Explanation::for_patient(&ruling, Patient::UNKNOWN);
        assert_eq!(explanation.routes().count(), Route::ALL.len());
        for finding in explanation.routes() {
            assert_eq!(finding.is_open(), finding.closed_because().next().is_none());
            assert_eq!(finding.opt_outs().count(), OptOut::ALL.len());
            assert!(!finding.citations().is_empty());
            for opt_out in finding.opt_outs() {
                let because = opt_out.because().to_string();
                assert!(because.ends_with('.'), "{because}");
                assert!(!opt_out.citations().is_empty());
            }
        }
    }
}

#[test]
fn an_opt_out_says_whether_it_binds_is_out_of_scope_or_lifted_and_by_what() {
    let effect = |disclosure: &Disclosure, route: Route, opt_out: OptOut| {
        let ruling = judged(disclosure);
        let mut routes = Explanation::for_patient(&ruling, Patient::UNKNOWN).routes();
        let finding = routes.find(|finding| finding.route() == route).unwrap();
        let found = finding.opt_outs().find(|o| o.opt_out() == opt_out).unwrap();
        (found.effect(), found.because().to_string(), found.citations()[0].clause.code())
    };
    let (binds, _, clause) = effect(&RESEARCH, Route::Section251, OptOut::National);
    assert_eq!((binds, clause), (Outcome::Binds, "OP5.1"));

    let hospital = Disclosure { origin: Origin::EnglandCare, ..RESEARCH };
    let (out, because, clause) = effect(&hospital, Route::Section251, OptOut::Type1);
    assert_eq!((out, clause), (Outcome::OutOfScope, "POD15"));
    assert!(because.contains("GP records only"), "{because}");

    let disapplied = Disclosure { conditions: Conditions::NATIONAL_DISAPPLIED, ..RESEARCH };
    let (lifted, because, _) = effect(&disapplied, Route::Section251, OptOut::National);
    assert_eq!(lifted, Outcome::Lifted);
    assert!(because.contains("`national-disapplied`"), "{because}");

    let invoice = Disclosure { purpose: Purpose::InvoiceValidationNonContracted, ..RESEARCH };
    let (lifted, because, clause) = effect(&invoice, Route::Section251, OptOut::National);
    assert_eq!((lifted, clause), (Outcome::Lifted, "OP7.1"));
    assert!(because.contains("`invoice-validation-non-contracted`"), "{because}");

    let voluntary = Disclosure {
        identifiability: Identifiability::DeIdentified,
        conditions: Conditions::NATIONAL_VOLUNTARY,
        ..RESEARCH
    };
    let (binds, because, _) = effect(&voluntary, Route::DeIdentified, OptOut::National);
    assert_eq!(binds, Outcome::Binds);
    assert!(because.contains("`national-voluntary`"), "{because}");
}

#[test]
fn an_assertion_without_effect_is_a_warning_and_one_with_effect_is_none() {
    let warnings = |conditions, bases| warnings(&Disclosure { conditions, bases, ..RESEARCH });
    let said = |warnings: &[String], code: &str| {
        warnings.iter().any(|warning| warning.starts_with(&format!("`{code}`")))
    };
    let idle = warnings(Conditions::TYPE1_UPHELD, Bases::COPI_REG_5);
    assert!(said(&idle, "type1-upheld"), "{idle:?}");
    let useful = warnings(Conditions::TYPE1_UPHELD, Bases::COPI_REG_3);
    assert!(!said(&useful, "type1-upheld"), "{useful:?}");
    let both = Conditions::NATIONAL_DISAPPLIED | Conditions::PROGRAMME_OPT_OUT;
    assert_eq!(warnings(both, Bases::COPI_REG_5), Vec::<String>::new());
    assert!(said(&warnings(both, Bases::COPI_REG_3), "national-disapplied"));
    assert!(said(&warnings(Conditions::empty(), Bases::STATUTORY_POWER), "statutory-power"));
    assert!(said(&warnings(Conditions::empty(), Bases::IMPLIED_CONSENT), "implied-consent"));
    assert_eq!(warnings(Conditions::empty(), Bases::COPI_REG_5), Vec::<String>::new());
}

#[test]
fn a_route_that_frees_everyone_is_a_warning() {
    let bases = Bases::COPI_REG_5 | Bases::PUBLIC_INTEREST;
    let found = warnings(&Disclosure { bases, ..RESEARCH }).join(" ");
    assert!(found.contains("permits every patient"), "{found}");
    let bases = Bases::COPI_REG_5 | Bases::EXPLICIT_CONSENT;
    assert_eq!(warnings(&Disclosure { bases, ..RESEARCH }), Vec::<String>::new());
}

#[test]
fn what_needs_evidence_is_listed_and_what_does_not_is_not() {
    let bases = Bases::all() - Bases::STATUTORY_DUTY;
    let conditions = Conditions::all() - Conditions::TYPE1_UPHELD;
    let ruling = judged(&Disclosure { bases, conditions, ..RESEARCH });
    let needed: Vec<_> =
        Explanation::of(&ruling).evidence_needed().map(|needed| needed.assertion).collect();
    let expected = [
        "court-order",
        "s259-collection",
        "copi-reg-2",
        "copi-reg-3",
        "copi-reg-5",
        "public-interest",
        "national-disapplied",
        "type1-not-upheld",
    ];
    assert_eq!(needed, expected);
}

#[test]
fn our_own_readings_are_marked() {
    let text = Explanation::for_patient(&judged(&RESEARCH), Patient::UNKNOWN).to_string();
    assert!(text.contains("S251 (D, our reading)"), "{text}");
    assert!(text.contains("OP5.1 (A)"), "{text}");
    assert!(!text.contains("OP5.1 (A, our reading)"), "{text}");
}

#[test]
fn text_keeps_to_its_width_and_colours_only_when_asked() {
    for width in [40, 57, 80, 100, 500] {
        for entry in flow::all() {
            let ruling = assess(&entry.disclosure(entry.from)).unwrap();
            let explanation = Explanation::for_patient(&ruling, Patient::UNKNOWN);
            let plain = explanation.to_text(Layout { width, colour: false });
            assert!(!plain.contains('\u{1b}'));
            for line in plain.lines() {
                // A code that is longer than the line stands alone on it.
                let fits = line.chars().count() <= width.clamp(40, 100);
                assert!(fits || !line.trim().contains(' '), "{width}: {line}");
                assert!(!line.ends_with(' '), "{width}: {line:?}");
            }
            let coloured = explanation.to_text(Layout { width, colour: true });
            assert!(coloured.contains('\u{1b}'));
            assert_eq!(without_escapes(&coloured), plain);
        }
    }
}

fn without_escapes(text: &str) -> String {
    let mut plain = String::new();
    let mut escape = false;
    for c in text.chars() {
        match (escape, c) {
            (false, '\u{1b}') => escape = true,
            (false, c) => plain.push(c),
            (true, 'm') => escape = false,
            (true, _) => {}
        }
    }
    plain
}
