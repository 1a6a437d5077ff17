//! `optout audit`: whether what an audit record says is still so.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use optout::record::Digest;
use optout::release::audit::{Finding, verify, verify_in_series, verify_series};

use crate::error::Error;
use crate::output::{DENY, to_stdout};

/// Verifies audit records.
#[derive(Debug, clap::Args)]
pub(crate) struct AuditArgs {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Recomputes the digests of a record's files, or follows the chain of a series.
    ///
    /// Outputs are looked for beside the record, and must be there, alone. Inputs are looked for where
    /// they were, seen from the folder in which the command then ran: the current one, or --inputs. They
    /// are reported as not checked when they are gone. Of a series, a record that was altered or removed
    /// shows by those after it; the last one shows only by its digest, which each run prints to be noted
    /// elsewhere.
    #[command(after_long_help = "\x1b[1;4mExamples:\x1b[0m
  optout audit verify released
  optout audit verify released --series audit-series
  optout audit verify archive/released --inputs archive
  optout audit verify audit-series

\x1b[1;4mExit status:\x1b[0m
  0 nothing differs   1 something differs or is missing   2 a record could not be read")]
    Verify {
        /// An audit record, the folder of its release, or the folder of a series.
        #[arg(value_name = "FILE|FOLDER")]
        record: PathBuf,
        /// The folder from which the paths of the inputs are seen.
        #[arg(long, value_name = "FOLDER")]
        inputs: Option<PathBuf>,
        /// The series that must hold the release's record too.
        #[arg(long, value_name = "FOLDER")]
        series: Option<PathBuf>,
        /// The digest that the last record of the series must have.
        #[arg(long, value_name = "DIGEST")]
        last: Option<Digest>,
    },
}

pub(crate) fn run(args: &AuditArgs) -> Result<ExitCode, Error> {
    let AuditCommand::Verify { record, inputs, series, last } = &args.command;
    let release = record.join("audit.json");
    let release = if release.is_file() { &release } else { record };
    let mut findings = Vec::new();
    let mut chain = series.as_ref();
    if release.is_dir() {
        let with = [("--series", series.is_some()), ("--inputs", inputs.is_some())];
        if let Some((option, _)) = with.iter().find(|(_, given)| *given) {
            return Err(Error::new(format!("{} holds no release", record.display()))
                .hint(format!("`{option}` goes with the record of a release")));
        }
        chain = Some(record);
    } else {
        findings =
            verify(release, inputs.as_deref().unwrap_or(Path::new(""))).map_err(Error::new)?;
        if let Some(series) = series {
            findings.push(verify_in_series(release, series).map_err(Error::new)?);
        }
    }
    if let Some(series) = chain {
        findings.extend(verify_series(series).map_err(Error::new)?);
        if let Some(expected) = last {
            findings.push(last_is(series, *expected)?);
        }
    } else if last.is_some() {
        return Err(Error::new("`--last` goes with a series"));
    }
    to_stdout(|out| {
        for finding in &findings {
            if finding.is_fault() {
                writeln!(out, "{DENY}{finding}{DENY:#}")?;
            } else {
                writeln!(out, "{finding}")?;
            }
        }
        Ok(())
    })?;
    let faults = findings.iter().any(Finding::is_fault);
    Ok(if faults { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Whether the newest record of a series has this digest.
fn last_is(series: &Path, expected: Digest) -> Result<Finding, Error> {
    let names = fs::read_dir(series).map_err(Error::new)?;
    let names = names.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let last = names.filter(|name| name.strip_suffix(".json").is_some()).max().unwrap_or_default();
    let bytes = fs::read(series.join(&last)).map_err(Error::new)?;
    let file = format!("{last}, the last");
    Ok(if Digest::of(&bytes) == expected {
        Finding::Same { file }
    } else {
        Finding::Differs { file, how: "its digest is not the one that was noted".to_owned() }
    })
}
