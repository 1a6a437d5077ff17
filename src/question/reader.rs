//! A line of JSON, read so that running out of memory is an error like any other.
//!
//! Memory is asked for only where a text has escapes, where a value that is skipped is nested, and for
//! the words of an error; each time in a way that can fail. `serde_json` asks for more, and ends the
//! program where there is none. The words of an error and its place are those of `serde_json`, with
//! one exception: no number is out of range, because none but a byte is ever meant.

mod number;
mod stop;
mod text;

use std::borrow::Cow;
use std::vec::Vec;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, IntoDeserializer as _, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use number::Number;
pub(super) use stop::Stop;

const EOF: &str = "EOF while parsing a value";
const EOF_OBJECT: &str = "EOF while parsing an object";
const EOF_LIST: &str = "EOF while parsing a list";

/// Reads one value of JSON.
pub(super) struct Reader<'a> {
    line: &'a [u8],
    /// The same, where it is known to be UTF-8.
    text: Option<&'a str>,
    at: usize,
    /// Where the first error is, counted from 1; later ones only repeat it in more words.
    stopped: Option<usize>,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(line: &'a [u8]) -> Self {
        Self { line, text: None, at: 0, stopped: None }
    }

    pub(super) const fn of_text(text: &'a str) -> Self {
        Self { line: text.as_bytes(), text: Some(text), at: 0, stopped: None }
    }

    /// Where reading stopped, in bytes from the start of the line, counted from 1.
    pub(super) fn column(&self) -> usize {
        self.stopped.unwrap_or(self.at)
    }

    /// Nothing may stand behind the value.
    pub(super) fn end(&mut self) -> Result<(), Stop> {
        match self.skip_space() {
            None => Ok(()),
            Some(_) => Err(self.stop_ahead("trailing characters")),
        }
    }

    /// How far a value that has been read reaches.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.line.get(self.at..).unwrap_or_default()
    }

    /// Notes the place of an error that has none yet.
    fn place(&mut self, at: usize) {
        let at = at.min(self.line.len());
        // The start of a line is its first column.
        let first =
            at.checked_sub(1).and_then(|last| self.line.get(last)).is_none_or(|c| *c == b'\n');
        self.stopped.get_or_insert(if first { at + 1 } else { at });
    }

    /// An error in what has been read.
    #[cold]
    fn stop(&mut self, words: &'static str) -> Stop {
        self.place(self.at);
        Stop(Some(Cow::Borrowed(words)))
    }

    /// An error in what comes next.
    #[cold]
    fn stop_ahead(&mut self, words: &'static str) -> Stop {
        self.place(self.at + 1);
        Stop(Some(Cow::Borrowed(words)))
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.line.get(self.at).copied()
    }

    /// The next byte that is no white space, which stays.
    #[inline]
    pub(super) fn skip_space(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    /// The same, where something must come.
    #[inline]
    fn ahead(&mut self, or: &'static str) -> Result<u8, Stop> {
        self.skip_space().ok_or_else(|| self.stop_ahead(or))
    }

    /// A word that has begun.
    fn word(&mut self, word: &'static [u8]) -> Result<(), Stop> {
        for expected in word {
            let Some(found) = self.peek() else { return Err(self.stop(EOF)) };
            self.at += 1;
            if found != *expected {
                return Err(self.stop("expected ident"));
            }
        }
        Ok(())
    }

    #[inline]
    fn colon(&mut self) -> Result<(), Stop> {
        match self.skip_space() {
            Some(b':') => {
                self.at += 1;
                Ok(())
            }
            Some(_) => Err(self.stop_ahead("expected `:`")),
            None => Err(self.stop_ahead(EOF_OBJECT)),
        }
    }

    /// What a visitor made of a list or an object, once its end has been read too. The visitor's own
    /// error counts first, and has its place behind that end.
    fn closed<T>(&mut self, made: Result<T, Stop>, end: u8, eof: &'static str) -> Result<T, Stop> {
        let before = self.stopped;
        let closed = self.close(end, eof);
        if made.is_err() {
            self.stopped = before;
        }
        made.and_then(|made| closed.map(|()| made))
    }

    #[inline]
    fn close(&mut self, end: u8, eof: &'static str) -> Result<(), Stop> {
        match self.skip_space() {
            Some(found) if found == end => {
                self.at += 1;
                Ok(())
            }
            found => Err(self.not_closed(found, end, eof)),
        }
    }

    #[cold]
    fn not_closed(&mut self, found: Option<u8>, end: u8, eof: &'static str) -> Stop {
        match found {
            Some(b',') if end == b']' => {
                self.at += 1;
                let last = self.skip_space() == Some(b']');
                self.stop_ahead(if last { "trailing comma" } else { "trailing characters" })
            }
            Some(b',') => self.stop_ahead("trailing comma"),
            Some(_) => self.stop_ahead("trailing characters"),
            None => self.stop_ahead(eof),
        }
    }

    /// What is made of an object that begins here.
    #[inline]
    pub(super) fn object<T>(
        &mut self,
        read: impl FnOnce(Object<'_, 'a>) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        self.at += 1;
        let made = read(Object { reader: self, first: true });
        let made = self.closed(made, b'}', EOF_OBJECT);
        if made.is_err() {
            self.place(self.at);
        }
        made
    }

    /// Skips a value, and gives its bytes.
    pub(super) fn skip(&mut self) -> Result<&'a [u8], Stop> {
        self.skip_space();
        let start = self.at;
        let mut open = Vec::new();
        loop {
            if self.begin_skipped(&mut open)? && !self.next_skipped(&mut open)? {
                return Ok(self.line.get(start..self.at).unwrap_or_default());
            }
        }
    }

    /// Skips a value, or the beginning of a list or an object and the key that follows; whether the
    /// value is complete.
    fn begin_skipped(&mut self, open: &mut Vec<u8>) -> Result<bool, Stop> {
        match self.ahead(EOF)? {
            b'n' => self.word(b"null")?,
            b't' => self.word(b"true")?,
            b'f' => self.word(b"false")?,
            b'-' | b'0'..=b'9' => {
                self.number()?;
            }
            b'"' => self.skip_text()?,
            begin @ (b'[' | b'{') => {
                self.at += 1;
                let (end, eof) = if begin == b'[' { (b']', EOF_LIST) } else { (b'}', EOF_OBJECT) };
                if self.ahead(eof)? == end {
                    self.at += 1;
                    return Ok(true);
                }
                open.try_reserve(1).map_err(|_| Stop::NO_MEMORY)?;
                open.push(end);
                if end == b'}' {
                    self.skip_key()?;
                }
                return Ok(false);
            }
            _ => return Err(self.stop_ahead("expected value")),
        }
        Ok(true)
    }

    /// Goes on behind a value that is complete; whether another follows in what is open.
    fn next_skipped(&mut self, open: &mut Vec<u8>) -> Result<bool, Stop> {
        while let Some(end) = open.last().copied() {
            let list = end == b']';
            match self.ahead(if list { EOF_LIST } else { EOF_OBJECT })? {
                b',' => {
                    self.at += 1;
                    if !list {
                        self.skip_key()?;
                    }
                    return Ok(true);
                }
                found if found == end => {
                    self.at += 1;
                    open.pop();
                }
                _ if list => return Err(self.stop_ahead("expected `,` or `]`")),
                _ => return Err(self.stop_ahead("expected `,` or `}`")),
            }
        }
        Ok(false)
    }

    fn skip_key(&mut self) -> Result<(), Stop> {
        if self.ahead(EOF_OBJECT)? != b'"' {
            return Err(self.stop_ahead("key must be a string"));
        }
        self.skip_text()?;
        self.colon()
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Stop;

    /// The visitors of a question go three deep, so that a line cannot take more of the stack.
    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        let Some(first) = self.skip_space() else { return Err(self.stop_ahead(EOF)) };
        let read = match first {
            b'n' => {
                self.word(b"null")?;
                visitor.visit_unit()
            }
            b't' => {
                self.word(b"true")?;
                visitor.visit_bool(true)
            }
            b'f' => {
                self.word(b"false")?;
                visitor.visit_bool(false)
            }
            b'-' | b'0'..=b'9' => match self.number()? {
                Number::Natural(number) => visitor.visit_u64(number),
                Number::Negative(number) => visitor.visit_i64(number),
                Number::Other => visitor.visit_f64(f64::NAN),
            },
            b'"' => match self.plain_text() {
                Some(text) => visitor.visit_borrowed_str(text),
                None => visitor.visit_string(self.other_text()?),
            },
            b'[' => {
                self.at += 1;
                let made = visitor.visit_seq(Items { reader: self, first: true });
                self.closed(made, b']', EOF_LIST)
            }
            b'{' => self.object(|map| visitor.visit_map(map)),
            _ => Err(self.stop_ahead("expected value")),
        };
        if read.is_err() {
            self.place(self.at);
        }
        read
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Items<'r, 'a> {
    reader: &'r mut Reader<'a>,
    first: bool,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Stop;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Stop> {
        let reader = &mut *self.reader;
        let found = reader.ahead(EOF_LIST)?;
        if found == b']' {
            return Ok(None);
        }
        if !self.first {
            if found != b',' {
                return Err(reader.stop_ahead("expected `,` or `]`"));
            }
            reader.at += 1;
            if reader.ahead(EOF)? == b']' {
                return Err(reader.stop_ahead("trailing comma"));
            }
        }
        self.first = false;
        seed.deserialize(reader).map(Some)
    }
}

/// An object, whose keys and values are read in turn.
pub(super) struct Object<'r, 'a> {
    reader: &'r mut Reader<'a>,
    first: bool,
}

impl<'a> Object<'_, 'a> {
    /// The next value, byte for byte.
    pub(super) fn next_raw(&mut self) -> Result<&'a [u8], Stop> {
        self.reader.colon()?;
        self.reader.skip()
    }
}

impl<'de> MapAccess<'de> for Object<'_, 'de> {
    type Error = Stop;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Stop> {
        let reader = &mut *self.reader;
        let Some(mut found) = reader.skip_space() else {
            return Err(reader.stop_ahead(EOF_OBJECT));
        };
        if found == b'}' {
            return Ok(None);
        }
        if !self.first {
            if found != b',' {
                return Err(reader.stop_ahead("expected `,` or `}`"));
            }
            reader.at += 1;
            let Some(next) = reader.skip_space() else { return Err(reader.stop_ahead(EOF)) };
            found = next;
            if found == b'}' {
                return Err(reader.stop_ahead("trailing comma"));
            }
        }
        self.first = false;
        if found != b'"' {
            return Err(reader.stop_ahead("key must be a string"));
        }
        match reader.plain_text() {
            Some(key) => seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some),
            None => seed.deserialize(reader.other_text()?.into_deserializer()).map(Some),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Stop> {
        self.reader.colon()?;
        seed.deserialize(&mut *self.reader)
    }
}
