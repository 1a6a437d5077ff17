//! What opens a route, and what comes close and does not (specification, section 4).

use super::{Pair, check, near_misses};

near_misses! {
    /// Anonymous data need no basis, even for commercial use (section 4, OPA6).
    #[test]
    fn anonymous_and_de_identified_for_marketing() {
        allows "anonymous": "gp-record beyond-controller anonymous marketing; ; programme-opt-out; every-opt-out";
        denies "no-lawful-basis": "gp-record beyond-controller de-identified marketing; ; programme-opt-out; every-opt-out";
    }
    /// De-identified data need no basis; identifiable data do (section 4, RES4).
    #[test]
    fn de_identified_and_identifiable_without_a_basis() {
        allows "de-identified": "england-care beyond-controller de-identified research; ; ; every-opt-out";
        denies "no-lawful-basis": "england-care beyond-controller identifiable research; ; ; every-opt-out";
    }
    /// De-identified data serve no commerce (section 4).
    #[test]
    fn de_identified_for_planning_and_for_insurance() {
        allows "de-identified": "england-care beyond-controller de-identified planning; ; ; no-opt-out";
        denies "no-lawful-basis": "england-care beyond-controller de-identified insurance; ; ; no-opt-out";
    }
    /// Consent on record is nothing where the disclosure does not rely on it (section 4).
    #[test]
    fn consent_relied_on_and_consent_merely_on_record() {
        allows "explicit-consent": "gp-record beyond-controller identifiable research; explicit-consent; ; every-opt-out consent";
        denies "type1-dissent": "gp-record beyond-controller identifiable research; copi-reg-5; ; every-opt-out consent";
    }
    /// Marketing opens with explicit consent, not with a public interest (section 4).
    #[test]
    fn marketing_with_consent_and_in_the_public_interest() {
        allows "explicit-consent": "gp-record beyond-controller identifiable marketing; explicit-consent; ; no-opt-out consent";
        denies "no-lawful-basis": "gp-record beyond-controller identifiable marketing; public-interest; ; no-opt-out consent";
    }
    /// Implied consent needs a legitimate relationship (section 4, DH2014).
    #[test]
    fn implied_consent_with_and_without_a_legitimate_relationship() {
        allows "implied-consent": "gp-record beyond-controller identifiable individual-care; implied-consent; legitimate-relationship; no-opt-out type1=dissent national=opted-out";
        denies "no-lawful-basis": "gp-record beyond-controller identifiable individual-care; implied-consent; ; no-opt-out type1=dissent national=opted-out";
    }
    /// Implied consent is for care (section 4).
    #[test]
    fn implied_consent_for_local_and_for_national_audit() {
        allows "implied-consent": "england-care beyond-controller identifiable local-clinical-audit; implied-consent; legitimate-relationship; no-opt-out";
        denies "no-lawful-basis": "england-care beyond-controller identifiable national-clinical-audit; implied-consent; legitimate-relationship; no-opt-out";
    }
    /// Overall benefit serves the care of a patient who lacks capacity, whatever is recorded (section 4, GMC).
    #[test]
    fn overall_benefit_for_care_and_for_research() {
        allows "overall-benefit": "gp-record beyond-controller identifiable individual-care; overall-benefit; programme-opt-out; every-opt-out";
        denies "no-lawful-basis": "gp-record beyond-controller identifiable research; overall-benefit; programme-opt-out; every-opt-out";
    }
    /// An order of a court prevails; a request under a mere power opens nothing (section 4, NHSUK).
    #[test]
    fn a_court_order_and_a_statutory_power() {
        allows "court-order": "gp-record beyond-controller identifiable legal-proceedings; court-order; programme-opt-out national-voluntary type1-upheld; every-opt-out";
        denies "no-lawful-basis": "gp-record beyond-controller identifiable legal-proceedings; statutory-power; programme-opt-out national-voluntary type1-upheld; every-opt-out";
    }
    /// A court may order a disclosure to an insurer; a public interest cannot open it (section 4).
    #[test]
    fn a_court_order_and_a_public_interest_for_insurance() {
        allows "court-order": "gp-record beyond-controller identifiable insurance; court-order; ; every-opt-out";
        denies "no-lawful-basis": "gp-record beyond-controller identifiable insurance; public-interest; ; every-opt-out";
    }
    /// A duty is not a power (section 2, NHSUK).
    #[test]
    fn a_statutory_duty_and_a_statutory_power() {
        allows "statutory-duty": "gp-record beyond-controller identifiable fraud-prevention; statutory-duty; programme-opt-out national-voluntary type1-upheld; every-opt-out";
        denies "no-lawful-basis": "gp-record beyond-controller identifiable fraud-prevention; statutory-power; programme-opt-out national-voluntary type1-upheld; every-opt-out";
    }
    /// No public interest opens commercial use (section 4).
    #[test]
    fn a_public_interest_for_fraud_prevention_and_for_commerce() {
        allows "public-interest": "england-care beyond-controller identifiable fraud-prevention; public-interest; ; every-opt-out";
        denies "no-lawful-basis": "england-care beyond-controller identifiable other-commercial; public-interest; ; every-opt-out";
    }
    /// A collection does not open commercial use (section 4).
    #[test]
    fn a_section_259_collection_for_statistics_and_for_marketing() {
        allows "s259-collection": "gp-record beyond-controller identifiable official-statistics; s259-collection; ; no-opt-out";
        denies "no-lawful-basis": "gp-record beyond-controller identifiable marketing; s259-collection; ; no-opt-out";
    }
    /// Regulation 3 is for public health, not for payment (section 4).
    #[test]
    fn regulation_3_for_public_health_and_for_payment() {
        allows "copi-reg-3": "gp-record beyond-controller identifiable public-health; copi-reg-3; ; no-opt-out";
        denies "no-lawful-basis": "gp-record beyond-controller identifiable provider-payment; copi-reg-3; ; no-opt-out";
    }
    /// Regulation 3 may serve the care of particular people; section 251 may not (section 4, S251).
    #[test]
    fn regulation_3_and_regulation_5_for_care() {
        allows "copi-reg-3": "gp-record beyond-controller identifiable case-finding; copi-reg-3; ; every-opt-out";
        denies "no-lawful-basis": "gp-record beyond-controller identifiable case-finding; copi-reg-5; ; every-opt-out";
    }
    /// Section 251 serves a registry, not the care of particular people (section 4, S251).
    #[test]
    fn section_251_for_a_registry_and_for_care() {
        allows "section-251": "england-care beyond-controller identifiable disease-registration; copi-reg-2; ; no-opt-out objection";
        denies "no-lawful-basis": "england-care beyond-controller identifiable individual-care; copi-reg-2; ; no-opt-out objection";
    }
    /// Section 251 serves payment, not commerce (section 4).
    #[test]
    fn section_251_for_payment_and_for_commerce() {
        allows "section-251": "england-care beyond-controller identifiable prescription-payment; copi-reg-5; ; no-opt-out";
        denies "no-lawful-basis": "england-care beyond-controller identifiable other-commercial; copi-reg-5; ; no-opt-out";
    }
    /// A patient survey is not the patient's own team asking (sections 2 and 10).
    #[test]
    fn asking_by_the_own_team_and_a_patient_survey() {
        allows "implied-consent": "england-care beyond-controller identifiable patient-satisfaction; implied-consent copi-reg-5; legitimate-relationship; no-opt-out national=opted-out";
        denies "national-opt-out": "england-care beyond-controller identifiable patient-survey; implied-consent copi-reg-5; legitimate-relationship; no-opt-out national=opted-out";
    }
}
