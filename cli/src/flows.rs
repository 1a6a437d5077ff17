//! The catalogue of published flows: listed, searched and shown.

use std::io::{self, Write};
use std::process::ExitCode;

use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets};
use optout::binding::OptOut;
use optout::flow::{self, Flow};
use optout::{
    AssessError, Date, Disclosure, National, Patient, Programme, Reason, Ruling, Source, Type1,
    assess,
};
use serde::Serialize;

use crate::args::FlowsArgs;
use crate::error::{Error, say};
use crate::output::{BOLD, json_to_stdout, terminal_width, to_stdout, write_field};
use crate::request::plain;
use crate::standard::{self, Outcome};

pub(crate) fn run(args: &FlowsArgs) -> Result<ExitCode, Error> {
    let whole = match args.words.as_slice() {
        [word] => flow::all().any(|flow| flow.id == word),
        _ => false,
    };
    let flows: Vec<_> = flow::all()
        .filter(|flow| args.on.is_none_or(|on| flow.covers(on)))
        .filter(|flow| match args.words.as_slice() {
            [id] if whole => flow.id == id,
            words => words.iter().all(|word| mentions(flow, word)),
        })
        .collect();
    let entries = flows
        .iter()
        .map(|flow| Entry::of(flow, args.on.unwrap_or(flow.from)))
        .collect::<Result<Vec<_>, _>>()
        .map_err(Error::new)?;
    let done = match (args.json, whole) {
        (true, _) => json_to_stdout(&entries)?,
        (false, true) => to_stdout(|out| write_whole(out, &entries))?,
        (false, false) => to_stdout(|out| write_list(out, &entries))?,
    };
    if entries.is_empty() {
        say_none(args);
        return Ok(ExitCode::from(1));
    }
    Ok(done)
}

/// An entry of the catalogue, judged on a day.
#[derive(Serialize)]
struct Entry {
    #[serde(flatten)]
    flow: &'static Flow,
    outcomes: Vec<Outcome>,
    #[serde(skip)]
    ruling: Ruling,
}

impl Entry {
    fn of(flow: &'static Flow, on: Date) -> Result<Self, AssessError> {
        let ruling = assess(&flow.disclosure(on))?;
        Ok(Self { flow, outcomes: standard::outcomes(&ruling), ruling })
    }

    /// The name, with the dates of the terms unless they have always held.
    fn name(&self) -> String {
        if self.flow.from == Disclosure::FIRST_DAY && self.flow.until.is_none() {
            String::from(self.flow.name)
        } else {
            format!("{} ({})", self.flow.name, self.dates())
        }
    }

    fn dates(&self) -> String {
        match self.flow.until {
            Some(until) => format!("{} to {until}", self.flow.from),
            None => format!("since {}", self.flow.from),
        }
    }

    /// What stops a patient who has recorded every opt-out, and no consent.
    fn stopped_by(&self) -> String {
        let patient = Patient::UNKNOWN
            .with_type1(Type1::Dissent)
            .with_national(National::OptedOut)
            .with_programme(Programme::OptedOut)
            .with_care_objection();
        let decision = self.ruling.decide(patient);
        let opt_outs = OptOut::ALL
            .iter()
            .filter(|opt_out| decision.blocked_by().intersects(opt_out.reasons()))
            .map(|opt_out| opt_out.code());
        #[expect(clippy::wildcard_enum_match_arm, reason = "all others are opt-outs")]
        match decision.reason() {
            Reason::Permitted => String::from("nothing"),
            Reason::NoLawfulBasis => String::from("no basis"),
            Reason::ConsentNotRecorded => String::from("no consent"),
            _ => opt_outs.collect::<Vec<_>>().join(", "),
        }
    }
}

fn mentions(flow: &Flow, word: &str) -> bool {
    let word = word.to_lowercase();
    [flow.id, flow.name, flow.sender, flow.recipient, flow.note, flow.ours.unwrap_or_default()]
        .iter()
        .any(|text| text.to_lowercase().contains(&word))
}

fn write_list(out: &mut dyn Write, entries: &[Entry]) -> io::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(["ID", "FLOW", "STOPPED BY"]);
    for entry in entries {
        table.add_row([entry.flow.id, &entry.name(), &entry.stopped_by()]);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    // Without a terminal, each flow keeps to its line, for `grep` and the like.
    if let Some(width) = terminal_width() {
        table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(width).unwrap_or(u16::MAX));
        // An id is there to be copied.
        if let Some(ids) = table.column_mut(0) {
            ids.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(
        out,
        "\nSTOPPED BY: what stops a patient who has recorded every opt-out, and no consent.\n\
         `optout flows ID` shows one whole."
    )
}

/// The width of the names of the fields.
const FIELD: usize = 17;

fn write_whole(out: &mut dyn Write, entries: &[Entry]) -> io::Result<()> {
    for (i, entry) in entries.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        let Flow {
            name, id, sender, recipient, terms, sources, grade, note, ours, conflict, ..
        } = entry.flow;
        writeln!(out, "{BOLD}{name}{BOLD:#}")?;
        let bases: Vec<_> = terms.bases.codes().collect();
        let conditions: Vec<_> = terms.conditions.codes().collect();
        let or_none = |codes: Vec<&str>| {
            if codes.is_empty() { String::from("none") } else { codes.join(", ") }
        };
        for (label, text) in [
            ("id", String::from(*id)),
            ("sender", String::from(*sender)),
            ("recipient", String::from(*recipient)),
            ("terms hold", entry.dates()),
            ("origin", terms.origin.to_string()),
            ("boundary", terms.boundary.to_string()),
            ("identifiability", terms.identifiability.to_string()),
            ("purpose", format!("{} ({})", terms.purpose, terms.purpose.class())),
            ("bases", or_none(bases)),
            ("conditions", or_none(conditions)),
            ("grade", format!("{grade}: {}", grade.meaning())),
            ("note", String::from(*note)),
        ] {
            write_field(out, FIELD, label, &text)?;
        }
        if let Some(ours) = ours {
            write_field(out, FIELD, "our reading", ours)?;
        }
        if let Some(conflict) = conflict {
            write_field(out, FIELD, "conflict", conflict)?;
        }
        for (i, source) in sources.iter().enumerate() {
            let label = if i == 0 { "sources" } else { "" };
            write_field(out, FIELD, label, &source.to_string())?;
            for line in words_of(source) {
                write_field(out, FIELD, "", &line)?;
            }
        }
        writeln!(out)?;
        standard::write(out, &entry.outcomes)?;
    }
    Ok(())
}

/// The words relied on, and when they were read.
fn words_of(source: &Source) -> Vec<String> {
    let Some(quotation) = source.quotation() else { return Vec::new() };
    let said = quotation.sentences.iter().map(|sentence| format!("“{sentence}”"));
    let read =
        format!("read on {}, to be read again by {}", quotation.read_on, quotation.read_again_by);
    said.chain([read]).collect()
}

fn say_none(args: &FlowsArgs) {
    if let ([id], Some(on)) = (args.words.as_slice(), args.on)
        && let Err(error) = flow::find(id, on)
        && flow::all().any(|flow| flow.id == id)
    {
        return say(&plain(&error), &[]);
    }
    let words = args.words.join(" ");
    let day = args.on.map_or_else(String::new, |on| format!(" on {on}"));
    let hint = match args.words.as_slice() {
        [] => String::from("the catalogue begins on 2018-05-25"),
        [_, ..] => String::from("`optout flows` lists every flow"),
    };
    let message = if words.is_empty() {
        format!("no terms hold{day}")
    } else {
        format!("no flow mentions `{words}`{day}")
    };
    say(&message, &[hint]);
}
