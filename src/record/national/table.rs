//! A request from the columns of a table.

use std::io::Read;
use std::vec::Vec;

use super::Request;
use super::request::Counts;
use crate::record::columns::{Column, Dialect, TableError};
use crate::record::{NhsNumber, NumberSet, form};
use crate::tables::open::Opened;
use crate::tables::scan::{Take, scan};

/// What a request read of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRead {
    /// Rows without the header and blank lines.
    pub rows: u64,
    /// For each column that was asked for, whether the table has it.
    pub found: Vec<bool>,
    /// What became of the fields. A number that the request had before is repeated.
    pub counts: Counts,
}

impl Request {
    /// Adds the numbers in some columns of a table, read to its end. The table must have one of the
    /// columns at least; what it had is told. What is not a number is counted and left out: its
    /// status stays unknown.
    ///
    /// It is read by as many threads as there are processors, four at most.
    ///
    /// # Errors
    /// A file that is no table, or has none of the columns, and the first row that cannot be read.
    /// The request is then as it was.
    pub fn add_table(
        &mut self,
        reader: impl Read + Send,
        dialect: &Dialect,
        columns: &[Column],
    ) -> Result<TableRead, TableError> {
        let opened = Opened::open(reader, dialect, form::NUMBERS).map_err(|not| not.error)?;
        let (mut places, mut found) = (Vec::new(), Vec::new());
        for column in columns {
            let place = opened.find(column)?;
            found.push(place.is_some());
            places.extend(place);
        }
        if let (true, Some(column)) = (places.is_empty(), columns.first()) {
            return Err(opened.lacks(column).into());
        }
        places.sort_unstable();
        places.dedup();
        let (rows, shares) = scan(opened, &places, form::NUMBERS, Share::default)?;
        let mut counts = Counts::default();
        for share in shares {
            counts = counts + share.counts;
            // Of the numbers of all threads, those are repeated that are not new to the request.
            let valid = share.valid;
            let new = self.merge(share.into_numbers());
            counts.repeated += valid - new;
            counts.distinct += new;
        }
        self.count(counts);
        Ok(TableRead { rows, found, counts })
    }
}

/// What one thread read.
#[derive(Default)]
struct Share {
    numbers: NumberSet,
    valid: u64,
    counts: Counts,
    /// Numbers not yet in the set, by their part of it. Each part fits into the processor's cache, so
    /// that adding many numbers of one costs far less than adding them as they come.
    waiting: Vec<Vec<NhsNumber>>,
}

/// Numbers of a part of the set: 128 KiB of bits.
const PART: u32 = 1 << 20;
/// Numbers that wait for their part.
const WAITING: usize = 1 << 14;

impl Share {
    /// The numbers, when all have been taken.
    fn into_numbers(mut self) -> NumberSet {
        self.numbers.extend(self.waiting.into_iter().flatten());
        self.numbers
    }
}

impl Take for Share {
    fn field(&mut self, field: &[u8]) {
        match NhsNumber::parse(field) {
            Ok(number) => self.number(number),
            Err(error) => self.counts.leave_out(field, error),
        }
    }

    #[inline]
    fn short(&mut self, row: &[u8; 10]) -> bool {
        NhsNumber::parse(row).map(|number| self.number(number)).is_ok()
    }
}

impl Share {
    #[inline]
    fn number(&mut self, number: NhsNumber) {
        self.valid += 1;
        let part = (number.first_nine() / PART) as usize;
        if part >= self.waiting.len() {
            self.waiting.resize_with(part + 1, Vec::new);
        }
        let Some(waiting) = self.waiting.get_mut(part) else { return };
        waiting.push(number);
        if waiting.len() >= WAITING {
            self.numbers.extend(waiting.drain(..));
        }
    }
}
