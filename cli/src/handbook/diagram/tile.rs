//! Text that fits its box: measured, wrapped, and drawn.

use svg::node::element::{Group, Rectangle, Text};
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) size: f64,
    pub(super) bold: bool,
    pub(super) colour: &'static str,
}

/// How a box is painted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint {
    pub(super) fill: &'static str,
    pub(super) edge: &'static str,
    pub(super) dashed: bool,
}

/// Between a box and its text.
const PADDING: f64 = 8.0;
/// Of a line, for each unit of its size.
const LEADING: f64 = 1.3;
/// Between two blocks of text in a box.
const GAP: f64 = 3.0;

/// A box of a given width with text in it; it is as high as the text needs.
pub(super) struct Tile {
    width: f64,
    paint: Paint,
    lines: Vec<Line>,
    at_top: bool,
}

struct Line {
    text: String,
    style: Style,
    /// Space above it, besides the leading.
    above: f64,
}

impl Tile {
    pub(super) const fn new(width: f64, paint: Paint) -> Self {
        Self { width, paint, lines: Vec::new(), at_top: false }
    }

    /// The same box, with its text at the top where it is higher than it need be, not in the middle.
    pub(super) const fn at_top(mut self) -> Self {
        self.at_top = true;
        self
    }

    /// The same box, with a block of text under the others.
    pub(super) fn text(mut self, text: &str, style: Style) -> Self {
        let mut above = if self.lines.is_empty() { 0.0 } else { GAP };
        for text in wrap(text, self.width - 2.0 * PADDING, style) {
            self.lines.push(Line { text, style, above });
            above = 0.0;
        }
        self
    }

    /// How high it must be.
    pub(super) fn height(&self) -> f64 {
        let lines = self.lines.iter().map(|line| line.above + line.style.size * LEADING);
        2.0 * PADDING + lines.sum::<f64>()
    }

    /// The width of its longest line, with the padding.
    #[cfg(test)]
    pub(super) fn needs_width(&self) -> f64 {
        let widths = self.lines.iter().map(|line| measure(&line.text, line.style));
        2.0 * PADDING + widths.fold(0.0, f64::max)
    }

    /// The width it was given.
    pub(super) const fn width(&self) -> f64 {
        self.width
    }

    /// The box at a place, with a height that is not under its own.
    pub(super) fn draw(&self, x: f64, y: f64, height: f64) -> Group {
        let mut rectangle = Rectangle::new()
            .set("x", x)
            .set("y", y)
            .set("width", self.width)
            .set("height", round(height))
            .set("rx", 5)
            .set("fill", self.paint.fill)
            .set("stroke", self.paint.edge);
        if self.paint.dashed {
            rectangle = rectangle.set("stroke-dasharray", "4 3");
        }
        let mut group = Group::new().add(rectangle);
        let spare = if self.at_top { 0.0 } else { (height - self.height()) / 2.0 };
        let mut top = y + PADDING + spare;
        for line in &self.lines {
            top += line.above;
            let mut text = Text::new(line.text.as_str())
                .set("x", x + PADDING)
                .set("y", round(top + line.style.size))
                .set("font-size", line.style.size)
                .set("fill", line.style.colour);
            if line.style.bold {
                text = text.set("font-weight", "bold");
            }
            group = group.add(text);
            top += line.style.size * LEADING;
        }
        group
    }
}

/// To a tenth, so that the file has no long fractions.
pub(super) fn round(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

/// A part of a word that stays on one line, and the space after it.
#[derive(Debug)]
struct Piece<'a> {
    text: &'a str,
    space: &'a str,
    style: Style,
}

impl Fragment for Piece<'_> {
    fn width(&self) -> f64 {
        measure(self.text, self.style)
    }
    fn whitespace_width(&self) -> f64 {
        measure(self.space, self.style)
    }
    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Lines of at most this width, broken at spaces and after hyphens.
fn wrap(text: &str, width: f64, style: Style) -> Vec<String> {
    let pieces: Vec<_> = text
        .split_inclusive([' ', '-'])
        .map(|piece| {
            let text = piece.trim_end();
            Piece { text, space: piece.get(text.len()..).unwrap_or_default(), style }
        })
        .collect();
    let lines = wrap_first_fit(&pieces, &[width]).into_iter().map(|line| {
        let text: String = line.iter().flat_map(|piece| [piece.text, piece.space]).collect();
        text.trim_end().to_owned()
    });
    lines.collect()
}

/// How wide a text is at most. The advances are those of `DejaVu` Sans, the widest of the common
/// sans-serif fonts, rounded up: a text that fits here fits in any of them.
fn measure(text: &str, style: Style) -> f64 {
    const BOLD: f64 = 1.15;
    let ems: f64 = text.chars().map(advance).sum();
    ems * style.size * if style.bold { BOLD } else { 1.0 }
}

const fn advance(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'I' | 'J' | '\'' | ',' | '.' | '’' | '·' | ' ' => 0.32,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '/' | ':' | ';' | '!' | '-' => 0.41,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'F' | 'L' | '?' | '*' | '“' | '”' | '†' | '–' => {
            0.595
        }
        'a'
        | 'b'
        | 'd'
        | 'e'
        | 'g'
        | 'h'
        | 'n'
        | 'o'
        | 'p'
        | 'q'
        | 'u'
        | 'E'
        | 'P'
        | 'S'
        | 'T'
        | 'Y'
        | '0'..='9' => 0.636,
        'w' | 'A'..='Z' if !matches!(letter, 'M' | 'W') => 0.82,
        _ => 1.0,
    }
}
