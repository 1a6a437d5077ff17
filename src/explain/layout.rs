//! An explanation as text for people: wrapped to a width, coloured on a terminal.

use core::fmt::{self, Display, Write, from_fn};
use std::string::String;

use anstyle::{AnsiColor, Style};

use super::sentence::{self, joined, list};
use super::wrap::{LONGEST, Wrap};
use super::{Explanation, OptOutFinding, Outcome, PatientFinding, RouteFinding};
use crate::clause::{Citation, Grade};
use crate::decision::Verdict;

/// How the text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The width of a line in characters; lines are never wider than 100 nor narrower than 40.
    pub width: usize,
    /// Whether to colour with ANSI escapes.
    pub colour: bool,
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const CAUTION: Style = AnsiColor::Yellow.on_default();

impl Explanation<'_> {
    /// The explanation in plain English.
    #[must_use]
    pub fn to_text(&self, layout: Layout) -> String {
        let mut text = String::new();
        let written = self.write_text(layout, &mut text);
        debug_assert!(written.is_ok(), "a text that grows takes everything");
        text
    }

    /// Writes the same. It takes no memory beside the writer's own.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn write_text(&self, layout: Layout, out: &mut impl Write) -> fmt::Result {
        let mut page = Page::new(layout, out);
        page.paragraph(sentence::disclosure(self.disclosure()))?;
        if let Some(finding) = self.patient() {
            finding.write(&mut page)?;
        }
        page.heading("Routes that are open")?;
        if !self.routes().any(|route| route.is_open()) {
            page.paragraph("None: nothing lifts the duty of confidence, so it may go for nobody.")?;
        }
        for route in self.routes().filter(RouteFinding::is_open) {
            route.write_open(&mut page)?;
        }
        page.heading("Routes that are closed")?;
        for route in self.routes().filter(|route| !route.is_open()) {
            let because = because(joined(route.closed_because(), "; "));
            page.entry(2, route.route().code(), DIM, because)?;
        }
        if self.evidence_needed().next().is_some() {
            page.heading("Evidence needed (not verified here)")?;
        }
        for evidence in self.evidence_needed() {
            let what = evidence.meaning;
            let what = from_fn(|f| write!(f, "reference and validity dates: {what}."));
            page.entry(2, evidence.assertion, Style::new(), what)?;
        }
        if self.warnings().next().is_some() {
            page.heading("Warnings")?;
        }
        for warning in self.warnings() {
            page.entry(2, "!", CAUTION, warning)?;
        }
        page.blank()?;
        let grades = Grade::ALL
            .iter()
            .map(|grade| from_fn(move |f| write!(f, "{grade} {}", grade.meaning())));
        let grades = joined(grades, "; ");
        page.paragraph(from_fn(|f| write!(f, "Grades of the clauses: {grades}.")))
    }
}

impl Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_text(Layout { width: 80, colour: false }, f)
    }
}

impl PatientFinding<'_> {
    fn write(&self, page: &mut Page<'_>) -> fmt::Result {
        let decision = self.decision();
        let (verdict, style) = match decision.verdict() {
            Verdict::Allow => ("ALLOW", GOOD),
            Verdict::Deny => ("DENY", BAD),
        };
        page.blank()?;
        page.entry_of_width(0, &[verdict], style, self.because(), verdict.len() + 2)?;
        page.entry(2, "reason", DIM, decision.reason().code())?;
        if let Some(route) = decision.route() {
            page.entry(2, "route", DIM, route.code())?;
        }
        if !decision.blocked_by().is_empty() {
            page.entry(2, "blocked by", DIM, list(decision.blocked_by().reasons(), "and"))?;
        }
        let clauses = self.clauses();
        if !clauses.as_slice().is_empty() {
            let clauses = clauses.as_slice().iter().map(|clause| clause.code());
            page.entry(2, "clauses", DIM, joined(clauses, ", "))?;
        }
        if decision.verdict() == Verdict::Deny {
            page.heading("What would change it, if it is true")?;
            let mut some = false;
            for change in self.changes() {
                some = true;
                page.entry_of_width(2, &["-"], DIM, change.sentence(), 2)?;
            }
            if !some {
                page.paragraph("No change of a single fact that may be suggested.")?;
            }
        }
        Ok(())
    }
}

impl RouteFinding<'_> {
    fn write_open(&self, page: &mut Page<'_>) -> fmt::Result {
        let text = from_fn(|f| write!(f, "{} {}", self.plain(), citations(self.citations())));
        page.entry(2, self.route().code(), GOOD, text)?;
        self.opt_outs().try_for_each(|opt_out| opt_out.write(page))
    }
}

impl OptOutFinding<'_> {
    fn write(&self, page: &mut Page<'_>) -> fmt::Result {
        let (word, style) = match self.effect() {
            Outcome::Binds => ("binds", CAUTION),
            Outcome::OutOfScope => ("out of scope", DIM),
            Outcome::Lifted => ("lifted", DIM),
        };
        let text = from_fn(|f| write!(f, "{} {}", self.because(), citations(self.citations())));
        page.entry_of_width(4, &[self.opt_out().code(), " ", word], style, text, 30)
    }
}

/// Phrases as one sentence.
fn because(phrases: impl Display) -> impl Display {
    from_fn(move |f| {
        write!(Capital { out: f, begun: false }, "{phrases}")?;
        f.write_char('.')
    })
}

/// Writes the first letter in upper case.
struct Capital<'o, 'f> {
    out: &'o mut fmt::Formatter<'f>,
    begun: bool,
}

impl Write for Capital<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut letters = text.chars();
        if !self.begun
            && let Some(first) = letters.next()
        {
            self.begun = true;
            self.out.write_char(first.to_ascii_uppercase())?;
        }
        self.out.write_str(letters.as_str())
    }
}

/// The clauses in brackets, our own readings marked.
fn citations(citations: &[Citation]) -> impl Display {
    let marked = citations.iter().map(|citation| {
        let ours = if citation.grade.is_our_reading() { ", our reading" } else { "" };
        from_fn(move |f| write!(f, "{} ({}{ours})", citation.clause, citation.grade))
    });
    let marked = joined(marked, "; ");
    from_fn(move |f| write!(f, "[{marked}]"))
}

/// Text under construction. Only whole labels are coloured, after wrapping, so that escapes never
/// count as width.
struct Page<'o> {
    out: &'o mut dyn Write,
    width: usize,
    colour: bool,
}

impl<'o> Page<'o> {
    fn new(layout: Layout, out: &'o mut dyn Write) -> Self {
        Self { out, width: layout.width.clamp(40, LONGEST), colour: layout.colour }
    }

    fn blank(&mut self) -> fmt::Result {
        self.out.write_char('\n')
    }

    fn spaces(&mut self, count: usize) -> fmt::Result {
        write!(self.out, "{:count$}", "")
    }

    fn styled(&mut self, style: Style, text: &[&str]) -> fmt::Result {
        if self.colour {
            write!(self.out, "{}", style.render())?;
        }
        text.iter().try_for_each(|part| self.out.write_str(part))?;
        if self.colour {
            write!(self.out, "{}", style.render_reset())?;
        }
        Ok(())
    }

    fn heading(&mut self, text: &str) -> fmt::Result {
        self.blank()?;
        self.styled(BOLD, &[text])?;
        self.blank()
    }

    /// Lines of what is left of the width behind an indent, which stands before all but the first.
    fn wrapped(&mut self, indent: usize, text: &dyn Display) -> fmt::Result {
        let mut wrap = Wrap::new(self.out, self.width - indent, indent);
        write!(wrap, "{text}")?;
        wrap.finish()?;
        self.blank()
    }

    fn paragraph(&mut self, text: impl Display) -> fmt::Result {
        self.wrapped(0, &text)
    }

    /// A label and its text, side by side, in the usual column.
    fn entry(
        &mut self,
        indent: usize,
        label: &str,
        style: Style,
        text: impl Display,
    ) -> fmt::Result {
        let column = if label.len() < 3 { 2 } else { 18 };
        self.entry_of_width(indent, &[label], style, text, column)
    }

    /// A label and its text, side by side where there is room, below it where there is not.
    fn entry_of_width(
        &mut self,
        indent: usize,
        label: &[&str],
        style: Style,
        text: impl Display,
        column: usize,
    ) -> fmt::Result {
        let length: usize = label.iter().map(|part| part.len()).sum();
        let beside = length < column && self.width >= indent + column + 30;
        let column = if beside { column } else { 4 };
        self.spaces(indent)?;
        self.styled(style, label)?;
        if beside {
            self.spaces(column - length)?;
        } else {
            self.blank()?;
            self.spaces(indent + column)?;
        }
        self.wrapped(indent + column, &text)
    }
}
