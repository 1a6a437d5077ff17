//! What a file says of itself at its end: looked through before the reader's library makes room for
//! it.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use parquet::file::reader::ChunkReader;

use super::chunk::DAMAGED;
use super::file::Shared;
use super::limits::{GROUP, Limits, shown};
use super::schema::Schema;
use super::thrift::{Compact, Damaged, Field, write_field};

/// The length of the footer and the mark behind it.
const END: usize = 8;
const MARK: &[u8; 4] = b"PAR1";
const ENCRYPTED: &[u8; 4] = b"PARE";

/// A file's description of itself.
pub(super) struct Footer {
    pub(super) metadata: ParquetMetaData,
    pub(super) schema: Schema,
}

impl Footer {
    /// Reads it, and stops at what no table can be.
    pub(super) fn read<R: ChunkReader>(file: &Shared<R>, limits: &Limits) -> Result<Self, String> {
        let bytes = end(file)?;
        let whole = bytes.as_slice();
        let fields = Compact::new(whole).fields().map_err(damaged)?;
        let schema = fields.iter().find(|field| field.id == 2).ok_or(Damaged).map_err(damaged)?;
        let schema = Schema::look(schema).map_err(damaged)?;
        let groups = fields.iter().find(|field| field.id == 4).ok_or(Damaged).map_err(damaged)?;
        if let Some(column) = elsewhere(groups).map_err(damaged)? {
            let name = schema.leaves.get(column.at).cloned().unwrap_or_default();
            return Err(match column.why {
                Why::Encrypted => format!(
                    "column `{name}` is encrypted; decrypt the table where its keys are, and give the plain one"
                ),
                Why::Apart => format!(
                    "column `{name}` is stored in another file; write the table again as one file"
                ),
            });
        }
        let known = match &schema.known {
            None => ParquetMetaDataReader::decode_metadata(whole),
            Some(known) => ParquetMetaDataReader::decode_metadata(&described(&fields, known)),
        };
        let metadata = known.map_err(|_| {
            String::from(
                "the table's description of itself, at its end, is damaged or of a form that this program does not know; write it again from its source",
            )
        })?;
        if metadata.file_metadata().schema_descr().num_columns() != schema.leaves.len() {
            return Err(DAMAGED.to_string());
        }
        count(&metadata, limits)?;
        Ok(Self { metadata, schema })
    }
}

fn damaged(Damaged: Damaged) -> String {
    DAMAGED.to_string()
}

/// The bytes of the description.
fn end<R: ChunkReader>(file: &Shared<R>) -> Result<Vec<u8>, String> {
    let length = file.length();
    let none = "this is no Parquet table; give its name the ending of what it is";
    if length == 0 {
        return Err(String::from("the file is empty"));
    }
    let Some(before) = length.checked_sub(END as u64).filter(|before| *before >= 4) else {
        return Err(String::from(none));
    };
    let end = file.bytes(before, END)?;
    let begins = file.bytes(0, 4)?;
    let (size, mark) = end.split_first_chunk().ok_or(DAMAGED)?;
    if mark == ENCRYPTED || *begins == *ENCRYPTED {
        return Err(String::from(
            "the table is encrypted; decrypt it where its keys are, and give the plain one",
        ));
    }
    if mark != MARK {
        return Err(String::from(if *begins == *MARK {
            "the table was cut short: its end is missing; copy it again"
        } else {
            none
        }));
    }
    let size = u32::from_le_bytes(*size);
    let start = before.checked_sub(size.into()).filter(|start| *start >= 4).ok_or(DAMAGED)?;
    Ok(file.bytes(start, usize::try_from(size).map_err(|_| DAMAGED)?)?.to_vec())
}

/// The description with a schema that is known.
fn described(fields: &[Field<'_>], schema: &[u8]) -> Vec<u8> {
    let (mut bytes, mut last) = (Vec::new(), 0);
    for field in fields {
        let held = if field.id == 2 { schema } else { field.held };
        write_field(&mut bytes, last, &Field { held, ..*field });
        last = field.id;
    }
    bytes.push(0);
    bytes
}

/// A column whose values are not to be had.
struct Elsewhere {
    at: usize,
    why: Why,
}

enum Why {
    Encrypted,
    Apart,
}

fn elsewhere(groups: &Field<'_>) -> Result<Option<Elsewhere>, Damaged> {
    for group in groups.structs()? {
        let group = group?;
        let columns = group.iter().find(|field| field.id == 1).ok_or(Damaged)?;
        for (at, column) in columns.structs()?.enumerate() {
            let column = column?;
            if column.iter().any(|field| field.id == 8 || field.id == 9) {
                return Ok(Some(Elsewhere { at, why: Why::Encrypted }));
            }
            // A name of another file; an empty one is this.
            if column.iter().any(|field| field.id == 1 && field.held != [0]) {
                return Ok(Some(Elsewhere { at, why: Why::Apart }));
            }
        }
    }
    Ok(None)
}

/// The rows of the groups are those of the table, and no more than it can mean.
fn count(metadata: &ParquetMetaData, limits: &Limits) -> Result<(), String> {
    let columns = metadata.file_metadata().schema_descr().num_columns();
    let mut rows = 0_u64;
    for (at, group) in metadata.row_groups().iter().enumerate() {
        let more = u64::try_from(group.num_rows()).map_err(|_| DAMAGED)?;
        if group.num_columns() != columns {
            return Err(DAMAGED.to_string());
        }
        if more > GROUP {
            return Err(format!(
                "row group {} has {} rows, more than the {} that this program reads; write the table again with smaller row groups",
                at + 1,
                shown(more),
                shown(GROUP)
            ));
        }
        rows += more;
    }
    let said = metadata.file_metadata().num_rows();
    if u64::try_from(said) != Ok(rows) {
        return Err(format!(
            "the row groups have {} rows and the table says another number; {DAMAGED}",
            shown(rows)
        ));
    }
    match rows.checked_mul(columns as u64) {
        Some(cells) if cells <= limits.cells => Ok(()),
        _ => Err(format!(
            "the table says that it has {} rows of {} column{}, more than a file of its size can mean; write it again from its source",
            shown(rows),
            shown(columns as u64),
            if columns == 1 { "" } else { "s" }
        )),
    }
}
