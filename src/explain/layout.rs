//! An explanation as text for people: wrapped to a width, coloured on a terminal.

use core::fmt;
use std::format;
use std::string::{String, ToString};

use anstyle::{AnsiColor, Style};

use super::{Explanation, OptOutFinding, Outcome, PatientFinding, RouteFinding, sentence};
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

impl Explanation {
    /// The explanation in plain English.
    #[must_use]
    pub fn to_text(&self, layout: Layout) -> String {
        let mut page = Page::new(layout);
        page.paragraph(&sentence::disclosure(&self.disclosure));
        if let Some(finding) = &self.patient {
            finding.write(&mut page);
        }
        page.heading("Routes that are open");
        if !self.routes.iter().any(|route| route.open) {
            page.paragraph("None: nothing lifts the duty of confidence, so it may go for nobody.");
        }
        for route in self.routes.iter().filter(|route| route.open) {
            route.write_open(&mut page);
        }
        page.heading("Routes that are closed");
        for route in self.routes.iter().filter(|route| !route.open) {
            page.entry(2, route.route.code(), DIM, &because(&route.closed_because));
        }
        if !self.evidence_needed.is_empty() {
            page.heading("Evidence needed (not verified here)");
            for evidence in &self.evidence_needed {
                let what = format!("reference and validity dates: {}.", evidence.meaning);
                page.entry(2, evidence.assertion, Style::new(), &what);
            }
        }
        if !self.warnings.is_empty() {
            page.heading("Warnings");
            for warning in &self.warnings {
                page.entry(2, "!", CAUTION, warning);
            }
        }
        page.blank();
        let grades = Grade::ALL.iter().map(|grade| format!("{grade} {}", grade.meaning()));
        let grades = grades.collect::<std::vec::Vec<_>>().join("; ");
        page.paragraph(&format!("Grades of the clauses: {grades}."));
        page.text
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text(Layout { width: 80, colour: false }))
    }
}

impl PatientFinding {
    fn write(&self, page: &mut Page) {
        let (verdict, style) = match self.verdict {
            Verdict::Allow => ("ALLOW", GOOD),
            Verdict::Deny => ("DENY", BAD),
        };
        page.blank();
        page.entry_of_width(0, verdict, style, &self.because, verdict.len() + 2);
        page.entry(2, "reason", DIM, self.reason.code());
        if let Some(route) = self.route {
            page.entry(2, "route", DIM, route.code());
        }
        if !self.blocked_by.is_empty() {
            let reasons = sentence::list(self.blocked_by.iter().map(ToString::to_string), "and");
            page.entry(2, "blocked by", DIM, &reasons);
        }
        if !self.clauses.is_empty() {
            let clauses: std::vec::Vec<_> = self.clauses.iter().map(|c| c.code()).collect();
            page.entry(2, "clauses", DIM, &clauses.join(", "));
        }
        if self.verdict == Verdict::Deny {
            page.heading("What would change it, if it is true");
            if self.changes.is_empty() {
                page.paragraph("No change of a single fact that may be suggested.");
            }
            for change in &self.changes {
                page.entry_of_width(2, "-", DIM, &change.sentence(), 2);
            }
        }
    }
}

impl RouteFinding {
    fn write_open(&self, page: &mut Page) {
        let text = format!("{} {}", self.plain, citations(self.citations));
        page.entry(2, self.route.code(), GOOD, &text);
        for opt_out in &self.opt_outs {
            opt_out.write(page);
        }
    }
}

impl OptOutFinding {
    fn write(&self, page: &mut Page) {
        let (word, style) = match self.effect {
            Outcome::Binds => ("binds", CAUTION),
            Outcome::OutOfScope => ("out of scope", DIM),
            Outcome::Lifted => ("lifted", DIM),
        };
        let label = format!("{} {word}", self.opt_out.code());
        let text = format!("{} {}", self.because, citations(self.citations));
        page.entry_of_width(4, &label, style, &text, 30);
    }
}

/// Phrases as one sentence.
fn because(phrases: &[String]) -> String {
    let mut text = phrases.join("; ");
    if let Some(first) = text.get(..1) {
        let capital = first.to_uppercase();
        text.replace_range(..1, &capital);
    }
    text.push('.');
    text
}

/// The clauses in brackets, our own readings marked.
fn citations(citations: &[Citation]) -> String {
    let marked = citations.iter().map(|citation| {
        let ours = if citation.grade.is_our_reading() { ", our reading" } else { "" };
        format!("{} ({}{ours})", citation.clause, citation.grade)
    });
    format!("[{}]", marked.collect::<std::vec::Vec<_>>().join("; "))
}

/// Text under construction. Only whole labels are coloured, after wrapping, so that escapes never
/// count as width.
struct Page {
    text: String,
    width: usize,
    colour: bool,
}

impl Page {
    fn new(layout: Layout) -> Self {
        Self { text: String::new(), width: layout.width.clamp(40, 100), colour: layout.colour }
    }

    fn blank(&mut self) {
        self.text.push('\n');
    }

    fn styled(&mut self, style: Style, text: &str) {
        if self.colour {
            self.text.push_str(&style.render().to_string());
            self.text.push_str(text);
            self.text.push_str(&style.render_reset().to_string());
        } else {
            self.text.push_str(text);
        }
    }

    fn heading(&mut self, text: &str) {
        self.blank();
        self.styled(BOLD, text);
        self.blank();
    }

    /// Lines of at most `width` characters; a code is never broken at its hyphens.
    fn wrap(text: &str, width: usize) -> std::vec::Vec<std::borrow::Cow<'_, str>> {
        let options = textwrap::Options::new(width);
        textwrap::wrap(text, options.word_splitter(textwrap::WordSplitter::NoHyphenation))
    }

    fn paragraph(&mut self, text: &str) {
        for line in Self::wrap(text, self.width) {
            self.text.push_str(&line);
            self.blank();
        }
    }

    /// A label and its text, side by side, in the usual column.
    fn entry(&mut self, indent: usize, label: &str, style: Style, text: &str) {
        self.entry_of_width(indent, label, style, text, if label.len() < 3 { 2 } else { 18 });
    }

    /// A label and its text, side by side where there is room, below it where there is not.
    fn entry_of_width(
        &mut self,
        indent: usize,
        label: &str,
        style: Style,
        text: &str,
        column: usize,
    ) {
        let spaces = |n: usize| " ".repeat(n);
        let beside = label.len() < column && self.width >= indent + column + 30;
        let column = if beside { column } else { 4 };
        self.text.push_str(&spaces(indent));
        self.styled(style, label);
        for (i, line) in Self::wrap(text, self.width - indent - column).iter().enumerate() {
            if i == 0 && beside {
                self.text.push_str(&spaces(column - label.len()));
            } else {
                self.blank();
                self.text.push_str(&spaces(indent + column));
            }
            self.text.push_str(line);
        }
        self.blank();
    }
}
