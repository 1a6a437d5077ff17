//! Parquet tables: the same values, schema and metadata, without the rows that may not leave.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use optout::extract::{Column, Extract, ExtractError, Known, ParquetTable, People, TableSummary};
use optout::record::list::OptOut;
use optout::record::{List, Lists, Members};
use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{
    ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type, Int96Type,
};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::setting::{any_share, digits, extract, known, number, research};

const SCHEMA: &str = "message episodes {
    optional binary nhs (string);
    required int64 episode;
    optional int32 admitted (date);
    optional group codes (list) { repeated group list { optional binary element (string); } }
    required int64 as_integer;
    optional double as_double;
    optional int96 stamp;
}";

/// Two groups of rows: a number that may leave, one that opted out, one unknown, none, and so on.
fn table(rows: usize) -> Bytes {
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let properties = WriterProperties::builder()
        .set_key_value_metadata(Some(vec![KeyValue::new("pandas".into(), "{}".to_owned())]))
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).unwrap()))
        .build();
    let mut bytes = Vec::new();
    let mut file = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties)).unwrap();
    for half in [0..rows / 2, rows / 2..rows] {
        let numbers: Vec<_> =
            half.clone().map(|row| number(400_000_000 + u32::try_from(row).unwrap() * 7)).collect();
        let whole: Vec<i64> = numbers.iter().map(|n| digits(*n).parse().unwrap()).collect();
        let mut group = file.next_row_group().unwrap();
        let texts: Vec<ByteArray> = numbers.iter().map(|n| digits(*n).as_str().into()).collect();
        let mut column = group.next_column().unwrap().unwrap();
        let defined: Vec<i16> = half.clone().map(|row| i16::from(row % 10 != 9)).collect();
        let present: Vec<_> =
            texts.iter().zip(&defined).filter(|(_, d)| **d == 1).map(|(t, _)| t.clone()).collect();
        column.typed::<ByteArrayType>().write_batch(&present, Some(&defined), None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let episodes: Vec<i64> = half.clone().map(|row| i64::try_from(row).unwrap()).collect();
        column.typed::<Int64Type>().write_batch(&episodes, None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let days: Vec<i32> = half.clone().map(|row| i32::try_from(row).unwrap()).collect();
        let all = vec![1; days.len()];
        column.typed::<Int32Type>().write_batch(&days, Some(&all), None).unwrap();
        column.close().unwrap();
        // A list of none, one or two codes, one of them null.
        let mut column = group.next_column().unwrap().unwrap();
        let (mut codes, mut defined, mut repeated) = (Vec::new(), Vec::new(), Vec::new());
        for row in half.clone() {
            match row % 3 {
                0 => (defined.push(1), repeated.push(0)),
                1 => (defined.push(3), repeated.push(0)),
                _ => (defined.extend([3, 2]), repeated.extend([0, 1])),
            };
            if row % 3 != 0 {
                codes.push(ByteArray::from(format!("I{row}").as_str()));
            }
        }
        let typed = column.typed::<ByteArrayType>();
        typed.write_batch(&codes, Some(&defined), Some(&repeated)).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int64Type>().write_batch(&whole, None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        #[expect(clippy::cast_precision_loss, reason = "ten digits are exact")]
        let doubles: Vec<f64> = whole.iter().map(|n| *n as f64).collect();
        column.typed::<DoubleType>().write_batch(&doubles, Some(&all), None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let stamps: Vec<_> = days.iter().map(|day| vec![1, 2, day.unsigned_abs()].into()).collect();
        column.typed::<Int96Type>().write_batch(&stamps, Some(&all), None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
    }
    file.close().unwrap();
    bytes.into()
}

pub(super) fn run(read: Bytes, column: Column) -> Result<(Bytes, TableSummary), ExtractError> {
    let mut written = Vec::new();
    let table = ParquetTable::new("episodes", read, &mut written).person(column);
    let summary = extract(&research()).run_parquet(table)?;
    Ok((written.into(), summary))
}

pub(super) fn rows(file: &Bytes) -> Vec<String> {
    let file = SerializedFileReader::new(file.clone()).unwrap();
    file.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect()
}

#[test]
fn kept_rows_have_the_same_values_in_the_same_schema() {
    let read = table(1000);
    let all = rows(&read);
    for (name, nulls) in [("nhs", true), ("as_integer", false), ("as_double", false)] {
        let (written, summary) = run(read.clone(), Column::Named(name.into())).unwrap();
        let may_leave = |row: usize| {
            let patient = known(number(400_000_000 + u32::try_from(row).unwrap() * 7));
            research().decide(patient).is_allowed() && !(nulls && row % 10 == 9)
        };
        let expected: Vec<_> =
            (0..1000).filter(|row| may_leave(*row)).map(|row| &all[row]).collect();
        assert!(expected.len() > 200, "the test would show nothing");
        assert_eq!(rows(&written).iter().collect::<Vec<_>>(), expected, "{name}");
        assert_eq!(summary.counts.kept(), expected.len() as u64);
        assert_eq!(summary.counts.rows(), 1000);
        assert_eq!(summary.read.bytes, read.len() as u64);
        assert_eq!(summary.written.bytes, written.len() as u64);
        let before = SerializedFileReader::new(read.clone()).unwrap();
        let after = SerializedFileReader::new(written).unwrap();
        let [before, after] = [&before, &after].map(FileReader::metadata);
        let [old, new] =
            [before, after].map(parquet::file::metadata::ParquetMetaData::file_metadata);
        assert_eq!(old.schema_descr().root_schema(), new.schema_descr().root_schema());
        assert_eq!(old.key_value_metadata(), new.key_value_metadata());
        assert_eq!(
            before.row_group(0).column(0).compression(),
            after.row_group(0).column(0).compression()
        );
        assert_eq!(after.num_row_groups(), 2);
    }
}

#[test]
fn what_cannot_name_people_is_refused() {
    let read = table(10);
    for (column, what) in [
        (Column::Named("nobody".into()), "there is no column `nobody`"),
        (Column::Place(0), "there is no column 0"),
        (Column::Place(9), "there is no column 9"),
        (Column::Named("codes.list.element".into()), "holds lists"),
        (Column::Named("stamp".into()), "cannot name people"),
    ] {
        let error = run(read.clone(), column).unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    }
}

/// A file of one column with these values.
fn column_of<T: DataType>(leaf: &str, values: &[T::T]) -> Bytes {
    let schema = format!("message m {{ required {leaf}; }}");
    let schema = Arc::new(parse_message_type(&schema).unwrap());
    let mut bytes = Vec::new();
    let mut file =
        SerializedFileWriter::new(&mut bytes, schema, Arc::new(WriterProperties::new())).unwrap();
    let mut group = file.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<T>().write_batch(values, None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    file.close().unwrap();
    bytes.into()
}

/// What is kept of a column by a list of keys.
pub(super) fn kept(read: Bytes, dissenter: &str) -> Result<Bytes, ExtractError> {
    let mut members = Members::of_pseudonyms();
    members.add(dissenter.as_bytes()).unwrap();
    let list = List::of_dissenters(OptOut::National, members).unwrap();
    let lists = Lists::new(vec![list]).unwrap();
    let known = Known::new().lists(&lists);
    let mut written = Vec::new();
    let table = ParquetTable::new("keys", read, &mut written).person(Column::Place(1));
    any_share(Extract::new(&research(), People::ByKey(&known))).run_parquet(table)?;
    Ok(written.into())
}

#[test]
fn a_key_that_is_a_whole_number_is_written_plainly() {
    let kept_of = |read, key: &str| rows(&kept(read, key).unwrap());
    let one = |key: &str| vec![format!("{{k: {key}}}")];
    assert_eq!(kept_of(column_of::<Int64Type>("int64 k", &[42, 7]), "42"), one("7"));
    assert_eq!(kept_of(column_of::<Int32Type>("int32 k", &[42, -7]), "42"), one("-7"));
    let unsigned = column_of::<Int32Type>("int32 k (integer(32,false))", &[-1, 7]);
    assert_eq!(kept_of(unsigned, "4294967295"), one("7"));
    let unsigned = column_of::<Int64Type>("int64 k (uint_64)", &[-1, 7]);
    assert_eq!(kept_of(unsigned, "18446744073709551615"), one("7"));
    let whole = column_of::<Int64Type>("int64 k (decimal(10,0))", &[42]);
    assert!(kept_of(whole, "42").is_empty());
}

#[test]
fn a_key_that_is_padded_with_nothing_is_withheld() {
    let keys = ["ab", "cd\0"].map(|key| ByteArray::from(key.as_bytes().to_vec()));
    let kept = kept(column_of::<ByteArrayType>("binary k", &keys), "cd").unwrap();
    assert_eq!(rows(&kept).len(), 1);
}

#[test]
fn a_type_that_is_no_key_is_refused() {
    for read in [
        column_of::<DoubleType>("double k", &[42.0]),
        column_of::<Int64Type>("int64 k (decimal(10,2))", &[4200]),
        column_of::<Int32Type>("int32 k (date)", &[42]),
        column_of::<Int64Type>("int64 k (timestamp(MILLIS,true))", &[42]),
        column_of::<ByteArrayType>("binary k (decimal(10,2))", &[ByteArray::from(vec![42])]),
        column_of::<ByteArrayType>("binary k (json)", &[ByteArray::from(vec![42])]),
    ] {
        let error = kept(read, "42").unwrap_err().to_string();
        assert!(error.contains("cannot name people"), "{error}");
    }
    // Nor is it an NHS number.
    let scaled = column_of::<Int64Type>("int64 k (decimal(12,2))", &[943_476_591_900]);
    let error = run(scaled, Column::Place(1)).unwrap_err().to_string();
    assert!(error.contains("cannot name people"), "{error}");
}

/// A file of two columns of one name, the second of which would be passed over.
#[test]
fn a_name_that_two_columns_have_is_refused() {
    let schema = "message m { required int64 k; required int64 k; }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut bytes = Vec::new();
    let mut file =
        SerializedFileWriter::new(&mut bytes, schema, Arc::new(WriterProperties::new())).unwrap();
    let mut group = file.next_row_group().unwrap();
    while let Some(mut column) = group.next_column().unwrap() {
        column.typed::<Int64Type>().write_batch(&[1], None, None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    file.close().unwrap();
    let error = run(bytes.into(), Column::Named("k".into())).unwrap_err().to_string();
    assert!(error.contains("two columns are called `k`"), "{error}");
}

/// Reads as one file until the whole was read, and as another after it.
struct Changing {
    before: Bytes,
    after: Bytes,
    whole: AtomicBool,
}

impl Changing {
    fn now(&self) -> &Bytes {
        if self.whole.load(Ordering::Relaxed) { &self.after } else { &self.before }
    }
}

impl Length for Changing {
    fn len(&self) -> u64 {
        self.now().len() as u64
    }
}

impl ChunkReader for Changing {
    type T = <Bytes as ChunkReader>::T;

    fn get_read(&self, start: u64) -> parquet::errors::Result<Self::T> {
        self.now().get_read(start)
    }

    fn get_bytes(&self, start: u64, length: usize) -> parquet::errors::Result<Bytes> {
        let read = self.now().get_bytes(start, length);
        self.whole.fetch_or(start + length as u64 == self.len(), Ordering::Relaxed);
        read
    }
}

#[test]
fn a_file_that_changes_while_it_is_read_stops_the_run() {
    for (after, changes) in [(table(200), false), (table(300), true)] {
        let read = Changing { before: table(200), after, whole: AtomicBool::new(false) };
        let table = ParquetTable::new("episodes", read, std::io::sink()).person(Column::Place(1));
        match extract(&research()).run_parquet(table) {
            Ok(_) => assert!(!changes),
            Err(error) => {
                assert!(changes && error.to_string().contains("the file changed"), "{error}");
            }
        }
    }
}

#[test]
fn a_broken_file_stops_the_run() {
    let whole = table(200);
    for end in (0..whole.len()).step_by(61) {
        assert!(run(whole.slice(..end), Column::Place(1)).is_err(), "cut at {end}");
    }
    // A flipped byte may change a value, and must never make a panic.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    for at in (0..whole.len()).step_by(13) {
        let mut bytes = whole.to_vec();
        bytes[at] ^= 0x55;
        let _ = run(bytes.into(), Column::Place(1));
    }
    std::panic::set_hook(hook);
}

#[test]
fn a_column_that_names_nobody_stops_a_run() {
    let stopped = |column: &str| {
        let mut written = Vec::new();
        let episodes = ParquetTable::new("episodes", table(1000), &mut written)
            .person(Column::Named(column.into()));
        Extract::new(&research(), People::ByNumber(&known)).run_parquet(episodes)
    };
    assert_eq!(stopped("nhs").unwrap().counts.without_identifier(), 100);
    let error = stopped("episode").unwrap_err();
    assert!(matches!(error, ExtractError::TooManyInvalid { rows: 1000, .. }), "{error}");
}
