//! One column of a row group.

use std::format;
use std::io::Write;
use std::string::ToString;
use std::vec::Vec;

use parquet::basic::{ConvertedType, DecimalType, IntType, LogicalType, Type};
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

/// What each row holds in a column that names people, as text; empty for null. An NHS number that was
/// read as a number has lost its leading zeros, and has ten digits; a key is as it is.
pub(super) fn fields(
    column: ColumnReader,
    leaf: &ColumnDescriptor,
    by_number: bool,
) -> Result<Vec<Vec<u8>>> {
    let most = leaf.max_def_level();
    let whole = |number: i64| {
        let text = if by_number { format!("{number:010}") } else { number.to_string() };
        text.into_bytes()
    };
    match (column, kind(leaf)?) {
        (ColumnReader::ByteArrayColumnReader(column), Kind::Text) => {
            texts(column, most, |v| v.data().to_vec())
        }
        (ColumnReader::FixedLenByteArrayColumnReader(column), Kind::Text) => {
            texts(column, most, |v| v.data().to_vec())
        }
        (ColumnReader::Int64ColumnReader(column), Kind::Signed) => {
            texts(column, most, |v| whole(*v))
        }
        (ColumnReader::Int32ColumnReader(column), Kind::Signed) => {
            texts(column, most, |v| whole((*v).into()))
        }
        (ColumnReader::Int64ColumnReader(column), Kind::Unsigned) => {
            // Past the greatest signed number it is none of ten digits, and a key as any other.
            texts(column, most, |v| match u64::try_from(*v) {
                Ok(_) => whole(*v),
                Err(_) => v.cast_unsigned().to_string().into_bytes(),
            })
        }
        (ColumnReader::Int32ColumnReader(column), Kind::Unsigned) => {
            texts(column, most, |v| whole(v.cast_unsigned().into()))
        }
        // A column with gaps was read as floating-point numbers by some tools. Of a key nobody knows
        // how they wrote it.
        (ColumnReader::DoubleColumnReader(column), Kind::Float) if by_number => {
            texts(column, most, |v| match v {
                v if v.is_nan() => Vec::new(),
                v => format!("{v:010}").into(),
            })
        }
        _ => Err(cannot_name()),
    }
}

fn cannot_name() -> ParquetError {
    ParquetError::General("a column of this type cannot name people; write it as text".to_string())
}

/// How the values of a column are to be taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Signed,
    Unsigned,
    Float,
}

/// By the logical type of the column, or the older note in its place.
fn kind(leaf: &ColumnDescriptor) -> Result<Kind> {
    let plain = match leaf.physical_type() {
        Type::INT32 | Type::INT64 => Kind::Signed,
        Type::DOUBLE => Kind::Float,
        Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY => Kind::Text,
        Type::BOOLEAN | Type::INT96 | Type::FLOAT => return Err(cannot_name()),
    };
    let logical = match leaf.logical_type_ref() {
        None => None,
        Some(
            LogicalType::Integer(IntType { is_signed: true, .. })
            | LogicalType::Decimal(DecimalType { scale: 0, .. }),
        ) => Some(Kind::Signed),
        Some(LogicalType::Integer(IntType { is_signed: false, .. })) => Some(Kind::Unsigned),
        Some(LogicalType::String | LogicalType::Enum) => Some(Kind::Text),
        Some(_) => return Err(cannot_name()),
    };
    let noted = match leaf.converted_type() {
        ConvertedType::NONE => None,
        ConvertedType::UTF8 | ConvertedType::ENUM => Some(Kind::Text),
        ConvertedType::INT_8
        | ConvertedType::INT_16
        | ConvertedType::INT_32
        | ConvertedType::INT_64 => Some(Kind::Signed),
        ConvertedType::UINT_8
        | ConvertedType::UINT_16
        | ConvertedType::UINT_32
        | ConvertedType::UINT_64 => Some(Kind::Unsigned),
        ConvertedType::DECIMAL if leaf.type_scale() <= 0 => Some(Kind::Signed),
        ConvertedType::MAP
        | ConvertedType::MAP_KEY_VALUE
        | ConvertedType::LIST
        | ConvertedType::DECIMAL
        | ConvertedType::DATE
        | ConvertedType::TIME_MILLIS
        | ConvertedType::TIME_MICROS
        | ConvertedType::TIMESTAMP_MILLIS
        | ConvertedType::TIMESTAMP_MICROS
        | ConvertedType::JSON
        | ConvertedType::BSON
        | ConvertedType::INTERVAL => return Err(cannot_name()),
    };
    let kind = logical.or(noted).unwrap_or(plain);
    // A whole number in the bytes of a decimal is not text.
    let fits = (kind == Kind::Text) == (plain == Kind::Text);
    if fits { Ok(kind) } else { Err(cannot_name()) }
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
