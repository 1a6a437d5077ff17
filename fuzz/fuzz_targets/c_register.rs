//! Arbitrary bytes as the file of a register, half of them with a right digest: it is refused, or it
//! answers as the Rust register does; nothing crashes, and what fails is unknown.
#![no_main]

use std::io::Write;
use std::ptr;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use optout::record::register::{Answer, Builder, MaxAge, Sources};
use optout::record::{Digest, NhsNumber, Register};
use optout::{Date, National};
use optout_capi::*;

/// What mutation starts from: two pages, with numbers that came back and numbers that did not.
static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut builder = Builder::new();
    for nine in (943_470_000..943_470_400).chain(900_090_000..900_090_040) {
        let Some(number) = NhsNumber::from_first_nine(nine) else { continue };
        builder.ask(number);
        if nine % 3 != 0 {
            assert_eq!(builder.answer(number), Answer::Clear);
        }
    }
    let register = builder.finish(Date::ymd(2026, 6, 1), Sources::default()).expect("a register");
    register.as_bytes().to_vec()
});

/// The file that an input means: itself, or the whole register with some bytes replaced.
fn file(steer: [u8; 2], bytes: &[u8]) -> Vec<u8> {
    let mut file = if steer[0] & 1 == 0 {
        bytes.to_vec()
    } else {
        let mut file = WHOLE.clone();
        for change in bytes.as_chunks::<3>().0 {
            // The head and the directory are where it matters most.
            let place = usize::from(u16::from_le_bytes([change[0], change[1]]));
            let place = if steer[0] & 4 == 4 { place % 128 } else { place % file.len() };
            file[place] = change[2];
        }
        if steer[0] & 8 == 8 {
            file.truncate(file.len() - usize::from(steer[1]) * 16);
        }
        file
    };
    if steer[0] & 2 == 2 {
        let end = file.len().saturating_sub(32);
        let digest = Digest::of(&file[..end]);
        file.truncate(end);
        file.extend_from_slice(&digest.0);
    }
    file
}

fuzz_target!(|input: &[u8]| {
    let Some((&steer, bytes)) = input.split_first_chunk::<2>() else { return };
    let file = file(steer, bytes);
    let mut kept = tempfile::NamedTempFile::new_in("/dev/shm").expect("a file");
    kept.write_all(&file).expect("room");
    let path = kept.path().to_str().expect("UTF-8");

    let mut handle = ptr::dangling_mut();
    // SAFETY: the path is as long as is said, and the handle is a place for one.
    let status = unsafe {
        optout_register_open(path.as_ptr().cast(), path.len(), 14, &mut handle, ptr::null_mut())
    };
    let expected = Register::read(file.as_slice(), 0);
    assert_eq!(status == OPTOUT_OK, expected.is_ok());
    assert_eq!(handle.is_null(), expected.is_err());

    let on = [20_260_601, 20_260_615, 20_260_616, u32::from(steer[1]) * 100_000][usize::from(steer[1] % 4)];
    let numbers: Vec<NhsNumber> = (943_469_990..943_470_060)
        .chain(900_089_990..900_090_050)
        .chain([1, 999_999_990, 32_767, 32_768])
        .filter_map(NhsNumber::from_first_nine)
        .collect();
    let digits: Vec<u8> = numbers.iter().flat_map(|number| number.to_digits()).collect();
    let mut statuses = vec![9_u8; numbers.len()];
    // SAFETY: as many fields and statuses as is said; the handle is open or NULL.
    let many = unsafe {
        optout_register_status_many(
            handle,
            on,
            digits.as_ptr().cast(),
            10,
            10,
            numbers.len(),
            statuses.as_mut_ptr(),
            ptr::null_mut(),
            ptr::null_mut(),
        )
    };
    let view = expected
        .as_ref()
        .ok()
        .zip(Date::from_yyyymmdd(on))
        .map(|(register, on)| register.at(on, MaxAge::days(14)));
    assert_eq!(many == OPTOUT_OK, view.is_some_and(|view| view.freshness().is_fresh()));
    for (place, number) in numbers.iter().enumerate() {
        let expected = view.map_or(National::Unknown, |view| view.status(*number)).number();
        assert_eq!(statuses[place], expected);
        let mut national = 9;
        // SAFETY: ten digits, and a place for the status.
        let one = unsafe {
            let digits = digits[10 * place..].as_ptr().cast();
            optout_register_status(handle, on, digits, 10, &mut national, ptr::null_mut())
        };
        assert_eq!((one, national), (many, u32::from(expected)));
    }
    // SAFETY: open or NULL, and not used again.
    unsafe { optout_register_free(handle) };
});
