//! Where the rows of a block end and where in each of them the fields lie that are wanted.

use core::ops::Range;
use std::vec::Vec;

use super::fault::{At, Fault};
use super::layout::Layout;
use super::search;

/// The rows of a block, from its first byte to its last. Reused from block to block.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// The first byte after each row.
    pub(crate) ends: Vec<u32>,
    /// For each row, the places of the delimiters that were wanted.
    pub(super) bounds: Vec<u32>,
    /// Rows that are empty lines, ascending. Several in a row are one.
    pub(crate) blanks: Vec<u32>,
    /// How many lines they are.
    pub(crate) blank_lines: u64,
    /// Whether a quoted field holds a line feed or a carriage return.
    pub(super) broken: bool,
    /// Lines of the block.
    lines: u64,
}

impl Rows {
    /// Finds the rows of a block that begins and ends with a record, or with the stream.
    pub(crate) fn find(&mut self, block: &[u8], layout: &Layout, quotes: bool) -> Result<(), At> {
        search::find(self, block, layout, quotes).map_err(|found| {
            // It explains whatever else is wrong.
            match memchr::memchr(0, block.get(..=found.at).unwrap_or(block)) {
                Some(nul) => Fault::Nul.at(nul),
                None => found,
            }
        })?;
        self.lines = if self.broken {
            memchr::memchr_iter(b'\n', block).count() as u64
        } else {
            (self.ends.len() - self.blanks.len()) as u64 + self.blank_lines
        };
        Ok(())
    }

    /// The lines of the block, blank ones among them.
    pub(crate) const fn lines(&self) -> u64 {
        self.lines
    }

    pub(super) fn walk<'a>(&'a mut self, block: &'a [u8], layout: &'a Layout) -> Walk<'a> {
        self.ends.clear();
        self.bounds.clear();
        self.blanks.clear();
        self.blank_lines = 0;
        self.broken = false;
        Walk { layout, rows: self, block, start: 0, count: 0, next: 0 }
    }

    /// For each row, the field of one column that names a person, as it is written, quotes and all.
    pub(crate) fn fields<'a>(
        &'a self,
        block: &'a [u8],
        layout: &'a Layout,
        person: usize,
    ) -> impl Iterator<Item = &'a [u8]> {
        let (left, right) = layout.people.get(person).copied().unwrap_or_default();
        let each = layout.wanted.len();
        let mut start = 0;
        self.ends.iter().enumerate().map(move |(row, end)| {
            let bound = |place: Option<usize>| {
                place.and_then(|place| self.bounds.get(row * each + place)).map(|at| *at as usize)
            };
            let from = bound(left).map_or(start, |at| at + 1);
            let to = bound(right).unwrap_or_else(|| content_end(block, *end as usize));
            start = *end as usize;
            block.get(from..to).unwrap_or_default()
        })
    }

    /// Where one of these fields lies.
    pub(super) fn field(
        &self,
        block: &[u8],
        layout: &Layout,
        row: usize,
        person: usize,
    ) -> Option<Range<usize>> {
        self.between(block, layout, row, *layout.people.get(person)?)
    }

    /// Where the field of any column lies, of rows of which all are noted.
    pub(super) fn any_field(
        &self,
        block: &[u8],
        layout: &Layout,
        row: usize,
        column: usize,
    ) -> Option<Range<usize>> {
        let right = Some(column).filter(|column| *column < layout.wanted.len());
        self.between(block, layout, row, (column.checked_sub(1), right))
    }

    fn between(
        &self,
        block: &[u8],
        layout: &Layout,
        row: usize,
        (left, right): (Option<usize>, Option<usize>),
    ) -> Option<Range<usize>> {
        let bound = |place: usize| {
            self.bounds.get(row * layout.wanted.len() + place).map(|at| *at as usize)
        };
        let start = || match row.checked_sub(1) {
            Some(above) => self.ends.get(above).map(|end| *end as usize),
            None => Some(0),
        };
        let from = left.map_or_else(start, |left| Some(bound(left)? + 1))?;
        let end = || Some(content_end(block, *self.ends.get(row)? as usize));
        Some(from..right.map_or_else(end, bound)?)
    }
}

/// The end of a row without its line end.
fn content_end(block: &[u8], end: usize) -> usize {
    match block.get(..end) {
        Some([.., b'\r', b'\n']) => end - 2,
        Some([.., b'\n']) => end - 1,
        _ => end,
    }
}

/// Takes line ends and delimiters in order and makes rows of them.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    layout: &'a Layout,
    rows: &'a mut Rows,
    block: &'a [u8],
    start: usize,
    count: u32,
    next: usize,
}

impl Walk<'_> {
    /// The delimiters among 64 bytes from `base`, all of the present row.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    #[expect(clippy::cast_possible_truncation, reason = "a block is below 4 GiB")]
    pub(super) fn delimiters(&mut self, mask: u64, base: usize) {
        let here = mask.count_ones();
        let (mut rest, mut passed) = (mask, self.count + 1);
        while let Some(wanted) = self.layout.wanted.get(self.next)
            && *wanted <= self.count + here
        {
            for _ in passed..*wanted {
                rest &= rest.wrapping_sub(1);
            }
            passed = *wanted;
            self.rows.bounds.push(base as u32 + rest.trailing_zeros());
            self.next += 1;
        }
        self.count += here;
    }

    /// A row ends before `end`.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "compiled once for each set of instructions")]
    #[expect(clippy::cast_possible_truncation, reason = "a block is below 4 GiB")]
    pub(super) fn end(&mut self, end: usize) -> Result<(), At> {
        if (end - self.start <= 2 || self.count + 1 != self.layout.width) && self.blank(end)? {
            return Ok(());
        }
        self.rows.ends.push(end as u32);
        self.start = end;
        self.count = 0;
        self.next = 0;
        Ok(())
    }

    /// Whether it is an empty line, which every reader passes over; or a row of the wrong width.
    #[cold]
    #[expect(clippy::cast_possible_truncation, reason = "a block is below 4 GiB")]
    fn blank(&mut self, end: usize) -> Result<bool, At> {
        let fields = self.count + 1;
        if content_end(self.block, end) != self.start {
            let first = self.layout.width;
            let width = || Fault::Width { fields, first }.at(self.start);
            return if fields == first { Ok(false) } else { Err(width()) };
        }
        self.rows.blank_lines += 1;
        let rows = self.rows.ends.len() as u32;
        if rows > 0 && self.rows.blanks.last() == Some(&(rows - 1)) {
            self.rows.ends.pop();
        } else {
            self.rows.blanks.push(rows);
            self.rows.bounds.extend(self.layout.wanted.iter().map(|_| self.start as u32));
        }
        self.rows.ends.push(end as u32);
        self.start = end;
        Ok(true)
    }

    /// A line break stands in a quoted field.
    pub(super) fn broken(&mut self) {
        self.rows.broken = true;
    }

    /// The block ends; its last row may lack a line end.
    pub(super) fn finish(&mut self) -> Result<(), At> {
        if self.start < self.block.len() { self.end(self.block.len()) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec;

    /// Many blank lines take no room.
    #[test]
    fn blank_lines_in_a_row_are_one() {
        let mut block = b"a,b\n".to_vec();
        block.extend(b"\n\r\n".repeat(1000));
        block.extend(b"c,d\n\ne,f");
        let layout = Layout::new(b',', false, 2, vec![1], false);
        for quotes in [false, true] {
            let mut rows = Rows::default();
            rows.find(&block, &layout, quotes).unwrap();
            assert_eq!((rows.ends.len(), rows.blanks.clone()), (5, vec![1, 3]));
            assert_eq!((rows.blank_lines, rows.lines()), (2001, 2004));
            let fields: Vec<_> = rows.fields(&block, &layout, 0).collect();
            assert_eq!([fields[0], fields[2], fields[4]], [&b"b"[..], b"d", b"f"]);
        }
    }
}
