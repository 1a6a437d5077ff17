//! A document that a rule or an entry of the catalogue rests on, and what was read of it.

use crate::Date;

/// A document, where it can be opened, and the words of it that are relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The document, with its date where it has one.
    pub title: &'static str,
    /// A link to it; `None`: no public page of it is known.
    pub address: Option<&'static str>,
    /// What was read of it.
    pub reading: Reading,
}

/// What was read of a document. Words without a day, or a day without words, cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// These words were read, in the document or in a public copy of it.
    Quoted(Quotation),
    /// It was not read in the original.
    Unread {
        /// Why.
        why: &'static str,
    },
}

/// The words relied on, as they stand in the document; `…` marks words left out of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The sentences, or parts of them: each stands alone and has at most 25 words.
    pub sentences: &'static [&'static str],
    /// The day on which they were read.
    pub read_on: Date,
    /// The day by which they should be read again.
    pub read_again_by: Date,
    /// Where they were read, when not at the address: a copy, or another part of the document.
    pub read_at: Option<&'static str>,
}

/// The day of the last reading: the stored public copies were read on it.
const READ_ON: Date = Date::ymd(2026, 11, 28);
/// A year later, as nothing better is known of any of them.
const READ_AGAIN_BY: Date = Date::ymd(2027, 11, 28);

impl Source {
    /// A document with a public page, of which no words were kept.
    pub(crate) const fn at(title: &'static str, address: &'static str) -> Self {
        let why = "it is known from notes on it, and no sentence was kept";
        Self { title, address: Some(address), reading: Reading::Unread { why } }
    }

    /// A document of which no public page is known.
    pub(crate) const fn nowhere(title: &'static str, why: &'static str) -> Self {
        Self { title, address: None, reading: Reading::Unread { why } }
    }

    /// The same, not read in the original for this reason.
    pub(crate) const fn unread(self, why: &'static str) -> Self {
        Self { reading: Reading::Unread { why }, ..self }
    }

    /// The same, with the words relied on.
    pub(crate) const fn says(self, sentences: &'static [&'static str]) -> Self {
        self.says_at(sentences, None)
    }

    /// The same, with the words relied on, which were read elsewhere than at the address.
    pub(crate) const fn says_in(
        self,
        read_at: &'static str,
        sentences: &'static [&'static str],
    ) -> Self {
        self.says_at(sentences, Some(read_at))
    }

    const fn says_at(
        self,
        sentences: &'static [&'static str],
        read_at: Option<&'static str>,
    ) -> Self {
        let (read_on, read_again_by) = (READ_ON, READ_AGAIN_BY);
        let quotation = Quotation { sentences, read_on, read_again_by, read_at };
        Self { reading: Reading::Quoted(quotation), ..self }
    }

    /// The same document by another name, such as that of one of its chapters.
    pub(crate) const fn titled(self, title: &'static str) -> Self {
        Self { title, ..self }
    }

    /// The words relied on, where any were read.
    #[must_use]
    pub const fn quotation(&self) -> Option<&Quotation> {
        match &self.reading {
            Reading::Quoted(quotation) => Some(quotation),
            Reading::Unread { .. } => None,
        }
    }

    /// The day by which it should be read again: a disclosure after it rests on words that may have
    /// changed. `None` where it was not read.
    #[must_use]
    pub fn read_again_by(&self) -> Option<Date> {
        self.quotation().map(|quotation| quotation.read_again_by)
    }
}

/// A title and an address on one line.
impl core::fmt::Display for Source {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.title)?;
        match self.address {
            Some(address) => write!(f, ". {address}"),
            None => Ok(()),
        }
    }
}

/// One object; that nothing was read of it is said by `not_read`, which holds why.
#[cfg(feature = "serde")]
impl serde::Serialize for Source {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("title", self.title)?;
        object.serialize_entry("address", &self.address)?;
        match &self.reading {
            Reading::Quoted(Quotation { sentences, read_on, read_again_by, read_at }) => {
                object.serialize_entry("sentences", sentences)?;
                object.serialize_entry("read_on", read_on)?;
                object.serialize_entry("read_again_by", read_again_by)?;
                if let Some(read_at) = read_at {
                    object.serialize_entry("read_at", read_at)?;
                }
            }
            Reading::Unread { why } => object.serialize_entry("not_read", why)?,
        }
        object.end()
    }
}
