//! Where in a row the fields lie that name a person.

use std::vec::Vec;

use super::table::Text;

/// The form of the rows of a table.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) delimiter: u8,
    /// Whether a quoted field may hold lines that read as rows.
    pub(super) line_breaks: bool,
    /// Fields in a row.
    pub(super) width: u32,
    /// The columns that name a person, counted from 0.
    columns: Vec<u32>,
    /// The delimiters of a row, counted from 1, whose places are noted.
    pub(super) wanted: Vec<u32>,
    /// For each column that names a person, which noted delimiters enclose it.
    pub(super) people: Vec<(Option<usize>, Option<usize>)>,
}

impl Layout {
    /// `people` are columns, counted from 0 and below `width`.
    pub(super) fn new(text: Text, width: u32, columns: Vec<u32>) -> Self {
        let people = &columns;
        let mut wanted: Vec<u32> = people
            .iter()
            .flat_map(|column| [*column, *column + 1])
            .filter(|ordinal| (1..width).contains(ordinal))
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        let place = |ordinal| wanted.binary_search(&ordinal).ok();
        let people = people.iter().map(|column| (place(*column), place(*column + 1))).collect();
        let Text { delimiter, line_breaks, .. } = text;
        Self { delimiter, line_breaks, width, columns, wanted, people }
    }

    /// Columns that name a person.
    pub(super) fn people(&self) -> usize {
        self.people.len()
    }

    /// The place of one of them, from 0.
    pub(super) fn column(&self, person: usize) -> usize {
        self.columns.get(person).map_or(usize::MAX, |column| *column as usize)
    }
}
