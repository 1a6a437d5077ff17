//! Texts of JSON.

use std::string::String;
use std::vec::Vec;

use serde::de::Visitor;

use super::{Reader, Stop};

const EOF_TEXT: &str = "EOF while parsing a string";

/// A text: as it stands in the line, or what its escapes mean.
pub(super) enum Text<'a> {
    Plain(&'a str),
    Escaped(String),
}

impl<'de> Text<'de> {
    pub(super) fn visit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        match self {
            Self::Plain(text) => visitor.visit_borrowed_str(text),
            Self::Escaped(text) => visitor.visit_string(text),
        }
    }
}

impl<'a> Reader<'a> {
    /// A text that begins here.
    pub(super) fn text(&mut self) -> Result<Text<'a>, Stop> {
        self.at += 1;
        let plain = self.run()?;
        if self.peek() == Some(b'"') {
            self.at += 1;
            return match str::from_utf8(plain) {
                Ok(text) => Ok(Text::Plain(text)),
                Err(_) => Err(self.stop("invalid unicode code point")),
            };
        }
        self.escaped(plain)
    }

    /// What a text means that has this before its first escape.
    fn escaped(&mut self, before: &[u8]) -> Result<Text<'a>, Stop> {
        let mut text = Vec::new();
        add(&mut text, before)?;
        while self.peek() == Some(b'\\') {
            let meant = self.escape()?;
            add(&mut text, meant.encode_utf8(&mut [0; 4]).as_bytes())?;
            add(&mut text, self.run()?)?;
        }
        self.at += 1;
        match String::from_utf8(text) {
            Ok(text) => Ok(Text::Escaped(text)),
            Err(_) => Err(self.stop("invalid unicode code point")),
        }
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
fn ends(text: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::MAX / 255;
    let special = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    let (eights, rest) = text.as_chunks::<8>();
    for (eight, start) in eights.iter().zip((0..).step_by(8)) {
        // The upper bit of each byte that is special; above the lowest such bit some may be wrong.
        let word = u64::from_le_bytes(*eight);
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        let quote = word ^ (ONES * u64::from(b'"'));
        let slash = word ^ (ONES * u64::from(b'\\'));
        let found =
            control | (quote.wrapping_sub(ONES) & !quote) | (slash.wrapping_sub(ONES) & !slash);
        let found = found & (ONES << 7);
        if found != 0 {
            return Some(start + found.trailing_zeros() as usize / 8);
        }
    }
    rest.iter().position(|byte| special(*byte)).map(|place| eights.len() * 8 + place)
}

/// Adds bytes, where there is memory.
fn add(to: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Stop> {
    to.try_reserve(bytes.len()).map_err(|_| Stop::NO_MEMORY)?;
    to.extend_from_slice(bytes);
    Ok(())
}
