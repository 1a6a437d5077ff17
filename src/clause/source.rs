//! Where each clause can be opened, and the words of it that are relied on.

use super::Clause;
use crate::source::Source;

impl Clause {
    /// The document, where it can be opened, and the words of it that are relied on.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "clauses are numbered from 1 without a gap, asserted below"
    )]
    pub const fn source(self) -> Source {
        SOURCES[self.number() as usize - 1].1
    }
}

const fn at(clause: Clause, address: &'static str) -> Source {
    Source::at(clause.instrument(), address)
}

const fn nowhere(clause: Clause, why: &'static str) -> Source {
    Source::nowhere(clause.instrument(), why)
}

/// The source of each clause, in the order of their numbers.
#[rustfmt::skip]
const SOURCES: &[(Clause, Source)] = &[
    (Clause::Op3, at(Clause::Op3, "https://digital.nhs.uk/services/national-data-opt-out/operational-policy-guidance-document/setting-an-opt-out")
        .says(&[
            "Any person registered on PDS (and consequently with an NHS number allocated to them) is able to set a national data opt-out.",
            "A child is able to set their own opt-out from age 13 …",
        ])),
    (Clause::Op5_1, at(Clause::Op5_1, "https://digital.nhs.uk/services/national-data-opt-out/operational-policy-guidance-document/when-does-a-national-data-opt-out-apply")
        .says(&[
            "National data opt-outs apply in cases where the approval is subject to the Confidentiality Advisory Group (CAG) ‘standard condition’ …",
            "In exceptional circumstances … CAG may advise the decision-maker that the national data opt-out should not apply to a specific data flow supported under S.251.",
        ])),
    (Clause::Op6_2, at(Clause::Op6_2, "https://digital.nhs.uk/services/national-data-opt-out/operational-policy-guidance-document/when-does-a-national-data-opt-out-not-apply")
        .says(&[
            "The national data opt-out does not apply to the disclosure … required for the monitoring and control of communicable disease and other risks to public health.",
        ])),
    (Clause::Op6_3, at(Clause::Op6_3, "https://digital.nhs.uk/services/national-data-opt-out/operational-policy-guidance-document/when-does-a-national-data-opt-out-not-apply")
        .says(&[
            "The national data opt-out does not apply to the disclosure of confidential patient information where there is an overriding public interest in the disclosure …",
        ])),
    (Clause::Op7_1, at(Clause::Op7_1, "https://digital.nhs.uk/services/national-data-opt-out/operational-policy-guidance-document/policy-considerations-for-specific-organisations-or-purposes")
        .says(&[
            "… national data opt-outs do not apply to data disclosed for the purpose of non-contracted invoice validation …",
            "National data opt-outs do not apply to data disclosed to NHS BSA for the payment of prescription charges …",
        ])),
    (Clause::Op8, at(Clause::Op8, "https://digital.nhs.uk/services/national-data-opt-out-programme/operational-policy-guidance-document/applying-the-national-data-opt-out")
        .says(&[
            "Organisations would still need to have the appropriate legal basis for any such disclosures.",
            "This must not be interpreted as, or confused with, a patient’s explicit consent to the sharing of their data.",
        ])),
    (Clause::OpA2, at(Clause::OpA2, "https://digital.nhs.uk/services/national-data-opt-out/operational-policy-guidance-document")
        .unread("no public copy of appendix 2 was found")),
    (Clause::OpA6, at(Clause::OpA6, "https://digital.nhs.uk/services/national-data-opt-out/operational-policy-guidance-document/appendix-6-confidential-patient-information-cpi-definition")
        .says(&[
            "identifiable or likely identifiable e.g. from other data likely to be in the possession of the data recipient",
            "given in circumstances where the individual is owed an obligation of confidence",
            "conveys some information about the physical or mental health or condition of an individual, a diagnosis of their condition; and/or their care or treatment",
        ])),
    (Clause::NhsUk, at(Clause::NhsUk, "https://www.nhs.uk/your-nhs-data-matters/manage-your-choice/where-opt-outs-dont-apply/")
        .says(&[
            "where the information is used for purposes relating to your individual care",
            "where there is a legal requirement to provide information, such as an order of court",
            "if you have given consent for your data to be used for a specific reason, like a medical research study",
            "where data is anonymised which means you cannot be identified from the information",
            "where there is an overriding public interest in the disclosure of your data",
            "where the confidential patient information does not contain your NHS number if obtaining the number would involve disproportionate effort",
        ])),
    (Clause::Under, at(Clause::Under, "https://digital.nhs.uk/services/national-data-opt-out/understanding-the-national-data-opt-out")
        .says(&[
            "The national data opt-out covers confidential patient information collected about care in England.",
            "It will remain unless the patient changes their mind, even after they have died.",
        ])),
    (Clause::Res3, at(Clause::Res3, "https://digital.nhs.uk/services/data-access-request-service-dars/how-the-national-data-opt-out-affects-data-released-by-nhs-digital/national-data-opt-out-guidance-for-researchers/3-what-researchers-need-to-know-about-the-national-data-opt-out")
        .says(&[
            "The national data opt-out is a facility via which patients can object to their confidential patient information (CPI) being used for research and planning.",
        ])),
    (Clause::Res4, at(Clause::Res4, "https://digital.nhs.uk/services/data-access-request-service-dars/how-the-national-data-opt-out-affects-data-released-by-nhs-digital/national-data-opt-out-guidance-for-researchers/4-section-251-and-the-application-of-national-data-opt-outs")
        .says(&[
            "National data opt-outs do not apply where information being disclosed is anonymised in accordance with the Information Commissioner’s Office (ICO) anonymisation code of practice …",
        ])),
    (Clause::Res6, at(Clause::Res6, "https://digital.nhs.uk/services/data-access-request-service-dars/how-the-national-data-opt-out-affects-data-released-by-nhs-digital/national-data-opt-out-guidance-for-researchers/6-what-the-national-data-opt-out-means-for-researchers")
        .says(&[
            "consent will override the national data opt-out regardless of whether a preference was registered before or after this consent is given",
            "… the records of patients who have registered a national data opt-out will have been removed.",
        ])),
    (Clause::Hra, at(Clause::Hra, "https://www.hra.nhs.uk/about-us/committees-and-services/confidentiality-advisory-group/national-data-opt-out-supplementary-information-for-research-organisations/")
        .says(&[
            "It applies to research and non-research activities only where authorisation for accessing of confidential patient information is provided by Regulation 5 Support …",
        ])),
    (Clause::Rcgp, at(Clause::Rcgp, "https://rcgp.org.uk/representing-you/policy-areas/type-1-objections")
        .says(&[
            "Type 1 objections recorded in GP records represent patients' choice to opt out of their confidential patient information being used … without their explicit consent.",
        ])),
    (Clause::Pod15, at(Clause::Pod15, "https://digital.nhs.uk/about-nhs-digital/corporate-information-and-documents/directions-and-data-provision-notices/secretary-of-state-directions/patient-objections-directions-2015")
        .says(&[
            "… an objection by a patient to information that identifies him or her from leaving the GP Practice for purposes beyond his or her care.",
        ])),
    (Clause::Phsmi, at(Clause::Phsmi, "https://digital.nhs.uk/about-nhs-digital/corporate-information-and-documents/directions-and-data-provision-notices/nhs-england-directions/physical-health-checks-for-people-with-severe-mental-illness-directions-2020/direction-specification/data-collection")
        .says_in("https://production-like.nhsd.io/about-nhs-digital/corporate-information-and-documents/directions-and-data-provision-notices/nhs-england-directions/physical-health-checks-for-people-with-severe-mental-illness-directions-2020/direction-specification/data-collection", &[
            "… national data opt-outs will not apply to the collection.",
            "… Type 1 objections will be upheld in collecting this data from general practices …",
        ])),
    (Clause::Gdppr, at(Clause::Gdppr, "https://digital.nhs.uk/coronavirus/gpes-data-for-pandemic-planning-and-research/general-practice-transparency-notice")
        .unread("the part of a public copy that could be read ends before what it says of Type 1")),
    (Clause::Gpdpr, at(Clause::Gpdpr, "https://digital.nhs.uk/data-and-information/data-collections-and-data-sets/data-collections/general-practice-data-for-planning-and-research/transparency-notice")
        .says_in("https://www.brierleyparkmedicalgroup.nhs.uk/policies/privacy-policy/", &[
            "NHS Digital will not collect any patient data for patients who have already registered a Type 1 opt-out in line with current policy.",
        ])),
    (Clause::OsT1, at(Clause::OsT1, "https://docs.opensafely.org/type-one-opt-outs/")
        .says(&[
            "… since June 2023, the OpenSAFELY platform has been required to exclude patients with a Type 1 Opt-out from new projects.",
            "… the Type 1 Opt-Out was not required to be upheld due to the overriding public interest in responding to the COVID-19 pandemic.",
        ])),
    (Clause::OsNdo, at(Clause::OsNdo, "https://docs.opensafely.org/national-data-opt-outs/")
        .says_in("https://github.com/opensafely/documentation/blob/main/docs/national-data-opt-outs.md", &[
            "The national data opt-out does not apply to the OpenSAFELY COVID-19 Service or the OpenSAFELY Data Analytics Service.",
            "In certain limited circumstances an OpenSAFELY Data Analytics Service project may wish to apply the national data opt-out …",
        ])),
    (Clause::Cprd, at(Clause::Cprd, "https://www.cprd.com/opt-out-research")
        .says(&[
            "CPRD complies with both Type 1 Opt-Outs and the National Data Opt-Out Policy",
        ])),
    (Clause::Nhse2014, at(Clause::Nhse2014, "http://www.sheerwaterhealthcentre.co.uk/your-data.php")
        .unread("no public copy of the guidance could be read; the page linked offers it for download")),
    (Clause::Gmc, at(Clause::Gmc, "https://www.gmc-uk.org/professional-standards/professional-standards-for-doctors/confidentiality/using-and-disclosing-patient-information-for-direct-care")
        .says(&[
            "If a patient objects to particular personal information being shared for their own care, you should not disclose the information unless …",
            "… is of overall benefit to a patient who lacks the capacity to make the decision.",
        ])),
    (Clause::S251, at(Clause::S251, "https://www.legislation.gov.uk/ukpga/2006/41/section/251")
        .says_in("https://www.legislation.gov.uk/ukpga/2006/41/part/13/crossheading/patient-information", &[
            "… anything done by him in so processing the information must be taken to be lawfully done despite any obligation of confidence owed by him …",
        ])),
    (Clause::Copi, at(Clause::Copi, "https://www.legislation.gov.uk/uksi/2002/1438")
        .says_in("https://www.legislation.gov.uk/uksi/2002/1438/regulation/3/made", &[
            "… confidential patient information may be processed with a view to— (a) diagnosing communicable diseases and other risks to public health …",
        ])),
    (Clause::Gpg2023, at(Clause::Gpg2023, "https://www.england.nhs.uk/long-read/data-and-clinical-record-sharing/")
        .says_in("https://www.england.nhs.uk/long-read/consent-to-using-and-sharing-patient-information/", &[
            "Consent can be implied when sharing relevant information with those … directly involved in providing care to a patient unless they have indicated an objection.",
        ])),
    (Clause::Dh2014, nowhere(Clause::Dh2014, "no public copy of the letter was found")),
    (Clause::Dh2013, at(Clause::Dh2013, "https://slidelegend.com/information-to-share-or-not-to-share-govuk_59e673d71723dd1d28c9ac4e.html")
        .unread("the part of a public copy that could be read is its beginning only")),
    (Clause::Leder2020, nowhere(Clause::Leder2020, "no public copy of the letter was found, only a report of it in the trade press")),
    (Clause::Lhcre2018, at(Clause::Lhcre2018, "https://www.england.nhs.uk/south-east/2018/05/23/new-local-health-and-care-partnership-across-wessex-could-save-lives/")
        .unread("the part of a public copy that could be read does not reach the statement")),
    (Clause::Reading, nowhere(Clause::Reading, "it is our own")),
];

// Each source stands at the place of its clause's number.
#[expect(clippy::indexing_slicing, reason = "a constant: leaving the array stops the build")]
const _: () = {
    let mut i = 0;
    while i < SOURCES.len() {
        assert!(SOURCES[i].0.number() as usize == i + 1);
        i += 1;
    }
    assert!(SOURCES.len() == Clause::ALL.len());
};
