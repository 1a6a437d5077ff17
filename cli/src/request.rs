//! The disclosure that a command is asked about: from flags, from the catalogue or from a file.

use std::path::Path;

use optout::flow::{self, Flow, FlowError};
use optout::question::{Parts, PartsError, Subject};
use optout::{Disclosure, Ruling, assess};

use crate::args::DisclosureArgs;
use crate::code::{CodeSet, NONE};
use crate::error::Error;
use crate::request_file::{Evidence, RequestFile};

/// What is asked about, judged.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) ruling: Ruling,
    /// The entry of the catalogue, where the disclosure is a published flow.
    pub(crate) flow: Option<&'static Flow>,
    /// What a request file has on record for the assertions that need evidence; `None` without one.
    pub(crate) evidence: Option<Evidence>,
}

impl Request {
    /// Reads the flags, or the request file that they name.
    pub(crate) fn read(args: &DisclosureArgs) -> Result<Self, Error> {
        if let Some(path) = &args.request {
            return Self::read_file(path);
        }
        let parts = Parts {
            flow: args.flow.as_deref().map(Into::into),
            origin: args.origin,
            boundary: args.boundary,
            identifiability: args.identifiability,
            purpose: args.purpose,
            bases: union("--basis", &args.bases)?,
            conditions: union("--condition", &args.conditions)?,
            on: args.on,
        };
        let subject = parts.subject().map_err(|error| refuse(&error))?;
        Self::judge(&subject, None).map_err(Error::new)
    }

    fn read_file(path: &Path) -> Result<Self, Error> {
        let shown = path.display();
        let (file, _) = RequestFile::read(path)
            .map_err(|error| error.hint("`optout assess --help` shows a request file"))?;
        Self::judge(&file.disclosure, Some(file.evidence))
            .map_err(|error| Error::new(format!("{shown}: {error}")))
    }

    fn judge(subject: &Subject<'_>, evidence: Option<Evidence>) -> Result<Self, String> {
        let (disclosure, flow) = match subject {
            Subject::Disclosure(disclosure) => (*disclosure, None),
            Subject::Flow { flow, on } => {
                let entry = flow::find(flow, *on).map_err(|error| plain(&error))?;
                (entry.disclosure(*on), Some(entry))
            }
        };
        let ruling = assess(&disclosure).map_err(|error| error.to_string())?;
        Ok(Self { ruling, flow, evidence })
    }

    pub(crate) fn disclosure(&self) -> &Disclosure {
        self.ruling.disclosure()
    }
}

/// The message without the name of the field, which it says again.
pub(crate) fn plain(error: &FlowError) -> String {
    let message = error.to_string();
    message.strip_prefix("flow: ").map_or_else(|| message.clone(), String::from)
}

/// What a flag of codes was given, as a set; `None` when it was not given.
fn union<T: CodeSet>(flag: &str, given: &[T]) -> Result<Option<T>, Error> {
    if given.len() > 1 && given.contains(&T::EMPTY) {
        return Err(Error::new(format!("{flag} {NONE} stands alone")));
    }
    let mut set = T::EMPTY;
    for member in given {
        if set | *member == set && given.len() > 1 {
            return Err(Error::new(format!("{flag} {} is given twice", member.code())));
        }
        set = set | *member;
    }
    Ok((!given.is_empty()).then_some(set))
}

/// What is missing, by the names of the flags.
fn refuse(error: &PartsError) -> Error {
    let PartsError::Missing(parts) = error else {
        return Error::new("--flow needs --on, the day on which its terms must hold")
            .hint("for example `--on 2026-06-01`");
    };
    let flags: Vec<_> = parts
        .as_slice()
        .iter()
        .map(|part| match *part {
            "bases" => String::from("--basis"),
            "conditions" => String::from("--condition"),
            other => format!("--{other}"),
        })
        .collect();
    let error = Error::new(format!("the disclosure is not complete: missing {}", flags.join(", ")));
    let error = match parts.as_slice() {
        ["bases" | "conditions"] | ["bases", "conditions"] => error
            .hint(format!("say `{} {NONE}` when there is none", flags.join(&format!(" {NONE} ")))),
        _ => error
            .hint("name a published flow with `--flow ID --on DATE`; `optout flows` lists them"),
    };
    error.hint("`optout assess --help` explains each, with examples")
}
