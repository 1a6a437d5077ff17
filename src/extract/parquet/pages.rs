//! The pages of one column, handed to the reader's library one at a time.

use std::string::String;
use std::sync::Arc;
use std::vec::Vec;

use bytes::Bytes;
use parquet::basic::{Compression, Encoding, Type};
use parquet::column::page::Page;
use parquet::column::reader::{ColumnReader, get_column_reader};
use parquet::data_type::AsBytes;
use parquet::file::reader::ChunkReader;
use parquet::schema::types::ColumnDescriptor;

use super::body::Body;
use super::chunk::{Chunk, Place};
use super::compression::{Unpacker, unpack};
use super::file::Shared;
use super::header::{Header, Of};
use super::levels::{Record, differences};
use super::limits::{Limits, shown};
use super::slot::Slot;
use super::thrift::Damaged;

/// Entries or bytes that are to be decoded at a time.
const BATCH: u64 = 1 << 18;
const BYTES: u64 = 4 << 20;
/// Bytes of padding at the end of a page, where there are any.
const PADDING: usize = 8;
/// Texts in a page whose lengths are packed as differences, at most.
const DIFFERENCES: u32 = 1 << 22;

/// The pages that are still to come.
pub(super) struct Pages<R> {
    file: Shared<R>,
    chunk: Chunk,
    place: Place,
    limits: Limits,
    slot: Slot,
    unpacker: Unpacker,
    next: usize,
    has_dictionary: bool,
    record: Record,
    /// Entries of the page in hand that were not taken yet.
    pub(super) left: usize,
    /// Rows to be decoded at a time, so that memory is bounded.
    pub(super) step: usize,
    /// Whether values of this page may be longer together than its bytes.
    pub(super) grows: bool,
    /// Bytes of this page that values were not read from yet, where each takes its own.
    plain: Option<usize>,
    /// Where the page ends.
    end: usize,
    /// Zeros at the end of the page, where they may be padding that some tools write.
    padding: usize,
    /// Truths that were read of this page.
    truths: usize,
    /// Bytes of the values that may still come.
    spelt: u64,
}

impl<R: ChunkReader> Pages<R> {
    /// The pages, and what reads them.
    pub(super) fn open(
        file: &Shared<R>,
        chunk: Chunk,
        group: usize,
        limits: &Limits,
    ) -> (ColumnReader, Self) {
        let slot = Slot::default();
        let reader =
            get_column_reader(Arc::clone(&chunk.column), std::boxed::Box::new(slot.clone()));
        let pages = Self {
            file: file.clone(),
            place: chunk.place(group),
            chunk,
            limits: *limits,
            slot,
            unpacker: Unpacker::default(),
            next: 0,
            has_dictionary: false,
            record: Record::default(),
            left: 0,
            step: usize::MAX,
            grows: false,
            plain: None,
            end: 0,
            padding: 0,
            truths: 0,
            spelt: limits.spelt,
        };
        (reader, pages)
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    pub(super) fn column(&self) -> &ColumnDescriptor {
        &self.chunk.column
    }

    /// Takes what was read off the page in hand. A page that holds more values than its levels say is
    /// damaged: they may be of other rows.
    pub(super) fn took<V: AsBytes>(&mut self, levels: usize, values: &[V]) -> Result<(), String> {
        self.left -= levels;
        let Some(plain) = self.plain else { return Ok(()) };
        let taken = match self.chunk.column.physical_type() {
            Type::BYTE_ARRAY => self.texts(plain, values).ok_or_else(|| self.place.damaged())?,
            Type::INT32 | Type::FLOAT => 4 * values.len(),
            Type::INT64 | Type::DOUBLE => 8 * values.len(),
            Type::INT96 => 12 * values.len(),
            Type::FIXED_LEN_BYTE_ARRAY => return Ok(()),
            // Eight share a byte.
            Type::BOOLEAN => {
                self.truths += values.len();
                if self.left > 0 { 0 } else { self.truths.div_ceil(8) }
            }
        };
        let left = plain.checked_sub(taken);
        let left = left.filter(|left| self.left > 0 || *left == 0 || *left == self.padding);
        self.plain = Some(left.ok_or_else(|| self.place.damaged())?);
        Ok(())
    }

    /// Bytes of the page up to the last of these texts, which are parts of it. An empty one is no part
    /// of anything.
    fn texts<V: AsBytes>(&self, plain: usize, values: &[V]) -> Option<usize> {
        let empty = values.iter().rev().take_while(|value| value.as_bytes().is_empty()).count();
        let last = values.len().checked_sub(empty + 1).and_then(|at| values.get(at));
        let before = match last {
            Some(last) => {
                let behind = self.end.checked_sub(last.as_bytes().as_ptr_range().end.addr())?;
                plain.checked_sub(behind)?
            }
            None => 0,
        };
        Some(before + 4 * empty)
    }

    /// Counts the bytes of values that say at length what the file says briefly.
    pub(super) fn spell(&mut self, bytes: usize) -> Result<(), String> {
        let left = self.spelt.checked_sub(bytes as u64);
        self.spelt = left.ok_or_else(|| {
            self.place.say("repeats long values more often than a file of this size can mean")
        })?;
        Ok(())
    }

    /// Hands over the next page that has values; says whether there is one. A page without values is
    /// not the end of a column.
    pub(super) fn advance(&mut self) -> Result<bool, String> {
        while let Some((at, header)) = self.chunk.pages.get(self.next).copied() {
            self.next += 1;
            if matches!(header.of, Of::Index) {
                continue;
            }
            let bytes = self.file.bytes(at, header.packed)?;
            if header.checksum.is_some_and(|said| crc32fast::hash(&bytes) != said) {
                return Err(self.place.checksum());
            }
            let page = self.page(&header, bytes).map_err(|Damaged| self.place.damaged())?;
            let values = match &page {
                Page::DictionaryPage { .. } => {
                    self.has_dictionary = true;
                    self.slot.put(page);
                    continue;
                }
                Page::DataPage { num_values, .. } | Page::DataPageV2 { num_values, .. } => {
                    *num_values
                }
            };
            if values == 0 {
                continue;
            }
            self.bound(&page, &header)?;
            self.left = values as usize;
            self.slot.put(page);
            return Ok(true);
        }
        Ok(false)
    }

    fn page(&mut self, header: &Header, bytes: Bytes) -> Result<Page, Damaged> {
        let compression = self.chunk.compression;
        let unpacker = &mut self.unpacker;
        let mut whole = |bytes: Bytes| {
            if compression == Compression::UNCOMPRESSED {
                Ok(bytes)
            } else {
                open(unpacker, compression, 0, &bytes, header.size)
            }
        };
        Ok(match header.of {
            Of::Dictionary(of) => Page::DictionaryPage {
                buf: whole(bytes)?,
                num_values: of.entries,
                encoding: encoding(of.encoding)?,
                is_sorted: false,
            },
            Of::First(of) => Page::DataPage {
                buf: whole(bytes)?,
                num_values: of.levels,
                encoding: encoding(of.encoding)?,
                def_level_encoding: encoding(of.defined)?,
                rep_level_encoding: encoding(of.repeated)?,
                statistics: None,
            },
            Of::Second(of) => {
                let levels = of.defined as usize + of.repeated as usize;
                if levels > bytes.len() || levels > header.size {
                    return Err(Damaged);
                }
                let packed = of.compressed && compression != Compression::UNCOMPRESSED;
                let buf = if packed {
                    open(unpacker, compression, levels, &bytes, header.size)?
                } else {
                    bytes
                };
                Page::DataPageV2 {
                    buf,
                    num_values: of.levels,
                    encoding: encoding(of.encoding)?,
                    num_nulls: of.nulls,
                    num_rows: of.rows,
                    def_levels_byte_len: of.defined,
                    rep_levels_byte_len: of.repeated,
                    is_compressed: false,
                    statistics: None,
                }
            }
            Of::Index => return Err(Damaged),
        })
    }

    /// Sees how much may be decoded at a time, and stops at what is too much.
    fn bound(&mut self, page: &Page, header: &Header) -> Result<(), String> {
        let damaged = |Damaged| self.place.damaged();
        let body = Body::of(page, header, &self.chunk).map_err(damaged)?;
        self.grows = false;
        self.step = usize::MAX;
        if let Some(levels) = body.repeated {
            let bits = u32::BITS
                - u32::from(self.chunk.column.max_rep_level().unsigned_abs()).leading_zeros();
            let mut record = self.record;
            record.follow(levels, bits, body.levels.into()).map_err(damaged)?;
            self.record = record;
            if record.longest > self.limits.record {
                return Err(self.place.say(&std::format!(
                    "has a row of more than {} entries, which a file of this size may not ask for",
                    shown(self.limits.record)
                )));
            }
            let rows = BATCH / record.longest.max(1);
            self.step = usize::try_from(rows).unwrap_or(usize::MAX).max(1);
        }
        let values = body.values;
        self.truths = 0;
        self.end = values.as_ptr_range().end.addr();
        let zeros = values.iter().rev().take(PADDING).take_while(|byte| **byte == 0);
        self.padding = if zeros.count() == PADDING { PADDING } else { 0 };
        self.plain = (body.encoding == Encoding::PLAIN).then_some(values.len());
        let packed = |bytes| match differences(bytes) {
            Ok((count, rest)) if count <= u64::from(body.levels) => Ok(rest),
            _ => Err(self.place.damaged()),
        };
        match body.encoding {
            Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY => {
                let dictionary = self.chunk.dictionary.unwrap_or(0);
                self.grows = dictionary.saturating_mul(self.chunk.levels) > self.spelt;
                if self.has_dictionary { Ok(()) } else { Err(self.place.damaged()) }
            }
            Encoding::DELTA_BINARY_PACKED => packed(values).map(|_| ()),
            Encoding::DELTA_LENGTH_BYTE_ARRAY | Encoding::DELTA_BYTE_ARRAY
                if body.levels > DIFFERENCES =>
            {
                Err(self
                    .place
                    .say("has too many values in a page; write it again with smaller pages"))
            }
            Encoding::DELTA_LENGTH_BYTE_ARRAY => packed(values).map(|_| ()),
            Encoding::DELTA_BYTE_ARRAY => {
                let suffixes = packed(values)?;
                packed(suffixes)?;
                // Each value may repeat all of the one before.
                self.grows = true;
                let rows = BYTES / (values.len() as u64).max(1);
                self.step = self.step.min(usize::try_from(rows).unwrap_or(usize::MAX).max(1));
                Ok(())
            }
            #[expect(deprecated, reason = "it may stand in an old file")]
            Encoding::PLAIN
            | Encoding::RLE
            | Encoding::BIT_PACKED
            | Encoding::BYTE_STREAM_SPLIT
            | Encoding::ALP => Ok(()),
        }
    }
}

fn open(
    unpacker: &mut Unpacker,
    compression: Compression,
    levels: usize,
    bytes: &[u8],
    size: usize,
) -> Result<Bytes, Damaged> {
    let (front, packed) = bytes.split_at_checked(levels).ok_or(Damaged)?;
    let mut whole = Vec::with_capacity(size);
    whole.extend_from_slice(front);
    if size > levels {
        unpack(unpacker, compression, packed, size - levels, &mut whole).map_err(|_| Damaged)?;
    }
    Ok(whole.into())
}

/// An encoding by its number in a file.
pub(super) fn encoding(number: i32) -> Result<Encoding, Damaged> {
    Ok(match number {
        0 => Encoding::PLAIN,
        2 => Encoding::PLAIN_DICTIONARY,
        3 => Encoding::RLE,
        #[expect(deprecated, reason = "it may stand in an old file")]
        4 => Encoding::BIT_PACKED,
        5 => Encoding::DELTA_BINARY_PACKED,
        6 => Encoding::DELTA_LENGTH_BYTE_ARRAY,
        7 => Encoding::DELTA_BYTE_ARRAY,
        8 => Encoding::RLE_DICTIONARY,
        9 => Encoding::BYTE_STREAM_SPLIT,
        10 => Encoding::ALP,
        _ => return Err(Damaged),
    })
}
