//! Which codes are Type 1, and which look like it and are not.

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
    /// A SNOMED CT identifier that a spreadsheet has rounded (`8.27241E+14`).
    #[error(
        "a SNOMED CT identifier in scientific notation has lost its last digits; export it as text"
    )]
    Rounded,
    /// A Type 1 code but for the case of a letter: another code, or one that an export has changed.
    #[error("a Type 1 code but for the case of a letter; export codes as they were recorded")]
    LetterCase,
    /// A Type 1 code with something around, within or behind it, or one whose last digits are lost.
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

/// What a code says about Type 1, letter for letter.
///
/// ASCII spaces around it are dropped. A Read code may lack its final dots (`9Nu0`), be followed by
/// the two characters of a term (`9Nu0.00`), and have the `R2_` that some exports put before it; a
/// CTV3 code may have `CTV3_`; a SNOMED CT identifier may end in the `.0` of a number read as
/// decimal.
///
/// # Errors
/// A Type 1 code of another system, a rounded identifier, and whatever has a Type 1 code in it in
/// another form or with other capitals: passing over either could lose a dissent.
pub fn recognise(system: CodeSystem, code: &[u8]) -> Result<Recognised, CodeError> {
    let code = code.trim_ascii();
    let bare = bare(system, code);
    if let Some(meaning) = find(system, bare) {
        return Ok(meaning);
    }
    for given in CodeSystem::ALL.iter().copied().filter(|other| *other != system) {
        if let Some(Dissent | Withdrawal) = find(given, self::bare(given, code)) {
            return Err(CodeError::OtherSystem { given: system, actual: given });
        }
    }
    if system == CodeSystem::Snomed && is_rounded(code) {
        return Err(CodeError::Rounded);
    }
    for (of, known, _) in CODES.iter().filter(|(.., said)| matches!(said, Dissent | Withdrawal)) {
        if *of == system && known.eq_ignore_ascii_case(bare) {
            return Err(CodeError::LetterCase);
        }
        if resembles(code, *of, known) {
            return Err(CodeError::Resembles);
        }
    }
    Ok(Recognised::Unrelated)
}

/// Whether a Type 1 code is somewhere in it, whatever stands between its letters and digits; or, of a
/// SNOMED CT identifier, all but the check digit, or all but the last three digits with zeros in their
/// place.
fn resembles(code: &[u8], of: CodeSystem, known: &[u8]) -> bool {
    match (of, known) {
        (CodeSystem::Snomed, [item @ .., one, zero, _]) => {
            let digit = |byte: u8| byte.is_ascii_alphanumeric();
            holds(code, digit, &item.iter().chain([one, zero]))
                || holds(code, digit, &item.iter().chain(b"000"))
        }
        // A dot counts: `9Nu..00` is another code.
        _ => holds(code, |byte| byte.is_ascii_alphanumeric() || byte == b'.', &known.iter()),
    }
}

/// Whether what `counts` of a code has these characters in it, one after the other.
fn holds<'k>(
    code: &[u8],
    counts: impl Fn(u8) -> bool,
    known: &(impl Iterator<Item = &'k u8> + Clone),
) -> bool {
    (0..code.len()).any(|start| {
        let mut rest = code.iter().skip(start).filter(|byte| counts(**byte));
        known.clone().all(|byte| rest.next().is_some_and(|other| other.eq_ignore_ascii_case(byte)))
    })
}

fn find(system: CodeSystem, bare: &[u8]) -> Option<Recognised> {
    CODES.iter().find(|(of, code, _)| *of == system && *code == bare).map(|(.., meaning)| *meaning)
}

/// The code without what exports put around it.
fn bare(system: CodeSystem, code: &[u8]) -> &[u8] {
    match system {
        CodeSystem::ReadV2 => {
            let code = code.strip_prefix(b"R2_").unwrap_or(code);
            let code = match code {
                [five @ .., a, b] if five.len() == 5 && is_term(*a, *b) => five,
                _ => code,
            };
            without_dots(code)
        }
        CodeSystem::Ctv3 => without_dots(code.strip_prefix(b"CTV3_").unwrap_or(code)),
        CodeSystem::Snomed => code.strip_suffix(b".0").unwrap_or(code),
    }
}

const fn is_term(a: u8, b: u8) -> bool {
    a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric()
}

fn without_dots(mut code: &[u8]) -> &[u8] {
    while let [rest @ .., b'.'] = code {
        code = rest;
    }
    code
}

fn is_rounded(code: &[u8]) -> bool {
    let mut parts = code.splitn(2, |byte| byte.eq_ignore_ascii_case(&b'e'));
    let number = |part: &[u8]| {
        part.iter().any(u8::is_ascii_digit)
            && part.iter().all(|byte| byte.is_ascii_digit() || b".,+' ".contains(byte))
    };
    parts.next().is_some_and(number) && parts.next().is_some_and(number)
}
