//! The arguments of `optout check`.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use optout::Date;
use optout::record::national::ControlField;

use crate::args::with_heading;
use crate::code::{day, place};

/// Asks the Check for National Data Opt-outs service, and keeps its answer as a register.
///
/// The service is sent a list of NHS numbers over MESH and sends back those that may be used. Who is
/// missing has opted out. So the answer means something only with its request, and `read` takes both.
/// Sending and fetching are your MESH client's.
#[derive(Debug, clap::Args)]
#[command(after_long_help = with_heading!(
    "Examples",
    "  optout check request extract.csv --column nhs_number --output outbox/check-0001 \\",
    "    --from AAAOT001 --to BBBHC001",
    "  optout check read inbox/* --manifest outbox/check-0001.manifest.json \\",
    "    --register check-0001.register",
    "  optout check show check-0001.register",
))]
pub(crate) struct CheckArgs {
    #[command(subcommand)]
    pub(crate) command: CheckCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CheckCommand {
    Request(RequestArgs),
    Read(ReadArgs),
    Show(ShowArgs),
}

/// Writes the files of a request from the NHS numbers of an extract.
///
/// Tables are text with a header: commas, or tabs where the name ends in .tsv or .tab; quoted fields,
/// CRLF and a byte order mark are read. They may be packed (.gz, .zst) or Parquet (.parquet). Numbers
/// may be written 943 476 5919 or 943-476-5919. Each valid number is asked once; what is not valid is
/// counted and left out, because one invalid number can make the service refuse the whole file. A table
/// with many such fields is refused, with what they look like. No number is shown.
///
/// Three files are written, readable by you alone, all or none: PREFIX.dat goes to the service,
/// PREFIX.manifest.json is kept with it until the answer has been read, and PREFIX.ctl, where --from
/// and --to are given, tells a MESH client to send. The day of the request, in UTC, becomes the date
/// of the check.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "optout check request [EXTRACT]... --column <NAME> --output <PREFIX> [OPTIONS]",
    after_long_help = with_heading!(
    "Examples",
    "  optout check request extract.csv --column nhs_number --output outbox/check-0001 \\",
    "    --from AAAOT001 --to BBBHC001",
    "  optout check request births.csv gp.tsv --column nhs_number --column mother_nhs_number \\",
    "    --output check-0002",
    "  optout check request --list numbers.txt --output outbox/ --local-id check-0003",
    "  zcat a.csv.gz b.csv.gz | optout check request - --position 3 --no-header --output check-0004",
    "",
    "\x1b[1;4mExit status:\x1b[0m",
    "  0 the files were written   2 nothing was written",
))]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct RequestArgs {
    /// The tables; `-` is standard input.
    #[arg(value_name = "EXTRACT", required_unless_present = "lists")]
    pub(crate) extracts: Vec<PathBuf>,
    /// A column of NHS numbers, by its name in the header, letter for letter. Repeat it for more: each
    /// table must have one of them, and each of them must be in a table.
    #[arg(long = "column", value_name = "NAME", help_heading = "Tables")]
    pub(crate) columns: Vec<String>,
    /// A column of NHS numbers, by its place from the left, counted from 1. Of text tables it is then
    /// said with --no-header or --header what the first row is.
    #[arg(long = "position", value_name = "N", help_heading = "Tables")]
    pub(crate) positions: Vec<usize>,
    /// Text tables have no header.
    #[arg(long, requires = "positions", conflicts_with = "columns", help_heading = "Tables")]
    pub(crate) no_header: bool,
    /// The header of text tables: their first line, as it stands there.
    #[arg(long, value_name = "LINE", conflicts_with = "no_header", help_heading = "Tables")]
    pub(crate) header: Option<String>,
    /// Quoted fields of text tables hold line breaks, and lines that read as rows of their own.
    #[arg(long, help_heading = "Tables")]
    pub(crate) line_breaks: bool,
    /// What stands between two fields of a text table, whatever its name.
    #[arg(long, value_name = "WHAT", help_heading = "Tables")]
    pub(crate) delimiter: Option<Delimiter>,
    /// A plain list of numbers without a header, each on a line, perhaps with a comma behind it.
    #[arg(long = "list", value_name = "FILE", help_heading = "Tables")]
    pub(crate) lists: Vec<PathBuf>,
    /// Stop at a table when more of its fields are no NHS numbers, in per cent: it is likely the wrong
    /// column, or one that a spreadsheet has changed.
    #[arg(long, value_name = "PERCENT", default_value = "5", value_parser = percent, help_heading = "Tables")]
    pub(crate) invalid_at_most: f64,
    /// Stop at a table when more of its fields are empty, in per cent.
    #[arg(long, value_name = "PERCENT", default_value = "50", value_parser = percent, help_heading = "Tables")]
    pub(crate) empty_at_most: f64,
    /// The names of the files without their endings; or a folder, where they are called after the
    /// local id.
    #[arg(long, value_name = "PREFIX", value_parser = place(), help_heading = "Output")]
    pub(crate) output: PathBuf,
    /// End rows with CRLF. LF is what the service is last known to want.
    #[arg(long, help_heading = "Output")]
    pub(crate) crlf: bool,
    /// Replace files that exist.
    #[arg(long, help_heading = "Output")]
    pub(crate) force: bool,
    /// What comes back with the answer: letters, digits, hyphen and underscore. The name of the files
    /// when left out.
    #[arg(long, value_name = "ID", help_heading = "Control file")]
    pub(crate) local_id: Option<String>,
    /// Your mailbox.
    #[arg(long, value_name = "MAILBOX", requires = "to", help_heading = "Control file")]
    pub(crate) from: Option<String>,
    /// The mailbox of the service. It has changed before: take it from the service's current guide.
    #[arg(long, value_name = "MAILBOX", requires = "from", help_heading = "Control file")]
    pub(crate) to: Option<String>,
    /// The subject; the local id when left out.
    #[arg(long, requires = "from", help_heading = "Control file")]
    pub(crate) subject: Option<String>,
    /// The workflow; `SPINE_NTT_UPHOLDING` when left out.
    #[arg(long, value_name = "ID", requires = "from", help_heading = "Control file")]
    pub(crate) workflow_id: Option<String>,
    /// Another field, such as Compress=N or PartnerId=X.
    #[arg(
        long = "field",
        value_name = "FIELD=VALUE",
        requires = "from",
        value_parser = field,
        help_heading = "Control file"
    )]
    pub(crate) fields: Vec<(ControlField, String)>,
}

/// What stands between two fields.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Delimiter {
    Comma,
    Tab,
    Semicolon,
    Pipe,
}

impl Delimiter {
    pub(crate) const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Tab => b'\t',
            Self::Semicolon => b';',
            Self::Pipe => b'|',
        }
    }
}

fn field(text: &str) -> Result<(ControlField, String), String> {
    let (name, value) = text.split_once('=').ok_or("write it as FIELD=VALUE")?;
    let field = ControlField::from_code(name).map_err(|unknown| unknown.to_string())?;
    Ok((field, value.to_owned()))
}

/// Reads what came back, and writes the register.
///
/// Several files come back for one request: reports on the transport, an acknowledgement in JSON that
/// a job was created, perhaps a line of text that refuses the request, and the cleaned list. Give them
/// all: each is recognised before it is read, with the .ctl beside it where there is one, and told.
/// Files of other requests are passed over.
///
/// The list is read with the request that it answers. Who was asked and is not on it has opted out. A
/// list with a number that was not asked is refused whole, and so is what was sent: the request's own
/// bytes, or a message from your mailbox, as a MESH client keeps it. The register is dated to the day of the
/// request, the earliest on which the service can have answered.
#[derive(Debug, clap::Args)]
#[command(after_long_help = with_heading!(
    "Examples",
    "  optout check read inbox/* --manifest outbox/check-0001.manifest.json \\",
    "    --register check-0001.register",
    "  optout check read answer.dat --manifest m.json --request sent.dat --register r --opted-out-at-most 25",
    "",
    "\x1b[1;4mExit status:\x1b[0m",
    "  0 the register was written   1 the list has not come yet   2 it cannot be used, or is not to be read",
))]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct ReadArgs {
    /// The files that came back, .dat and .ctl.
    #[arg(value_name = "INBOUND", required = true)]
    pub(crate) inbound: Vec<PathBuf>,
    /// The manifest of the request; like a control file, 1 MiB at most.
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: PathBuf,
    /// The .dat that was sent; the one beside the manifest when left out.
    #[arg(long, value_name = "FILE")]
    pub(crate) request: Option<PathBuf>,
    /// The register to write.
    #[arg(long, value_name = "FILE", value_parser = place())]
    pub(crate) register: PathBuf,
    /// Replace a register that exists.
    #[arg(long)]
    pub(crate) force: bool,
    /// Warn when fewer have opted out, in per cent of those asked.
    #[arg(long, value_name = "PERCENT", default_value = "1", value_parser = percent)]
    pub(crate) opted_out_at_least: f64,
    /// Stop when more have opted out, in per cent of those asked: the list may have been cut short.
    #[arg(long, value_name = "PERCENT", default_value = "15", value_parser = percent)]
    pub(crate) opted_out_at_most: f64,
    /// Your mailbox, where the request was made without it: what it sent is no answer.
    #[arg(long, value_name = "MAILBOX")]
    pub(crate) from: Option<String>,
    /// Somebody has made sure that the list answers this request and no earlier one: there is no
    /// control file beside it that says so
    #[arg(long)]
    pub(crate) no_control_file: bool,
    /// Somebody has made sure that an empty list is the answer, and not a download that failed.
    #[arg(long)]
    pub(crate) everybody_opted_out: bool,
    /// Somebody has made sure that a list of everybody is the answer, and not the request itself.
    #[arg(long)]
    pub(crate) nobody_opted_out: bool,
}

fn percent(text: &str) -> Result<f64, &'static str> {
    match text.parse() {
        Ok(share) if (0.0..=100.0).contains(&share) => Ok(share),
        _ => Err("a share is from 0 to 100"),
    }
}

/// Shows what a register is: the date of the check, its age, counts and digests. No number is shown.
///
/// Every byte is checked first; a register that was cut short or altered is refused.
#[derive(Debug, clap::Args)]
#[command(after_long_help = with_heading!(
    "Examples",
    "  optout check show check-0001.register",
    "  optout check show check-0001.register --max-age 14 && optout filter ...",
    "  optout check show check-0001.register --json",
    "",
    "\x1b[1;4mExit status:\x1b[0m",
    "  0 it is shown   2 it cannot be used   3 it may not be used on that day, with --max-age",
))]
pub(crate) struct ShowArgs {
    /// The register.
    pub(crate) register: PathBuf,
    /// The day of a disclosure; today, in UTC, when left out.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<Date>,
    /// For how many days after the check the register may be used.
    #[arg(long, value_name = "DAYS")]
    pub(crate) max_age: Option<u16>,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}
