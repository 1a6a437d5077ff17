//! What a disclosure is for. Each purpose has a class, and the class is what the rules use.

use core::fmt;

use crate::vocabulary::{UnknownCode, coded, read_code};

coded! {
    /// What kind of purpose it is (specification, section 2).
    pub enum PurposeClass("class") {
        Care = 1, "care", "the individual care of patients, and what their own care team does for it";
        BeyondCare = 2, "beyond-care", "research, planning and every other use beyond individual care";
        Payment = 3, "payment", "paying for care that was given";
        Commercial = 4, "commercial", "marketing, insurance and other commercial use";
    }
}

coded! {
    /// What the disclosure is for (specification, section 2).
    #[non_exhaustive]
    pub enum Purpose("purpose") {
        IndividualCare = 1, "individual-care", "the care of the patient";
        CaseFinding = 2, "case-finding", "risk stratification to find patients for care";
        LocalClinicalAudit = 3, "local-clinical-audit", "audit by the care team of its own care";
        ScreeningInvitation = 4, "screening-invitation", "inviting people to screening";
        PatientAccess = 5, "patient-access", "the patient's own access to the record";
        IncidentManagement = 6, "incident-management", "looking into an incident, by the patient's own team";
        PatientSatisfaction = 7, "patient-satisfaction", "asking how care was, by the patient's own team";
        Research = 20, "research", "research";
        Planning = 21, "planning", "commissioning and service planning";
        RiskStratification = 22, "risk-stratification", "risk stratification for planning";
        NationalClinicalAudit = 23, "national-clinical-audit", "a national clinical audit";
        ServiceEvaluation = 24, "service-evaluation", "service evaluation";
        DiseaseRegistration = 25, "disease-registration", "a disease register";
        CommunicableDiseaseControl = 26, "communicable-disease-control", "control of communicable disease";
        PublicHealth = 27, "public-health", "public health beyond communicable disease";
        PatientSurvey = 28, "patient-survey", "choosing whom to send a survey";
        OfficialStatistics = 29, "official-statistics", "official statistics";
        Census = 30, "census", "the census";
        Regulation = 31, "regulation", "regulation and inspection";
        LegalProceedings = 32, "legal-proceedings", "legal proceedings";
        MortalityReview = 33, "mortality-review", "review of deaths";
        ChildDeathReview = 34, "child-death-review", "review of a child's death";
        MedicalExaminer = 35, "medical-examiner", "a medical examiner's scrutiny of a death";
        FraudPrevention = 36, "fraud-prevention", "preventing and detecting fraud";
        Safeguarding = 37, "safeguarding", "safeguarding of children and adults";
        SystemAssurance = 38, "system-assurance", "testing and assuring systems";
        InvoiceValidation = 60, "invoice-validation", "validating an invoice for contracted care";
        InvoiceValidationNonContracted = 61, "invoice-validation-non-contracted", "validating an invoice for care outside a contract";
        PrescriptionPayment = 62, "prescription-payment", "paying for prescriptions";
        ProviderPayment = 63, "provider-payment", "paying practices: quality outcomes, enhanced services, immunisations";
        Marketing = 80, "marketing", "marketing";
        Insurance = 81, "insurance", "insurance";
        OtherCommercial = 82, "other-commercial", "any other commercial use";
    }
}
read_code!(Purpose, parse, PurposeError);

impl Purpose {
    /// The class that the rules use.
    #[must_use]
    pub const fn class(self) -> PurposeClass {
        match self {
            Self::IndividualCare
            | Self::CaseFinding
            | Self::LocalClinicalAudit
            | Self::ScreeningInvitation
            | Self::PatientAccess
            | Self::IncidentManagement
            | Self::PatientSatisfaction => PurposeClass::Care,
            Self::Research
            | Self::Planning
            | Self::RiskStratification
            | Self::NationalClinicalAudit
            | Self::ServiceEvaluation
            | Self::DiseaseRegistration
            | Self::CommunicableDiseaseControl
            | Self::PublicHealth
            | Self::PatientSurvey
            | Self::OfficialStatistics
            | Self::Census
            | Self::Regulation
            | Self::LegalProceedings
            | Self::MortalityReview
            | Self::ChildDeathReview
            | Self::MedicalExaminer
            | Self::FraudPrevention
            | Self::Safeguarding
            | Self::SystemAssurance => PurposeClass::BeyondCare,
            Self::InvoiceValidation
            | Self::InvoiceValidationNonContracted
            | Self::PrescriptionPayment
            | Self::ProviderPayment => PurposeClass::Payment,
            Self::Marketing | Self::Insurance | Self::OtherCommercial => PurposeClass::Commercial,
        }
    }

    /// HL7 v3 `ActReason` codes that stand for one purpose, accepted one way.
    pub const HL7: &'static [(&'static str, Self)] = &[
        ("TREAT", Self::IndividualCare),
        ("ETREAT", Self::IndividualCare),
        ("HRESCH", Self::Research),
        ("CLINTRCH", Self::Research),
        ("PUBHLTH", Self::PublicHealth),
        ("HMARKT", Self::Marketing),
        ("PATRQT", Self::PatientAccess),
    ];

    /// HL7 v3 `ActReason` codes that fit several purposes, with the candidates: never a guess.
    pub const HL7_AMBIGUOUS: &'static [(&'static str, &'static [Self])] = &[
        (
            "HPAYMT",
            &[
                Self::InvoiceValidation,
                Self::InvoiceValidationNonContracted,
                Self::PrescriptionPayment,
                Self::ProviderPayment,
            ],
        ),
        (
            "HOPERAT",
            &[
                Self::LocalClinicalAudit,
                Self::IncidentManagement,
                Self::Planning,
                Self::RiskStratification,
                Self::NationalClinicalAudit,
                Self::ServiceEvaluation,
            ],
        ),
        ("HSYSADMIN", &[Self::Planning, Self::SystemAssurance, Self::ProviderPayment]),
    ];

    /// The purpose of one of the project's codes or of an accepted HL7 code.
    ///
    /// # Errors
    /// An unknown code, or an HL7 code that fits several purposes.
    pub fn parse(code: &str) -> Result<Self, PurposeError> {
        if let Some((_, purpose)) = Self::HL7.iter().find(|(hl7, _)| *hl7 == code) {
            return Ok(*purpose);
        }
        if let Some((hl7, candidates)) = Self::HL7_AMBIGUOUS.iter().find(|(hl7, _)| *hl7 == code) {
            return Err(PurposeError::Ambiguous(AmbiguousCode { code: hl7, candidates }));
        }
        Self::from_code(code).map_err(PurposeError::Unknown)
    }
}

/// A purpose that could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PurposeError {
    /// Neither a code of the vocabulary nor an accepted HL7 code.
    #[error(transparent)]
    Unknown(UnknownCode),
    /// An HL7 code that fits several purposes.
    #[error(transparent)]
    Ambiguous(AmbiguousCode),
}

/// An HL7 code that fits several purposes: the caller says which is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmbiguousCode {
    code: &'static str,
    candidates: &'static [Purpose],
}

impl AmbiguousCode {
    /// The HL7 code that was given.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The purposes that it may stand for.
    #[must_use]
    pub const fn candidates(&self) -> &'static [Purpose] {
        self.candidates
    }
}

impl fmt::Display for AmbiguousCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "purpose: HL7 code `{}` is ambiguous; say which is meant:", self.code)?;
        for (i, purpose) in self.candidates.iter().enumerate() {
            write!(f, "{} {purpose}", if i == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}

impl core::error::Error for AmbiguousCode {}
