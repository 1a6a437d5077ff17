//! How JSON is read so that an error names the field and never repeats what may be a patient's: an
//! unknown key, or a value of another kind.
//!
//! Every value is read by `deserialize_any`: a reader that asks for the kind it wants has the
//! deserializer refuse any other, and repeat it.

use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use crate::vocabulary::Given;

/// Reads each key at most once into a variable of its name, `None` where it is left out.
macro_rules! read_object {
    ($map:ident of $A:ident, $object:literal { $($field:ident: $key:literal $read:path,)+ }) => {
        $(let mut $field = None;)+
        while let Some(key) = $map.next_key_seed($crate::object::Key {
            object: $object,
            accepted: &[$($key),+],
        })? {
            $(if key == $key {
                if $field.is_some() {
                    return Err(<$A::Error as serde::de::Error>::duplicate_field($key));
                }
                $field = Some($read(&mut $map, $key)?);
            })+
        }
    };
}

/// Refuses numbers, or text too, without repeating them.
macro_rules! refuse {
    (numbers) => {
        $crate::object::refuse!("number": visit_i64 i64, visit_u64 u64, visit_f64 f64);
    };
    (numbers and text) => {
        $crate::object::refuse!(numbers);
        $crate::object::refuse!("string": visit_str &str);
    };
    ($what:literal: $($visit:ident $kind:ty),+) => {
        $(fn $visit<E: serde::de::Error>(self, _: $kind) -> Result<Self::Value, E> {
            Err(E::invalid_type(serde::de::Unexpected::Other($what), &self))
        })+
    };
}

/// A key of an object, one of those that it may have.
pub(crate) struct Key {
    pub(crate) object: &'static str,
    pub(crate) accepted: &'static [&'static str],
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'static str, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = &'static str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a key of {}", self.object)
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<&'static str, E> {
        let known = self.accepted.iter().copied().find(|accepted| *accepted == key);
        known.ok_or_else(|| E::custom(UnknownKey { key, of: &self }))
    }
}

/// Whether a text has the form of a key: small letters and hyphens, and few digits.
fn is_key(text: &str) -> bool {
    let plain = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_'
    };
    text.len() <= 40
        && text.bytes().all(plain)
        && text.bytes().filter(u8::is_ascii_digit).count() < 4
}

struct UnknownKey<'a> {
    key: &'a str,
    of: &'a Key,
}

impl fmt::Display for UnknownKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: unknown key", self.of.object)?;
        // A slip of the finger is repeated; a key of another form could be a word about a patient.
        if is_key(self.key) {
            write!(f, " {}", Given::text(self.key))?;
        }
        #[cfg(feature = "std")]
        if let Some(nearest) =
            crate::vocabulary::nearest(self.key, self.of.accepted.iter().copied())
        {
            write!(f, ", did you mean `{nearest}`?")?;
        }
        for (i, key) in self.of.accepted.iter().enumerate() {
            write!(f, "{}{key}", if i == 0 { " (accepted: " } else { ", " })?;
        }
        f.write_str(")")
    }
}

/// The value of a key, whose error does not name the field by itself.
pub(crate) fn named<'de, A: MapAccess<'de>, T: serde::Deserialize<'de>>(
    map: &mut A,
    key: &'static str,
) -> Result<T, A::Error> {
    map.next_value().map_err(|error| A::Error::custom(format_args!("{key}: {error}")))
}

/// The value of a key, whose error names the field by itself.
pub(crate) fn coded<'de, A: MapAccess<'de>, T: serde::Deserialize<'de>>(
    map: &mut A,
    _key: &'static str,
) -> Result<T, A::Error> {
    map.next_value()
}

/// A value that is a text, such as a code. Whatever it becomes, the deserializer is compiled once.
pub(crate) fn text<'de, D: Deserializer<'de>, T, E: fmt::Display>(
    deserializer: D,
    expected: fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    read: fn(&str) -> Result<T, E>,
) -> Result<T, D::Error> {
    let mut found = Found { read, result: None };
    deserializer.deserialize_any(Text { expected, into: &mut found })?;
    match found.result {
        Some(Ok(value)) => Ok(value),
        Some(Err(error)) => Err(D::Error::custom(error)),
        // A deserializer that visits nothing.
        None => Err(D::Error::custom("no text")),
    }
}

/// What a text becomes.
trait Reader {
    /// Reads the text; whether it could be read.
    fn read(&mut self, text: &str) -> bool;
    /// Says why it could not.
    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

struct Found<T, E> {
    read: fn(&str) -> Result<T, E>,
    result: Option<Result<T, E>>,
}

impl<T, E: fmt::Display> Reader for Found<T, E> {
    fn read(&mut self, text: &str) -> bool {
        self.result.insert((self.read)(text)).is_ok()
    }

    fn explain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.result {
            Some(Err(error)) => error.fmt(f),
            Some(Ok(_)) | None => Ok(()),
        }
    }
}

struct Text<'a> {
    expected: fn(&mut fmt::Formatter<'_>) -> fmt::Result,
    into: &'a mut dyn Reader,
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.into.explain(f)
    }
}

impl Visitor<'_> for Text<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.expected)(f)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if self.into.read(text) { Ok(()) } else { Err(E::custom(self)) }
    }

    refuse!(numbers);
}

pub(crate) use {read_object, refuse};
