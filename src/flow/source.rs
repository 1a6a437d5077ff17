//! Sources that several entries share. Those that are clauses' too have their words from there.

use crate::{Clause, Source};

pub(super) const NHS_UK: Source =
    Clause::NhsUk.source().titled("nhs.uk, Where your choice does not apply");

pub(super) const UNDERSTANDING: Source =
    Clause::Under.source().titled("NHS Digital, Understanding the national data opt-out");

pub(super) const POLICY_5: Source =
    Clause::Op5_1.source().titled("National data opt-out operational policy guidance, chapter 5");

pub(super) const POLICY_6: Source =
    Clause::Op6_2.source().titled("National data opt-out operational policy guidance, chapter 6");

pub(super) const POLICY_7: Source =
    Clause::Op7_1.source().titled("National data opt-out operational policy guidance, chapter 7");

pub(super) const RESEARCHERS_4: Source =
    Clause::Res4.source().titled("National data opt-out guidance for researchers, chapter 4");

pub(super) const RESEARCHERS_6: Source =
    Clause::Res6.source().titled("National data opt-out guidance for researchers, chapter 6");

pub(super) const HRA: Source =
    Clause::Hra.source().titled("Health Research Authority, National data opt out: supplementary information for research organisations");

pub(super) const RCGP: Source =
    Clause::Rcgp.source().titled("Royal College of General Practitioners, Type 1 objections and the national data opt-out, October 2019");

pub(super) const PHSMI: Source = Clause::Phsmi.source().titled(
    "Physical Health Checks for People with Severe Mental Illness Directions 2020, data collection",
);

pub(super) const OPENSAFELY_TYPE1: Source =
    Clause::OsT1.source().titled("OpenSAFELY documentation, Type One Opt Outs");

pub(super) const OPENSAFELY_NATIONAL: Source =
    Clause::OsNdo.source().titled("OpenSAFELY documentation, National Data Opt-Outs");

pub(super) const OPENSAFELY_COVID: Source = Source::at(
    "NHS England OpenSAFELY COVID-19 service, privacy notice",
    "https://digital.nhs.uk/coronavirus/coronavirus-covid-19-response-information-governance-hub/the-nhs-england-opensafely-covid-19-service-privacy-notice",
);

pub(super) const NDRS: Source = Source::at(
    "National Disease Registration Service, transparency notice",
    "https://digital.nhs.uk/ndrs/transparency-notice",
);

pub(super) const NDRS_OPT_OUT: Source =
    Source::at("National Disease Registration Service, opting out", "https://digital.nhs.uk/ndrs/patients/opting-out")
        .says(&[
            "In all instances you have the right to opt-out of cancer, congenital anomaly and rare disease registration …",
        ]);

pub(super) const HARVEY: Source = Source::at(
    "Harvey Group Practice, privacy notice",
    "https://www.mysurgerywebsite.co.uk/page1.aspx?p=3&t=6&pr=E82084",
);

pub(super) const LHCR: Source = Source::at(
    "NHS Digital, So, what is a Local Health and Care Record anyway? 8 April 2019",
    "https://digital.nhs.uk/blog/transformation-blog/2019/so-what-is-a-local-health-and-care-record-anyway",
);

pub(super) const EXEMPLARS: Source = Source::at(
    "Understanding Patient Data, Local Health and Care Record Exemplars announced, 2018",
    "https://understandingpatientdata.org.uk/news/local-health-and-care-record-exemplars-announced",
)
.says(&["Their aim is to design shared records for improving and coordinating individual care."]);

pub(super) const FDP: Source = Source::at(
    "Parliamentary written answer 128022, NHS: Databases",
    "https://www.parallelparliament.co.uk/question/128022/nhs-databases",
);

pub(super) const INVOICES: Source = Source::at(
    "NHS England, Invoice validation: approval CAG 7-07(a-c)/2013",
    "https://www.england.nhs.uk/ig/in-val/",
);

pub(super) const UKRR_PATIENTS: Source =
    Source::at("UK Renal Registry, patient opt-out", "https://renal.org/audit-research/data-permissions/legal-ethical-permissions/patient-opt-out")
        .says(&[
            "Patients in England can also opt-out using the National data opt-out programme run by NHS Digital.",
            "The de-identified data will only be processed for the purposes of basic audit …",
        ]);

pub(super) const PICANET: Source =
    Source::at("PICANet, national data opt-out exemption, 29 July 2022", "https://www.picanet.org.uk/2022/07/29/national-data-opt-out-england-exemption-received-for-submission-of-data-to-picanet-for-clinical-audit/")
        .says(&[
            "PICANet has been granted an exemption from the National Data Opt-Out by the Health Research Authority Clinical Advisory Group.",
            "… from 31st July 2022, PICANet will however apply the National Data Opt-Out to the PICANet research database …",
        ]);

pub(super) const MEDICAL_EXAMINER: Source = Source::at(
    "NHS England, Non-coronial deaths in the community: information for primary care",
    "https://www.england.nhs.uk/establishing-medical-examiner-system-nhs/non-coronial-deaths-in-the-community/",
);

pub(super) const GPES: Source = Source::at(
    "NHS England, General Practice Extraction Service",
    "https://digital.nhs.uk/services/general-practice-extraction-service",
);

pub(super) const GP_COLLECTIONS: Source = Source::at(
    "NHS England, General practice collections",
    "https://digital.nhs.uk/services/general-practice-gp-collections",
);
