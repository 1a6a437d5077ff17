//! What is wrong with a table, and what to do. No message holds a field of a row.

use std::io;
use std::string::String;

use super::names::Names;

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// It has more or fewer fields than the first row.
    #[error(
        "the row has {fields} field{}, the first row has {first}; quote a field that holds the delimiter, or correct the export",
        if *.fields == 1 { "" } else { "s" }
    )]
    Width {
        /// How many it has.
        fields: u32,
        /// How many the first row has.
        first: u32,
    },
    /// A carriage return without a line feed, outside quotes.
    #[error(
        "a carriage return stands without a line feed, so readers disagree where the row ends; quote the field or use one kind of line end"
    )]
    LoneReturn,
    /// A quoted field that goes on after its closing quote.
    #[error(
        "text follows the closing quote of a field; a quote inside a quoted field is written twice"
    )]
    AfterQuote,
    /// A quoted field that is never closed.
    #[error("the quote that opens here is never closed")]
    Unclosed,
    /// A line of a record of several, which reads as a row of its own.
    #[error(
        "a quoted field joins this line to others, yet it reads as a row of its own; mend the stray quote in it or before it, or, of a table whose text is so, say that its fields hold line breaks (`line-breaks`)"
    )]
    Joined,
    /// The same in the header.
    #[error(
        "a quoted name of the header joins this line to others, yet it reads as a row of its own; mend the stray quote, or take the line break out of the name"
    )]
    JoinedByHeader,
    /// A line break in a field that cannot have one.
    #[error(
        "a line break stands in a field that names a person, or in a code, date or practice; mend the stray quote in it or before it, or take the line break out"
    )]
    LineBreak,
    /// A row longer than is read.
    #[error("a row is longer than {} MiB; is a quote opened and never closed?", super::input::LONGEST >> 20)]
    TooLong,
    /// A byte of value 0, which no text holds.
    #[error(
        "there is a NUL byte, which is in no text: export the table again as text in UTF-8, without binary data"
    )]
    Nul,
}

/// A fault, and the byte at which it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At {
    pub(crate) at: usize,
    pub(crate) fault: Fault,
}

impl Fault {
    pub(crate) const fn at(self, at: usize) -> At {
        At { at, fault: self }
    }
}

/// Why a table could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// The file could not be read.
    #[error("the table could not be read: {0}")]
    Io(#[from] io::Error),
    /// A file that is not delimited text in UTF-8.
    #[error("this is {what}, not delimited text; {mend}")]
    NotText {
        /// What it looks like.
        what: &'static str,
        /// What to do.
        mend: &'static str,
    },
    /// Nothing, where a header should be.
    #[error("the table is empty, not even a header")]
    Empty,
    /// What cannot stand between fields.
    #[error("a quote or a line end cannot be the delimiter")]
    Delimiter,
    /// A column that the header does not have.
    #[error("there is no column {name:?}{names}")]
    NoColumn {
        /// The name that the caller gave.
        name: String,
        /// What there is instead, as far as it can be shown.
        names: Names,
    },
    /// A column by name, in a table that has none.
    #[error("the column {name:?} is given by name, but there is no header; give its position")]
    NoHeader {
        /// The name that the caller gave.
        name: String,
    },
    /// A name that two columns have.
    #[error("two columns are called {name:?}; give the position of the one that is meant")]
    TwoColumns {
        /// The name that the caller gave.
        name: String,
    },
    /// A column beyond the first row, or a place of 0.
    #[error("there is no column {place}; the first row has {columns}, counted from 1")]
    NoPlace {
        /// The place that the caller gave.
        place: usize,
        /// How many there are.
        columns: usize,
    },
    /// A column by its position where nothing shows whether the first row names the columns.
    #[error(
        "column {place} is given by its position, so nothing shows whether the first row names the columns or is a person's; state the header as text, as it stands, or say that there is none"
    )]
    Unstated {
        /// The place that the caller gave.
        place: usize,
    },
    /// A first row that is not the header that was stated.
    #[error("the first row is not the header that was stated; compare them letter for letter")]
    OtherHeader,
    /// A first row that names no columns, because there is somebody's number in it.
    #[error(
        "the first row holds an NHS number where the header should be; say that there is no header"
    )]
    NumberInHeader,
    /// A first row that names a person where it should name a column.
    #[error(
        "the first row has a number, or a word for none, where the name of column {place} should be; it is a row, so say that there is no header"
    )]
    PersonInHeader {
        /// The place of the column, counted from 1.
        place: usize,
    },
    /// A first row that names somebody who is on a list.
    #[error(
        "the first row holds a listed key where the header should be; say that there is no header"
    )]
    KeyInHeader,
    /// A first row that does not name the column at this place.
    #[error(
        "the first row has nothing where the name of column {place} should be; say whether there is a header"
    )]
    Unnamed {
        /// The place of the column, counted from 1.
        place: usize,
    },
    /// A row is wrong; nothing of the table may be used.
    #[error("line {line}: {fault}")]
    Row {
        /// The line of the file, counted from 1.
        line: u64,
        /// What is wrong.
        fault: Fault,
    },
}
