//! `optout audit`: whether what an audit record says is still so.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use optout::record::Digest;
use optout::release::audit::{Finding, verify, verify_in_series, verify_last, verify_series};

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
    /// Judges a record anew and recomputes the digests of its files, or follows the chain of a series.
    ///
    /// Outputs are looked for beside the record, and must be there, alone. Inputs are looked for where
    /// they were, seen from the folder in which the command then ran: the current one, or --inputs. They
    /// are reported as not checked when they are gone. Of a series, a record that was altered or removed
    /// shows by those after it; the last one shows only by its digest, which each run prints to be noted
    /// elsewhere.
    ///
    /// A record is also held against itself: its own digest, its sums, its ruling, evidence and dates.
    /// Regular files only are opened; a record is 64 MiB at most.
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
    let release = if release.symlink_metadata().is_ok() { &release } else { record };
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
        match series {
            Some(series) => findings.push(verify_in_series(release, series).map_err(Error::new)?),
            None => findings.push(Finding::NotChecked {
                file: release.display().to_string(),
                why: WITHOUT_SERIES.to_owned(),
            }),
        }
    }
    if let Some(series) = chain {
        findings.extend(verify_series(series).map_err(Error::new)?);
        if let Some(expected) = last {
            findings.push(verify_last(series, *expected).map_err(Error::new)?);
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

/// What a record alone cannot show.
const WITHOUT_SERIES: &str = "who changed it and made its own digest anew is found only by its series (`--series`), or by a digest that was noted elsewhere";
