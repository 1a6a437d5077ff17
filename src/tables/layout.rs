//! Where in a row the fields lie that are wanted.

use std::vec::Vec;

/// The form of the rows of a table.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) delimiter: u8,
    /// Whether a quoted field may hold lines that read as rows.
    pub(super) line_breaks: bool,
    /// Fields in a row.
    pub(crate) width: u32,
    /// The columns that name a person, counted from 0.
    columns: Vec<u32>,
    /// The delimiters of a row, counted from 1, whose places are noted.
    pub(super) wanted: Vec<u32>,
    /// For each column that names a person, which noted delimiters enclose it.
    pub(super) people: Vec<(Option<usize>, Option<usize>)>,
}

impl Layout {
    /// `people` are columns, counted from 0 and below `width`. Of each row their fields are noted, or
    /// all of them.
    pub(super) fn new(
        delimiter: u8,
        line_breaks: bool,
        width: u32,
        columns: Vec<u32>,
        all: bool,
    ) -> Self {
        let mut wanted: Vec<u32> = if all {
            (1..width).collect()
        } else {
            let both = columns.iter().flat_map(|column| [*column, *column + 1]);
            both.filter(|ordinal| (1..width).contains(ordinal)).collect()
        };
        wanted.sort_unstable();
        wanted.dedup();
        let place = |ordinal| wanted.binary_search(&ordinal).ok();
        let people = columns.iter().map(|column| (place(*column), place(*column + 1))).collect();
        Self { delimiter, line_breaks, width, columns, wanted, people }
    }

    /// Columns that name a person.
    pub(crate) fn people(&self) -> usize {
        self.people.len()
    }

    /// The place of one of them, from 0.
    pub(super) fn column(&self, person: usize) -> usize {
        self.columns.get(person).map_or(usize::MAX, |column| *column as usize)
    }
}
