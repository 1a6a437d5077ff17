//! `optout decide` as one would write it by hand: `serde_json` into structs, a `match`, a line out.
//!
//! ```text
//! cargo run --release --features json --example serde_match < QUESTIONS > ANSWERS
//! cargo run --release --features json --example serde_match -- --questions N > QUESTIONS
//! ```
//!
//! It answers with the verdict and the reason alone. With `--questions` it writes questions instead,
//! for itself and for `optout decide`: 32 disclosures in random order, a random patient each.
#![allow(
    unreachable_pub,
    clippy::too_many_lines,
    clippy::unwrap_used,
    reason = "a measurement stops at the first surprise, and shares a file with a benchmark"
)]

mod by_hand;

use std::error::Error;
use std::io::{self, BufRead, BufReader, BufWriter, Write};

use optout::question::{Id, Question, Subject};
use optout::{
    Bases, Boundary, Conditions, Date, Disclosure, Identifiability, National, Origin, Patient,
    Programme, Purpose, Reason, Type1,
};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    disclosure: Stated,
    patient: Recorded,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stated {
    #[serde(with = "OriginCode")]
    origin: Origin,
    #[serde(with = "BoundaryCode")]
    boundary: Boundary,
    #[serde(with = "IdentifiabilityCode")]
    identifiability: Identifiability,
    #[serde(with = "PurposeCode")]
    purpose: Purpose,
    #[serde(deserialize_with = "bases")]
    bases: Bases,
    #[serde(deserialize_with = "conditions")]
    conditions: Conditions,
    on: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Recorded {
    #[serde(with = "Type1Code")]
    type1: Type1,
    #[serde(with = "NationalCode")]
    national: National,
    #[serde(with = "ProgrammeCode")]
    programme: Programme,
    explicit_consent: bool,
    care_objection: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: Option<&'a RawValue>,
    verdict: &'static str,
    reason: &'static str,
}

fn answer(line: &[u8], out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let Line { id, disclosure, patient } = serde_json::from_slice(line)?;
    let Stated { origin, boundary, identifiability, purpose, bases, conditions, on } = disclosure;
    let disclosure =
        Disclosure { origin, boundary, identifiability, purpose, bases, conditions, on };
    let mut known = Patient::UNKNOWN
        .with_type1(patient.type1)
        .with_national(patient.national)
        .with_programme(patient.programme);
    if patient.explicit_consent {
        known = known.with_explicit_consent();
    }
    if patient.care_objection {
        known = known.with_care_objection();
    }
    let reason = by_hand::reason(&disclosure, known);
    let verdict = if reason == Reason::Permitted { "allow" } else { "deny" };
    serde_json::to_writer(&mut *out, &Answer { id, verdict, reason: reason.code() })?;
    Ok(out.write_all(b"\n")?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, count] = arguments.as_slice()
        && flag == "--questions"
    {
        questions(count.parse()?, &mut out)?;
        return Ok(out.flush()?);
    }
    let mut lines = BufReader::with_capacity(1 << 20, io::stdin().lock());
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? != 0 {
        answer(&line, &mut out)?;
        line.clear();
    }
    Ok(out.flush()?)
}

/// A stream that no branch predictor learns: splitmix64, seeded.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        let place = usize::try_from(self.next() % of.len() as u64).unwrap();
        *of.get(place).unwrap()
    }

    /// Any of the bytes that hold a value in every field.
    fn patient(&mut self) -> Patient {
        loop {
            let patient = Patient::from_byte(self.next().to_le_bytes()[0]);
            if patient.is_valid() {
                return patient;
            }
        }
    }
}

fn questions(count: u64, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let mut random = Random(5);
    for number in 0..count {
        let (purpose, bases) = random.one(&[
            (Purpose::IndividualCare, Bases::IMPLIED_CONSENT),
            (Purpose::Research, Bases::COPI_REG_5),
            (Purpose::Research, Bases::COPI_REG_5.union(Bases::EXPLICIT_CONSENT)),
            (Purpose::Planning, Bases::S259_COLLECTION),
            (Purpose::PublicHealth, Bases::COPI_REG_3),
            (Purpose::LegalProceedings, Bases::COURT_ORDER),
            (Purpose::InvoiceValidation, Bases::COPI_REG_5),
            (Purpose::Marketing, Bases::PUBLIC_INTEREST),
        ]);
        let disclosure = Disclosure {
            origin: random.one(&[Origin::GpRecord, Origin::EnglandCare]),
            boundary: Boundary::BeyondController,
            identifiability: random
                .one(&[Identifiability::Identifiable, Identifiability::DeIdentified]),
            purpose,
            bases,
            conditions: Conditions::PROGRAMME_OPT_OUT,
            on: Date::ymd(2026, 6, 1),
        };
        let id = RawValue::from_string(format!("\"{number:07}\""))?;
        let question = Question {
            id: Id::new(&id).unwrap_or(Id::NONE),
            disclosure: Subject::Disclosure(disclosure),
            patient: random.patient(),
        };
        serde_json::to_writer(&mut *out, &question)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn bases<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bases, D::Error> {
    let given = Vec::<BasisCode>::deserialize(deserializer)?;
    Ok(given.into_iter().map(|basis| Bases::from_bits_retain(1 << basis as u16)).collect())
}

fn conditions<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Conditions, D::Error> {
    let given = Vec::<ConditionCode>::deserialize(deserializer)?;
    Ok(given.into_iter().map(|one| Conditions::from_bits_retain(1 << one as u8)).collect())
}

/// Derives the reader of the codes of one of the library's enums, by its names.
macro_rules! codes {
    ($($code:ident for $of:literal { $($name:ident),* })*) => {$(
        #[derive(Deserialize)]
        #[serde(remote = $of, rename_all = "kebab-case")]
        enum $code { $($name),* }
    )*};
}

codes! {
    OriginCode for "Origin" {
        GpRecord, EnglandCare, PrivateCare, ChildrensSocialCare, OutsideEngland
    }
    BoundaryCode for "Boundary" { WithinController, BeyondController }
    IdentifiabilityCode for "Identifiability" { Identifiable, DeIdentified, Anonymous }
    Type1Code for "Type1" { Unknown, None, Dissent }
    NationalCode for "National" { Unknown, None, OptedOut, NoNhsNumber }
    ProgrammeCode for "Programme" { Unknown, None, OptedOut }
    PurposeCode for "Purpose" {
        IndividualCare, CaseFinding, LocalClinicalAudit, ScreeningInvitation, PatientAccess,
        IncidentManagement, PatientSatisfaction, Research, Planning, RiskStratification,
        NationalClinicalAudit, ServiceEvaluation, DiseaseRegistration, CommunicableDiseaseControl,
        PublicHealth, PatientSurvey, OfficialStatistics, Census, Regulation, LegalProceedings,
        MortalityReview, ChildDeathReview, MedicalExaminer, FraudPrevention, Safeguarding,
        SystemAssurance, InvoiceValidation, InvoiceValidationNonContracted, PrescriptionPayment,
        ProviderPayment, Marketing, Insurance, OtherCommercial
    }
}

/// In the order of their bits.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum BasisCode {
    ImpliedConsent,
    ExplicitConsent,
    OverallBenefit,
    CourtOrder,
    StatutoryDuty,
    #[serde(rename = "s259-collection")]
    S259Collection,
    #[serde(rename = "copi-reg-2")]
    CopiReg2,
    #[serde(rename = "copi-reg-3")]
    CopiReg3,
    #[serde(rename = "copi-reg-5")]
    CopiReg5,
    PublicInterest,
    StatutoryPower,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ConditionCode {
    LegitimateRelationship,
    NationalDisapplied,
    Type1NotUpheld,
    Type1Upheld,
    ProgrammeOptOut,
    NationalVoluntary,
}
