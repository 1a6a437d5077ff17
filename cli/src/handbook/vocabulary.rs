//! The words in which a disclosure and a patient are described.

use optout::binding::OptOut;
use optout::{
    AssessError, Bases, Boundary, Conditions, Disclosure, Identifiability, Origin, Purpose,
    PurposeClass,
};

use super::page::Page;
use super::scope::{A_DAY, statuses};
use super::words::{capital, code, join};

/// The words of a disclosure, then those of a patient.
pub(super) fn write(page: &mut Page) {
    page.section("vocabulary", "Vocabulary");
    page.push(
        "A disclosure is described in seven fields: origin, boundary, identifiability, purpose, \
         bases, conditions and the date. Each must be stated; there is no default. The codes are \
         those of the command line and of JSON. The numbers are for programs, and are never used \
         again for something else.",
    );

    page.part("origin", "Origin: where the data were recorded");
    codes(page, Origin::ALL.iter().map(|v| (v.number(), v.code(), v.meaning())));
    page.part("boundary", "Boundary: whose purpose is served");
    codes(page, Boundary::ALL.iter().map(|v| (v.number(), v.code(), v.meaning())));
    page.part("identifiability", "Identifiability: in what form the data are");
    page.push(
        "It is judged for the recipient. Where the holder hands over only an output, judge the \
         output. Where another organisation's purpose is run on the holder's records, judge those \
         records, not what comes out.",
    );
    codes(page, Identifiability::ALL.iter().map(|v| (v.number(), v.code(), v.meaning())));
    purposes(page);
    bases(page);
    conditions(page);
    patient(page);
}

fn codes(page: &mut Page, values: impl Iterator<Item = (u8, &'static str, &'static str)>) {
    page.table(
        ["Number", "Code", "Meaning"],
        values
            .map(|(number, value, meaning)| [number.to_string(), code(value), meaning.to_owned()]),
    );
}

fn purposes(page: &mut Page) {
    page.part("purpose", "Purpose: what the disclosure is for");
    page.push("Each purpose has a class, and the rules use the class.");
    for class in PurposeClass::ALL {
        page.heading(&format!("{}: {}", capital(class.code()), class.meaning()));
        let purposes = Purpose::ALL.iter().filter(|purpose| purpose.class() == *class);
        codes(page, purposes.map(|v| (v.number(), v.code(), v.meaning())));
    }
    page.heading("Codes of HL7");
    page.push(
        "HL7 is a standard for messages between health systems. These of its codes for a purpose \
         are accepted in place of ours. A code that fits several purposes is refused with the \
         list, and never guessed; any other is an error.",
    );
    let clear = Purpose::HL7.iter().map(|(hl7, purpose)| [code(hl7), code(purpose)]);
    let unclear = Purpose::HL7_AMBIGUOUS.iter().map(|(hl7, purposes)| {
        [code(hl7), format!("refused: say {}", join(purposes.iter().map(code), "or"))]
    });
    page.table(["HL7 code", "Purpose"], clear.chain(unclear));
}

fn bases(page: &mut Page) {
    page.part("bases", "Bases: what the controller relies on");
    page.push("Several may be relied on at once.");
    page.table(
        ["Bit", "Code", "Meaning", "Evidence"],
        Bases::TABLE.iter().map(|(flag, value, meaning)| {
            let needed = Bases::NEED_EVIDENCE.contains(*flag);
            [
                flag.bits().trailing_zeros().to_string(),
                code(value),
                (*meaning).to_owned(),
                evidence(needed),
            ]
        }),
    );
}

fn conditions(page: &mut Page) {
    page.part("conditions", "Conditions: what the controller asserts about this flow");
    page.table(
        ["Bit", "Code", "Meaning", "Evidence"],
        Conditions::TABLE.iter().map(|(flag, value, meaning)| {
            let needed = Conditions::NEED_EVIDENCE.contains(*flag);
            [
                flag.bits().trailing_zeros().to_string(),
                code(value),
                (*meaning).to_owned(),
                evidence(needed),
            ]
        }),
    );
    page.push("Some claims cannot both be true of one disclosure, and are refused together:");
    page.list(contradictions());
}

/// Each pair of claims that the program refuses, with what it says.
fn contradictions() -> Vec<String> {
    let bases = pairs(Bases::TABLE.iter().map(|(flag, ..)| *flag))
        .map(|(a, b)| Disclosure { bases: a | b, ..nothing_claimed() });
    let conditions = pairs(Conditions::TABLE.iter().map(|(flag, ..)| *flag))
        .map(|(a, b)| Disclosure { conditions: a | b, ..nothing_claimed() });
    let refused = bases.chain(conditions).filter_map(|disclosure| match disclosure.check() {
        Err(AssessError::Contradiction { first, second, advice, .. }) => {
            Some(format!("`{first}` with `{second}`: {advice}."))
        }
        Ok(()) | Err(_) => None,
    });
    refused.collect()
}

fn pairs<T: Copy>(flags: impl Iterator<Item = T> + Clone) -> impl Iterator<Item = (T, T)> {
    let later = flags.clone();
    flags.enumerate().flat_map(move |(i, a)| later.clone().skip(i + 1).map(move |b| (a, b)))
}

const fn nothing_claimed() -> Disclosure {
    Disclosure {
        origin: Origin::GpRecord,
        boundary: Boundary::BeyondController,
        identifiability: Identifiability::Identifiable,
        purpose: Purpose::Research,
        bases: Bases::empty(),
        conditions: Conditions::empty(),
        on: A_DAY,
    }
}

fn evidence(needed: bool) -> String {
    if needed { "needed" } else { "–" }.to_owned()
}

fn patient(page: &mut Page) {
    page.part("patient", "What a patient may have recorded");
    page.push(
        "A status that is left out is *not known*, and not known blocks wherever the opt-out \
         binds. The last column says what each value does there. Age and death do not enter: a \
         national opt-out outlives the patient ([OP3]).",
    );
    for opt_out in OptOut::ALL {
        page.heading(&format!("{} (`{opt_out}`)", capital(opt_out.meaning())));
        page.table(
            ["Number", "Code", "Meaning", "Where it binds"],
            statuses(*opt_out).into_iter().map(|status| {
                [
                    status.number.to_string(),
                    code(status.code),
                    status.meaning.to_owned(),
                    if status.blocks { "**blocks**" } else { "does not block" }.to_owned(),
                ]
            }),
        );
    }
    page.heading("Explicit consent (`explicit-consent`)");
    page.push(
        "Whether this patient's consent to this use is on record and has not been withdrawn. It is \
         not an opt-out: it is what the route on explicit consent asks for.",
    );
}
