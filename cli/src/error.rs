//! What stops the command, said once on standard error.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::panic::{Location, PanicHookInfo};
use std::path::Path;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};

use crate::screen;
use crate::stop;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// Why the command stops.
#[derive(Debug)]
pub(crate) enum Error {
    /// What is asked cannot be done.
    Refused { message: String, hints: Vec<String> },
    /// The answer cannot be written.
    Output(io::Error),
}

impl Error {
    pub(crate) fn new(message: impl Display) -> Self {
        Self::Refused { message: message.to_string(), hints: Vec::new() }
    }

    pub(crate) fn hint(self, hint: impl Display) -> Self {
        match self {
            Self::Refused { message, mut hints } => {
                hints.push(hint.to_string());
                Self::Refused { message, hints }
            }
            Self::Output(error) => Self::Output(error),
        }
    }

    /// What is said of it, as the screen shows it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Output(error) => format!("cannot write the answer: {error}"),
            Self::Refused { message, .. } => screen::text(message),
        }
    }

    /// Says it, and gives the exit status.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            // Whoever read the output, such as `head`, has seen enough.
            Self::Output(error) if error.kind() == ErrorKind::BrokenPipe => {
                return ExitCode::SUCCESS;
            }
            Self::Output(error) => {
                let message = format!("cannot write the answer: {error}");
                say(&message, &stop::file_limit(&message).into_iter().collect::<Vec<_>>());
            }
            Self::Refused { message, mut hints } => {
                hints.extend(stop::file_limit(&message));
                say(&message, &hints);
            }
        }
        ExitCode::from(2)
    }
}

/// Says what is wrong with the arguments, or the help that was asked for.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        let _ = write!(
            anstream::stderr().lock(),
            "{}",
            screen::page(&error.render().ansi().to_string())
        );
    } else {
        // Help and version hold nothing that was given.
        let _ = error.print();
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Says where a check failed inside the command or a library, and never with what values. Where a
/// library was built is somebody's folder, and helps nobody.
pub(crate) fn fault(info: &PanicHookInfo<'_>) {
    let ours = |at: &&Location<'_>| Path::new(at.file()).is_relative();
    let place = info
        .location()
        .filter(ours)
        .map_or(String::from(" in a library"), |at| format!(" at {}:{}", at.file(), at.line()));
    let mut stderr = anstream::stderr().lock();
    let _ = writeln!(
        stderr,
        "{HINT}note:{HINT:#} a check failed{place}; unless an error follows that explains it, please report it"
    );
}

/// Says what is wrong, and what helps, on standard error.
pub(crate) fn say(message: &str, hints: &[String]) {
    let mut stderr = anstream::stderr().lock();
    let message = screen::text(message);
    // When not even this can be written, the exit status still says it.
    let _ = writeln!(stderr, "{ERROR}error:{ERROR:#} {message}");
    for hint in hints {
        let _ = writeln!(stderr, "{HINT}hint:{HINT:#} {}", screen::text(hint));
    }
}

/// Says what somebody should look at, on standard error.
pub(crate) fn say_warning(message: &str) {
    // What is warned of is not stopped by it, nor by nobody listening.
    let _ = writeln!(
        anstream::stderr().lock(),
        "{WARNING}warning:{WARNING:#} {}",
        screen::text(message)
    );
}
