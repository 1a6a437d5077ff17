//! One column of a row group.

use core::cmp::Reverse;
use std::boxed::Box;
use std::panic::resume_unwind;
use std::string::ToString;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::vec::Vec;
use std::{format, thread};

use bytes::Bytes;
use parquet::basic::{ConvertedType, DecimalType, IntType, LogicalType, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::column::writer::{
    ColumnCloseResult, ColumnWriter, get_column_writer, get_typed_column_writer_mut,
};
use parquet::data_type::{
    BoolType, ByteArrayType, DataType, DoubleType, FixedLenByteArrayType, FloatType, Int32Type,
    Int64Type, Int96Type,
};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterPropertiesPtr;
use parquet::file::reader::RowGroupReader;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::{ColumnDescPtr, ColumnDescriptor, SchemaDescriptor};

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

/// A column of the rows that are kept, as it stands in a file.
pub(super) struct Encoded {
    pub(super) bytes: Bytes,
    pub(super) close: ColumnCloseResult,
}

/// Copies the values of the rows that are kept, column by column. The threads take the columns in
/// turn, the largest first; all are held until the last is done. The first thread does something else
/// before.
pub(super) fn encode<T>(
    group: &dyn RowGroupReader,
    schema: &SchemaDescriptor,
    properties: &WriterPropertiesPtr,
    keep: &[bool],
    threads: usize,
    before: impl FnOnce() -> Result<T>,
) -> Result<(Vec<Encoded>, T)> {
    let next = AtomicUsize::new(0);
    let threads = threads.min(schema.num_columns());
    let mut order: Vec<_> = (0..schema.num_columns()).collect();
    order.sort_by_key(|leaf| Reverse(group.metadata().column(*leaf).compressed_size()));
    let work = || -> Result<Vec<(usize, Encoded)>> {
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(leaf) = order.get(place).copied() else { return Ok(done) };
            let Some(descriptor) = schema.columns().get(leaf) else { return Ok(done) };
            let from = group.get_column_reader(leaf)?;
            done.push((leaf, copy(from, descriptor, properties, keep)?));
        }
    };
    let (mut columns, before) = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let before = before()?;
        let mut columns = work()?;
        for other in others {
            // A panic goes on here, where what it broke is dropped.
            columns.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic))?);
        }
        Ok::<_, ParquetError>((columns, before))
    })?;
    columns.sort_unstable_by_key(|(leaf, _)| *leaf);
    Ok((columns.into_iter().map(|(_, column)| column).collect(), before))
}

fn copy(
    from: ColumnReader,
    descriptor: &ColumnDescPtr,
    properties: &WriterPropertiesPtr,
    keep: &[bool],
) -> Result<Encoded> {
    let mut bytes = TrackedWrite::new(Vec::new());
    let pages = Box::new(SerializedPageWriter::new(&mut bytes));
    let mut into = get_column_writer(Arc::clone(descriptor), Arc::clone(properties), pages);
    match from {
        ColumnReader::BoolColumnReader(from) => {
            typed::<BoolType>(from, descriptor, keep, &mut into)
        }
        ColumnReader::Int32ColumnReader(from) => {
            typed::<Int32Type>(from, descriptor, keep, &mut into)
        }
        ColumnReader::Int64ColumnReader(from) => {
            typed::<Int64Type>(from, descriptor, keep, &mut into)
        }
        ColumnReader::Int96ColumnReader(from) => {
            typed::<Int96Type>(from, descriptor, keep, &mut into)
        }
        ColumnReader::FloatColumnReader(from) => {
            typed::<FloatType>(from, descriptor, keep, &mut into)
        }
        ColumnReader::DoubleColumnReader(from) => {
            typed::<DoubleType>(from, descriptor, keep, &mut into)
        }
        ColumnReader::ByteArrayColumnReader(from) => {
            typed::<ByteArrayType>(from, descriptor, keep, &mut into)
        }
        ColumnReader::FixedLenByteArrayColumnReader(from) => {
            typed::<FixedLenByteArrayType>(from, descriptor, keep, &mut into)
        }
    }?;
    let close = into.close()?;
    Ok(Encoded { bytes: bytes.into_inner()?.into(), close })
}

fn typed<T: DataType>(
    mut from: ColumnReaderImpl<T>,
    descriptor: &ColumnDescriptor,
    keep: &[bool],
    into: &mut ColumnWriter<'_>,
) -> Result<()> {
    let (most, nested) = (descriptor.max_def_level(), descriptor.max_rep_level() > 0);
    let into = get_typed_column_writer_mut::<T>(into);
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
            return Ok(());
        }
        batch.values.truncate(present);
        batch.retain(&mut keep, most);
        into.write_batch(
            &batch.values,
            (most > 0).then_some(batch.defined.as_slice()),
            nested.then_some(batch.repeated.as_slice()),
        )?;
    }
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
