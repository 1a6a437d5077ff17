//! One column of a row group.

use std::format;
use std::io::Write;
use std::string::ToString;
use std::vec::Vec;

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{
    BoolType, ByteArrayType, DataType, DoubleType, FixedLenByteArrayType, FloatType, Int32Type,
    Int64Type, Int96Type,
};
use parquet::errors::{ParquetError, Result};
use parquet::file::writer::SerializedRowGroupWriter;
use parquet::schema::types::ColumnDescriptor;

/// Records read at a time.
const BATCH: usize = 8192;

/// What each row holds in a column that names people, as text; empty for null.
pub(super) fn fields(column: ColumnReader, most: i16) -> Result<Vec<Vec<u8>>> {
    match column {
        ColumnReader::ByteArrayColumnReader(column) => texts(column, most, |v| v.data().to_vec()),
        ColumnReader::FixedLenByteArrayColumnReader(column) => {
            texts(column, most, |v| v.data().to_vec())
        }
        // A number that was read as an integer has lost its leading zeros; it has ten digits.
        ColumnReader::Int64ColumnReader(column) => {
            texts(column, most, |v| format!("{v:010}").into())
        }
        ColumnReader::Int32ColumnReader(column) => {
            texts(column, most, |v| format!("{v:010}").into())
        }
        // And one in a column with gaps was read as a floating-point number by some tools.
        ColumnReader::DoubleColumnReader(column) => texts(column, most, |v| match v {
            v if v.is_nan() => Vec::new(),
            v => format!("{v:010}").into(),
        }),
        ColumnReader::BoolColumnReader(_)
        | ColumnReader::Int96ColumnReader(_)
        | ColumnReader::FloatColumnReader(_) => {
            Err(ParquetError::General("a column of this type cannot name people".to_string()))
        }
    }
}

fn texts<T: DataType>(
    mut column: ColumnReaderImpl<T>,
    most: i16,
    text: impl Fn(&T::T) -> Vec<u8>,
) -> Result<Vec<Vec<u8>>> {
    let (mut fields, mut values, mut defined) = (Vec::new(), Vec::new(), Vec::new());
    loop {
        values.clear();
        defined.clear();
        let levels = (most > 0).then_some(&mut defined);
        let (records, present, _) = column.read_records(BATCH, levels, None, &mut values)?;
        if records == 0 {
            return Ok(fields);
        }
        let mut present = values.iter().take(present);
        if most == 0 {
            fields.extend(present.map(&text));
        } else {
            for level in &defined {
                let field = if *level == most { present.next().map(&text) } else { None };
                fields.push(field.unwrap_or_default());
            }
        }
    }
}

/// Copies the values of the rows that are kept.
pub(super) fn copy<W: Write + Send>(
    from: ColumnReader,
    descriptor: &ColumnDescriptor,
    keep: &[bool],
    into: &mut SerializedRowGroupWriter<'_, W>,
) -> Result<()> {
    match from {
        ColumnReader::BoolColumnReader(from) => typed::<BoolType, W>(from, descriptor, keep, into),
        ColumnReader::Int32ColumnReader(from) => {
            typed::<Int32Type, W>(from, descriptor, keep, into)
        }
        ColumnReader::Int64ColumnReader(from) => {
            typed::<Int64Type, W>(from, descriptor, keep, into)
        }
        ColumnReader::Int96ColumnReader(from) => {
            typed::<Int96Type, W>(from, descriptor, keep, into)
        }
        ColumnReader::FloatColumnReader(from) => {
            typed::<FloatType, W>(from, descriptor, keep, into)
        }
        ColumnReader::DoubleColumnReader(from) => {
            typed::<DoubleType, W>(from, descriptor, keep, into)
        }
        ColumnReader::ByteArrayColumnReader(from) => {
            typed::<ByteArrayType, W>(from, descriptor, keep, into)
        }
        ColumnReader::FixedLenByteArrayColumnReader(from) => {
            typed::<FixedLenByteArrayType, W>(from, descriptor, keep, into)
        }
    }
}

fn typed<T: DataType, W: Write + Send>(
    mut from: ColumnReaderImpl<T>,
    descriptor: &ColumnDescriptor,
    keep: &[bool],
    into: &mut SerializedRowGroupWriter<'_, W>,
) -> Result<()> {
    let (most, nested) = (descriptor.max_def_level(), descriptor.max_rep_level() > 0);
    let mut column = into
        .next_column()?
        .ok_or_else(|| ParquetError::General("the schema lost a column".to_string()))?;
    let mut batch =
        Batch::<T> { values: Vec::with_capacity(BATCH), defined: Vec::new(), repeated: Vec::new() };
    let mut keep = keep.iter().copied();
    loop {
        batch.values.clear();
        batch.defined.clear();
        batch.repeated.clear();
        let (records, present, _) = from.read_records(
            BATCH,
            (most > 0).then_some(&mut batch.defined),
            nested.then_some(&mut batch.repeated),
            &mut batch.values,
        )?;
        if records == 0 {
            break;
        }
        batch.values.truncate(present);
        batch.retain(&mut keep, most);
        column.typed::<T>().write_batch(
            &batch.values,
            (most > 0).then_some(batch.defined.as_slice()),
            nested.then_some(batch.repeated.as_slice()),
        )?;
    }
    column.close()
}

/// Values with their levels: a value stands only where the level says that it is defined, and a
/// repetition of 0 begins a row.
struct Batch<T: DataType> {
    values: Vec<T::T>,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

impl<T: DataType> Batch<T> {
    fn retain(&mut self, keep: &mut impl Iterator<Item = bool>, most: i16) {
        if most == 0 {
            // One value for each row, and no levels.
            self.values.retain(|_| keep.next().unwrap_or(false));
            return;
        }
        let mut kept = false;
        let (mut levels, mut values) = (Vec::new(), Vec::new());
        for (i, level) in self.defined.iter().enumerate() {
            if self.repeated.get(i).copied().unwrap_or(0) == 0 {
                kept = keep.next().unwrap_or(false);
            }
            levels.push(kept);
            if *level == most {
                values.push(kept);
            }
        }
        retain(&mut self.values, &values);
        retain(&mut self.defined, &levels);
        retain(&mut self.repeated, &levels);
    }
}

fn retain<V>(of: &mut Vec<V>, keep: &[bool]) {
    let mut keep = keep.iter().copied();
    of.retain(|_| keep.next().unwrap_or(false));
}
