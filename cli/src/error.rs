//! What stops the command, said once on standard error.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

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

    /// Says it, and gives the exit status.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            // Whoever read the output, such as `head`, has seen enough.
            Self::Output(error) if error.kind() == ErrorKind::BrokenPipe => {
                return ExitCode::SUCCESS;
            }
            Self::Output(error) => {
                say(&format!("cannot write the answer: {error}"), &[]);
            }
            Self::Refused { message, hints } => say(&message, &hints),
        }
        ExitCode::from(2)
    }
}

/// Says what is wrong, and what helps, on standard error.
pub(crate) fn say(message: &str, hints: &[String]) {
    let mut stderr = anstream::stderr().lock();
    // When not even this can be written, the exit status still says it.
    let _ = writeln!(stderr, "{ERROR}error:{ERROR:#} {message}");
    for hint in hints {
        let _ = writeln!(stderr, "{HINT}hint:{HINT:#} {hint}");
    }
}
