//! A stream of bytes, cut into blocks at the ends of records.

use std::io::{self, Read};
use std::vec::Vec;

use super::search::last_end_with_quotes;

/// Fresh bytes of a block: two blocks and what belongs to them stay in the second-level cache.
pub(crate) const BLOCK: usize = 1 << 19;
/// The longest record that is read.
pub(crate) const LONGEST: usize = 1 << 24;

/// Bytes that begin and end with a record, some of which may leave without question: the header.
#[derive(Default)]
pub(crate) struct Block {
    pub(crate) bytes: Vec<u8>,
    /// Bytes that are no rows.
    pub(crate) header: usize,
    /// The end of the last whole record.
    pub(crate) end: usize,
    /// Whether there is a quote in it.
    pub(crate) quotes: bool,
}

impl Block {
    /// Its rows.
    pub(crate) fn records(&self) -> &[u8] {
        self.bytes.get(self.header..self.end).unwrap_or_default()
    }
}

/// What is left to read.
pub(crate) struct Input<R> {
    reader: R,
    delimiter: u8,
    block: usize,
    /// Read, but not yet part of a block.
    carry: Vec<u8>,
    /// The header at the front of the first block.
    header: usize,
    /// Bytes read so far.
    offset: u64,
    begun: bool,
    ended: bool,
}

/// Where a block stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The first byte of it that no block before it held, and its place in the stream.
    pub(crate) fresh: (usize, u64),
    /// The end of what it holds; after its last record begins the next block.
    pub(crate) filled: usize,
}

/// Why there is no further block.
pub(crate) enum NoBlock {
    /// Reading failed after so many bytes.
    Failed(io::Error, u64),
    /// A record is longer than is read.
    TooLong,
}

impl<R: Read> Input<R> {
    /// `start` was read before; its first `header` bytes are no rows.
    pub(crate) fn new(
        reader: R,
        delimiter: u8,
        start: Vec<u8>,
        header: usize,
        block: usize,
    ) -> Self {
        let block = block.clamp(64, LONGEST);
        let (offset, begun, ended) = (0, false, false);
        Self { reader, delimiter, block, carry: start, header, offset, begun, ended }
    }

    /// The next block; `None` after the last.
    pub(crate) fn next(&mut self, block: &mut Block) -> Result<Option<Place>, NoBlock> {
        if self.ended {
            return Ok(None);
        }
        // The header's reader has taken the start of the stream; it counts as fresh.
        let before = if self.begun { self.carry.len() } else { 0 };
        self.begun = true;
        let carried = self.carry.len();
        let place = Place { fresh: (before, self.offset), filled: 0 };
        block.header = std::mem::take(&mut self.header);
        if block.bytes.len() < carried + self.block {
            block.bytes.resize(carried + self.block, 0);
        }
        if let Some(front) = block.bytes.get_mut(..carried) {
            front.copy_from_slice(&self.carry);
        }
        let mut filled = carried;
        let mut searched = 0;
        // To a whole number of blocks, so that the fresh bytes hash as whole subtrees.
        let mut target = (before + self.block).max(carried);
        loop {
            filled = self
                .fill(&mut block.bytes, filled, target)
                .map_err(|error| NoBlock::Failed(error, self.offset))?;
            self.ended = filled < target;
            let held = block.bytes.get(..filled).unwrap_or_default();
            let fresh = held.get(searched..).unwrap_or_default();
            block.quotes = (searched > 0 && block.quotes) || memchr::memchr(b'"', fresh).is_some();
            searched = filled;
            let records = held.get(block.header..).unwrap_or_default();
            let end = if self.ended {
                Some(records.len())
            } else if block.quotes {
                last_end_with_quotes(records, self.delimiter)
            } else {
                memchr::memrchr(b'\n', records).map(|at| at + 1)
            };
            if let Some(end) = end {
                block.end = block.header + end;
                break;
            }
            if records.len() > LONGEST {
                return Err(NoBlock::TooLong);
            }
            // Twice as much, so that a long record is not searched anew for each block of it.
            target += (target - before).max(self.block);
            block.bytes.resize(target.max(block.bytes.len()), 0);
        }
        self.carry.clear();
        self.carry.extend_from_slice(block.bytes.get(block.end..filled).unwrap_or_default());
        self.offset += (filled - before) as u64;
        Ok(Some(Place { filled, ..place }))
    }

    /// Reads until `target` bytes are filled or the stream ends.
    fn fill(&mut self, bytes: &mut [u8], mut filled: usize, target: usize) -> io::Result<usize> {
        while let Some(room) = bytes.get_mut(filled..target)
            && !room.is_empty()
        {
            match self.reader.read(room) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }
}
