//! Signals: the first asks the run to stop and clean up, the second ends it at once.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

/// A process has signals once.
static ASKED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// Whether a signal has asked the run to stop.
pub(crate) fn asked() -> bool {
    ASKED.load(Ordering::Relaxed)
}

/// From here on the first signal asks the run to stop. Before, each ends it.
pub(crate) fn on_signals() -> io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    for signal in [SIGINT, SIGTERM] {
        stop_on(signal)?;
    }
    #[cfg(unix)]
    stop_on(signal_hook::consts::SIGHUP)?;
    Ok(())
}

fn stop_on(signal: i32) -> io::Result<()> {
    // In this order: the first finds the flag unset, and sets it.
    signal_hook::flag::register_conditional_default(signal, Arc::clone(&ASKED))
        .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&ASKED)))
        .map(|_| ())
}

/// A file that would grow over a limit (`ulimit -f`) is an error of writing it, as a full disk is, and
/// does not end the process in the middle of what it leaves.
pub(crate) fn not_on_file_limits() {
    #[cfg(unix)]
    {
        // Where it cannot be caught, the process ends as before.
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
    }
}

/// What helps, where a message says that a file grew over a limit.
#[cfg(unix)]
pub(crate) fn file_limit(message: &str) -> Option<String> {
    use rustix::process::{Resource, getrlimit};
    let said = format!("(os error {})", rustix::io::Errno::FBIG.raw_os_error());
    let limit = getrlimit(Resource::Fsize).current.filter(|_| message.contains(&said))?;
    Some(format!("no file may be longer than {limit} bytes here; `ulimit -f` says so"))
}

#[cfg(not(unix))]
pub(crate) fn file_limit(_: &str) -> Option<String> {
    None
}
