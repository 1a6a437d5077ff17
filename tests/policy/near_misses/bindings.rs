//! What frees a disclosure from an opt-out, and what comes close and does not (specification, sections
//! 1, 3, 5 and 10).

use super::{Pair, check, near_misses};

near_misses! {
    /// Anonymous data are outside Type 1; record-level data are not (section 5, OS-T1, CPRD).
    #[test]
    fn anonymous_and_de_identified_against_type1() {
        allows "anonymous": "gp-record beyond-controller anonymous research; ; ; no-opt-out type1=dissent";
        denies "type1-dissent": "gp-record beyond-controller de-identified research; ; ; no-opt-out type1=dissent";
    }
    /// A promise to uphold Type 1 reaches anonymous data (section 5).
    #[test]
    fn anonymous_and_anonymous_where_type1_is_upheld() {
        allows "anonymous": "gp-record beyond-controller anonymous research; ; ; no-opt-out type1=dissent";
        denies "type1-dissent": "gp-record beyond-controller anonymous research; ; type1-upheld; no-opt-out type1=dissent";
    }
    /// A national opt-out applied voluntarily reaches anonymous data (section 5).
    #[test]
    fn anonymous_and_anonymous_where_the_national_is_voluntary() {
        allows "anonymous": "england-care beyond-controller anonymous research; ; ; no-opt-out national=opted-out";
        denies "national-opt-out": "england-care beyond-controller anonymous research; ; national-voluntary; no-opt-out national=opted-out";
    }
    /// A programme's opt-out reaches de-identified data and not anonymous data (section 5).
    #[test]
    fn anonymous_and_de_identified_against_a_programme() {
        allows "anonymous": "england-care beyond-controller anonymous planning; ; programme-opt-out; no-opt-out programme=opted-out";
        denies "programme-opt-out": "england-care beyond-controller de-identified planning; ; programme-opt-out; no-opt-out programme=opted-out";
    }
    /// The national opt-out does not reach de-identified data (section 5, RES4).
    #[test]
    fn de_identified_and_identifiable_against_the_national_opt_out() {
        allows "de-identified": "england-care beyond-controller de-identified research; copi-reg-5; ; no-opt-out national=opted-out";
        denies "national-opt-out": "england-care beyond-controller identifiable research; copi-reg-5; ; no-opt-out national=opted-out";
    }
    /// Applied voluntarily, it does (section 5).
    #[test]
    fn de_identified_and_de_identified_where_the_national_is_voluntary() {
        allows "de-identified": "gp-record beyond-controller de-identified research; ; ; no-opt-out national=opted-out";
        denies "national-opt-out": "gp-record beyond-controller de-identified research; ; national-voluntary; no-opt-out national=opted-out";
    }
    /// Type 1 binds on de-identified data unless the terms say that it is not upheld (section 5, OS-T1).
    #[test]
    fn de_identified_with_type1_not_upheld_and_without() {
        allows "de-identified": "gp-record beyond-controller de-identified research; ; type1-not-upheld; no-opt-out type1=dissent";
        denies "type1-dissent": "gp-record beyond-controller de-identified research; ; ; no-opt-out type1=dissent";
    }
    /// Consent to this use defeats every opt-out, where this patient has given it (section 5, RES6, RCGP).
    #[test]
    fn consent_recorded_and_consent_not_recorded() {
        allows "explicit-consent": "gp-record beyond-controller identifiable research; explicit-consent; programme-opt-out national-voluntary type1-upheld; every-opt-out consent";
        denies "consent-not-recorded": "gp-record beyond-controller identifiable research; explicit-consent; programme-opt-out national-voluntary type1-upheld; every-opt-out";
    }
    /// Explicit consent to this use stands over a general objection; implied consent does not (section 5).
    #[test]
    fn an_objection_with_explicit_and_with_implied_consent() {
        allows "explicit-consent": "gp-record beyond-controller identifiable individual-care; explicit-consent; legitimate-relationship; no-opt-out consent objection";
        denies "care-objection": "gp-record beyond-controller identifiable individual-care; implied-consent; legitimate-relationship; no-opt-out consent objection";
    }
    /// A care objection counts when recorded: its absence never withholds care (section 1, GPG2023).
    #[test]
    fn implied_consent_of_the_unknown_and_of_the_objecting() {
        allows "implied-consent": "gp-record beyond-controller identifiable individual-care; implied-consent; legitimate-relationship; nothing-known";
        denies "care-objection": "gp-record beyond-controller identifiable individual-care; implied-consent; legitimate-relationship; nothing-known objection";
    }
    /// A shared record's own opt-out binds on care, and so does not knowing of it (section 5).
    #[test]
    fn implied_consent_with_a_programme_opt_out_known_and_unknown() {
        allows "implied-consent": "gp-record beyond-controller identifiable individual-care; implied-consent; legitimate-relationship programme-opt-out; nothing-known programme=none";
        denies "programme-unknown": "gp-record beyond-controller identifiable individual-care; implied-consent; legitimate-relationship programme-opt-out; nothing-known";
    }
    /// An objection stops implied consent, not what is of overall benefit (section 5, GMC).
    #[test]
    fn overall_benefit_and_implied_consent_against_an_objection() {
        allows "overall-benefit": "england-care beyond-controller identifiable individual-care; overall-benefit; legitimate-relationship; no-opt-out objection";
        denies "care-objection": "england-care beyond-controller identifiable individual-care; implied-consent; legitimate-relationship; no-opt-out objection";
    }
    /// A duty in statute is free of Type 1; a collection under section 259 is not (section 5, PHSMI).
    #[test]
    fn a_statutory_duty_and_a_section_259_collection_against_type1() {
        allows "statutory-duty": "gp-record beyond-controller identifiable official-statistics; statutory-duty; ; no-opt-out type1=dissent";
        denies "type1-dissent": "gp-record beyond-controller identifiable official-statistics; s259-collection; ; no-opt-out type1=dissent";
    }
    /// An overriding public interest prevails; section 251 support does not (section 5, OP6.3, NHSE2014).
    #[test]
    fn a_public_interest_and_section_251() {
        allows "public-interest": "gp-record beyond-controller identifiable safeguarding; public-interest; programme-opt-out national-voluntary type1-upheld; every-opt-out";
        denies "type1-dissent": "gp-record beyond-controller identifiable safeguarding; copi-reg-5; programme-opt-out national-voluntary type1-upheld; every-opt-out";
    }
    /// A collection is outside the national opt-out; section 251 is not (section 5, PHSMI, OP5.1).
    #[test]
    fn a_section_259_collection_and_section_251_against_the_national_opt_out() {
        allows "s259-collection": "gp-record beyond-controller identifiable planning; s259-collection; ; every-opt-out type1=none";
        denies "national-opt-out": "gp-record beyond-controller identifiable planning; copi-reg-5; ; every-opt-out type1=none";
    }
    /// Where the Direction says that Type 1 is not upheld, it is lifted from a collection (section 5, GDPPR).
    #[test]
    fn a_section_259_collection_with_type1_not_upheld_and_without() {
        allows "s259-collection": "gp-record beyond-controller identifiable planning; s259-collection; type1-not-upheld; no-opt-out type1=dissent";
        denies "type1-dissent": "gp-record beyond-controller identifiable planning; s259-collection; ; no-opt-out type1=dissent";
    }
    /// A collection heeds the national opt-out only where it is applied voluntarily (section 5, PHSMI).
    #[test]
    fn a_section_259_collection_and_one_where_the_national_is_voluntary() {
        allows "s259-collection": "gp-record beyond-controller identifiable planning; s259-collection; ; no-opt-out national=opted-out";
        denies "national-opt-out": "gp-record beyond-controller identifiable planning; s259-collection; national-voluntary; no-opt-out national=opted-out";
    }
    /// The same words lift nothing from section 251 (section 5).
    #[test]
    fn type1_not_upheld_on_a_collection_and_on_section_251() {
        allows "s259-collection": "gp-record beyond-controller identifiable research; s259-collection; type1-not-upheld; no-opt-out type1=dissent";
        denies "type1-dissent": "gp-record beyond-controller identifiable research; copi-reg-5; type1-not-upheld; no-opt-out type1=dissent";
    }
    /// Regulation 3 heeds neither opt-out; regulation 5 heeds Type 1 (section 5, OS-T1).
    #[test]
    fn regulation_3_and_regulation_5_against_type1() {
        allows "copi-reg-3": "gp-record beyond-controller identifiable communicable-disease-control; copi-reg-3; ; every-opt-out";
        denies "type1-dissent": "gp-record beyond-controller identifiable communicable-disease-control; copi-reg-5; ; every-opt-out";
    }
    /// Regulation 5, and regulation 2, heed the national opt-out (section 5, OP6.2, OP5.1).
    #[test]
    fn regulation_3_and_regulation_5_against_the_national_opt_out() {
        allows "copi-reg-3": "england-care beyond-controller identifiable public-health; copi-reg-3; ; no-opt-out national=opted-out";
        denies "national-opt-out": "england-care beyond-controller identifiable public-health; copi-reg-5; ; no-opt-out national=opted-out";
    }
    /// Regulation 3 beside a promise to uphold Type 1 (section 5, OS-T1).
    #[test]
    fn regulation_3_and_regulation_3_where_type1_is_upheld() {
        allows "copi-reg-3": "gp-record beyond-controller identifiable public-health; copi-reg-3; ; no-opt-out type1=dissent";
        denies "type1-dissent": "gp-record beyond-controller identifiable public-health; copi-reg-3; type1-upheld; no-opt-out type1=dissent";
    }
    /// The national opt-out binds on section 251 unless it is disapplied for this flow (section 5, OP5.1).
    #[test]
    fn section_251_disapplied_and_not_disapplied() {
        allows "section-251": "england-care beyond-controller identifiable national-clinical-audit; copi-reg-5; national-disapplied; no-opt-out national=opted-out";
        denies "national-opt-out": "england-care beyond-controller identifiable national-clinical-audit; copi-reg-5; ; no-opt-out national=opted-out";
    }
    /// Regulation 2 is section 251 support like regulation 5 (section 2, OP5.1).
    #[test]
    fn regulation_2_disapplied_and_not_disapplied() {
        allows "section-251": "england-care beyond-controller identifiable disease-registration; copi-reg-2; national-disapplied; no-opt-out national=opted-out";
        denies "national-opt-out": "england-care beyond-controller identifiable disease-registration; copi-reg-2; ; no-opt-out national=opted-out";
    }
    /// Applied voluntarily, it binds also where it is disapplied (section 5).
    #[test]
    fn section_251_disapplied_and_applied_voluntarily() {
        allows "section-251": "england-care beyond-controller identifiable national-clinical-audit; copi-reg-5; national-disapplied; no-opt-out national=opted-out";
        denies "national-opt-out": "england-care beyond-controller identifiable national-clinical-audit; copi-reg-5; national-disapplied national-voluntary; no-opt-out national=opted-out";
    }
    /// Disapplying the national opt-out does not disapply Type 1 (section 10).
    #[test]
    fn section_251_disapplied_against_the_national_opt_out_and_against_type1() {
        allows "section-251": "gp-record beyond-controller identifiable national-clinical-audit; copi-reg-5; national-disapplied; no-opt-out national=opted-out";
        denies "type1-dissent": "gp-record beyond-controller identifiable national-clinical-audit; copi-reg-5; national-disapplied; no-opt-out national=opted-out type1=dissent";
    }
    /// Invoices for care outside a contract are exempt; contracted ones are not (sections 5 and 10, OP7.1).
    #[test]
    fn invoices_outside_a_contract_and_under_one() {
        allows "section-251": "england-care beyond-controller identifiable invoice-validation-non-contracted; copi-reg-5; ; no-opt-out national=opted-out";
        denies "national-opt-out": "england-care beyond-controller identifiable invoice-validation; copi-reg-5; ; no-opt-out national=opted-out";
    }
    /// The exemption gives way to a voluntary application (section 5).
    #[test]
    fn invoices_outside_a_contract_and_the_national_applied_voluntarily() {
        allows "section-251": "england-care beyond-controller identifiable invoice-validation-non-contracted; copi-reg-5; ; no-opt-out national=opted-out";
        denies "national-opt-out": "england-care beyond-controller identifiable invoice-validation-non-contracted; copi-reg-5; national-voluntary; no-opt-out national=opted-out";
    }
    /// The exemption is from the national opt-out, not from Type 1 (section 5, OP7.1).
    #[test]
    fn invoices_outside_a_contract_against_type1() {
        allows "section-251": "gp-record beyond-controller identifiable invoice-validation-non-contracted; copi-reg-5; ; no-opt-out national=opted-out";
        denies "type1-dissent": "gp-record beyond-controller identifiable invoice-validation-non-contracted; copi-reg-5; ; no-opt-out national=opted-out type1=dissent";
    }
    /// Type 1 is about GP records (section 5, POD15).
    #[test]
    fn type1_on_a_hospital_record_and_on_a_gp_record() {
        allows "section-251": "england-care beyond-controller identifiable research; copi-reg-5; ; no-opt-out type1=dissent";
        denies "type1-dissent": "gp-record beyond-controller identifiable research; copi-reg-5; ; no-opt-out type1=dissent";
    }
    /// Type 1 lets a practice use its own records for its own purposes (section 5, POD15).
    #[test]
    fn type1_within_the_practice_and_beyond() {
        allows "section-251": "gp-record within-controller identifiable service-evaluation; copi-reg-5; ; no-opt-out type1=dissent";
        denies "type1-dissent": "gp-record beyond-controller identifiable service-evaluation; copi-reg-5; ; no-opt-out type1=dissent";
    }
    /// The national opt-out does not: a boundary is no excuse (section 5, UNDER).
    #[test]
    fn within_the_practice_against_type1_and_against_the_national_opt_out() {
        allows "section-251": "gp-record within-controller identifiable research; copi-reg-5; ; no-opt-out type1=dissent";
        denies "national-opt-out": "gp-record within-controller identifiable research; copi-reg-5; ; no-opt-out type1=dissent national=opted-out";
    }
    /// A promise to uphold Type 1 does not reach care (section 5).
    #[test]
    fn type1_upheld_for_care_and_beyond_care() {
        allows "copi-reg-3": "gp-record beyond-controller identifiable case-finding; copi-reg-3; type1-upheld; no-opt-out type1=dissent";
        denies "type1-dissent": "gp-record beyond-controller identifiable public-health; copi-reg-3; type1-upheld; no-opt-out type1=dissent";
    }
    /// Nor does a voluntary national opt-out (section 5).
    #[test]
    fn the_national_applied_voluntarily_to_care_and_beyond_care() {
        allows "copi-reg-3": "gp-record beyond-controller identifiable case-finding; copi-reg-3; national-voluntary; no-opt-out national=opted-out";
        denies "national-opt-out": "gp-record beyond-controller identifiable public-health; copi-reg-3; national-voluntary; no-opt-out national=opted-out";
    }
    /// The national opt-out is not about privately funded care (section 5, UNDER).
    #[test]
    fn private_care_and_publicly_funded_care() {
        allows "section-251": "private-care beyond-controller identifiable research; copi-reg-5; national-voluntary; no-opt-out national=opted-out";
        denies "national-opt-out": "england-care beyond-controller identifiable research; copi-reg-5; national-voluntary; no-opt-out national=opted-out";
    }
    /// Nor about children's social care (section 5, UNDER).
    #[test]
    fn childrens_and_adults_social_care() {
        allows "section-251": "childrens-social-care beyond-controller identifiable research; copi-reg-5; ; no-opt-out national=opted-out";
        denies "national-opt-out": "england-care beyond-controller identifiable research; copi-reg-5; ; no-opt-out national=opted-out";
    }
    /// Nor about care outside England (section 5, UNDER).
    #[test]
    fn care_outside_england_and_a_gp_record() {
        allows "section-251": "outside-england beyond-controller identifiable research; copi-reg-5; ; no-opt-out national=opted-out";
        denies "national-opt-out": "gp-record beyond-controller identifiable research; copi-reg-5; ; no-opt-out national=opted-out";
    }
    /// A record without an NHS number is not blocked; one whose status is not known is (section 3, NHSUK).
    #[test]
    fn no_nhs_number_and_not_known() {
        allows "section-251": "england-care beyond-controller identifiable research; copi-reg-5; ; no-opt-out national=no-nhs-number";
        denies "national-unknown": "england-care beyond-controller identifiable research; copi-reg-5; ; no-opt-out national=unknown";
    }
    /// Not known is not none: Type 1 (section 1).
    #[test]
    fn type1_known_to_be_none_and_not_known() {
        allows "section-251": "gp-record beyond-controller identifiable research; copi-reg-5; ; no-opt-out";
        denies "type1-unknown": "gp-record beyond-controller identifiable research; copi-reg-5; ; no-opt-out type1=unknown";
    }
    /// A programme's opt-out binds where the programme runs one (section 5).
    #[test]
    fn a_programme_without_and_with_an_opt_out_of_its_own() {
        allows "section-251": "england-care beyond-controller identifiable disease-registration; copi-reg-5; ; no-opt-out programme=opted-out";
        denies "programme-opt-out": "england-care beyond-controller identifiable disease-registration; copi-reg-5; programme-opt-out; no-opt-out programme=opted-out";
    }
    /// The same under regulation 3 (section 5).
    #[test]
    fn regulation_3_without_and_with_a_programme_opt_out() {
        allows "copi-reg-3": "gp-record beyond-controller identifiable public-health; copi-reg-3; ; no-opt-out programme=opted-out";
        denies "programme-opt-out": "gp-record beyond-controller identifiable public-health; copi-reg-3; programme-opt-out; no-opt-out programme=opted-out";
    }
    /// The same in a collection (section 5).
    #[test]
    fn a_collection_without_and_with_a_programme_opt_out() {
        allows "s259-collection": "gp-record beyond-controller identifiable planning; s259-collection; ; no-opt-out programme=opted-out";
        denies "programme-opt-out": "gp-record beyond-controller identifiable planning; s259-collection; programme-opt-out; no-opt-out programme=opted-out";
    }
    /// An objection to sharing for care stops neither a collection nor any route but implied consent (section 5).
    #[test]
    fn a_collection_and_implied_consent_against_an_objection() {
        allows "s259-collection": "gp-record beyond-controller identifiable individual-care; s259-collection; legitimate-relationship; no-opt-out objection";
        denies "care-objection": "gp-record beyond-controller identifiable individual-care; implied-consent; legitimate-relationship; no-opt-out objection";
    }
}
