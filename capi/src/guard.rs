//! No panic crosses into C.

use crate::error::Failure;

/// Runs what a function does, and turns a panic into a status. To be thrown, a panic asks for memory
/// that cannot be refused; none is known, so that none is met where memory is wanting.
#[cfg(feature = "std")]
pub(crate) fn guard(work: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use crate::status::OPTOUT_E_INTERNAL;

    quiet();
    // Unwind safety: there is no state, and outputs are written last.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Failure::of(OPTOUT_E_INTERNAL)))
}

/// Without a standard library a panic does not unwind; that none is reachable is proven by linking.
#[cfg(not(feature = "std"))]
#[inline]
pub(crate) fn guard(work: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    work()
}

/// In the installed library a panic prints nothing. The standard library inside the shared one is its
/// own, so that this leaves the panic hook of a host that is written in Rust as it is; the static one
/// is not for such a host, as `capi/README.md` says. Elsewhere (in tests, in a Rust program) the hook
/// belongs to the program.
#[cfg(all(feature = "std", cargo_c))]
fn quiet() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_| {})));
}

#[cfg(all(feature = "std", not(cargo_c)))]
const fn quiet() {}

/// Panics, for the test that a panic is caught and prints nothing.
#[cfg(all(feature = "std", optout_test_panic))]
#[unsafe(no_mangle)]
#[expect(unreachable_pub, reason = "exported for C alone")]
pub extern "C" fn optout_test_panic() -> crate::optout_status {
    #[expect(clippy::panic, reason = "what is tested")]
    guard(|| panic!("for the test")).map_or_else(|failure| failure.status(), |()| 0)
}

/// Panics at a certain field, for the test that what was found before it is not kept.
#[cfg(all(feature = "std", optout_test_panic))]
pub(crate) fn panic_at(field: &[u8]) {
    assert!(field != b"panic here", "for the test");
}

/// A function that can panic, for the test that the proof can fail.
#[cfg(optout_proof_fails)]
#[unsafe(no_mangle)]
#[expect(unreachable_pub, clippy::indexing_slicing, reason = "exported for the test alone")]
pub extern "C" fn optout_proof_fails(place: usize) -> u8 {
    [1, 2, 3][place]
}

#[cfg(all(not(feature = "std"), not(test)))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    unsafe extern "C" {
        // Under proof, a symbol that is defined nowhere: a library in which a panic is reachable
        // does not link.
        #[cfg_attr(optout_proof, link_name = "optout_a_panic_is_reachable")]
        safe fn abort() -> !;
    }
    abort()
}
