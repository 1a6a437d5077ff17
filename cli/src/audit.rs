//! `optout audit`: whether what an audit record says is still so.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use optout::release::audit::{Finding, verify, verify_series};

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
    /// Outputs are looked for beside the record, and must be there; inputs where they were, and are
    /// reported as not checked when they are gone.
    #[command(after_long_help = "\x1b[1;4mExamples:\x1b[0m
  optout audit verify released/audit.json
  optout audit verify audit-series

\x1b[1;4mExit status:\x1b[0m
  0 nothing differs   1 something differs or is missing   2 a record could not be read")]
    Verify {
        /// An audit record, or a folder of a series of them.
        #[arg(value_name = "FILE|FOLDER")]
        record: PathBuf,
    },
}

pub(crate) fn run(args: &AuditArgs) -> Result<ExitCode, Error> {
    let AuditCommand::Verify { record } = &args.command;
    let findings =
        if record.is_dir() { verify_series(record) } else { verify(record) }.map_err(Error::new)?;
    to_stdout(|out| {
        for finding in &findings {
            match finding {
                Finding::Same { file } => writeln!(out, "same         {file}")?,
                Finding::NotHere { file } => {
                    writeln!(out, "not checked  {file}: it is not where it was")?;
                }
                Finding::Missing { file } => {
                    writeln!(out, "{DENY}missing{DENY:#}      {file}")?;
                }
                Finding::Differs { file, how } => {
                    writeln!(out, "{DENY}differs{DENY:#}      {file}: {how}")?;
                }
            }
        }
        Ok(())
    })?;
    let faults = findings.iter().any(Finding::is_fault);
    Ok(if faults { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
