//! JSON as records and the screen show it.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::string::String;
use std::vec::Vec;

use serde_json::ser::{CharEscape, Formatter, PrettyFormatter, Serializer};

use super::{is_unseen, masked};

/// A value as indented JSON. Every text in it is masked, but a digest; a character that is not seen is
/// written by its number, so that a reader of JSON finds it and a reader of the screen is not misled.
///
/// # Errors
/// None that a value with a form in JSON can cause.
pub fn to_json(value: &impl serde::Serialize) -> Result<Vec<u8>, serde_json::Error> {
    let mut json = Vec::new();
    let shown = Shown { layout: PrettyFormatter::new(), text: String::new() };
    value.serialize(&mut Serializer::with_formatter(&mut json, shown))?;
    Ok(json)
}

/// Writes each text when it is whole: a number may stand in it around a character that is escaped.
struct Shown {
    layout: PrettyFormatter<'static>,
    text: String,
}

impl Formatter for Shown {
    fn begin_string<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.text.clear();
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        _: &mut W,
        part: &str,
    ) -> io::Result<()> {
        self.text.push_str(part);
        Ok(())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, _: &mut W, c: CharEscape) -> io::Result<()> {
        self.text.push(match c {
            CharEscape::Quote => '"',
            CharEscape::ReverseSolidus => '\\',
            CharEscape::Solidus => '/',
            CharEscape::Backspace => '\u{8}',
            CharEscape::FormFeed => '\u{c}',
            CharEscape::LineFeed => '\n',
            CharEscape::CarriageReturn => '\r',
            CharEscape::Tab => '\t',
            CharEscape::AsciiControl(byte) => char::from(byte),
        });
        Ok(())
    }

    fn end_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let text = if is_digest(&self.text) { self.text.clone() } else { masked(&self.text) };
        let mut quoted = String::with_capacity(text.len() + 2);
        quoted.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => quoted.extend(['\\', c]),
                '\n' => quoted.push_str("\\n"),
                '\r' => quoted.push_str("\\r"),
                '\t' => quoted.push_str("\\t"),
                c if is_unseen(c) => {
                    let mut units = [0; 2];
                    for unit in c.encode_utf16(&mut units) {
                        // Writing to a text cannot fail.
                        let _ = write!(quoted, "\\u{unit:04x}");
                    }
                }
                c => quoted.push(c),
            }
        }
        quoted.push('"');
        writer.write_all(quoted.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.layout.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.layout.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        self.layout.begin_array_value(w, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.layout.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.layout.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.layout.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        self.layout.begin_object_key(w, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.layout.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.layout.end_object_value(writer)
    }
}

/// Sixty-four hexadecimal digits: ten of them in a row are nobody's number.
fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::to_json;

    #[test]
    fn texts_are_masked_and_escaped_whole() {
        let digest = "9434765919".repeat(6) + "abcd";
        let value = serde_json::json!({
            "943\n476 5919": ["a\"943\t476\t5919\\", 9_434_765_918_u64],
            "b": "\u{202e}x\u{1b}[2J\u{e0001}é",
            "digest": digest,
            "none": {},
        });
        let json = std::string::String::from_utf8(to_json(&value).unwrap()).unwrap();
        assert_eq!(
            json,
            std::format!(
                "{{\n  \"###\\n### ####\": [\n    \"a\\\"###\\t###\\t####\\\\\",\n    9434765918\n  ],\n  \"b\": \"\\u202ex\\u001b[2J\\udb40\\udc01é\",\n  \"digest\": \"{digest}\",\n  \"none\": {{}}\n}}"
            )
        );
        let back: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(back["b"], value["b"]);
    }
}
