//! Sources that several entries share: title and web address.

pub(super) const NHS_UK: &str = "\
    nhs.uk, Where your choice does not apply. \
    https://www.nhs.uk/your-nhs-data-matters/manage-your-choice/where-opt-outs-dont-apply/";

pub(super) const UNDERSTANDING: &str = "\
    NHS Digital, Understanding the national data opt-out. \
    https://digital.nhs.uk/services/national-data-opt-out/understanding-the-national-data-opt-out";

pub(super) const POLICY_5: &str = "\
    National data opt-out operational policy guidance, chapter 5. \
    https://digital.nhs.uk/services/national-data-opt-out/operational-policy-guidance-document/when-does-a-national-data-opt-out-apply";

pub(super) const POLICY_6: &str = "\
    National data opt-out operational policy guidance, chapter 6. \
    https://digital.nhs.uk/services/national-data-opt-out/operational-policy-guidance-document/when-does-a-national-data-opt-out-not-apply";

pub(super) const POLICY_7: &str = "\
    National data opt-out operational policy guidance, chapter 7. \
    https://digital.nhs.uk/services/national-data-opt-out/operational-policy-guidance-document/policy-considerations-for-specific-organisations-or-purposes";

pub(super) const RESEARCHERS_4: &str = "\
    National data opt-out guidance for researchers, chapter 4. \
    https://digital.nhs.uk/services/data-access-request-service-dars/how-the-national-data-opt-out-affects-data-released-by-nhs-digital/national-data-opt-out-guidance-for-researchers/4-section-251-and-the-application-of-national-data-opt-outs";

pub(super) const RESEARCHERS_6: &str = "\
    National data opt-out guidance for researchers, chapter 6. \
    https://digital.nhs.uk/services/data-access-request-service-dars/how-the-national-data-opt-out-affects-data-released-by-nhs-digital/national-data-opt-out-guidance-for-researchers/6-what-the-national-data-opt-out-means-for-researchers";

pub(super) const HRA: &str = "\
    Health Research Authority, National data opt out: supplementary information for research \
    organisations. \
    https://www.hra.nhs.uk/about-us/committees-and-services/confidentiality-advisory-group/national-data-opt-out-supplementary-information-for-research-organisations/";

pub(super) const RCGP: &str = "\
    Royal College of General Practitioners, Type 1 objections and the national data opt-out, \
    October 2019. https://rcgp.org.uk/representing-you/policy-areas/type-1-objections";

pub(super) const PHSMI: &str = "\
    Physical Health Checks for People with Severe Mental Illness Directions 2020, data collection. \
    https://digital.nhs.uk/about-nhs-digital/corporate-information-and-documents/directions-and-data-provision-notices/nhs-england-directions/physical-health-checks-for-people-with-severe-mental-illness-directions-2020/direction-specification/data-collection";

pub(super) const OPENSAFELY_TYPE1: &str = "\
    OpenSAFELY documentation, Type One Opt Outs. https://docs.opensafely.org/type-one-opt-outs/";

pub(super) const OPENSAFELY_NATIONAL: &str = "\
    OpenSAFELY documentation, National Data Opt-Outs. \
    https://docs.opensafely.org/national-data-opt-outs/";

pub(super) const OPENSAFELY_COVID: &str = "\
    NHS England OpenSAFELY COVID-19 service, privacy notice. \
    https://digital.nhs.uk/coronavirus/coronavirus-covid-19-response-information-governance-hub/the-nhs-england-opensafely-covid-19-service-privacy-notice";

pub(super) const NDRS: &str = "\
    National Disease Registration Service, transparency notice. \
    https://digital.nhs.uk/ndrs/transparency-notice";

pub(super) const NDRS_OPT_OUT: &str = "\
    National Disease Registration Service, opting out. \
    https://digital.nhs.uk/ndrs/patients/opting-out";

pub(super) const HARVEY: &str = "\
    Harvey Group Practice, privacy notice. \
    https://www.mysurgerywebsite.co.uk/page1.aspx?p=3&t=6&pr=E82084";

pub(super) const LHCR: &str = "\
    NHS Digital, So, what is a Local Health and Care Record anyway? 8 April 2019. \
    https://digital.nhs.uk/blog/transformation-blog/2019/so-what-is-a-local-health-and-care-record-anyway";

pub(super) const EXEMPLARS: &str = "\
    Understanding Patient Data, Local Health and Care Record Exemplars announced, 2018. \
    https://understandingpatientdata.org.uk/news/local-health-and-care-record-exemplars-announced";

pub(super) const FDP: &str = "\
    Parliamentary written answer 128022, NHS: Databases. \
    https://www.parallelparliament.co.uk/question/128022/nhs-databases";

pub(super) const INVOICES: &str = "\
    NHS England, Invoice validation: approval CAG 7-07(a-c)/2013. \
    https://www.england.nhs.uk/ig/in-val/";

pub(super) const UKRR_PATIENTS: &str = "\
    UK Renal Registry, patient opt-out. \
    https://renal.org/audit-research/data-permissions/legal-ethical-permissions/patient-opt-out";

pub(super) const PICANET: &str = "\
    PICANet, national data opt-out exemption, 29 July 2022. \
    https://www.picanet.org.uk/2022/07/29/national-data-opt-out-england-exemption-received-for-submission-of-data-to-picanet-for-clinical-audit/";

pub(super) const MEDICAL_EXAMINER: &str = "\
    NHS England, Non-coronial deaths in the community: information for primary care. \
    https://www.england.nhs.uk/establishing-medical-examiner-system-nhs/non-coronial-deaths-in-the-community/";

pub(super) const GPES: &str = "\
    NHS England, General Practice Extraction Service. \
    https://digital.nhs.uk/services/general-practice-extraction-service";

pub(super) const GP_COLLECTIONS: &str = "\
    NHS England, General practice collections. \
    https://digital.nhs.uk/services/general-practice-gp-collections";
