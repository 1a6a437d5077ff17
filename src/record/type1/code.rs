//! Which codes are Type 1, and which look like it and are not.

use super::altered::altered;
use super::readable::{is_local, is_readable};
use crate::vocabulary::{UnknownCode, coded, read_code};

coded! {
    /// The terminology that a code is taken from.
    pub enum CodeSystem("code system") {
        ReadV2 = 1, "read-v2", "Read codes, version 2, of five bytes";
        Ctv3 = 2, "ctv3", "Clinical Terms version 3, whose codes differ by the case of a letter";
        Snomed = 3, "snomed-ct", "SNOMED CT concept identifiers";
    }
}
read_code!(CodeSystem, from_code, UnknownCode);

coded! {
    /// A choice that is recorded like a Type 1 opt-out and is another (specification, section 8).
    pub enum OtherConsent("other consent") {
        Type2 = 1, "type-2", "the Type 2 opt-out, which became the national one on 2018-10-11";
        Type2Withdrawn = 2, "type-2-withdrawn", "a Type 2 opt-out withdrawn";
        SummaryCareRecord = 3, "summary-care-record", "dissent from a Summary Care Record";
        SharedRecord = 4, "shared-record", "dissent from a shared electronic record";
        ThirdParty = 5, "third-party", "dissent from sharing with a third party";
    }
}
read_code!(OtherConsent, from_code, UnknownCode);

/// What a code says about Type 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recognised {
    /// Dissent from secondary use of GP patient identifiable data: the Type 1 opt-out.
    Dissent,
    /// That dissent withdrawn.
    Withdrawal,
    /// Another choice, which says nothing about Type 1.
    Other(OtherConsent),
    /// A supplier's own code (`^ESCT…`, `EMISNQ…`), which is no Type 1 code.
    Local,
    /// No code of its system: nothing, a word for none, or what cannot be one. What was recorded is
    /// not known, so that many of them show that the wrong column was named.
    Unreadable,
    /// Nothing about sharing that is known here.
    Unrelated,
}

/// A code that cannot be taken at its word, where passing over it could lose a dissent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// A Type 1 code of one system, given as another's.
    #[error("a Type 1 code of {}, given as {}", actual.code(), given.code())]
    OtherSystem {
        /// What the entry states.
        given: CodeSystem,
        /// Whose code it is.
        actual: CodeSystem,
    },
    /// A number in scientific notation that a Type 1 code of SNOMED CT may have become
    /// (`8.27241E+14`).
    #[error(
        "a number in scientific notation that may have been a Type 1 code; export codes as text"
    )]
    Rounded,
    /// A Type 1 code but for the case of a letter: another code, or one that an export has changed.
    #[error("a Type 1 code but for the case of a letter; export codes as they were recorded")]
    LetterCase,
    /// A Type 1 code with something around, within or behind it, in other digits or letters, or one
    /// whose last digits are lost.
    #[error("it resembles a Type 1 code and is none as written; export the bare code, as text")]
    Resembles,
}

use Recognised::{Dissent, Other, Withdrawal};

/// Each code with its system and meaning, Read codes without their dots. The withdrawals in CTV3
/// (grade B) and SNOMED CT (grade C) are for the controller to confirm in TRUD.
const CODES: [(CodeSystem, &[u8], Recognised); 17] = [
    (CodeSystem::ReadV2, b"9Nu0", Dissent),
    (CodeSystem::ReadV2, b"9Nu1", Withdrawal),
    (CodeSystem::ReadV2, b"9Nu4", Other(OtherConsent::Type2)),
    (CodeSystem::ReadV2, b"9Nu5", Other(OtherConsent::Type2Withdrawn)),
    (CodeSystem::ReadV2, b"9Ndo", Other(OtherConsent::SummaryCareRecord)),
    (CodeSystem::ReadV2, b"93C1", Other(OtherConsent::SharedRecord)),
    (CodeSystem::ReadV2, b"93C3", Other(OtherConsent::SharedRecord)),
    (CodeSystem::ReadV2, b"9NdH", Other(OtherConsent::ThirdParty)),
    (CodeSystem::Ctv3, b"XaZ89", Dissent),
    (CodeSystem::Ctv3, b"XaZ8A", Withdrawal),
    (CodeSystem::Ctv3, b"XaaVL", Other(OtherConsent::Type2)),
    (CodeSystem::Ctv3, b"XaaVM", Other(OtherConsent::Type2Withdrawn)),
    (CodeSystem::Ctv3, b"XaXj6", Other(OtherConsent::SummaryCareRecord)),
    (CodeSystem::Snomed, b"827241000000103", Dissent),
    (CodeSystem::Snomed, b"827261000000102", Withdrawal),
    (CodeSystem::Snomed, b"881561000000100", Other(OtherConsent::Type2)),
    (CodeSystem::Snomed, b"881581000000109", Other(OtherConsent::Type2Withdrawn)),
];

/// The Type 1 codes, Read codes without their dots.
pub(super) fn type1_codes() -> impl Iterator<Item = (CodeSystem, &'static [u8], Recognised)> {
    CODES.into_iter().filter(|(.., meaning)| matches!(meaning, Dissent | Withdrawal))
}

/// What a code says about Type 1, letter for letter.
///
/// ASCII spaces around it are dropped. A Read code may lack its final dots (`9Nu0`) and be followed by
/// the two characters of a term (`9Nu0.00`); a SNOMED CT identifier may end in the `.0` of a number
/// read as decimal. Each may have the prefix that some exports put before codes of its system: `R2_`,
/// `R3_` or `CTV3_`, `SN_` or `SCT_`.
///
/// # Errors
/// A Type 1 code of another system, what a spreadsheet has rounded one to, and whatever has one in it
/// in another form or with other capitals: passing over any of them could lose a dissent.
pub fn recognise(system: CodeSystem, code: &[u8]) -> Result<Recognised, CodeError> {
    let code = code.trim_ascii();
    let bare = bare(system, code);
    if let Some(meaning) = find(system, bare) {
        return Ok(meaning);
    }
    for actual in CodeSystem::ALL.iter().copied().filter(|other| *other != system) {
        if let Some(Dissent | Withdrawal) = find(actual, self::bare(actual, code)) {
            return Err(CodeError::OtherSystem { given: system, actual });
        }
    }
    if let Some(error) = altered(system, code, bare) {
        return Err(error);
    }
    Ok(if is_local(bare) {
        Recognised::Local
    } else if is_readable(system, bare) {
        Recognised::Unrelated
    } else {
        Recognised::Unreadable
    })
}

fn find(system: CodeSystem, bare: &[u8]) -> Option<Recognised> {
    CODES.iter().find(|(of, code, _)| *of == system && *code == bare).map(|(.., meaning)| *meaning)
}

/// The code without what exports put around it.
fn bare(system: CodeSystem, code: &[u8]) -> &[u8] {
    let mut prefixes = prefixes(system).iter();
    let code = prefixes.find_map(|prefix| code.strip_prefix(*prefix)).unwrap_or(code);
    match system {
        CodeSystem::ReadV2 => match code {
            [five @ .., a, b] if five.len() == 5 && is_term(*a, *b) => without_dots(five),
            _ => without_dots(code),
        },
        CodeSystem::Ctv3 => without_dots(code),
        CodeSystem::Snomed => code.strip_suffix(b".0").unwrap_or(code),
    }
}

/// What some exports put before the codes of a system.
const fn prefixes(system: CodeSystem) -> &'static [&'static [u8]] {
    match system {
        CodeSystem::ReadV2 => &[b"R2_"],
        CodeSystem::Ctv3 => &[b"R3_", b"CTV3_"],
        CodeSystem::Snomed => &[b"SCT_", b"SN_"],
    }
}

/// Whether two characters may be those of a term.
pub(super) const fn is_term(a: u8, b: u8) -> bool {
    a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric()
}

/// A Read code without its final dots.
pub(super) fn without_dots(mut code: &[u8]) -> &[u8] {
    while let [rest @ .., b'.'] = code {
        code = rest;
    }
    code
}
