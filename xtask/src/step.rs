//! A step: what it shows, what it needs, and what runs it.

use crate::Fallible;
use crate::place::Place;

/// One thing that must stay true.
#[derive(Debug)]
pub struct Step {
    pub name: &'static str,
    pub group: Group,
    /// What it shows, in a line.
    pub shows: &'static str,
    /// What the machine must have.
    pub needs: &'static [Need],
    /// The steps whose results it uses: they run first, although they were not named.
    pub after: &'static [&'static str],
    pub run: Run,
}

/// Steps that are run together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Code,
    C,
    Hosts,
}

impl Group {
    pub const ALL: [Self; 3] = [Self::Code, Self::C, Self::Hosts];

    pub fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::C => "c",
            Self::Hosts => "hosts",
        }
    }
}

/// What a step needs, and how it is had.
#[derive(Debug)]
pub enum Need {
    /// Debian packages; a program of that name on the path will do.
    Debian(&'static [&'static str]),
    /// A program that cargo installs: package, version, and the program.
    Cargo(&'static str, &'static str, &'static str),
    /// A package of Python in a folder of its own below the tools: folder, package, version.
    Python(&'static str, &'static str, &'static str),
}

/// What runs a step.
#[derive(Debug)]
pub enum Run {
    /// Lines of shell.
    Shell(&'static str),
    /// `steps/GROUP/NAME.sh`.
    Script,
    /// A function.
    Rust(fn(&Place) -> Fallible<Ended>),
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Passed,
    Failed,
    /// Something is missing that could be installed: in CI that fails.
    Skipped,
    /// This machine cannot do it at all: skipped in CI too.
    Cannot,
}

impl Ended {
    /// Of a program: 77 says skipped, as for Automake; 78 that this machine cannot.
    pub fn of(code: Option<i32>) -> Self {
        match code {
            Some(0) => Self::Passed,
            Some(77) => Self::Skipped,
            Some(78) => Self::Cannot,
            _ => Self::Failed,
        }
    }

    pub fn passed_if(passed: bool) -> Self {
        if passed { Self::Passed } else { Self::Failed }
    }
}
