//! The clauses that a decision stands on.
//!
//! Written by `cargo xtask generate` from the tables of the library.

/// What a decision stands on: one of `OPTOUT_CLAUSE_*`. New clauses may come; `optout_clause_text`
/// knows those of the library that runs.
///
/// `OP3`: who may set a national opt-out, and that it outlives the patient.
pub const OPTOUT_CLAUSE_OP3: u32 = 1;

/// `OP5.1`: disclosures on section 251 support respect the national opt-out, unless the
/// decision-maker records that it does not apply to the flow.
pub const OPTOUT_CLAUSE_OP5_1: u32 = 2;

/// `OP6.2`: the national opt-out does not apply to communicable disease and risks to public health
/// under regulation 3.
pub const OPTOUT_CLAUSE_OP6_2: u32 = 3;

/// `OP6.3`: the national opt-out does not apply to a disclosure in the overriding public interest.
pub const OPTOUT_CLAUSE_OP6_3: u32 = 4;

/// `OP7.1`: the national opt-out does not apply to validating invoices for care outside a contract,
/// nor to payment data required by law.
pub const OPTOUT_CLAUSE_OP7_1: u32 = 5;

/// `OP8`: having no opt-out is not permission: a lawful basis is still needed.
pub const OPTOUT_CLAUSE_OP8: u32 = 6;

/// `OPA2`: which activities of the patient's own team count as individual care.
pub const OPTOUT_CLAUSE_OPA2: u32 = 7;

/// `OPA6`: what confidential patient information is.
pub const OPTOUT_CLAUSE_OPA6: u32 = 8;

/// `NHSUK`: where the choice does not apply: individual care, legal duties and court orders,
/// consent, anonymised data, no NHS number; no marketing or insurance use without consent.
pub const OPTOUT_CLAUSE_NHSUK: u32 = 9;

/// `UNDER`: which organisations and information the national opt-out covers, within an organisation
/// as well as between them.
pub const OPTOUT_CLAUSE_UNDER: u32 = 10;

/// `RES3`: what the national opt-out is, for researchers.
pub const OPTOUT_CLAUSE_RES3: u32 = 11;

/// `RES4`: data anonymised in line with the Information Commissioner's code are outside the
/// national opt-out.
pub const OPTOUT_CLAUSE_RES4: u32 = 12;

/// `RES6`: a patient's consent to a study stands over the national opt-out, whichever came first;
/// the whole record is withheld, never selected fields.
pub const OPTOUT_CLAUSE_RES6: u32 = 13;

/// `HRA`: how the national opt-out applies to research with section 251 support.
pub const OPTOUT_CLAUSE_HRA: u32 = 14;

/// `RCGP`: a Type 1 objection is to use of GP-held data beyond care without explicit consent.
pub const OPTOUT_CLAUSE_RCGP: u32 = 15;

/// `POD15`: a Type 1 objection keeps identifiable and record-level GP data in the practice for
/// purposes beyond care.
pub const OPTOUT_CLAUSE_POD15: u32 = 16;

/// `PHSMI`: a mandatory collection under sections 254 and 259 upholds Type 1 and does not apply the
/// national opt-out.
pub const OPTOUT_CLAUSE_PHSMI: u32 = 17;

/// `GDPPR`: the pandemic collection from practices respected Type 1 although supply was mandatory.
pub const OPTOUT_CLAUSE_GDPPR: u32 = 18;

/// `GPDPR`: no data of patients with Type 1 would be collected, although pseudonymised at source.
pub const OPTOUT_CLAUSE_GPDPR: u32 = 19;

/// `OS-T1`: Type 1 is upheld for analysis run in place on pseudonymised GP records, but was not
/// while regulation 3 notices were relied on.
pub const OPTOUT_CLAUSE_OS_T1: u32 = 20;

/// `OS-NDO`: how a research platform treats the national opt-out.
pub const OPTOUT_CLAUSE_OS_NDO: u32 = 21;

/// `CPRD`: a research database of pseudonymised GP records applies Type 1.
pub const OPTOUT_CLAUSE_CPRD: u32 = 22;

/// `NHSE2014`: Type 1 does not stop a court order, a legal duty or an overriding public interest.
pub const OPTOUT_CLAUSE_NHSE2014: u32 = 23;

/// `GMC`: confidentiality: care of patients who lack capacity, objections to sharing, disclosure
/// after death.
pub const OPTOUT_CLAUSE_GMC: u32 = 24;

/// `S251`: confidentiality may be set aside for medical purposes, but not to serve the care of
/// particular people.
pub const OPTOUT_CLAUSE_S251: u32 = 25;

/// `COPI`: the regulations made under section 251: neoplasia, communicable disease, other medical
/// purposes.
pub const OPTOUT_CLAUSE_COPI: u32 = 26;

/// `GPG2023`: sharing for direct care on implied consent, respecting a patient's objection.
pub const OPTOUT_CLAUSE_GPG2023: u32 = 27;

/// `DH2014`: sharing information for direct care is expected of care teams.
pub const OPTOUT_CLAUSE_DH2014: u32 = 28;

/// `DH2013`: the promise that objections to use beyond care will be respected.
pub const OPTOUT_CLAUSE_DH2013: u32 = 29;

/// `LEDER2020`: practices were asked to release records of people with a learning disability who
/// died.
pub const OPTOUT_CLAUSE_LEDER2020: u32 = 30;

/// `LHCRE2018`: local health and care records: identifiable for care, anonymised for planning.
pub const OPTOUT_CLAUSE_LHCRE2018: u32 = 31;

/// `READING`: no source settles it: our own reading.
pub const OPTOUT_CLAUSE_READING: u32 = 32;
