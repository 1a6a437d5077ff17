//! Arbitrary bytes of any size as an `optout_disclosure`: what C accepts is what the Rust library
//! accepts, and answers alike; what it refuses denies everybody.
#![no_main]

use libfuzzer_sys::fuzz_target;
use optout::{Bases, Boundary, Conditions, Date, Disclosure, Identifiability, Origin, Patient, Purpose};
use optout_capi::{OPTOUT_E_RULING, OPTOUT_OK, optout_disclosure};

const SIZE: usize = 64;

/// The question of the first 64 bytes; `None` when a field has no meaning.
fn question(bytes: &[u8]) -> Option<Disclosure> {
    let word = |i: usize| u32::from_ne_bytes(bytes[4 * i..4 * i + 4].try_into().expect("four bytes"));
    Some(Disclosure {
        on: Date::from_yyyymmdd(word(1))?,
        origin: Origin::from_number(word(2).try_into().ok()?).ok()?,
        boundary: Boundary::from_number(word(3).try_into().ok()?).ok()?,
        identifiability: Identifiability::from_number(word(4).try_into().ok()?).ok()?,
        purpose: Purpose::from_number(word(5).try_into().ok()?).ok()?,
        bases: Bases::from_bits(word(6).try_into().ok()?)?,
        conditions: Conditions::from_bits(word(7).try_into().ok()?)?,
    })
}

fuzz_target!(|input: &[u8]| {
    // The first bytes steer mutation towards questions that can be judged.
    let Some((steer, bytes)) = input.split_first_chunk::<10>() else { return };
    let mut memory = vec![0_u8; 4096 + 64];
    let length = bytes.len().min(memory.len());
    memory[..length].copy_from_slice(&bytes[..length]);
    if steer[0] & 1 == 1 {
        let words: [u32; 8] = [
            SIZE as u32 + u32::from(steer[9] & 0xF0),
            20_260_601,
            u32::from(steer[1] % 7),
            u32::from(steer[2] % 4),
            u32::from(steer[3] % 5),
            u32::from(steer[4] % 90),
            u32::from(u16::from_le_bytes([steer[5], steer[6]]) & 0x0FFF),
            u32::from(steer[7] & 0x7F),
        ];
        for (word, place) in words.iter().zip(memory.chunks_exact_mut(4)) {
            place.copy_from_slice(&word.to_ne_bytes());
        }
        if steer[0] & 2 == 2 {
            memory[32..].fill(0);
        }
    }
    // Any alignment.
    let skew = usize::from(steer[8] % 8);
    let mut skewed = vec![0_u8; skew];
    skewed.extend_from_slice(&memory);
    let bytes = &skewed[skew..];

    let size = u32::from_ne_bytes(bytes[..4].try_into().expect("four bytes")) as usize;
    let sized = (SIZE..=4096).contains(&size);
    let reserved = sized && bytes[32..size].iter().any(|byte| *byte != 0);
    let expected =
        question(bytes).filter(|_| sized && !reserved).and_then(|q| optout::assess(&q).ok());

    let mut ruling = optout_fuzz::ruling();
    let status = optout_fuzz::assess(bytes.as_ptr().cast::<optout_disclosure>(), &mut ruling);
    assert_eq!(status == OPTOUT_OK, expected.is_some());
    for patient in [0, steer[8], steer[9], 0xFF] {
        let (status, found) = optout_fuzz::decide(&ruling, patient);
        match &expected {
            None => assert_eq!(status, OPTOUT_E_RULING),
            Some(ruling) => {
                let decision = ruling.decide(Patient::from_byte(patient));
                assert_eq!(found.verdict, i32::from(decision.verdict().number()));
                assert_eq!(found.reason, u32::from(decision.reason().number()));
                assert_eq!(found.route, decision.route().map_or(0, |r| u32::from(r.number())));
                assert_eq!(found.blocked_by, decision.blocked_by().bits());
            }
        }
    }
    optout_fuzz::explain(&ruling, steer[8], usize::from(steer[9]) * 100);
});
