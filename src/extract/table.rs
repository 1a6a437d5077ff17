//! A table of delimited text: its form, its header, and the columns that name people.

use std::borrow::ToOwned;
use std::boxed::Box;
use std::io::{Read, Write};
use std::string::String;
use std::vec::Vec;

use super::codec::{Noting, Packing, Seen};
use super::error::ExtractError;
use super::people::People;
use crate::tables::layout::Layout;
use crate::tables::open::Opened;
use crate::tables::{Column, Dialect};

/// One table of an extract: where it comes from, where it goes, and which columns name people.
pub struct Table<'a> {
    pub(super) name: String,
    pub(super) text: Dialect,
    pub(super) packing: Packing,
    pub(super) columns: Vec<Column>,
    pub(super) reader: Box<dyn Read + Send + 'a>,
    pub(super) writer: Box<dyn Write + Send + 'a>,
}

impl<'a> Table<'a> {
    /// A table. `name` is how messages and the summary call it.
    pub fn new(
        name: impl Into<String>,
        text: Dialect,
        reader: impl Read + Send + 'a,
        writer: impl Write + Send + 'a,
    ) -> Self {
        Self {
            name: name.into(),
            text,
            packing: Packing::Plain,
            columns: Vec::new(),
            reader: Box::new(reader),
            writer: Box::new(writer),
        }
    }

    /// Adds a column that names a person. Where a row names several, one who may not be disclosed
    /// withholds it.
    #[must_use]
    pub fn person(mut self, column: Column) -> Self {
        self.columns.push(column);
        self
    }

    /// Reads and writes the table packed.
    #[must_use]
    pub const fn packed(mut self, packing: Packing) -> Self {
        self.packing = packing;
        self
    }

    /// Puts the unpacking before the reader; what is noted is the packed stream.
    pub(super) fn unpack(&mut self) -> Result<Option<Seen>, ExtractError> {
        if self.packing == Packing::Plain {
            return Ok(None);
        }
        let seen = Seen::default();
        let raw = std::mem::replace(&mut self.reader, Box::new(std::io::empty()));
        let noting = Noting { inner: raw, seen: seen.clone() };
        self.reader = self.packing.unpack(noting).map_err(|error| {
            let table = self.name.clone();
            ExtractError::Read { table, bytes: 0, error }
        })?;
        Ok(Some(seen))
    }

    /// Reads the start of the table and finds the columns in it. What names them names nobody.
    pub(super) fn open(&mut self, whom: People<'_>) -> Result<Ready<'a>, ExtractError> {
        let name = &self.name;
        let reader = std::mem::replace(&mut self.reader, Box::new(std::io::empty()));
        let opened = Opened::open(reader, &self.text, whom.key())
            .map_err(|not| ExtractError::of(name, not.error, not.bytes))?;
        let places = self.places(&opened)?;
        let listed = |name: &[u8]| matches!(whom, People::ByKey(keys) if keys.is_listed(name));
        let layout = opened
            .layout(&places, false, &listed)
            .map_err(|error| ExtractError::of(name, error, 0))?;
        Ok(Ready { opened, layout })
    }

    /// The places of the columns, from 0.
    fn places<R: Read>(&self, opened: &Opened<R>) -> Result<Vec<usize>, ExtractError> {
        let form = |what| ExtractError::Form { table: self.name.clone(), what };
        if self.columns.is_empty() {
            return Err(form("no column is given that names the person".to_owned()));
        }
        if opened.is_empty() {
            return Err(form("the table is empty, not even a header".to_owned()));
        }
        let mut people = Vec::new();
        for column in &self.columns {
            let place =
                opened.place(column).map_err(|error| ExtractError::of(&self.name, error, 0))?;
            if people.contains(&place) {
                return Err(form(std::format!("column {} is given twice", place + 1)));
            }
            people.push(place);
        }
        Ok(people)
    }
}

impl core::fmt::Debug for Table<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Table")
            .field("name", &self.name)
            .field("text", &self.text)
            .field("columns", &self.columns)
            .finish_non_exhaustive()
    }
}

/// A table, opened and understood.
pub(super) struct Ready<'a> {
    pub(super) opened: Opened<Box<dyn Read + Send + 'a>>,
    pub(super) layout: Layout,
}
