//! One column of one group: what its pages say before any of them is opened.

use std::format;
use std::string::String;
use std::vec::Vec;

use parquet::basic::{Compression, Type};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::ChunkReader;
use parquet::schema::types::ColumnDescPtr;

use super::file::Shared;
use super::header::{Dictionary, Header, Of};
use super::limits::{Limits, shown};

/// What is wrong with a file that nothing else explains.
pub(super) const DAMAGED: &str =
    "the file is damaged: it contradicts itself; write it again from its source";

/// Bytes looked at for a header, first and at last.
const LOOKED: u64 = 256;
const HEADER: u64 = 16 << 20;
/// What decoding a batch takes besides the pages.
const BATCH: u64 = 2 << 20;
/// Bytes of memory that a text takes besides its own.
const TEXT: u64 = 32;

/// A column of a group, whose counts agree with each other and with the group.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub(super) column: ColumnDescPtr,
    pub(super) compression: Compression,
    /// Each page with the place of its bytes.
    pub(super) pages: Vec<(u64, Header)>,
    /// Bytes of its dictionary, and whether there is one.
    pub(super) dictionary: Option<u64>,
    /// Bytes that reading it takes at once.
    pub(super) weight: u64,
    /// Entries: of a column without lists one for each row.
    pub(super) levels: u64,
}

impl Chunk {
    /// Looks through the headers of a column.
    pub(super) fn look<R: ChunkReader>(
        file: &Shared<R>,
        column: &ColumnChunkMetaData,
        rows: u64,
        group: usize,
        limits: &Limits,
    ) -> Result<Self, String> {
        let place = Place { name: column.column_path().string(), group };
        let compression = column.compression();
        if matches!(compression, Compression::LZO) {
            return Err(place.say(
                "is compressed with LZO, which this program cannot read; write it again with zstd",
            ));
        }
        let descriptor = column.column_descr_ptr();
        if descriptor.physical_type() == Type::FIXED_LEN_BYTE_ARRAY && descriptor.type_length() < 1
        {
            return Err(place.say("is of a type whose values have no bytes"));
        }
        let mut chunk = Self {
            column: descriptor,
            compression,
            pages: Vec::new(),
            dictionary: None,
            weight: BATCH,
            levels: 0,
        };
        let (mut at, end) = range(column, file.length()).ok_or_else(|| place.damaged())?;
        let (mut page, mut dictionary) = (0, 0);
        while at < end {
            let (header, length) = header(file, at, end)?.ok_or_else(|| place.damaged())?;
            at += length;
            let packed = header.packed as u64;
            if packed > end - at {
                return Err(place.damaged());
            }
            if header.size as u64 > limits.page {
                return Err(place.say(&format!(
                    "has a page of {} bytes, more than a file of this size may ask for ({}); write it again with smaller pages",
                    shown(header.size as u64),
                    shown(limits.page)
                )));
            }
            match header.of {
                Of::Dictionary(of) => {
                    dictionary += chunk.dictionary(&place, &header, of, limits)?;
                    chunk.dictionary = Some(header.size as u64);
                }
                Of::First(of) => chunk.levels += u64::from(of.levels),
                Of::Second(of) => chunk.levels += u64::from(of.levels),
                Of::Index => {}
            }
            page = page.max(packed + header.size as u64);
            chunk.pages.push((at, header));
            at += packed;
        }
        chunk.weight += page + dictionary;
        chunk.count(&place, rows)?;
        Ok(chunk)
    }

    /// What a dictionary takes in memory.
    fn dictionary(
        &self,
        place: &Place,
        header: &Header,
        of: Dictionary,
        limits: &Limits,
    ) -> Result<u64, String> {
        if self.dictionary.is_some() {
            return Err(place.damaged());
        }
        let entries = u64::from(of.entries);
        let (least, text) = match self.column.physical_type() {
            Type::BOOLEAN => return Err(place.damaged()),
            Type::INT32 | Type::FLOAT => (4, false),
            Type::INT64 | Type::DOUBLE => (8, false),
            Type::INT96 => (12, false),
            Type::BYTE_ARRAY => (4, true),
            Type::FIXED_LEN_BYTE_ARRAY => {
                (u64::try_from(self.column.type_length()).unwrap_or(0).max(1), true)
            }
        };
        if entries * least > header.size as u64 {
            return Err(place.damaged());
        }
        if text && entries > limits.entries {
            return Err(place.say(&format!(
                "has a dictionary of {} texts, more than a file of this size may ask for ({}); write it again without dictionaries",
                shown(entries),
                shown(limits.entries)
            )));
        }
        Ok(header.size as u64 + if text { entries * TEXT } else { entries * least })
    }

    /// Nothing is read of a column whose values are not as many as the rows.
    fn count(&self, place: &Place, rows: u64) -> Result<(), String> {
        let lists = self.column.max_rep_level() > 0;
        if if lists { self.levels < rows } else { self.levels != rows } {
            return Err(place.counted(self.levels, rows));
        }
        let second = self.pages.iter().try_fold(0, |rows, (_, header)| match header.of {
            Of::Second(of) => Some(rows + u64::from(of.rows)),
            Of::Dictionary(_) | Of::Index => Some(rows),
            Of::First(_) => None,
        });
        match second {
            Some(counted) if counted != rows => Err(place.counted(counted, rows)),
            _ => Ok(()),
        }
    }

    /// The column and its group, as messages call them.
    pub(super) fn place(&self, group: usize) -> Place {
        Place { name: self.column.path().string(), group }
    }
}

/// Where a column's bytes begin and end.
fn range(column: &ColumnChunkMetaData, length: u64) -> Option<(u64, u64)> {
    let data = column.data_page_offset();
    // Some tools write a place of 0 where there is no dictionary.
    let start = match column.dictionary_page_offset() {
        Some(dictionary) if dictionary > 0 && dictionary < data => dictionary,
        _ => data,
    };
    let start = u64::try_from(start).ok()?;
    let end = start.checked_add(u64::try_from(column.compressed_size()).ok()?)?;
    (start >= 4 && end <= length).then_some((start, end))
}

/// The header that begins at a place, with its length; none where there is no header.
fn header<R: ChunkReader>(
    file: &Shared<R>,
    at: u64,
    end: u64,
) -> Result<Option<(Header, u64)>, String> {
    let mut looked = LOOKED;
    loop {
        let length = looked.min(end - at);
        let bytes = file.bytes(at, usize::try_from(length).unwrap_or(usize::MAX))?;
        match Header::read(&bytes) {
            Ok((header, length)) => return Ok(Some((header, length as u64))),
            Err(_) if length == looked && looked < HEADER => looked *= 16,
            Err(_) => return Ok(None),
        }
    }
}

/// A column of a group, for messages.
#[derive(Clone, Debug)]
pub(super) struct Place {
    name: String,
    group: usize,
}

impl Place {
    pub(super) fn say(&self, what: &str) -> String {
        format!("column `{}` {what}", self.name)
    }

    pub(super) fn damaged(&self) -> String {
        format!("column `{}`, row group {}: {DAMAGED}", self.name, self.group + 1)
    }

    pub(super) fn checksum(&self) -> String {
        format!(
            "column `{}`, row group {}: a page is not what its checksum says: the file was damaged where it lies or on its way; fetch it again from its source",
            self.name,
            self.group + 1
        )
    }

    pub(super) fn counted(&self, values: u64, rows: u64) -> String {
        format!(
            "column `{}` has {} values in row group {}, which has {} rows; {DAMAGED}",
            self.name,
            shown(values),
            self.group + 1,
            shown(rows)
        )
    }
}
