//! Any bytes as a register; a register that was altered is refused or answers as before; and one
//! made by another hand, with a right digest, is survived.
#![no_main]

use std::sync::OnceLock;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use optout::record::register::{Builder, MaxAge, Sources};
use optout::record::{Digest, NhsNumber, Register};
use optout::{Date, National};

#[derive(Arbitrary, Debug)]
enum Input<'a> {
    Bytes(&'a [u8]),
    Altered { changes: Vec<(u16, u8)>, cut: Option<u16>, more: &'a [u8] },
    Sealed { changes: Vec<(u16, u8)>, directory: Vec<(u16, u8)>, pages: u8, probes: Vec<u32> },
}

const CHECKED: Date = Date::ymd(2026, 6, 1);

fn asked() -> Vec<NhsNumber> {
    let near = (400_000_000..400_000_120).filter_map(NhsNumber::from_first_nine);
    near.chain((700_000_000..700_000_020).filter_map(NhsNumber::from_first_nine)).collect()
}

fn whole() -> &'static [u8] {
    static WHOLE: OnceLock<Vec<u8>> = OnceLock::new();
    WHOLE.get_or_init(|| {
        let mut builder = Builder::new();
        for (i, number) in asked().into_iter().enumerate() {
            builder.ask(number);
            if i % 3 != 0 {
                let _ = builder.answer(number);
            }
        }
        let sources = Sources { request: Digest::of(b"request"), response: Digest::of(b"response") };
        builder.finish(CHECKED, sources).expect("a register").as_bytes().to_vec()
    })
}

/// Looks up one by one and many at once: one answer, and never "no NHS number".
fn look_up(register: &Register, probes: impl Iterator<Item = Option<NhsNumber>>) {
    let probes: Vec<_> = probes.chain(asked().into_iter().map(Some)).collect();
    for view in [
        register.at(register.checked(), MaxAge::days(0)),
        register.at(Date::ymd(9999, 12, 31), MaxAge::days(21)),
    ] {
        let mut many = vec![National::NoNhsNumber; probes.len()];
        view.status_many(&probes, &mut many).expect("slices of one length");
        for (probe, status) in probes.iter().zip(many) {
            assert_eq!(probe.map_or(National::Unknown, |number| view.status(number)), status);
            assert_ne!(status, National::NoNhsNumber);
            assert!(view.freshness().is_fresh() || status == National::Unknown);
        }
    }
    let _ = (register.memory(), register.numbers_in_pages(), format!("{register:?}"));
}

fn change(bytes: &mut [u8], changes: &[(u16, u8)], within: usize) {
    for (place, byte) in changes {
        bytes[usize::from(*place) % within] = *byte;
    }
}

fuzz_target!(|input: Input<'_>| match input {
    Input::Bytes(bytes) => {
        if let Ok(register) = Register::read(bytes, 0) {
            look_up(&register, [None].into_iter());
        }
    }
    Input::Altered { changes, cut, more } => {
        let mut bytes = whole().to_vec();
        let length = bytes.len();
        change(&mut bytes, &changes, length);
        bytes.truncate(cut.map_or(length, |cut| usize::from(cut) % (length + 1)));
        bytes.extend_from_slice(more);
        match Register::read(&bytes[..], bytes.len() as u64) {
            Ok(_) => assert!(bytes == whole()),
            Err(error) => assert!(!error.to_string().contains("400000")),
        }
    }
    Input::Sealed { changes, directory, pages, probes } => {
        let mut bytes = whole().to_vec();
        let length = bytes.len();
        change(&mut bytes, &changes, length);
        // What says where everything is.
        change(&mut bytes, &directory, 128);
        bytes[..12].copy_from_slice(&whole()[..12]);
        if pages < 0xF0 {
            bytes[96..100].copy_from_slice(&whole()[96..100]);
        }
        let digest = Digest::of(&bytes[..length - 32]);
        bytes[length - 32..].copy_from_slice(&digest.0);
        if let Ok(register) = Register::read(&bytes[..], 0) {
            assert_eq!(register.as_bytes(), bytes);
            look_up(&register, probes.into_iter().map(NhsNumber::from_first_nine));
        }
    }
});
