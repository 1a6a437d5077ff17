//! Columns of people and of everything else, in the types that tools write.

use std::sync::Arc;

use bytes::Bytes;
use optout::extract::Column;
use parquet::data_type::{
    ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int32Type,
    Int64Type,
};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::handmade::{BYTES, INT64, Leaf, file, leaf, numbers, repeated, texts};
use super::parquet::{kept, rows, run};
use super::setting::{digits, number};

/// Numbers whose first digit is no zero, and those that may leave.
fn people() -> (Vec<i64>, Vec<usize>) {
    let made: Vec<_> = (0..40).map(|at| number(320_000_000 + at * 7)).collect();
    let clear = (0..40).filter(|at| made[*at].first_nine() % 3 == 0).collect();
    (made.into_iter().map(|made| digits(made).parse().unwrap()).collect(), clear)
}

/// A file of numbers, and of their places.
fn file_of<T: DataType>(leaf: &str, values: &[T::T]) -> Bytes {
    let schema = format!("message m {{ required {leaf}; required int64 at; }}");
    let schema = Arc::new(parse_message_type(&schema).unwrap());
    let mut bytes = Vec::new();
    let properties = Arc::new(WriterProperties::new());
    let mut file = SerializedFileWriter::new(&mut bytes, schema, properties).unwrap();
    let mut group = file.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<T>().write_batch(values, None, None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let places: Vec<_> = (0..).take(values.len()).collect();
    column.typed::<Int64Type>().write_batch(&places, None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    file.close().unwrap();
    bytes.into()
}

/// The bytes of a number, the highest first.
fn long(number: i64, length: usize) -> Vec<u8> {
    let sign = if number < 0 { 0xff } else { 0 };
    let bytes: Vec<_> = std::iter::repeat_n(sign, 40).chain(number.to_be_bytes()).collect();
    bytes[bytes.len() - length..].to_vec()
}

fn fixed(number: i64, length: usize) -> FixedLenByteArray {
    ByteArray::from(long(number, length)).into()
}

fn places(file: &Bytes) -> Vec<String> {
    rows(file).iter().map(|row| row.rsplit(' ').next().unwrap().replace('}', "")).collect()
}

#[test]
fn a_whole_decimal_is_read_alike_in_every_type() {
    let (made, clear) = people();
    let expected: Vec<_> = clear.iter().map(ToString::to_string).collect();
    assert!(expected.len() > 5);
    let mut files = vec![
        file_of::<Int64Type>("int64 k", &made),
        file_of::<Int64Type>("int64 k (decimal(10,0))", &made),
    ];
    for length in [5, 6, 8, 9, 13, 16, 17, 32] {
        let most = if length == 5 { 10 } else { 12 };
        let values: Vec<_> = made.iter().map(|of| fixed(*of, length)).collect();
        let leaf = format!("fixed_len_byte_array({length}) k (decimal({most},0))");
        files.push(file_of::<FixedLenByteArrayType>(&leaf, &values));
    }
    // As few bytes as hold it, and more.
    for more in [0, 1, 12, 30] {
        let values: Vec<_> = made.iter().map(|of| long(*of, 5 + more).into()).collect();
        files.push(file_of::<ByteArrayType>("binary k (decimal(10,0))", &values));
    }
    for file in files {
        let (written, summary) = run(file, Column::Named("k".into())).unwrap();
        assert_eq!(places(&written), expected);
        assert_eq!(summary.counts.rows(), 40);
    }
}

/// What has too many digits or a sign is nobody's number; the rows are withheld, not lost.
#[test]
fn a_decimal_that_is_no_number_of_a_patient_is_withheld() {
    let (made, _) = people();
    let strange = [-made[0], 0, 1, i64::MAX, i64::MIN];
    for length in [8, 16, 24] {
        let values: Vec<_> = strange.iter().map(|of| fixed(*of, length)).collect();
        let leaf = format!("fixed_len_byte_array({length}) k (decimal(18,0))");
        let (_, summary) =
            run(file_of::<FixedLenByteArrayType>(&leaf, &values), Column::Place(1)).unwrap();
        assert_eq!((summary.counts.kept(), summary.counts.rows()), (0, 5));
    }
    let far = [vec![1; 20], vec![0x80; 17], vec![]].map(ByteArray::from);
    let file = file_of::<ByteArrayType>("binary k (decimal(38,0))", &far);
    let (_, summary) = run(file, Column::Place(1)).unwrap();
    assert_eq!((summary.counts.kept(), summary.counts.rows()), (0, 3));
    // A number of 32 bits has nine digits at most, which are none of ten; a zero was lost.
    let file = file_of::<Int32Type>("int32 k (decimal(9,0))", &[1, 2]);
    assert_eq!(run(file, Column::Place(1)).unwrap().1.counts.rows(), 2);
}

#[test]
fn a_decimal_key_is_its_digits() {
    let keys = |file: Bytes, key: &str| places(&kept_of(file, key));
    for length in [2, 8, 16, 20] {
        let values = [42, -7, 0].map(|of| fixed(of, length));
        let leaf = format!("fixed_len_byte_array({length}) k (decimal(4,0))");
        let file = file_of::<FixedLenByteArrayType>(&leaf, &values);
        assert_eq!(keys(file.clone(), "42"), ["1", "2"]);
        assert_eq!(keys(file.clone(), "-7"), ["0", "2"]);
        assert_eq!(keys(file, "0"), ["0", "1"]);
    }
}

fn kept_of(file: Bytes, key: &str) -> Bytes {
    kept(file, key).unwrap()
}

#[test]
fn a_type_that_cannot_name_people_is_said_with_its_column() {
    let values = [1, 2].map(|of| fixed(of, 16));
    for (leaf, of) in [
        ("fixed_len_byte_array(16) k (decimal(12,2))", "decimal(12, 2)"),
        ("fixed_len_byte_array(16) k (uuid)", "uuid"),
    ] {
        let error =
            run(file_of::<FixedLenByteArrayType>(leaf, &values), Column::Place(1)).unwrap_err();
        let error = error.to_string();
        assert!(error.contains("column `k` of type"), "{error}");
        assert!(error.contains(of) && error.contains("write it as text"), "{error}");
    }
    let error = run(file_of::<Int32Type>("int32 k (date)", &[1]), Column::Place(1)).unwrap_err();
    assert!(error.to_string().contains("column `k` of type date in INT32"), "{error}");
}

/// Some tools write a dictionary's place as 0 where there is none.
#[test]
fn a_place_of_zero_is_no_place() {
    let (made, clear) = people();
    let made: Vec<_> = made.iter().map(ToString::to_string).collect();
    let made: Vec<_> = made.iter().map(String::as_str).collect();
    let nhs =
        Leaf { noted: Some(0), dictionary_at: Some(0), ..leaf("nhs", BYTES, vec![texts(&made)]) };
    let v = Leaf { dictionary_at: Some(0), ..leaf("v", INT64, vec![numbers(0..40)]) };
    let (written, _) = run(file(40, &[nhs, v]).into(), Column::Place(1)).unwrap();
    assert_eq!(places(&written), clear.iter().map(ToString::to_string).collect::<Vec<_>>());
}

#[test]
fn a_type_that_nobody_knows_yet_is_copied_as_it_stands() {
    let (made, _) = people();
    let with = |v: Leaf| {
        let nhs = Leaf { noted: Some(0), ..leaf("nhs", BYTES, repeated(&made_clear(&made), 3)) };
        file(3, &[nhs, v, leaf("w", INT64, vec![numbers([7, 8, 9])])])
    };
    let v = || leaf("v", INT64, vec![numbers([4, 5, 6])]);
    for strange in [
        Leaf { logical: Some(40), ..v() },
        Leaf { logical: Some(9), ..v() },
        Leaf { noted: Some(77), ..v() },
        Leaf { noted: Some(77), logical: Some(1000), ..v() },
    ] {
        let read = with(strange.clone());
        let (written, summary) = run(read.clone().into(), Column::Named("nhs".into())).unwrap();
        assert_eq!(summary.counts.kept(), 3);
        // The bytes of the schema are those that were read.
        let element = |bytes: &[u8]| {
            let at = bytes.windows(4).rposition(|w| {
                w == [0x18, 1, b'v', if strange.noted.is_some() { 0x25 } else { 0x6c }]
            });
            bytes[at.unwrap()..at.unwrap() + 8].to_vec()
        };
        assert_eq!(element(&read), element(&written));
        // Read with the type taken away, its values are the same.
        assert!(written.windows(8).any(|w| w == 5_i64.to_le_bytes()));
        let error = run(read.into(), Column::Named("v".into())).unwrap_err().to_string();
        assert!(
            error.contains("column `v` is of a type that this program does not know"),
            "{error}"
        );
    }
    let known =
        with(Leaf { logical: Some(12), ..leaf("v", BYTES, vec![texts(&["{}", "1", "2"])]) });
    let (written, _) = run(known.into(), Column::Named("nhs".into())).unwrap();
    assert_eq!(SerializedFileReader::new(written).unwrap().metadata().num_row_groups(), 1);
}

fn made_clear(made: &[i64]) -> String {
    made.iter().find(|of| **of / 10 % 3 == 0).unwrap().to_string()
}

#[test]
fn what_is_encrypted_cut_or_no_parquet_is_said() {
    let (made, _) = people();
    let nhs = || Leaf { noted: Some(0), ..leaf("nhs", BYTES, repeated(&made_clear(&made), 3)) };
    let says = |bytes: Vec<u8>, what: &str| {
        let error = run(bytes.into(), Column::Place(1)).unwrap_err().to_string();
        assert!(error.contains(what), "expected `{what}` in: {error}");
    };
    let whole = file(3, &[nhs(), leaf("v", INT64, vec![numbers(0..3)])]);
    let mut encrypted = whole.clone();
    let end = encrypted.len() - 4;
    encrypted[end..].copy_from_slice(b"PARE");
    says(encrypted, "the table is encrypted; decrypt it where its keys are");
    let column = Leaf { encrypted: true, ..leaf("v", INT64, vec![numbers(0..3)]) };
    says(file(3, &[nhs(), column]), "column `v` is encrypted");
    says(file(3, &[Leaf { encrypted: true, ..nhs() }]), "column `nhs` is encrypted");
    says(Vec::new(), "the file is empty");
    says(b"PAR1".to_vec(), "no Parquet table");
    says(b"nhs,v\n9434765919,1\n".to_vec(), "no Parquet table");
    says(whole[..whole.len() - 9].to_vec(), "cut short");
    let mut long = whole.clone();
    let at = long.len() - 8;
    long[at..at + 4].copy_from_slice(&0xffff_u32.to_le_bytes());
    says(long, "the file is damaged");
}
