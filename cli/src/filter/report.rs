//! What is shown while a release runs and when it is done.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, Table, presets};
use indicatif::{ProgressBar, ProgressStyle};
use optout::extract::{Outcome, Progress};
use optout::record::Digest;
use optout::record::type1::Ignored;
use optout::release::audit::{Link, Mode, Record, Rows, Source, Type1Counts};
use optout::{Disclosure, National, Patient, Programme, Type1, assess};

use crate::error::{Error, say_warning};
use crate::output::{BOLD, to_stdout};
use crate::screen;

const CAUTION: Style = AnsiColor::Yellow.on_default().bold();

/// Progress on standard error, where that is a terminal.
pub(super) struct Bar(Option<ProgressBar>);

pub(super) fn bar(table: &str, length: u64) -> Bar {
    if !io::stderr().is_terminal() {
        return Bar(None);
    }
    let bar = ProgressBar::new(length);
    let form = "{prefix} {wide_bar} {percent} % {msg} {binary_bytes_per_sec} {eta} left";
    if let Ok(style) = ProgressStyle::with_template(form) {
        bar.set_style(style);
    }
    bar.set_prefix(screen::text(table));
    Bar(Some(bar))
}

impl Bar {
    pub(super) fn at(&self, progress: Progress) {
        if let Some(bar) = &self.0 {
            bar.set_position(progress.bytes);
            bar.set_message(format!("{} rows", grouped(progress.rows)));
        }
    }

    pub(super) fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

pub(super) fn warn(warnings: &[String]) {
    // When not even this can be written, the audit record still holds it.
    for warning in warnings {
        say_warning(warning);
    }
}

/// The summary at the end.
pub(super) fn summary(
    record: &Record,
    out: Option<&Path>,
    unknowable: &[String],
    place: Option<(Link, Digest)>,
) -> Result<ExitCode, Error> {
    let data = record.mode == Mode::Release;
    to_stdout(|to| {
        lines(to, &tables(record))?;
        let total = &record.total;
        if !total.withheld.is_empty() {
            writeln!(to, "\n{BOLD}Withheld, by reason{BOLD:#}")?;
            lines(to, &reasons(record))?;
        }
        if national_binds(record) {
            let rows = total.withheld.get(Outcome::NationalOptOut.code()).copied().unwrap_or(0);
            writeln!(
                to,
                "\nA national data opt-out withheld {} of the rows; of the people registered in England about 5 to 6 % have one.",
                share(rows, total.rows)
            )?;
            if rows == 0 && total.rows >= MANY {
                writeln!(
                    to,
                    "{CAUTION}Nobody{CAUTION:#} among so many is unlikely: look at the sources, and at the column that names people."
                )?;
            }
        }
        if total.without_identifier > 0 {
            writeln!(
                to,
                "\n{} rows ({}) do not name a person.",
                grouped(total.without_identifier),
                share(total.without_identifier, total.rows)
            )?;
        }
        if !record.sources.is_empty() {
            writeln!(to, "\n{BOLD}What is known of people, and matches in the tables{BOLD:#}")?;
            lines(to, &sources(record))?;
            for source in record.sources.iter().filter(|of| of.people > 0 && of.matched == Some(0))
            {
                let file = screen::text(&source.file.file);
                writeln!(
                    to,
                    "{CAUTION}Nobody{CAUTION:#} in the tables is in {file}: look whether it is of other people, or of another form."
                )?;
            }
        }
        for source in &record.sources {
            if let Some(counts) = &source.type1 {
                writeln!(to, "\n{BOLD}Type 1 in the entries of {}{BOLD:#}", source.file.file)?;
                lines(to, &type1(counts))?;
            }
        }
        for source in record.sources.iter().filter(|source| !source.ignored.is_empty()) {
            let file = screen::text(&source.file.file);
            writeln!(to, "\n{BOLD}Entries of {file} that are no Type 1 opt-out{BOLD:#}")?;
            lines(to, &ignored(&source.ignored))?;
        }
        if !record.compared.is_empty() {
            writeln!(to, "\n{BOLD}What other routes would release{BOLD:#}")?;
            lines(to, &compared(record, unknowable))?;
            for lacking in unknowable {
                writeln!(to, "{CAUTION}cannot be told:{CAUTION:#} {lacking}")?;
            }
        }
        if let Some((link, digest)) = place {
            writeln!(
                to,
                "\nRecord {} of its series; to be noted elsewhere: {digest}",
                link.number
            )?;
        }
        match out.map(screen::path) {
            Some(out) if data => {
                writeln!(to, "\nReleased to {out} with audit.json, its audit record.")
            }
            Some(out) => {
                writeln!(to, "\nNo data were written; {out} holds audit.json, the audit record.")
            }
            None => writeln!(to, "\nNo data were written."),
        }
    })
}

/// Rows among which somebody is expected to have opted out.
const MANY: u64 = 1000;

/// Whether some route is closed by a national data opt-out.
fn national_binds(record: &Record) -> bool {
    serde_json::from_value::<Disclosure>(record.disclosure.clone()).is_ok_and(|disclosure| {
        let clear = Patient::UNKNOWN.with_type1(Type1::None).with_programme(Programme::None);
        assess(&disclosure).is_ok_and(|ruling| {
            ruling.decide(clear.with_national(National::None)).is_allowed()
                && !ruling.decide(clear.with_national(National::OptedOut)).is_allowed()
        })
    })
}

fn lines(to: &mut dyn Write, table: &Table) -> io::Result<()> {
    table.lines().try_for_each(|line| writeln!(to, "{}", line.trim_end()))
}

fn plain_table(header: [&str; 5], rows: impl Iterator<Item = [String; 5]>) -> Table {
    let mut table = Table::new();
    table.set_header(header);
    for row in rows {
        table.add_row(row);
    }
    unruled(&mut table, &[1, 2, 3, 4]);
    table
}

fn line(name: &str, rows: &Rows) -> [String; 5] {
    let withheld = rows.rows - rows.kept;
    [
        screen::text(name),
        grouped(rows.rows),
        grouped(rows.kept),
        grouped(withheld),
        share(withheld, rows.rows),
    ]
}

fn tables(record: &Record) -> Table {
    let each = record.tables.iter().map(|table| line(&table.input.file, &table.rows));
    let total = (record.tables.len() > 1).then(|| line("all", &record.total));
    plain_table(["table", "rows", "kept", "withheld", "share"], each.chain(total))
}

/// Of each source, how many people are on it and how often it said something. A list in another form
/// than the data matches nobody.
fn sources(record: &Record) -> Table {
    let mut table = Table::new();
    table.set_header(["source", "file", "people", "matches"]);
    for Source { kind, file, people, matched, .. } in &record.sources {
        let matched = matched.map_or_else(String::new, grouped);
        table.add_row([kind.clone(), screen::text(&file.file), grouped(*people), matched]);
    }
    unruled(&mut table, &[2, 3]);
    table
}

/// Of what cannot be told, no count would be right.
fn compared(record: &Record, unknowable: &[String]) -> Table {
    let this = std::iter::once(line("this disclosure", &record.total));
    let others = record.compared.iter().map(|other| {
        let [flow, rows, kept, withheld, share] = line(&other.flow, &other.total);
        let of_flow = |lacking: &String| {
            lacking.strip_prefix(&flow).is_some_and(|lacking| lacking.starts_with(": "))
        };
        if unknowable.iter().any(of_flow) {
            let none = String::new;
            return [flow, rows, none(), none(), none()];
        }
        [flow, rows, kept, withheld, share]
    });
    plain_table(["route", "rows", "kept", "withheld", "share"], this.chain(others))
}

/// Rows by reason: of each table, where there are several, and of all.
fn reasons(record: &Record) -> Table {
    let mut table = Table::new();
    let several = record.tables.len() > 1;
    let tables = || record.tables.iter().filter(|_| several);
    if several {
        let names = tables().map(|table| screen::text(&table.input.file));
        table.set_header(
            [String::new()].into_iter().chain(names).chain(["all".to_owned(), String::new()]),
        );
    }
    for outcome in Outcome::ALL {
        let code = outcome.code();
        if let Some(rows) = record.total.withheld.get(code) {
            let each = tables()
                .map(|table| grouped(table.rows.withheld.get(code).copied().unwrap_or_default()));
            let all =
                [grouped(*rows), share(*rows, record.total.rows), outcome.meaning().to_owned()];
            table.add_row([code.to_owned()].into_iter().chain(each).chain(all));
        }
    }
    let numbers: Vec<_> = (1..=tables().count() + 2).collect();
    unruled(&mut table, &numbers);
    table
}

/// What coded entries say of Type 1, in numbers.
fn type1(counts: &Type1Counts) -> Table {
    let Type1Counts {
        entries,
        dissents,
        people_with_dissents,
        undated_dissents,
        withdrawals,
        people_with_withdrawals,
        unreadable,
        local,
        elsewhere,
        people_elsewhere,
        of_something_else,
        people_unregistered,
    } = *counts;
    let mut table = Table::new();
    let of = |people: u64| format!("of {} people", grouped(people));
    let undated =
        format!("{}; {} of unknown date", of(people_with_dissents), grouped(undated_dissents));
    let unknown = format!(
        "with a Type 1 code in another field; {} people unknown for it",
        grouped(people_elsewhere)
    );
    for (name, count, meaning) in [
        ("entries", entries, "read"),
        ("dissents", dissents, undated.as_str()),
        ("withdrawals", withdrawals, &of(people_with_withdrawals)),
        ("of something else", of_something_else, "entries with another code"),
        ("unreadable", unreadable, "entries with no code that its system has"),
        ("local", local, "entries with a supplier's own code"),
        ("elsewhere", elsewhere, &unknown),
        (
            "unregistered",
            people_unregistered,
            "people unknown only for want of a registration on the day",
        ),
    ] {
        table.add_row([name, &grouped(count), meaning]);
    }
    unruled(&mut table, &[1]);
    table
}

fn ignored(ignored: &BTreeMap<String, u64>) -> Table {
    let mut table = Table::new();
    for why in Ignored::ALL {
        if let Some(entries) = ignored.get(why.code()) {
            table.add_row([why.code(), &grouped(*entries), why.meaning()]);
        }
    }
    unruled(&mut table, &[1]);
    table
}

/// Two spaces between columns, and numbers to the right.
fn unruled(table: &mut Table, numbers: &[usize]) {
    table.load_style(presets::NOTHING);
    for (i, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        if numbers.contains(&i) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
}

fn share(part: u64, whole: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a share for people")]
    let share = if whole == 0 { 0.0 } else { part as f64 * 100.0 / whole as f64 };
    format!("{share:.1} %")
}

/// A number with a space between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}
