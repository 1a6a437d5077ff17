//! The catalogue of published flows: complete, well formed, and honest about what it rests on.

use std::collections::{BTreeMap, BTreeSet};

use optout::flow::{self, Flow};
use optout::{Date, Grade, National, Patient, Programme, Type1, Verdict, assess};

/// The systems that users look for, as they call them, and the entries that answer.
const REQUIRED: &[(&str, &[&str])] = &[
    ("Personal Demographics Service", &["personal-demographics-service"]),
    ("Summary Care Record", &["summary-care-record"]),
    ("e-Referral Service", &["e-referral-service"]),
    ("Electronic Prescription Service", &["electronic-prescription-service"]),
    ("electronic repeat dispensing", &["electronic-repeat-dispensing"]),
    ("National Record Locator", &["national-record-locator"]),
    ("National Events Management Service", &["national-events-management-service"]),
    ("Local Events Management Services", &["local-events-management-service"]),
    ("shared care records", &["shared-care-record", "shared-care-record-planning"]),
    (
        "Local Health and Care Record exemplars",
        &["local-health-and-care-record", "local-health-and-care-record-planning"],
    ),
    ("personal health records", &["personal-health-record"]),
    ("patient access", &["patient-access"]),
    ("GPES collections", &["gpes-payment-counts", "gpes-record-level"]),
    ("GPDPR", &["gpdpr"]),
    ("CQRS", &["cqrs"]),
    ("Quality and Outcomes Framework", &["quality-and-outcomes-framework"]),
    ("Directed Enhanced Services", &["directed-enhanced-services"]),
    ("Vaccination and Immunisation", &["vaccination-and-immunisation"]),
    ("GP appointments data", &["gp-appointments-data"]),
    ("prescribing data", &["prescribing-data"]),
    ("NHS BSA payment", &["nhsbsa-prescription-payment"]),
    ("NHS England's secure data environment", &["nhs-england-sde"]),
    ("OpenSAFELY", &["opensafely", "opensafely-data-analytics-service"]),
    ("LeDeR reviews", &["leder"]),
    ("census", &["census"]),
    ("official statistics", &["official-statistics"]),
    ("section 251 research", &["section-251-research", "section-251-research-gp"]),
    ("national audits", &["national-clinical-audit", "national-clinical-audit-disapplied"]),
    ("PICANet", &["picanet-audit", "picanet-research"]),
    ("consented research", &["consented-research"]),
    ("COVID-19 under regulation 3", &["covid-19-regulation-3"]),
    ("GDPPR", &["gdppr"]),
    ("court orders", &["court-order"]),
    ("cancer registration", &["cancer-registration"]),
    ("rare-disease registration", &["rare-disease-registration"]),
    ("child death review", &["child-death-review"]),
    ("medical examiners", &["medical-examiner"]),
    ("invoice validation", &["invoice-validation", "invoice-validation-non-contracted"]),
    ("risk stratification", &["risk-stratification-case-finding", "risk-stratification-planning"]),
    ("CPRD", &["cprd"]),
    ("ORCHID", &["orchid"]),
    ("screening invitations", &["screening-invitations"]),
    ("a police request without a warrant", &["police-request-without-warrant"]),
];

fn by_id() -> BTreeMap<&'static str, Vec<&'static Flow>> {
    let mut flows: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for flow in flow::all() {
        flows.entry(flow.id).or_default().push(flow);
    }
    flows
}

/// Someone about whom everything is known, and who has recorded no opt-out.
const NO_OPT_OUT: Patient = Patient::UNKNOWN
    .with_type1(Type1::None)
    .with_national(National::None)
    .with_programme(Programme::None);

fn verdict(id: &str, on: Date, patient: Patient) -> Verdict {
    let flow = flow::find(id, on).unwrap_or_else(|error| panic!("{error}"));
    assess(&flow.disclosure(on)).unwrap().decide(patient).verdict()
}

#[test]
fn every_system_that_users_look_for_is_present() {
    let flows = by_id();
    for (term, ids) in REQUIRED {
        for id in *ids {
            assert!(flows.contains_key(id), "{term}: no flow {id}");
        }
    }
}

#[test]
fn ids_are_kebab_case() {
    for flow in flow::all() {
        let parts = flow.id.split('-');
        for part in parts {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
            assert!(!part.is_empty() && part.chars().all(plain), "{}", flow.id);
        }
        assert!(flow.id.starts_with(|c: char| c.is_ascii_lowercase()), "{}", flow.id);
    }
}

#[test]
fn entries_of_one_id_follow_each_other_without_gap_or_overlap() {
    for (id, mut flows) in by_id() {
        flows.sort_by_key(|flow| flow.from);
        for pair in flows.windows(2) {
            let until = pair[0].until.unwrap_or_else(|| panic!("{id}: an open end, then more"));
            let gap = pair[1].from.days_since_1970() - until.days_since_1970();
            assert_eq!(gap, 1, "{id}: {until} is followed by {}", pair[1].from);
            assert_ne!(pair[0].terms, pair[1].terms, "{id}: two entries, the same terms");
        }
        for flow in flows {
            assert!(flow.until.is_none_or(|until| flow.from <= until), "{id}: ends, then begins");
            assert!(flow::find(id, flow.from).is_ok_and(|found| found.from == flow.from), "{id}");
            if let Some(until) = flow.until {
                assert!(flow::find(id, until).is_ok_and(|found| found.from == flow.from), "{id}");
            }
        }
    }
}

#[test]
fn every_entry_can_be_assessed_on_its_first_day() {
    for flow in flow::all() {
        if let Err(error) = assess(&flow.disclosure(flow.from)) {
            panic!("{}: {error}", flow.id);
        }
    }
}

#[test]
fn every_entry_says_what_it_is_and_where_that_is_known_from() {
    for flow in flow::all() {
        for text in [flow.name, flow.sender, flow.recipient, flow.note] {
            assert!(!text.is_empty() && text.trim() == text && !text.contains("  "), "{}", flow.id);
        }
        assert!(flow.conflict.is_none_or(|text| !text.is_empty()), "{}", flow.id);
        assert!(!flow.sources.is_empty(), "{}: no source", flow.id);
        let unique: BTreeSet<String> = flow.sources.iter().map(ToString::to_string).collect();
        assert_eq!(unique.len(), flow.sources.len(), "{}: a source given twice", flow.id);
    }
}

/// What is ours stands in its own field, so that the list to confirm holds all of it.
#[test]
fn the_note_of_an_entry_that_was_read_holds_nothing_of_ours() {
    let marks =
        ["our reading", "and ours", "assum", "general knowledge", "approximate", "is taken"];
    for flow in flow::all() {
        if let Some(ours) = flow.ours {
            assert!(ours.ends_with('.') && ours.trim() == ours && !ours.contains("  "), "{ours}");
        }
        assert_eq!(flow.to_confirm().is_some(), flow.ours.is_some() || flow.grade.is_our_reading());
        if !flow.grade.is_our_reading() {
            let note = flow.note.to_lowercase();
            let mark = marks.iter().find(|mark| note.contains(**mark));
            assert_eq!(mark, None, "{}: {}", flow.id, flow.note);
        }
    }
}

#[test]
fn an_entry_that_is_ours_says_so() {
    for flow in flow::all().filter(|flow| flow.grade.is_our_reading()) {
        let note = flow.note.to_lowercase();
        let said = note.contains(match flow.grade {
            Grade::C => "general knowledge",
            Grade::A | Grade::B | Grade::D => "our reading",
        });
        assert!(said, "{}, grade {}: {}", flow.id, flow.grade.code(), flow.note);
    }
}

/// What a flow does to a patient with no opt-out, with Type 1, and with the national one.
#[test]
fn flows_give_the_answers_that_users_expect_of_them() {
    const ALLOW: Verdict = Verdict::Allow;
    const DENY: Verdict = Verdict::Deny;
    let (type1, national) =
        (NO_OPT_OUT.with_type1(Type1::Dissent), NO_OPT_OUT.with_national(National::OptedOut));
    for (id, on, expected) in [
        ("summary-care-record", "2026-06-01", [ALLOW, ALLOW, ALLOW]),
        ("quality-and-outcomes-framework", "2026-06-01", [ALLOW, ALLOW, ALLOW]),
        ("gpes-record-level", "2026-06-01", [ALLOW, DENY, ALLOW]),
        ("gdppr", "2021-06-01", [ALLOW, DENY, ALLOW]),
        ("gpdpr", "2021-06-01", [ALLOW, DENY, ALLOW]),
        ("gpdpr", "2026-06-01", [DENY, DENY, DENY]),
        ("opensafely", "2023-06-30", [ALLOW, ALLOW, ALLOW]),
        ("opensafely", "2023-07-01", [ALLOW, DENY, ALLOW]),
        ("cprd", "2026-06-01", [ALLOW, DENY, DENY]),
        ("section-251-research", "2026-06-01", [ALLOW, ALLOW, DENY]),
        ("section-251-research-gp", "2026-06-01", [ALLOW, DENY, DENY]),
        ("picanet-audit", "2022-07-28", [ALLOW, ALLOW, DENY]),
        ("picanet-audit", "2022-07-29", [ALLOW, ALLOW, ALLOW]),
        ("medical-examiner", "2024-09-08", [ALLOW, DENY, DENY]),
        ("medical-examiner", "2024-09-09", [ALLOW, ALLOW, ALLOW]),
        ("cancer-registration", "2026-06-01", [ALLOW, ALLOW, ALLOW]),
        ("invoice-validation", "2026-06-01", [ALLOW, ALLOW, DENY]),
        ("invoice-validation-non-contracted", "2026-06-01", [ALLOW, ALLOW, ALLOW]),
        ("court-order", "2026-06-01", [ALLOW, ALLOW, ALLOW]),
        ("police-request-without-warrant", "2026-06-01", [DENY, DENY, DENY]),
        ("consented-research", "2026-06-01", [DENY, DENY, DENY]),
    ] {
        let on: Date = on.parse().unwrap();
        let given = [NO_OPT_OUT, type1, national].map(|patient| verdict(id, on, patient));
        assert_eq!(given, expected, "{id} on {on}");
    }
}

#[test]
fn a_programme_of_its_own_opt_out_is_honoured() {
    let on = Date::ymd(2026, 6, 1);
    for id in ["summary-care-record", "screening-invitations", "cancer-registration", "epilepsy12"]
    {
        let opted_out = NO_OPT_OUT.with_programme(Programme::OptedOut);
        assert_eq!(verdict(id, on, NO_OPT_OUT), Verdict::Allow, "{id}");
        assert_eq!(verdict(id, on, opted_out), Verdict::Deny, "{id}");
    }
}

#[test]
fn consent_and_nothing_else_opens_a_flow_that_rests_on_it() {
    let on = Date::ymd(2026, 6, 1);
    let objector = NO_OPT_OUT.with_type1(Type1::Dissent).with_national(National::OptedOut);
    for id in ["consented-research", "insurance-medical-report", "personal-health-record"] {
        assert_eq!(verdict(id, on, NO_OPT_OUT), Verdict::Deny, "{id}");
        assert_eq!(verdict(id, on, objector.with_explicit_consent()), Verdict::Allow, "{id}");
    }
}

#[test]
fn dates_outside_the_terms_are_refused() {
    let ended = flow::find("covid-19-regulation-3", Date::ymd(2022, 7, 1));
    assert!(matches!(ended, Err(flow::FlowError::NotOnThisDay(_))));
    let early = flow::find("opensafely", Date::ymd(2019, 1, 1));
    assert!(matches!(early, Err(flow::FlowError::NotOnThisDay(_))));
    assert!(matches!(
        flow::find("opensafly", Date::ymd(2026, 6, 1)),
        Err(flow::FlowError::Unknown(_))
    ));
}
