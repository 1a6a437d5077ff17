//! How answers are written: text that fits the terminal, or JSON.

use std::io::{self, Write};
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use optout::explain::Layout;
use optout::record::shown::to_json;
use serde::Serialize;

use crate::error::Error;

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const ALLOW: Style = AnsiColor::Green.on_default().bold();
pub(crate) const DENY: Style = AnsiColor::Red.on_default().bold();

/// The width of a page.
const WIDTH: usize = 80;

/// The layout of an explanation. Colours are taken out again where they are not wanted.
pub(crate) fn layout() -> Layout {
    Layout { width: text_width(), colour: true }
}

/// The width of text: the terminal's, and of a page where there is none.
pub(crate) fn text_width() -> usize {
    terminal_width().unwrap_or(WIDTH)
}

/// The width of the terminal that is written to, if it is one.
pub(crate) fn terminal_width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(usize::from(width.0))
}

/// Writes to standard output, with colours only where they are wanted.
pub(crate) fn to_stdout(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<ExitCode, Error> {
    let mut stdout = anstream::stdout().lock();
    write(&mut stdout).and_then(|()| stdout.flush()).map_err(Error::Output)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes JSON to standard output, every text in it masked.
pub(crate) fn json_to_stdout(value: &impl Serialize) -> Result<ExitCode, Error> {
    let json = to_json(value).map_err(|error| Error::Output(error.into()))?;
    to_stdout(|out| {
        out.write_all(&json)?;
        writeln!(out)
    })
}

/// Writes a label and its text beside it; an address is never broken.
pub(crate) fn write_field(
    out: &mut dyn Write,
    label_width: usize,
    label: &str,
    text: &str,
) -> io::Result<()> {
    let options = textwrap::Options::new(text_width().saturating_sub(label_width + 2).max(30))
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    for (i, line) in textwrap::wrap(text, options).iter().enumerate() {
        writeln!(out, "  {:<label_width$}{line}", if i == 0 { label } else { "" })?;
    }
    Ok(())
}
