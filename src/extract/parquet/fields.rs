//! What the rows hold in a column that names people, as text.

use std::boxed::Box;
use std::format;
use std::io::Write;
use std::string::String;
use std::vec::Vec;

use parquet::basic::{ConvertedType, DecimalType, IntType, LogicalType, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::file::reader::ChunkReader;
use parquet::schema::types::ColumnDescriptor;

use super::batch::Batches;
use super::pages::Pages;

/// Bytes of a field, at most. No number and no key is longer; a field that is, is neither.
const FIELD: usize = 4096;
/// A field that is there, and can be nobody's.
const NOBODY: &[u8] = b"\0";

/// Some rows of a column, empty for null, one behind the other.
#[derive(Debug, Default)]
pub(in crate::extract) struct Fields {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Fields {
    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    pub(in crate::extract) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let field = self.bytes.get(start..*end).unwrap_or(NOBODY);
            start = *end;
            field
        })
    }

    /// Ends the field that was written.
    fn end(&mut self) {
        self.ends.push(self.bytes.len());
    }

    fn text(&mut self, field: &[u8]) {
        self.bytes.extend_from_slice(if field.len() > FIELD { NOBODY } else { field });
    }

    /// A whole number: as it is, or with the zeros that a number of ten digits has lost.
    fn whole(&mut self, number: i128, width: usize) {
        if let (Ok(mut rest), 10) = (u64::try_from(number), width)
            && rest < 10_000_000_000
        {
            let mut digits = [b'0'; 10];
            for digit in digits.iter_mut().rev() {
                *digit += u8::try_from(rest % 10).unwrap_or(0);
                rest /= 10;
            }
            self.bytes.extend_from_slice(&digits);
        } else {
            // Writing to memory does not fail.
            let _ = write!(self.bytes, "{number:0width$}");
        }
    }

    /// A whole number in bytes, the highest first, the first bit its sign.
    fn long(&mut self, bytes: &[u8], width: usize) {
        let Some(first) = bytes.first() else { return self.text(NOBODY) };
        let sign = if first & 0x80 == 0 { 0 } else { 0xff };
        let more = bytes.len().saturating_sub(size_of::<i128>());
        let (front, last) = bytes.split_at(more);
        let kept = last.first().is_some_and(|last| last & 0x80 == sign & 0x80);
        if front.iter().any(|byte| *byte != sign) || !kept {
            // It has more digits than any key that is known.
            return self.text(NOBODY);
        }
        let start = if sign == 0 { 0 } else { -1 };
        self.whole(last.iter().fold(start, |number, byte| number << 8 | i128::from(*byte)), width);
    }

    fn floating(&mut self, number: f64, width: usize) {
        if number.is_nan() {
            return;
        }
        let _ = write!(self.bytes, "{number:0width$}");
    }
}

/// Reads the next rows of one column.
pub(super) type Source<'a> = Box<dyn FnMut(usize, &mut Fields) -> Result<(), String> + 'a>;

/// A column that names people. An NHS number that was read as a number has lost its leading zeros, and
/// has ten digits; a key is as it is.
pub(super) fn source<'a, R: ChunkReader + 'a>(
    column: ColumnReader,
    pages: Pages<R>,
    leaf: &ColumnDescriptor,
    by_number: bool,
) -> Result<Source<'a>, String> {
    let width = if by_number { 10 } else { 0 };
    Ok(match (column, kind(leaf, by_number)?) {
        (ColumnReader::ByteArrayColumnReader(column), Kind::Text) => {
            texts(column, pages, leaf, move |v, into| into.text(v.data()))
        }
        (ColumnReader::FixedLenByteArrayColumnReader(column), Kind::Text) => {
            texts(column, pages, leaf, move |v, into| into.text(v.data()))
        }
        (ColumnReader::ByteArrayColumnReader(column), Kind::Signed) => {
            texts(column, pages, leaf, move |v, into| into.long(v.data(), width))
        }
        (ColumnReader::FixedLenByteArrayColumnReader(column), Kind::Signed) => {
            texts(column, pages, leaf, move |v, into| into.long(v.data(), width))
        }
        (ColumnReader::Int64ColumnReader(column), Kind::Signed) => {
            texts(column, pages, leaf, move |v, into| into.whole((*v).into(), width))
        }
        (ColumnReader::Int32ColumnReader(column), Kind::Signed) => {
            texts(column, pages, leaf, move |v, into| into.whole((*v).into(), width))
        }
        (ColumnReader::Int64ColumnReader(column), Kind::Unsigned) => {
            texts(column, pages, leaf, move |v, into| into.whole(v.cast_unsigned().into(), width))
        }
        (ColumnReader::Int32ColumnReader(column), Kind::Unsigned) => {
            texts(column, pages, leaf, move |v, into| into.whole(v.cast_unsigned().into(), width))
        }
        (ColumnReader::DoubleColumnReader(column), Kind::Float) => {
            texts(column, pages, leaf, move |v, into| into.floating(*v, width))
        }
        _ => return Err(cannot_name(leaf)),
    })
}

fn texts<'a, T: DataType, R: ChunkReader + 'a>(
    column: ColumnReaderImpl<T>,
    pages: Pages<R>,
    leaf: &ColumnDescriptor,
    write: impl Fn(&T::T, &mut Fields) + 'a,
) -> Source<'a>
where
    T::T: 'a,
{
    let most = leaf.max_def_level();
    let mut batches = Batches::new(column, pages);
    Box::new(move |rows, into| {
        into.clear();
        while into.ends.len() < rows {
            batches.clear();
            if batches.read(rows - into.ends.len())? == 0 {
                return Err(batches.damaged());
            }
            let mut values = batches.values.iter();
            if most == 0 {
                for value in values {
                    write(value, into);
                    into.end();
                }
                continue;
            }
            for level in &batches.defined {
                if *level == most {
                    let Some(value) = values.next() else { return Err(batches.damaged()) };
                    write(value, into);
                }
                into.end();
            }
        }
        Ok(())
    })
}

/// How the values of a column are to be taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Signed,
    Unsigned,
    Float,
}

/// Says what is wrong with a column of a type that cannot name people.
pub(super) fn check(leaf: &ColumnDescriptor, by_number: bool) -> Result<(), String> {
    kind(leaf, by_number).map(|_| ())
}

/// By the logical type of the column, or the older note in its place.
fn kind(leaf: &ColumnDescriptor, by_number: bool) -> Result<Kind, String> {
    let refused = || Err(cannot_name(leaf));
    let (plain, bytes) = match leaf.physical_type() {
        Type::INT32 | Type::INT64 => (Kind::Signed, false),
        // A column with gaps was read as floating-point numbers by some tools. Of a key nobody knows
        // how they wrote it.
        Type::DOUBLE if by_number => (Kind::Float, false),
        Type::BYTE_ARRAY | Type::FIXED_LEN_BYTE_ARRAY => (Kind::Text, true),
        Type::DOUBLE | Type::BOOLEAN | Type::INT96 | Type::FLOAT => return refused(),
    };
    let decimal = matches!(leaf.converted_type(), ConvertedType::DECIMAL)
        || matches!(leaf.logical_type_ref(), Some(LogicalType::Decimal(_)));
    let logical = match leaf.logical_type_ref() {
        None => None,
        Some(
            LogicalType::Integer(IntType { is_signed: true, .. })
            | LogicalType::Decimal(DecimalType { scale: 0, .. }),
        ) => Some(Kind::Signed),
        Some(LogicalType::Integer(IntType { is_signed: false, .. })) => Some(Kind::Unsigned),
        Some(LogicalType::String | LogicalType::Enum) => Some(Kind::Text),
        Some(_) => return refused(),
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
        | ConvertedType::INTERVAL => return refused(),
    };
    let kind = logical.or(noted).unwrap_or(plain);
    // A whole number in bytes is one only where the type says so.
    let fits = if bytes { kind == Kind::Text || decimal } else { kind != Kind::Text };
    if fits { Ok(kind) } else { refused() }
}

fn cannot_name(leaf: &ColumnDescriptor) -> String {
    let physical = leaf.physical_type();
    let of = match (leaf.logical_type_ref(), leaf.converted_type()) {
        (Some(LogicalType::Decimal(of)), _) => {
            format!("decimal({}, {}) in {physical}", of.precision, of.scale)
        }
        (Some(logical), _) => {
            let said = format!("{logical:?}");
            let name = said.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            format!("{} in {physical}", name.to_lowercase())
        }
        (None, ConvertedType::NONE) => format!("{physical}"),
        (None, noted) => format!("{noted} in {physical}"),
    };
    format!(
        "column `{}` of type {of} cannot name people; write it as text, or as a whole number",
        leaf.path().string()
    )
}
