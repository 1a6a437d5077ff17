//! Texts of JSON.

use std::string::String;
use std::vec::Vec;

use super::{Reader, Stop};

const EOF_TEXT: &str = "EOF while parsing a string";

impl<'a> Reader<'a> {
    /// A text that begins here, where it has no escape: nearly every one.
    #[inline]
    pub(super) fn plain_text(&mut self) -> Option<&'a str> {
        let start = self.at + 1;
        let rest = self.line.get(start..)?;
        let length = ends(rest)?;
        if rest.get(length) != Some(&b'"') {
            return None;
        }
        let end = start + length;
        // What is known to be UTF-8 need not be read again.
        let text = match self.text {
            Some(text) => text.get(start..end),
            None => str::from_utf8(rest.get(..length)?).ok(),
        };
        self.at = if text.is_some() { end + 1 } else { self.at };
        text
    }

    /// A text that begins here, with escapes or with a fault.
    #[cold]
    pub(super) fn other_text(&mut self) -> Result<String, Stop> {
        self.at += 1;
        let before = self.run()?;
        self.escaped(before)
    }

    /// What a text means that has this before its first escape.
    fn escaped(&mut self, before: &[u8]) -> Result<String, Stop> {
        let mut text = Vec::new();
        add(&mut text, before)?;
        while self.peek() == Some(b'\\') {
            let meant = self.escape()?;
            add(&mut text, meant.encode_utf8(&mut [0; 4]).as_bytes())?;
            add(&mut text, self.run()?)?;
        }
        self.at += 1;
        String::from_utf8(text).map_err(|_| self.stop("invalid unicode code point"))
    }

    /// Skips a text that begins here. What its escapes mean is not asked: an id with half a pair is
    /// repeated as it is.
    pub(super) fn skip_text(&mut self) -> Result<(), Stop> {
        self.at += 1;
        while self.skip_run(0)? == b'\\' {
            self.at += 1;
            match self.next_of_text()? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                b'u' => {
                    self.four_digits()?;
                }
                _ => return Err(self.stop("invalid escape")),
            }
        }
        self.at += 1;
        Ok(())
    }

    /// What stands up to the next quote or escape.
    fn run(&mut self) -> Result<&'a [u8], Stop> {
        let start = self.at;
        self.skip_run(1)?;
        Ok(self.line.get(start..self.at).unwrap_or_default())
    }

    /// Goes to the next quote or escape, and says which it is; or this far behind what may not stand
    /// in a text.
    fn skip_run(&mut self, behind: usize) -> Result<u8, Stop> {
        let rest = self.rest();
        self.at += ends(rest).unwrap_or(rest.len());
        match self.peek() {
            Some(end @ (b'"' | b'\\')) => Ok(end),
            Some(_) => {
                self.at += behind;
                Err(self.stop("control character (\\u0000-\\u001F) found while parsing a string"))
            }
            None => Err(self.stop(EOF_TEXT)),
        }
    }

    /// What an escape means.
    fn escape(&mut self) -> Result<char, Stop> {
        self.at += 1;
        Ok(match self.next_of_text()? {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return Err(self.stop("invalid escape")),
        })
    }

    fn next_of_text(&mut self) -> Result<u8, Stop> {
        let Some(next) = self.peek() else { return Err(self.stop(EOF_TEXT)) };
        self.at += 1;
        Ok(next)
    }

    /// The character of one escape `\u`, or of two that belong together.
    fn code_point(&mut self) -> Result<char, Stop> {
        const LONE: &str = "lone leading surrogate in hex escape";
        let high = self.four_digits()?;
        if let Some(found) = char::from_u32(high) {
            return Ok(found);
        }
        if high >= 0xDC00 {
            return Err(self.stop(LONE));
        }
        for expected in *b"\\u" {
            if self.next_of_text()? != expected {
                return Err(self.stop("unexpected end of hex escape"));
            }
        }
        let low = self.four_digits()?;
        let pair = low.checked_sub(0xDC00).filter(|low| *low < 0x400);
        pair.and_then(|low| char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + low))
            .ok_or_else(|| self.stop(LONE))
    }

    fn four_digits(&mut self) -> Result<u32, Stop> {
        let Some(digits) = self.rest().first_chunk::<4>() else {
            self.at = self.line.len();
            return Err(self.stop(EOF_TEXT));
        };
        self.at += 4;
        digits
            .iter()
            .try_fold(0, |number, digit| Some(number << 4 | char::from(*digit).to_digit(16)?))
            .ok_or_else(|| self.stop("invalid escape"))
    }
}

/// Where the first byte is that does not stand for itself.
#[inline]
fn ends(text: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::MAX / 255;
    let mut at = 0;
    while let Some(eight) = text.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        // The upper bit of each byte that is special; above the lowest such bit some may be wrong.
        let word = u64::from_le_bytes(*eight);
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        let quote = word ^ (ONES * u64::from(b'"'));
        let slash = word ^ (ONES * u64::from(b'\\'));
        let found =
            control | (quote.wrapping_sub(ONES) & !quote) | (slash.wrapping_sub(ONES) & !slash);
        let found = found & (ONES << 7);
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    text.iter().skip(at).position(special).map(|place| at + place)
}

/// Adds bytes, where there is memory.
fn add(to: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Stop> {
    to.try_reserve(bytes.len()).map_err(|_| Stop::NO_MEMORY)?;
    to.extend_from_slice(bytes);
    Ok(())
}
