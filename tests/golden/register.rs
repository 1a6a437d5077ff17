//! The register of the C suites, asked about numbers that are never issued.

use std::path::Path;

use optout::record::register::{Freshness, MaxAge};
use optout::record::{NhsNumber, Register};
use optout::{Date, National};

use super::{E_VALUE, Golden, OK};

const FILE: &str = "tests/c/national.register";
const DAYS: u16 = 14;

/// Statuses of the C library, as its header numbers them.
const E_NHS_NUMBER: u32 = 28;
const E_NHS_NUMBER_EMPTY: u32 = 29;
const E_REGISTER_FILE: u32 = 30;
const E_REGISTER: u32 = 31;
const E_REGISTER_AGE: u32 = 33;

pub(crate) fn lines(golden: &mut Golden) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    golden.line(&[&"register", &"tests/c/no.register", &DAYS, &E_REGISTER_FILE]);
    golden.line(&[&"register", &"tests/c/epr.txt", &DAYS, &E_REGISTER]);
    golden.line(&[&"register", &FILE, &DAYS, &OK]);
    let register = Register::open(root.join(FILE)).expect("the register of the C suites");
    // The day of the check, the last on which it may be used, and days on which it may not.
    for on in [20_260_601, 20_260_615, 20_260_616, 20_260_531, 20_260_631] {
        // Came back, the same in its printed form, did not, was not asked, is wrong, is empty.
        for number in ["9434700027", "943 470 0027", "9434700019", "9000898358", "9434700023", ""] {
            let (status, national) = ask(&register, on, number.as_bytes());
            golden.line(&[&"national", &on, &number, &status, &national.number()]);
        }
    }
}

/// What is wrong with the day is said before what is wrong with the number.
fn ask(register: &Register, on: u32, number: &[u8]) -> (u32, National) {
    let Some(on) = Date::from_yyyymmdd(on) else { return (E_VALUE, National::Unknown) };
    let view = register.at(on, MaxAge::days(DAYS));
    if !matches!(view.freshness(), Freshness::Fresh { .. }) {
        return (E_REGISTER_AGE, National::Unknown);
    }
    match NhsNumber::parse(number) {
        Ok(number) => (OK, view.status(number)),
        Err(_) if number.is_empty() => (E_NHS_NUMBER_EMPTY, National::Unknown),
        Err(_) => (E_NHS_NUMBER, National::Unknown),
    }
}
