//! The sources behind the rules: each with its key, instrument, section and our paraphrase, and the
//! grade of what we draw from it.

mod source;

use crate::vocabulary::{UnknownCode, coded, read_code};

coded! {
    /// How a statement is known.
    pub enum Grade("grade") {
        A = 1, "A", "read in a primary source";
        B = 2, "B", "read in a secondary source";
        C = 3, "C", "from general knowledge, not read again";
        D = 4, "D", "our own reading";
    }
}
read_code!(Grade, from_code, UnknownCode);

impl Grade {
    /// Whether a data controller should take the statement as ours, to be checked before relying
    /// on it: grades C and D.
    #[must_use]
    pub const fn is_our_reading(self) -> bool {
        match self {
            Self::A | Self::B => false,
            Self::C | Self::D => true,
        }
    }
}

coded! {
    /// A clause that a rule stands on. The code is the key that every answer cites; the meaning is
    /// our paraphrase.
    #[non_exhaustive]
    pub enum Clause("clause") {
        Op3 = 1, "OP3", "who may set a national opt-out, and that it outlives the patient";
        Op5_1 = 2, "OP5.1", "disclosures on section 251 support respect the national opt-out, unless the decision-maker records that it does not apply to the flow";
        Op6_2 = 3, "OP6.2", "the national opt-out does not apply to communicable disease and risks to public health under regulation 3";
        Op6_3 = 4, "OP6.3", "the national opt-out does not apply to a disclosure in the overriding public interest";
        Op7_1 = 5, "OP7.1", "the national opt-out does not apply to validating invoices for care outside a contract, nor to payment data required by law";
        Op8 = 6, "OP8", "having no opt-out is not permission: a lawful basis is still needed";
        OpA2 = 7, "OPA2", "which activities of the patient's own team count as individual care";
        OpA6 = 8, "OPA6", "what confidential patient information is";
        NhsUk = 9, "NHSUK", "where the choice does not apply: individual care, legal duties and court orders, consent, anonymised data, no NHS number; no marketing or insurance use without consent";
        Under = 10, "UNDER", "which organisations and information the national opt-out covers, within an organisation as well as between them";
        Res3 = 11, "RES3", "what the national opt-out is, for researchers";
        Res4 = 12, "RES4", "data anonymised in line with the Information Commissioner's code are outside the national opt-out";
        Res6 = 13, "RES6", "a patient's consent to a study stands over the national opt-out, whichever came first; the whole record is withheld, never selected fields";
        Hra = 14, "HRA", "how the national opt-out applies to research with section 251 support";
        Rcgp = 15, "RCGP", "a Type 1 objection is to use of GP-held data beyond care without explicit consent";
        Pod15 = 16, "POD15", "a Type 1 objection keeps identifiable and record-level GP data in the practice for purposes beyond care";
        Phsmi = 17, "PHSMI", "a mandatory collection under sections 254 and 259 upholds Type 1 and does not apply the national opt-out";
        Gdppr = 18, "GDPPR", "the pandemic collection from practices respected Type 1 although supply was mandatory";
        Gpdpr = 19, "GPDPR", "no data of patients with Type 1 would be collected, although pseudonymised at source";
        OsT1 = 20, "OS-T1", "Type 1 is upheld for analysis run in place on pseudonymised GP records, but was not while regulation 3 notices were relied on";
        OsNdo = 21, "OS-NDO", "how a research platform treats the national opt-out";
        Cprd = 22, "CPRD", "a research database of pseudonymised GP records applies Type 1";
        Nhse2014 = 23, "NHSE2014", "Type 1 does not stop a court order, a legal duty or an overriding public interest";
        Gmc = 24, "GMC", "confidentiality: care of patients who lack capacity, objections to sharing, disclosure after death";
        S251 = 25, "S251", "confidentiality may be set aside for medical purposes, but not to serve the care of particular people";
        Copi = 26, "COPI", "the regulations made under section 251: neoplasia, communicable disease, other medical purposes";
        Gpg2023 = 27, "GPG2023", "sharing for direct care on implied consent, respecting a patient's objection";
        Dh2014 = 28, "DH2014", "sharing information for direct care is expected of care teams";
        Dh2013 = 29, "DH2013", "the promise that objections to use beyond care will be respected";
        Leder2020 = 30, "LEDER2020", "practices were asked to release records of people with a learning disability who died";
        Lhcre2018 = 31, "LHCRE2018", "local health and care records: identifiable for care, anonymised for planning";
        Reading = 32, "READING", "no source settles it: our own reading";
    }
}
read_code!(Clause, from_code, UnknownCode);

impl Clause {
    /// The document, with its date.
    #[must_use]
    pub const fn instrument(self) -> &'static str {
        match self {
            Self::Op3
            | Self::Op5_1
            | Self::Op6_2
            | Self::Op6_3
            | Self::Op7_1
            | Self::Op8
            | Self::OpA2
            | Self::OpA6 => {
                "National data opt-out operational policy guidance v4.0, 21 February 2020"
            }
            Self::NhsUk => "nhs.uk, Where your choice does not apply",
            Self::Under => "NHS Digital, Understanding the national data opt-out",
            Self::Res3 | Self::Res4 | Self::Res6 => {
                "NHS Digital, National data opt-out guidance for researchers"
            }
            Self::Hra => {
                "Health Research Authority, supplementary information for research organisations, 3 February 2023"
            }
            Self::Rcgp => "Royal College of GPs, patient data choices, October 2019",
            Self::Pod15 => "Patient Objections Directions 2015",
            Self::Phsmi => {
                "Physical Health Checks for People with Severe Mental Illness Directions 2020"
            }
            Self::Gdppr => {
                "NHS Digital, GPES data for pandemic planning and research: transparency notice"
            }
            Self::Gpdpr => {
                "NHS Digital, General practice data for planning and research, 2021 (never collected)"
            }
            Self::OsT1 | Self::OsNdo => "OpenSAFELY documentation",
            Self::Cprd => "Clinical Practice Research Datalink, opt-out notice",
            Self::Nhse2014 => "NHS England, care.data guidance for professionals, 2014",
            Self::Gmc => "General Medical Council, Confidentiality",
            Self::S251 => "National Health Service Act 2006",
            Self::Copi => {
                "Health Service (Control of Patient Information) Regulations 2002, SI 2002/1438"
            }
            Self::Gpg2023 => {
                "Good practice guidelines for GP electronic patient records, Data and clinical record sharing v1.1, 2023"
            }
            Self::Dh2014 => {
                "Department of Health, letter on sharing information for direct care, 7 November 2014"
            }
            Self::Dh2013 => "Government response to the Caldicott review, 2013",
            Self::Leder2020 => "NHS England, LeDeR letter PAR0028, 2020",
            Self::Lhcre2018 => {
                "NHS England, announcement of local health and care record exemplars, 2018"
            }
            Self::Reading => "This library's policy, edition 1",
        }
    }

    /// Where in the document.
    #[must_use]
    pub const fn section(self) -> &'static str {
        match self {
            Self::Op3 | Self::Res3 => "chapter 3",
            Self::Op5_1 => "chapter 5, section 1",
            Self::Op6_2 => "chapter 6, section 2",
            Self::Op6_3 => "chapter 6, section 3",
            Self::Op7_1 => "chapter 7, section 1",
            Self::Op8 => "chapter 8",
            Self::OpA2 => "appendix 2",
            Self::OpA6 => "appendix 6",
            Self::Res4 => "chapter 4",
            Self::Res6 => "chapter 6",
            Self::OsT1 => "Type 1 opt-outs",
            Self::OsNdo => "national data opt-outs",
            Self::Gmc => "paragraphs 30, 41–49, 103–105, 137–138",
            Self::S251 => "section 251",
            Self::Copi => "regulations 2, 3 and 5",
            Self::Reading => "section 10 and the rules graded D",
            Self::NhsUk
            | Self::Under
            | Self::Hra
            | Self::Rcgp
            | Self::Pod15
            | Self::Phsmi
            | Self::Gdppr
            | Self::Gpdpr
            | Self::Cprd
            | Self::Nhse2014
            | Self::Gpg2023
            | Self::Dh2014
            | Self::Dh2013
            | Self::Leder2020
            | Self::Lhcre2018 => "whole document",
        }
    }
}

/// What a rule stands on: a clause, and how well we know that it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Citation {
    /// The source.
    pub clause: Clause,
    /// How the statement is known.
    pub grade: Grade,
}

pub(crate) const fn cite(clause: Clause, grade: Grade) -> Citation {
    Citation { clause, grade }
}

/// The clauses behind one decision, without repeats, in order of first use.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Clauses {
    list: [Clause; Clause::ALL.len()],
    len: usize,
}

impl Clauses {
    pub(crate) const NONE: Self = Self { list: [Clause::Op3; Clause::ALL.len()], len: 0 };

    pub(crate) fn cite(&mut self, citations: &[Citation]) {
        for citation in citations {
            if !self.as_slice().contains(&citation.clause)
                && let Some(place) = self.list.get_mut(self.len)
            {
                *place = citation.clause;
                self.len += 1;
            }
        }
    }

    /// The clauses.
    #[must_use]
    pub fn as_slice(&self) -> &[Clause] {
        self.list.get(..self.len).unwrap_or_default()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Clauses {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.as_slice())
    }
}

/// A clause that is given twice counts once.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Clauses {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> serde::de::Visitor<'de> for List {
            type Value = Clauses;
            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("a list of clauses")
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut list: A,
            ) -> Result<Clauses, A::Error> {
                let mut clauses = Clauses::NONE;
                while let Some(clause) = list.next_element()? {
                    clauses.cite(&[cite(clause, Grade::A)]);
                }
                Ok(clauses)
            }
        }
        deserializer.deserialize_seq(List)
    }
}

impl core::fmt::Debug for Clauses {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.as_slice()).finish()
    }
}

/// A question that the sources leave open, the default taken, and how it is settled the other way.
#[derive(Clone, Copy, Debug)]
pub struct Unsettled {
    /// What is not settled.
    pub question: &'static str,
    /// What the library does.
    pub default: &'static str,
    /// Whether the default is the safest for the patient.
    pub is_safest: bool,
    /// What a controller does who settles it the other way, or that nothing can be done.
    pub other_way: &'static str,
}

/// What the sources leave open (specification, section 10).
pub const UNSETTLED: &[Unsettled] = &[
    Unsettled {
        question: "Does the national opt-out bind when an invoice for contracted care is validated on section 251 support?",
        default: "It binds. Only invoices for care outside a contract are exempt (OP7.1).",
        is_safest: true,
        other_way: "Declare `national-disapplied`, with the approval letter that waives it for this flow.",
    },
    Unsettled {
        question: "Does the national opt-out bind on patient surveys on section 251 support, since April 2019?",
        default: "It binds.",
        is_safest: true,
        other_way: "Declare `national-disapplied`, with the decision that waives it for this survey.",
    },
    Unsettled {
        question: "Does consent stand over Type 1 when data already collected without Type 1 patients are used again for a consented study?",
        default: "The rule allows it; a patient with Type 1 may still be missing at the source.",
        is_safest: false,
        other_way: "List as consenting only those without a Type 1 opt-out.",
    },
    Unsettled {
        question: "Where the national opt-out is disapplied for a flow, is Type 1 disapplied too?",
        default: "No. Type 1 still binds.",
        is_safest: true,
        other_way: "Nothing can be declared: on purpose there is no way.",
    },
    Unsettled {
        question: "Does Type 1 bind under regulation 3?",
        default: "Only where the programme says that it upholds Type 1.",
        is_safest: false,
        other_way: "Declare `type1-upheld`.",
    },
    Unsettled {
        question: "Which Type 1 status holds for a patient who has changed practice?",
        default: "The latest entry over all the practices known; unknown when one of them was not read.",
        is_safest: true,
        other_way: "Nothing can be declared: read the practices that are missing.",
    },
    Unsettled {
        question: "Which SNOMED CT code withdraws a Type 1 opt-out, and how old may a national check be?",
        default: "The controller confirms both; there is no default age.",
        is_safest: true,
        other_way: "Give the greatest age in the request, and confirm the code before relying on a withdrawal.",
    },
];

/// Statements of a source that the policy does not follow, with the reason.
pub const NOT_FOLLOWED: &[(Clause, &str, &str)] = &[
    (
        Clause::Gpg2023,
        "It lists approval by the Confidentiality Advisory Group among the cases in which data flow despite a national opt-out.",
        "Under the standard condition of that approval the opt-out is respected (OP5.1); data flow only where the opt-out is disapplied for the flow.",
    ),
    (
        Clause::Gpg2023,
        "It says that setting a national opt-out can delete data already held.",
        "That promise was made about Type 1, in the plan for general practice data for planning and research; the national opt-out acts from when it takes effect.",
    ),
];
