//! What others gave, as the screen shows it: without an NHS number, and without a character that
//! hides, moves or colours its neighbours.

use std::path::Path;

use optout::record::shown::{escaped, is_unseen, masked_widely};

/// A text, such as the name of a column or a message.
pub(crate) fn text(given: &str) -> String {
    escaped(&masked_widely(given))
}

/// A path.
pub(crate) fn path(given: &Path) -> String {
    text(&given.display().to_string())
}

/// What the reader of arguments says, with its line ends and its colours.
pub(crate) fn page(given: &str) -> String {
    let masked = masked_widely(given);
    let mut shown = String::with_capacity(masked.len());
    let mut rest = masked.as_str();
    while let Some(c) = rest.chars().next() {
        let kept = match c {
            '\n' => 1,
            '\u{1b}' => style(rest),
            _ => 0,
        };
        let (this, after) = rest.split_at(if kept > 0 { kept } else { c.len_utf8() });
        if kept > 0 || !is_unseen(c) {
            shown.push_str(this);
        } else {
            shown.push_str(&escaped(this));
        }
        rest = after;
    }
    shown
}

/// The length of the style that a text begins with; 0 where it begins with none.
fn style(text: &str) -> usize {
    let Some(codes) = text.strip_prefix("\u{1b}[") else { return 0 };
    let length = codes.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(0);
    if codes.get(length..).is_some_and(|end| end.starts_with('m')) { length + 3 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{page, text};

    #[test]
    fn styles_and_line_ends_stay_and_nothing_else_that_is_not_seen() {
        let given = "\u{1b}[1;31merror:\u{1b}[0m \u{1b}[2J\u{202e}943 476 5919\nnext";
        assert_eq!(
            page(given),
            "\u{1b}[1;31merror:\u{1b}[0m \\u{1b}[2J\\u{202e}### ### ####\nnext"
        );
        assert_eq!(text("a\nb\u{1b}[1m"), "a\\u{a}b\\u{1b}[1m");
    }
}
