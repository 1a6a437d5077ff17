//! A stream of bytes, cut into blocks at the ends of records.

use std::io::{self, Read};
use std::vec::Vec;

use super::block::Block;
use super::rows::last_end_with_quotes;

/// Fresh bytes of a block: two blocks and what belongs to them stay in the second-level cache.
pub(super) const BLOCK: usize = 1 << 19;
/// The longest record that is read.
pub(super) const LONGEST: usize = 1 << 24;

/// What is left to read.
pub(super) struct Input<'a> {
    reader: &'a mut (dyn Read + Send),
    delimiter: u8,
    block: usize,
    /// Read, but not yet part of a block.
    carry: Vec<u8>,
    /// The header at the front of the first block.
    header: usize,
    /// Bytes read so far.
    offset: u64,
    blocks: u64,
    ended: bool,
}

/// Where a block stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Blocks before it.
    pub(super) number: u64,
    /// The first byte of it that no block before it held, and its place in the stream.
    pub(super) fresh: (usize, u64),
    /// The end of what it holds; after its last record begins the next block.
    pub(super) filled: usize,
}

/// Why there is no further block.
pub(super) enum NoBlock {
    Failed(io::Error),
    /// A record is longer than is read.
    TooLong,
}

impl<'a> Input<'a> {
    /// `start` was read before; its first `header` bytes are no rows.
    pub(super) fn new(
        reader: &'a mut (dyn Read + Send),
        delimiter: u8,
        start: Vec<u8>,
        header: usize,
        block: usize,
    ) -> Self {
        let block = block.clamp(64, LONGEST);
        Self { reader, delimiter, block, carry: start, header, offset: 0, blocks: 0, ended: false }
    }

    /// Bytes read so far.
    pub(super) const fn offset(&self) -> u64 {
        self.offset
    }

    /// Blocks taken so far: the number of the next.
    pub(super) const fn blocks(&self) -> u64 {
        self.blocks
    }

    /// The next block; `None` after the last.
    pub(super) fn next(&mut self, block: &mut Block) -> Result<Option<Place>, NoBlock> {
        if self.ended {
            return Ok(None);
        }
        // The header's reader has taken the start of the stream; it counts as fresh.
        let before = if self.blocks == 0 { 0 } else { self.carry.len() };
        let carried = self.carry.len();
        let place = Place { number: self.blocks, fresh: (before, self.offset), filled: 0 };
        block.header = std::mem::take(&mut self.header);
        if block.bytes.len() < carried + self.block {
            block.bytes.resize(carried + self.block, 0);
        }
        if let Some(front) = block.bytes.get_mut(..carried) {
            front.copy_from_slice(&self.carry);
        }
        let mut filled = carried;
        // To a whole number of blocks, so that the fresh bytes hash as whole subtrees.
        let mut target = (before + self.block).max(carried);
        loop {
            filled = self.fill(&mut block.bytes, filled, target).map_err(NoBlock::Failed)?;
            self.ended = filled < target;
            let held = block.bytes.get(..filled).unwrap_or_default();
            block.quotes = memchr::memchr(b'"', held).is_some();
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
            target += self.block;
            block.bytes.resize(target.max(block.bytes.len()), 0);
        }
        self.carry.clear();
        self.carry.extend_from_slice(block.bytes.get(block.end..filled).unwrap_or_default());
        self.offset += (filled - before) as u64;
        self.blocks += 1;
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
