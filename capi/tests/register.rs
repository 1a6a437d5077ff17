//! The register through C says what it says in Rust, and the register of the C suites is the one that
//! is made here. Bless it with `OPTOUT_BLESS=1`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::ptr;

use optout::record::register::{Answer, Builder, MaxAge, Sources};
use optout::record::{Digest, NhsNumber, Register};
use optout::{Date, National};
use optout_capi::*;

/// The first nine digits that the suites ask about.
const KNOWN: std::ops::Range<u32> = 943_470_000..943_472_000;

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/c/national.register")
}

/// Numbers with a multiple of five were not asked; of the others, the even ones came back.
fn made() -> Register {
    let mut builder = Builder::new();
    for number in KNOWN.filter(|nine| nine % 5 != 0).filter_map(NhsNumber::from_first_nine) {
        builder.ask(number);
        if number.first_nine().is_multiple_of(2) {
            assert_eq!(builder.answer(number), Answer::Clear);
        }
    }
    let sources =
        Sources { request: Digest::of(b"the request"), response: Digest::of(b"the response") };
    builder.finish(Date::ymd(2026, 6, 1), sources).unwrap()
}

#[test]
fn the_register_of_the_suites_is_made_here() {
    let made = made();
    if std::env::var_os("OPTOUT_BLESS").is_some() {
        fs::write(path(), made.as_bytes()).unwrap();
    }
    assert!(fs::read(path()).unwrap() == made.as_bytes(), "set OPTOUT_BLESS=1 to write it anew");
}

fn open(days: u32) -> *mut optout_register {
    let path = path();
    let path = path.to_str().unwrap();
    let mut handle = ptr::null_mut();
    // SAFETY: the path is as long as is said, and the handle is a place for one.
    let status = unsafe {
        optout_register_open(
            path.as_ptr().cast(),
            path.len(),
            days,
            &raw mut handle,
            ptr::null_mut(),
        )
    };
    assert_eq!(status, OPTOUT_OK);
    assert!(!handle.is_null());
    handle
}

/// Every number of the range, and what stands around it, on days around both ends of the age; alone
/// and together, in counts around the size of a block.
#[test]
fn every_status_is_that_of_the_rust_register() {
    let numbers: Vec<NhsNumber> =
        (KNOWN.start - 100..KNOWN.end + 100).filter_map(NhsNumber::from_first_nine).collect();
    let digits: Vec<u8> = numbers.iter().flat_map(|number| number.to_digits()).collect();
    let register = made();
    for days in [0, 14, 65_535] {
        let handle = open(days);
        for (on, date) in [
            (20_260_531, Date::ymd(2026, 5, 31)),
            (20_260_601, Date::ymd(2026, 6, 1)),
            (20_260_615, Date::ymd(2026, 6, 15)),
            (20_260_616, Date::ymd(2026, 6, 16)),
        ] {
            let view = register.at(date, MaxAge::days(u16::try_from(days).unwrap()));
            let usable = view.freshness().is_fresh();
            let expected_status = if usable { OPTOUT_OK } else { OPTOUT_E_REGISTER_AGE };
            for count in [0, 1, 511, 512, 513, 1024, numbers.len()] {
                let mut statuses = vec![9_u8; count];
                let mut unread = 9;
                // SAFETY: the fields and the statuses are as many as is said.
                let status = unsafe {
                    optout_register_status_many(
                        handle,
                        on,
                        digits.as_ptr().cast(),
                        10,
                        10,
                        count,
                        statuses.as_mut_ptr(),
                        &raw mut unread,
                        ptr::null_mut(),
                    )
                };
                assert_eq!((status, unread), (expected_status, 0));
                for (number, status) in numbers.iter().zip(&statuses) {
                    assert_eq!(*status, view.status(*number).number());
                }
            }
            let mut seen = [0; 4];
            for number in &numbers {
                let (digits, mut national) = (number.to_digits(), 9);
                // SAFETY: ten digits, and a place for the status.
                let status = unsafe {
                    optout_register_status(
                        handle,
                        on,
                        digits.as_ptr().cast(),
                        10,
                        &raw mut national,
                        ptr::null_mut(),
                    )
                };
                assert_eq!(status, expected_status);
                assert_eq!(national, u32::from(view.status(*number).number()));
                seen[usize::try_from(national).unwrap()] += 1;
            }
            let each = [National::Unknown, National::None, National::OptedOut];
            assert!(!usable || each.iter().all(|s| seen[usize::from(s.number())] > 100));
        }
        // SAFETY: opened above, and not used again.
        unsafe { optout_register_free(handle) };
    }
}
