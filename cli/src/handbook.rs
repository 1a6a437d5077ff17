//! The handbook that an information-governance lead reads and signs, written from the tables of the
//! policy, and its diagram.

mod back;
mod catalogue;
mod decisions;
mod diagram;
mod examples;
mod front;
mod glossary;
mod laws;
mod matrix;
mod near;
mod page;
mod routes;
mod scope;
mod sources;
#[cfg(test)]
mod tests;
mod vocabulary;
mod words;

use std::fmt::Display;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use similar::TextDiff;

use crate::args::HandbookArgs;
use crate::error::Error;
use crate::output::to_stdout;
use crate::screen;

use diagram::diagram;
use page::Page;

/// Prints the handbook, writes it and its diagram, or checks those that stand somewhere.
pub(crate) fn run(args: &HandbookArgs) -> Result<ExitCode, Error> {
    match (&args.write, &args.check) {
        (Some(directory), _) => write(directory),
        (None, Some(directory)) => check(directory),
        (None, None) => to_stdout(|out| out.write_all(handbook().as_bytes())),
    }
}

/// The handbook, in Markdown.
fn handbook() -> String {
    let mut page = Page::default();
    front::about(&mut page);
    front::one_page(&mut page);
    vocabulary::write(&mut page);
    matrix::write(&mut page);
    matrix::scope(&mut page);
    routes::write(&mut page);
    laws::write(&mut page);
    decisions::write(&mut page);
    catalogue::write(&mut page);
    back::unsettled(&mut page);
    sources::write(&mut page);
    glossary::write(&mut page);
    let (contents, title, links) = (page.contents(), front::title(), page::source_links());
    format!("{title}\n## Contents\n\n{contents}\n\n{}\n{links}\n", page.into_text())
}

/// The generated files, by the path at which they stand.
fn files() -> [(&'static str, String); 2] {
    [("POLICY.md", handbook()), ("docs/decision.svg", diagram())]
}

fn write(directory: &Path) -> Result<ExitCode, Error> {
    if !directory.is_dir() {
        return Err(Error::new(format!("{} is not a folder", directory.display())));
    }
    for (name, text) in files() {
        let path = directory.join(name);
        let folder = path.parent().unwrap_or(directory);
        fs::create_dir_all(folder).map_err(|error| cannot("make the folder", folder, error))?;
        fs::write(&path, text).map_err(|error| cannot("write", &path, error))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A generated file that is not what this program makes.
struct Drift {
    path: PathBuf,
    /// What stands there, if anything.
    stands: Option<String>,
    made: String,
}

fn check(directory: &Path) -> Result<ExitCode, Error> {
    let mut drifts = Vec::new();
    for (name, made) in files() {
        let path = directory.join(name);
        let stands = match fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(cannot("read", &path, error)),
        };
        if stands.as_ref() != Some(&made) {
            drifts.push(Drift { path, stands, made });
        }
    }
    if drifts.is_empty() {
        return to_stdout(|out| writeln!(out, "The handbook and its diagram are up to date."));
    }
    to_stdout(|out| {
        drifts.iter().try_for_each(|drift| drift.write(out))?;
        let directory = screen::path(directory);
        writeln!(out, "`optout handbook --write {directory}` brings them up to date.")
    })?;
    Ok(ExitCode::from(1))
}

impl Drift {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let path = screen::path(&self.path);
        let Some(stands) = &self.stands else {
            return writeln!(out, "{path} is not there.");
        };
        writeln!(out, "{path} does not say what this program does:")?;
        let (old, new) = (format!("{path}, as it stands"), format!("{path}, as it should be"));
        let diff = TextDiff::from_lines(stands, &self.made);
        write!(out, "{}", diff.unified_diff().context_radius(1).header(&old, &new))
    }
}

fn cannot(what: &str, path: &Path, error: impl Display) -> Error {
    Error::new(format!("cannot {what} {}: {error}", path.display()))
}
