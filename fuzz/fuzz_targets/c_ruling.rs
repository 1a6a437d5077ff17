//! Arbitrary bytes as an `optout_ruling`: what is no ruling denies everybody; what was changed after
//! it was judged never makes a call go wrong, and is not explained as if it were whole.
#![no_main]

use libfuzzer_sys::fuzz_target;
use optout_capi::{OPTOUT_E_RULING, OPTOUT_OK, optout_assess_flow, optout_ruling};

/// The bytes of a ruling that was judged.
fn judged() -> [u8; 4096] {
    let mut ruling = optout_fuzz::ruling();
    let flow = b"individual-care";
    // SAFETY: each pointer is to a value of its type.
    let status = unsafe {
        optout_assess_flow(
            flow.as_ptr().cast(),
            flow.len(),
            20_260_601,
            &mut ruling,
            std::ptr::null_mut(),
        )
    };
    assert_eq!(status, OPTOUT_OK);
    // SAFETY: a ruling is 4096 bytes, all of them written.
    unsafe { (&raw const ruling).cast::<[u8; 4096]>().read() }
}

fuzz_target!(|input: &[u8]| {
    let Some((steer, bytes)) = input.split_first_chunk::<4>() else { return };
    let mut memory = vec![0_u8; 4096];
    let whole = steer[0] & 1 == 1;
    let mut changed = false;
    let judged = judged();
    if whole {
        memory.copy_from_slice(&judged);
        // Each three bytes of input change one, but for the size and the mark.
        for change in bytes.chunks_exact(3) {
            let place = 12 + usize::from(u16::from_le_bytes([change[0], change[1]])) % (4096 - 12);
            changed |= change[2] != 0;
            memory[place] ^= change[2];
        }
    } else {
        let length = bytes.len().min(memory.len());
        memory[..length].copy_from_slice(&bytes[..length]);
        // The mark can be forged on purpose, and the fuzzer does; it cannot come about by accident.
        if memory[4..12] == judged[4..12] {
            memory[4] ^= 1;
        }
    }
    let skew = usize::from(steer[1] % 8);
    let mut skewed = vec![0_u8; skew];
    skewed.extend_from_slice(&memory);
    let ruling = skewed[skew..].as_ptr().cast::<optout_ruling>();

    if !whole {
        assert_eq!(optout_fuzz::decide(ruling, steer[2]).0, OPTOUT_E_RULING);
        assert_eq!(optout_fuzz::explain(ruling, steer[2], 100), OPTOUT_E_RULING);
    } else if changed {
        // Whatever was written there is copied out, or the status says that it is no ruling.
        let mut decision = optout_fuzz::allowing();
        // SAFETY: each pointer is to a value of its type.
        let status = unsafe { optout_capi::optout_decide(ruling, steer[2], &mut decision) };
        assert_eq!(status, OPTOUT_OK);
        optout_fuzz::explain(ruling, steer[2], usize::from(steer[3]) * 100);
    } else {
        assert_eq!(optout_fuzz::decide(ruling, steer[2]).0, OPTOUT_OK);
        assert_eq!(optout_fuzz::explain(ruling, steer[2], 60_000), OPTOUT_OK);
    }
});
