//! The arguments of the command, and what `--help` teaches.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use optout::{
    Bases, Boundary, Conditions, Date, Identifiability, National, Origin, Programme, Purpose, Type1,
};

use crate::audit::AuditArgs;
use crate::check::args::CheckArgs;
use crate::code::{Codes, FlowId, day, place};
use crate::filter::FilterArgs;

/// A heading in the style of the others.
macro_rules! with_heading {
    ($heading:literal, $($text:literal),+ $(,)?) => {
        concat!("\x1b[1;4m", $heading, ":\x1b[0m\n", $($text, "\n"),+)
    };
}

pub(crate) use with_heading;

/// The three ways to state a disclosure.
macro_rules! usage {
    ($command:literal, $patient:literal) => {
        concat!(
            "optout ",
            $command,
            " --flow <ID> --on <DATE>",
            $patient,
            "\n       ",
            "optout ",
            $command,
            " --request <FILE>",
            $patient,
            "\n       ",
            "optout ",
            $command,
            " --origin <CODE> --boundary <CODE> --identifiability <CODE>\n",
            "           --purpose <CODE> --basis <CODE>... --condition <CODE>... --on <DATE>",
            $patient,
        )
    };
}

/// Decides whether an NHS patient's data may be disclosed, and says why.
///
/// A disclosure is judged once: which routes lift the duty of confidence, and which opt-outs bind on
/// them. A patient is then allowed or denied by what they have recorded, with the reason and the
/// clause. What is not known blocks exactly where an opt-out would.
#[derive(Debug, Parser)]
#[command(
    name = "optout",
    version,
    max_term_width = 100,
    after_help = with_heading!(
        "Examples",
        "  optout flows research                                 find a published flow",
        "  optout assess --flow cprd --on 2026-06-01             what binds on it, and why",
        "  optout explain --flow cprd --on 2026-06-01 --type1 dissent",
        "  optout decide questions.ndjson > answers.ndjson       a file of questions",
        "  optout check request extract.csv --column nhs_number --output outbox/check-0001",
        "",
        "`optout help COMMAND` explains a command, with examples.",
    ),
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) color: colorchoice_clap::Color,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Decide(DecideArgs),
    Assess(AssessArgs),
    Explain(ExplainArgs),
    Flows(FlowsArgs),
    Filter(FilterArgs),
    Audit(AuditArgs),
    Handbook(HandbookArgs),
    Check(CheckArgs),
    /// Prints a completion script for a shell.
    ///
    /// Shells read it from a folder of their own, or from their start-up file.
    #[command(after_long_help = with_heading!(
        "Examples",
        "  optout completions bash > ~/.local/share/bash-completion/completions/optout",
        "  optout completions fish > ~/.config/fish/completions/optout.fish",
        "  optout completions powershell >> $PROFILE",
    ))]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
}

/// Answers questions: one JSON object a line in, one a line out, in order.
///
/// A line that cannot be judged is answered with an `error` and does not stop the rest. Answers are
/// written as soon as no more questions wait, so that a program may ask one line at a time. Blank
/// lines are skipped; a byte order mark before the first line and CRLF line ends are accepted; a line
/// may be 1 MiB long.
#[derive(Debug, clap::Args)]
#[command(after_long_help = with_heading!(
    "Questions",
    r#"  {"id":"a1","disclosure":{"flow":"cprd","on":"2026-06-01"},"patient":{"type1":"dissent"}}"#,
    "",
    "  disclosure  the id of a flow and a date, or all seven keys: origin, boundary,",
    "              identifiability, purpose, bases, conditions (the last two may be empty lists), on",
    "  patient     type1, national, programme: unknown where left out;",
    "              explicit-consent, care-objection: false where left out; or the byte, 0 to 255",
    "  id          a string or a number, repeated in the answer",
    "",
    "  The codes are those of `optout assess --help`.",
    "",
    "\x1b[1;4mExamples:\x1b[0m",
    "  optout decide questions.ndjson > answers.ndjson",
    r#"  echo '{"id":1,"disclosure":{"flow":"cprd","on":"2026-06-01"},"patient":1}' | optout decide"#,
    "  optout decide < questions.ndjson | grep '\"verdict\":\"deny\"'",
    "",
    "\x1b[1;4mExit status:\x1b[0m",
    "  0 every line was judged, allow or deny   1 a line could not be judged   2 nothing could be read",
))]
pub(crate) struct DecideArgs {
    /// The questions; standard input when left out or `-`.
    pub(crate) file: Option<PathBuf>,
}

/// Judges a disclosure: the routes open, what binds, the evidence needed, and who may go.
///
/// State all seven parts of the disclosure, or name a published flow and a date, or give a request
/// file. Nothing is assumed for what is left out.
#[derive(Debug, clap::Args)]
#[command(override_usage = usage!("assess", ""), after_long_help = with_heading!(
    "Examples",
    "  optout assess --flow cprd --on 2026-06-01",
    "",
    "  optout assess --origin england-care --boundary beyond-controller \\",
    "    --identifiability identifiable --purpose research \\",
    "    --basis copi-reg-5 --condition none --on 2026-06-01",
    "",
    "  cat > request.toml <<'END'",
    "  [disclosure]                     # or only: flow = \"...\" and on = ...",
    "  origin = \"england-care\"",
    "  boundary = \"beyond-controller\"",
    "  identifiability = \"identifiable\"",
    "  purpose = \"research\"",
    "  bases = [\"copi-reg-5\"]",
    "  conditions = []",
    "  on = 2026-06-01",
    "",
    "  [evidence.copi-reg-5]",
    "  reference = \"24/CAG/0001\"",
    "  from = 2026-01-01",
    "  until = 2027-01-01",
    "  END",
    "  optout assess --request request.toml",
    "",
    "\x1b[1;4mExit status:\x1b[0m",
    "  0 the disclosure was judged   2 it could not be",
))]
pub(crate) struct AssessArgs {
    #[command(flatten)]
    pub(crate) disclosure: DisclosureArgs,
    /// Print JSON.
    #[arg(long, help_heading = "Output")]
    pub(crate) json: bool,
}

/// Explains the decision for one patient, in words, and what would change a denial.
///
/// The disclosure is given as in `optout assess`. What is left out about the patient is not known,
/// and blocks exactly where an opt-out would.
#[derive(Debug, clap::Args)]
#[command(override_usage = usage!("explain", " [PATIENT]"), after_long_help = with_heading!(
    "Examples",
    "  optout explain --flow cprd --on 2026-06-01 --type1 dissent --national none",
    "  optout explain --flow consented-research --on 2026-06-01 --explicit-consent",
    "  optout explain --request request.toml --byte 5 --json",
    "",
    "\x1b[1;4mExit status:\x1b[0m",
    "  0 it was decided, allow or deny   2 it could not be   3 denied, with --exit-code",
))]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) disclosure: DisclosureArgs,
    #[command(flatten)]
    pub(crate) patient: PatientArgs,
    /// Exit with status 3 when the data may not go.
    #[arg(long, help_heading = "Output")]
    pub(crate) exit_code: bool,
    /// Print JSON.
    #[arg(long, help_heading = "Output")]
    pub(crate) json: bool,
}

/// Lists, searches and shows the published flows of the catalogue.
///
/// An id alone shows the entry whole: its terms, its sources and who may go. Any other words are
/// searched for in the id, the name, the parties and the note; all must occur.
#[derive(Debug, clap::Args)]
#[command(after_long_help = with_heading!(
    "Examples",
    "  optout flows",
    "  optout flows audit",
    "  optout flows summary care",
    "  optout flows cprd",
    "  optout flows opensafely --on 2023-01-01 --json",
    "",
    "\x1b[1;4mExit status:\x1b[0m",
    "  0 there is such a flow   1 there is none",
))]
pub(crate) struct FlowsArgs {
    /// An id, or words to search for.
    #[arg(value_name = "ID|WORD")]
    pub(crate) words: Vec<String>,
    /// Only terms that hold on this day.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<Date>,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// Prints the policy as a handbook to read and sign, in Markdown.
///
/// It is written from the tables that decide. With its diagram it stands as POLICY.md and
/// docs/decision.svg.
#[derive(Debug, clap::Args)]
#[command(after_long_help = with_heading!(
    "Examples",
    "  optout handbook > handbook.md",
    "  optout handbook --write .             write the files, or bring them up to date",
    "  optout handbook --check .             whether they say what this program does",
    "",
    "\x1b[1;4mExit status:\x1b[0m",
    "  0 it was printed or written, or agrees   1 it differs   2 a file cannot be read or written",
))]
pub(crate) struct HandbookArgs {
    /// Write POLICY.md and docs/decision.svg into this folder.
    #[arg(long, value_name = "DIR", value_parser = place(), conflicts_with = "check")]
    pub(crate) write: Option<PathBuf>,
    /// Compare those that stand in this folder, and show what differs.
    #[arg(long, value_name = "DIR")]
    pub(crate) check: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Disclosure")]
pub(crate) struct DisclosureArgs {
    /// A published flow, whose terms stand for all but the date (see `optout flows`).
    #[arg(
        long,
        value_name = "ID",
        value_parser = FlowId,
        hide_possible_values = true,
        conflicts_with_all = TERMS,
    )]
    pub(crate) flow: Option<String>,
    /// A request file in TOML, of 1 MiB at most, in place of all the others (see the examples).
    #[arg(long, value_name = "FILE", conflicts_with_all = TERMS, conflicts_with_all = ["flow", "on"])]
    pub(crate) request: Option<PathBuf>,
    /// Where the data were recorded.
    #[arg(long, value_name = "CODE", value_parser = Codes::<Origin>::NEW)]
    pub(crate) origin: Option<Origin>,
    /// Whose purpose is served.
    #[arg(long, value_name = "CODE", value_parser = Codes::<Boundary>::NEW)]
    pub(crate) boundary: Option<Boundary>,
    /// What the purpose is run on, as the recipient could see it.
    #[arg(long, value_name = "CODE", value_parser = Codes::<Identifiability>::NEW)]
    pub(crate) identifiability: Option<Identifiability>,
    /// What it is for; some HL7 codes, such as HRESCH, are accepted too.
    #[arg(long, value_name = "CODE", value_parser = Codes::<Purpose>::NEW)]
    pub(crate) purpose: Option<Purpose>,
    /// What the controller relies on; several with commas or by repeating the flag.
    #[arg(long = "basis", value_name = "CODE", value_delimiter = ',', value_parser = Codes::<Bases>::NEW)]
    pub(crate) bases: Vec<Bases>,
    /// What the controller asserts; several with commas or by repeating the flag.
    #[arg(long = "condition", value_name = "CODE", value_delimiter = ',', value_parser = Codes::<Conditions>::NEW)]
    pub(crate) conditions: Vec<Conditions>,
    /// The day of the disclosure, such as 2026-06-01.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<Date>,
}

const TERMS: [&str; 6] =
    ["origin", "boundary", "identifiability", "purpose", "bases", "conditions"];

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Patient")]
pub(crate) struct PatientArgs {
    /// The Type 1 opt-out in the GP record.
    #[arg(long, value_name = "STATUS", value_parser = Codes::<Type1>::NEW)]
    pub(crate) type1: Option<Type1>,
    /// The National Data Opt-out.
    #[arg(long, value_name = "STATUS", value_parser = Codes::<National>::NEW)]
    pub(crate) national: Option<National>,
    /// The programme's own opt-out.
    #[arg(long, value_name = "STATUS", value_parser = Codes::<Programme>::NEW)]
    pub(crate) programme: Option<Programme>,
    /// Explicit consent to this use is on record and not withdrawn.
    #[arg(long)]
    pub(crate) explicit_consent: bool,
    /// An objection to sharing for their own care is on record.
    #[arg(long)]
    pub(crate) care_objection: bool,
    /// The patient's byte, in place of the statuses.
    #[arg(
        long,
        value_name = "0-255",
        conflicts_with_all = ["type1", "national", "programme", "explicit_consent", "care_objection"],
    )]
    pub(crate) byte: Option<u8>,
}
