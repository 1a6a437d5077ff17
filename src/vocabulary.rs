//! How a word of the vocabulary is written: a kebab-case code, a wire number, and the error for
//! anything else. The tables themselves stand with the nouns they belong to.

use core::fmt;

#[cfg(feature = "std")]
mod nearest;

#[cfg(feature = "std")]
pub(crate) use nearest::nearest;

/// The longest text that an error repeats, in bytes.
const SHOWN: usize = 48;

/// Text or a number that is not in the vocabulary.
///
/// The message names the field, what was given and what is accepted, and, with the `std` feature,
/// the nearest accepted code. Text with six digits or more is shown with each digit as `#`, because
/// an NHS number or a date of birth in the wrong column must not reach a log.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct UnknownCode {
    field: &'static str,
    given: Given,
    accepted: &'static [&'static str],
}

impl UnknownCode {
    pub(crate) fn text(
        field: &'static str,
        given: &str,
        accepted: &'static [&'static str],
    ) -> Self {
        Self { field, given: Given::text(given), accepted }
    }

    pub(crate) const fn number(
        field: &'static str,
        given: u32,
        accepted: &'static [&'static str],
    ) -> Self {
        Self { field, given: Given::Number(given), accepted }
    }

    /// The field of the question that was being read, as the JSON spells it.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        self.field
    }

    /// Every code that the field accepts, in the order of their numbers.
    #[must_use]
    pub const fn accepted(&self) -> &'static [&'static str] {
        self.accepted
    }

    /// The accepted code that looks most like what was given, where one is near enough to be what
    /// was meant.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn nearest(&self) -> Option<&'static str> {
        nearest(self.given.as_text()?, self.accepted.iter().copied())
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: unknown code {}", self.field, self.given)?;
        #[cfg(feature = "std")]
        if let Some(nearest) = self.nearest() {
            write!(f, ", did you mean `{nearest}`?")?;
        }
        f.write_str(" (accepted: ")?;
        for (i, code) in self.accepted.iter().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            f.write_str(code)?;
        }
        f.write_str(")")
    }
}

impl fmt::Debug for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnknownCode({self})")
    }
}

impl core::error::Error for UnknownCode {}

/// What was given, kept without allocation and shown without digits that could be a person's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    Text { bytes: [u8; SHOWN], len: u8, cut: bool },
    Number(u32),
}

impl Given {
    pub(crate) fn text(given: &str) -> Self {
        let personal = given.chars().filter(|c| c.is_numeric()).count() >= 6;
        let (mut bytes, mut len, mut cut) = ([0; SHOWN], 0, false);
        for c in given.chars() {
            let shown = if personal && c.is_numeric() { '#' } else { c };
            let Some(room) = bytes.get_mut(len..len + shown.len_utf8()) else {
                cut = true;
                break;
            };
            len += shown.encode_utf8(room).len();
        }
        #[expect(clippy::cast_possible_truncation, reason = "len is at most SHOWN, 48")]
        Self::Text { bytes, len: len as u8, cut }
    }

    /// The text, as far as it was kept.
    #[cfg(feature = "std")]
    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text { bytes, len, .. } => {
                core::str::from_utf8(bytes.get(..usize::from(*len))?).ok()
            }
            Self::Number(_) => None,
        }
    }
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text { bytes, len, cut } => {
                let text = bytes.get(..usize::from(*len)).unwrap_or_default();
                let text = core::str::from_utf8(text).unwrap_or("(not UTF-8)");
                write!(f, "`{}{}`", text.escape_debug(), if *cut { "…" } else { "" })
            }
        }
    }
}

/// A closed list of codes: an enum whose variants carry a wire number, a code and a meaning.
macro_rules! coded {
    ($(#[$meta:meta])* pub enum $name:ident($field:literal) {
        $($variant:ident = $number:literal, $code:literal, $meaning:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name {
            $(#[doc = concat!("`", $code, "`, ", stringify!($number), ": ", $meaning)]
            $variant = $number,)+
        }

        impl $name {
            /// Every value, in the order of the wire numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            const CODES: &'static [&'static str] = &[$($code),+];
            const FIELD: &'static str = $field;

            /// The kebab-case code of JSON and the command line.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// What the code means, in a phrase.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)+ }
            }

            /// The wire number, never reused or renumbered.
            #[must_use]
            pub const fn number(self) -> u8 {
                self as u8
            }

            /// The value of a wire number.
            ///
            /// # Errors
            /// A number that is not in the vocabulary.
            pub const fn from_number(
                number: u8,
            ) -> Result<Self, $crate::vocabulary::UnknownCode> {
                match number {
                    $($number => Ok(Self::$variant),)+
                    other => Err($crate::vocabulary::UnknownCode::number(
                        Self::FIELD,
                        other as u32,
                        Self::CODES,
                    )),
                }
            }

            /// The value of a code, letter for letter.
            ///
            /// # Errors
            /// A code that is not in the vocabulary.
            pub fn from_code(code: &str) -> Result<Self, $crate::vocabulary::UnknownCode> {
                match code {
                    $($code => Ok(Self::$variant),)+
                    other => Err($crate::vocabulary::UnknownCode::text(
                        Self::FIELD,
                        other,
                        Self::CODES,
                    )),
                }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.code())
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }
    };
}

/// Reads a closed list from its code: `FromStr`, and `Deserialize` with the `serde` feature.
macro_rules! read_code {
    ($name:ident, $read:ident, $error:ty) => {
        impl core::str::FromStr for $name {
            type Err = $error;

            fn from_str(code: &str) -> Result<Self, Self::Err> {
                Self::$read(code)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::object::text(
                    deserializer,
                    |f| write!(f, "{}: a code", $name::FIELD),
                    $name::$read,
                )
            }
        }
    };
}

/// A set of codes, one bit each; in JSON a list of codes.
macro_rules! coded_set {
    ($(#[$meta:meta])* pub struct $name:ident($field:literal): $bits:ty {
        $($flag:ident = $bit:literal, $code:literal, $meaning:literal;)+
    }) => {
        bitflags::bitflags! {
            $(#[$meta])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name: $bits {
                $(#[doc = concat!("`", $code, "`, bit ", stringify!($bit), ": ", $meaning)]
                const $flag = 1 << $bit;)+
            }
        }

        impl $name {
            const CODES: &'static [&'static str] = &[$($code),+];

            /// Every member with its code and its meaning, in the order of the bits.
            pub const TABLE: &'static [(Self, &'static str, &'static str)] =
                &[$((Self::$flag, $code, $meaning)),+];

            /// The one-member set of a code, letter for letter.
            ///
            /// # Errors
            /// A code that is not in the vocabulary.
            pub fn from_code(code: &str) -> Result<Self, $crate::vocabulary::UnknownCode> {
                match code {
                    $($code => Ok(Self::$flag),)+
                    other => Err($crate::vocabulary::UnknownCode::text(
                        $field,
                        other,
                        Self::CODES,
                    )),
                }
            }

            /// The codes of the members, in the order of the bits.
            pub fn codes(self) -> impl Iterator<Item = &'static str> + Clone {
                Self::TABLE
                    .iter()
                    .filter(move |(flag, ..)| self.contains(*flag))
                    .map(|(_, code, _)| *code)
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.codes())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                struct Member($name);
                impl<'de> serde::Deserialize<'de> for Member {
                    fn deserialize<D: serde::Deserializer<'de>>(
                        deserializer: D,
                    ) -> Result<Self, D::Error> {
                        $crate::object::text(
                            deserializer,
                            |f| f.write_str(concat!($field, ": a code")),
                            $name::from_code,
                        )
                        .map(Member)
                    }
                }
                struct Members;
                impl<'de> serde::de::Visitor<'de> for Members {
                    type Value = $name;
                    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                        f.write_str(concat!($field, ": a list of codes"))
                    }
                    $crate::object::refuse!(numbers and text);
                    fn visit_seq<A: serde::de::SeqAccess<'de>>(
                        self,
                        mut seq: A,
                    ) -> Result<$name, A::Error> {
                        let mut set = $name::empty();
                        while let Some(Member(member)) = seq.next_element()? {
                            if set.intersects(member) {
                                let code = member.codes().next().unwrap_or_default();
                                return Err(serde::de::Error::custom(format_args!(
                                    concat!($field, ": code `{}` is given twice"),
                                    code
                                )));
                            }
                            set |= member;
                        }
                        Ok(set)
                    }
                }
                deserializer.deserialize_any(Members)
            }
        }
    };
}

pub(crate) use {coded, coded_set, read_code};
