//! The terms of the field in plain words.

use super::page::Page;

/// The terms, in alphabetical order.
pub(super) const TERMS: &[(&str, &str)] = &[
    (
        "CAG",
        "the Confidentiality Advisory Group, which advises whether section 251 support should be given",
    ),
    (
        "Caldicott guardian",
        "the senior person in a health or care organisation who protects the confidentiality of what patients have told it",
    ),
    (
        "Common-law duty of confidence",
        "the rule, made by the courts, that what was told in confidence may not be passed on without a reason that the law accepts",
    ),
    (
        "Consultee",
        "someone who advises whether a person who lacks capacity should take part in research, under the Mental Capacity Act 2005",
    ),
    (
        "Controller",
        "the organisation that decides why and how personal data are used; a processor only acts on its instructions",
    ),
    (
        "COPI",
        "the Health Service (Control of Patient Information) Regulations 2002, made under section 251: regulation 2 is for cancer registers, regulation 3 for communicable disease and other risks to public health, regulation 5 for other medical purposes",
    ),
    (
        "CPI",
        "confidential patient information: it identifies a patient or is likely to, was given in confidence, and says something about health or care",
    ),
    (
        "DARS",
        "NHS England's Data Access Request Service, through which others apply for data that it holds",
    ),
    (
        "De-identified",
        "still one record for each person, but without what tells who it is, and kept under controls so that the recipient cannot find out",
    ),
    (
        "Direction",
        "an instruction of the Secretary of State to NHS England to collect or analyse information, under section 254 of the Health and Social Care Act 2012",
    ),
    (
        "Disapplied",
        "said of the national opt-out where the decision-maker on section 251 support has recorded that it does not apply to one flow",
    ),
    (
        "Disclosure",
        "making data available to someone for a purpose, also where the data stay where they are and are processed there for another organisation",
    ),
    ("Dissent", "a Type 1 opt-out, as it is coded in the GP record"),
    ("Flow", "a disclosure that is made again and again on the same terms"),
    (
        "GPES",
        "the General Practice Extraction Service, by which NHS England collects data from GP systems",
    ),
    (
        "HRA",
        "the Health Research Authority, which decides on section 251 support for research; for other purposes the Secretary of State decides",
    ),
    ("ICO", "the Information Commissioner's Office, the regulator for data protection"),
    (
        "Legitimate relationship",
        "the relationship of a patient with staff who care for them, or who support that care",
    ),
    (
        "National data opt-out",
        "a patient's choice that confidential information about them is used only for their own care, recorded by the NHS against the NHS number since 25 May 2018",
    ),
    ("NHS number", "the ten-digit number that identifies a patient in England"),
    ("Opt-out", "a patient's recorded choice against some use of their data"),
    (
        "Programme",
        "a flow or a family of flows run by one body, such as the Summary Care Record or a disease register, which may have an opt-out of its own",
    ),
    (
        "Provision notice",
        "the notice by which NHS England requires an organisation to supply data, under section 259",
    ),
    (
        "Pseudonymised",
        "with identifiers replaced by a code: de-identified for a recipient who cannot undo it, identifiable for one who can",
    ),
    ("QOF", "the Quality and Outcomes Framework, by which practices are paid for results"),
    (
        "Regulation 3",
        "see COPI; it permits the use of confidential information for communicable disease and other risks to public health",
    ),
    ("Route", "in this handbook, a lawful way for data to go"),
    (
        "Section 251",
        "of the National Health Service Act 2006: it lets confidentiality be set aside for medical purposes. *Section 251 support* is the approval to do so under regulation 2 or 5",
    ),
    (
        "Section 259 (s259)",
        "of the Health and Social Care Act 2012: it lets NHS England require data that it needs under a Direction",
    ),
    (
        "Statutory duty, statutory power",
        "a duty is an Act or regulations that require something; a power only permits it, and lifts confidentiality only where it says so",
    ),
    (
        "Summary Care Record (SCR)",
        "a short record drawn from the GP record, for staff who care for the patient elsewhere",
    ),
    (
        "Type 1 opt-out",
        "a patient's choice, coded in the GP record, that what the practice holds does not leave it for purposes beyond their own care",
    ),
    ("Upheld", "said of Type 1 where a programme leaves out the patients who have it"),
];

/// The terms, as a table.
pub(super) fn write(page: &mut Page) {
    page.section("glossary", "Glossary");
    page.table(
        ["Term", "In plain words"],
        TERMS.iter().map(|(term, meaning)| [format!("**{term}**"), (*meaning).to_owned()]),
    );
}
