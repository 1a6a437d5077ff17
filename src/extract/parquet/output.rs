//! The file that is written: as the one that was read, as far as readers see.

use std::io::{self, Write};
use std::sync::Arc;
use std::vec::Vec;

use parquet::basic::{Encoding, Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::SerializedFileWriter;

use super::chunk::Chunk;
use super::footer::Footer;
use super::pages::encoding;
use super::thrift::{Compact, Damaged, Field, write_field};

/// Bytes of a dictionary that the reader's library writes of itself, at most.
const DICTIONARY: usize = 1 << 20;

/// The metadata of the file, as it was.
pub(super) fn properties(footer: &Footer) -> WriterPropertiesPtr {
    let file = footer.metadata.file_metadata();
    let metadata = file.key_value_metadata().cloned();
    Arc::new(WriterProperties::builder().set_key_value_metadata(metadata).build())
}

/// The compression and encoding of a column, as they were.
pub(super) fn column(chunk: &Chunk, is_known: bool) -> WriterPropertiesPtr {
    let of = chunk.column.physical_type();
    let fits = |encoding: &Encoding| {
        matches!(
            (encoding, of),
            (Encoding::DELTA_BINARY_PACKED, Type::INT32 | Type::INT64)
                | (Encoding::DELTA_LENGTH_BYTE_ARRAY, Type::BYTE_ARRAY)
                | (Encoding::DELTA_BYTE_ARRAY, Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY)
                | (
                    Encoding::BYTE_STREAM_SPLIT,
                    Type::INT32
                        | Type::INT64
                        | Type::FLOAT
                        | Type::DOUBLE
                        | Type::FIXED_LEN_BYTE_ARRAY
                )
        )
    };
    let builder = WriterProperties::builder()
        .set_compression(chunk.compression)
        .set_dictionary_enabled(chunk.dictionary.is_some());
    // A dictionary that is larger than others stays one, so that what it says briefly is not said at
    // length. Where some values stand outside it, it was found to be no gain.
    let outside = |of: &i32| {
        !matches!(encoding(*of), Ok(Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY))
    };
    let mixed =
        chunk.pages.iter().filter_map(|(_, header)| header.encoding()).any(|of| outside(&of));
    let room = usize::try_from(chunk.dictionary.unwrap_or(0)).unwrap_or(0).saturating_add(1);
    let builder = match room {
        DICTIONARY.. if !mixed => builder.set_dictionary_page_size_limit(room),
        _ => builder,
    };
    let encodings = chunk.pages.iter().filter_map(|(_, header)| header.encoding());
    let builder = match encodings.filter_map(|of| encoding(of).ok()).find(fits) {
        Some(encoding) => builder.set_encoding(encoding),
        None => builder,
    };
    // Of a type that is not known nobody here knows which of two values is the smaller.
    let builder =
        if is_known { builder } else { builder.set_statistics_enabled(EnabledStatistics::None) };
    Arc::new(builder.build())
}

/// Passes on what is written, up to the description at the end.
pub(super) struct Ending<W> {
    inner: W,
    end: Option<Vec<u8>>,
}

impl<W> Ending<W> {
    pub(super) fn new(inner: W) -> Self {
        Self { inner, end: None }
    }
}

impl<W: Write> Write for Ending<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.end {
            None => self.inner.write(bytes),
            Some(end) => {
                end.extend_from_slice(bytes);
                Ok(bytes.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Writes the description, with the schema as it stood in the file that was read where the reader's
/// library does not know all of it.
pub(super) fn end<W: Write + Send>(
    mut out: SerializedFileWriter<Ending<W>>,
    footer: &Footer,
) -> Result<(), ParquetError> {
    if footer.schema.known.is_none() {
        return out.into_inner()?.flush().map_err(ParquetError::from);
    }
    out.flush()?;
    out.inner_mut().end = Some(Vec::new());
    let Ending { mut inner, end } = out.into_inner()?;
    let end = with_schema(&end.unwrap_or_default(), &footer.schema.written)
        .map_err(|Damaged| ParquetError::General("the schema".into()))?;
    inner.write_all(&end)?;
    inner.flush().map_err(ParquetError::from)
}

/// The end of a file with another schema.
fn with_schema(end: &[u8], schema: &[u8]) -> Result<Vec<u8>, Damaged> {
    let (rest, _mark) = end.split_last_chunk::<4>().ok_or(Damaged)?;
    let (rest, length) = rest.split_last_chunk().ok_or(Damaged)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| Damaged)?;
    let start = rest.len().checked_sub(length).ok_or(Damaged)?;
    let (before, description) = rest.split_at_checked(start).ok_or(Damaged)?;
    let mut bytes = before.to_vec();
    let mut last = 0;
    for field in Compact::new(description).fields()? {
        let held = if field.id == 2 { schema } else { field.held };
        write_field(&mut bytes, last, &Field { held, ..field });
        last = field.id;
    }
    bytes.push(0);
    let length = u32::try_from(bytes.len() - start).map_err(|_| Damaged)?;
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(b"PAR1");
    Ok(bytes)
}
