//! Words in lines of a width, as they are written.

use core::fmt::{self, Write};

/// The longest line, in letters; a word that is longer is broken.
pub(super) const LONGEST: usize = 100;

/// Writes words into lines; a code is never broken at its hyphens. Every line but the first is
/// indented.
pub(super) struct Wrap<'o> {
    out: &'o mut dyn Write,
    width: usize,
    indent: usize,
    /// Letters in the line.
    filled: usize,
    /// Spaces behind them, written once another word follows in the line.
    spaces: usize,
    /// The word that has begun, in UTF-8.
    word: [u8; 4 * LONGEST],
    length: usize,
    letters: usize,
}

impl<'o> Wrap<'o> {
    pub(super) fn new(out: &'o mut dyn Write, width: usize, indent: usize) -> Self {
        let width = width.clamp(1, LONGEST);
        let word = [0; 4 * LONGEST];
        Self { out, width, indent, filled: 0, spaces: 0, word, length: 0, letters: 0 }
    }

    /// Writes the last word.
    pub(super) fn finish(mut self) -> fmt::Result {
        self.end_word()
    }

    fn end_word(&mut self) -> fmt::Result {
        if self.letters == 0 {
            return Ok(());
        }
        if self.filled > 0 && self.filled + self.spaces + self.letters > self.width {
            self.out.write_char('\n')?;
            self.filled = 0;
            self.spaces = self.indent;
        }
        write!(self.out, "{:1$}", "", self.spaces)?;
        let word = self.word.get(..self.length).unwrap_or_default();
        self.out.write_str(str::from_utf8(word).map_err(|_| fmt::Error)?)?;
        self.filled += self.letters + if self.filled > 0 { self.spaces } else { 0 };
        (self.spaces, self.length, self.letters) = (0, 0, 0);
        Ok(())
    }
}

impl Write for Wrap<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for letter in text.chars() {
            if letter == ' ' {
                self.end_word()?;
                self.spaces += usize::from(self.filled > 0);
                continue;
            }
            if self.letters == self.width {
                self.end_word()?;
            }
            let room = self.word.get_mut(self.length..).unwrap_or_default();
            if room.len() < letter.len_utf8() {
                return Err(fmt::Error);
            }
            self.length += letter.encode_utf8(room).len();
            self.letters += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::string::String;

    use super::*;

    fn wrapped(text: &str, width: usize) -> String {
        let mut out = String::new();
        let mut wrap = Wrap::new(&mut out, width, 2);
        // However the text arrives.
        let written = text.split_inclusive('b').try_for_each(|part| wrap.write_str(part));
        assert_eq!(written.and_then(|()| wrap.finish()), Ok(()));
        out
    }

    #[test]
    fn lines_are_filled_and_no_space_is_left_at_an_end() {
        for (text, lines) in [
            ("", ""),
            (" ", ""),
            ("a", "a"),
            ("abc def", "abc def"),
            ("abc def g", "abc def\n  g"),
            ("abc defgh", "abc\n  defgh"),
            ("abc  def  ", "abc\n  def"),
            ("abc-defg h", "abc-def\n  g h"),
            ("a abcdefghijklmnopq", "a\n  abcdefg\n  hijklmn\n  opq"),
            ("\u{e9}\u{e9}\u{e9}\u{e9} \u{e9}b", "\u{e9}\u{e9}\u{e9}\u{e9} \u{e9}b"),
        ] {
            assert_eq!(wrapped(text, 7), lines, "{text}");
        }
    }
}
