//! Any bytes as a Parquet table to be filtered, beside the reader of the `arrow` project: where both
//! read the file, the same people are kept; and whatever the bytes, no panic comes out.
#![no_main]

use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Float64Type, Int32Type, Int64Type, UInt32Type, UInt64Type};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use optout::extract::{Column, Extract, ParquetTable, People, parquet_fields};
use optout::record::NhsNumber;
use optout::{
    Bases, Boundary, Conditions, Date, Disclosure, Identifiability, National, Origin, Patient,
    Purpose, Ruling, assess,
};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// Files that say of themselves that they unpack to more are left to the tests of limits: the other
/// reader has none.
const MOST: i64 = 1 << 22;

fn ruling() -> Ruling {
    assess(&Disclosure {
        origin: Origin::EnglandCare,
        boundary: Boundary::BeyondController,
        identifiability: Identifiability::Identifiable,
        purpose: Purpose::Research,
        bases: Bases::COPI_REG_5,
        conditions: Conditions::empty(),
        on: Date::ymd(2026, 6, 1),
    })
    .expect("a disclosure of the specification")
}

fn known(number: NhsNumber) -> Patient {
    let national =
        if number.first_nine() % 2 == 0 { National::None } else { National::OptedOut };
    Patient::UNKNOWN.with_national(national)
}

/// How often each person is named in the first column, as the other reader sees them.
fn named(bytes: &Bytes) -> Option<BTreeMap<String, usize>> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes.clone()).ok()?;
    let metadata = builder.metadata().clone();
    let sizes = metadata.row_groups().iter().flat_map(|group| group.columns());
    if sizes.map(|column| column.uncompressed_size().saturating_abs()).fold(0, i64::saturating_add) > MOST
        || metadata.file_metadata().num_rows() > 1 << 20
    {
        return None;
    }
    let mut people = BTreeMap::new();
    for batch in builder.with_batch_size(1000).build().ok()? {
        let batch = batch.ok()?;
        for row in 0..batch.num_rows() {
            let column = batch.columns().first()?;
            let number = text(column, row)?;
            let number = NhsNumber::parse(number.as_bytes()).ok();
            let Some(number) = number.filter(|of| known(*of).national() == National::None) else { continue };
            let digits = number.to_digits().iter().map(|digit| char::from(*digit)).collect();
            *people.entry(digits).or_default() += 1;
        }
    }
    Some(people)
}

fn text(column: &ArrayRef, row: usize) -> Option<String> {
    if column.is_null(row) {
        return Some(String::new());
    }
    Some(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).to_owned(),
        DataType::Binary => String::from_utf8_lossy(column.as_binary::<i32>().value(row)).into(),
        DataType::Int32 => format!("{:010}", column.as_primitive::<Int32Type>().value(row)),
        DataType::Int64 => format!("{:010}", column.as_primitive::<Int64Type>().value(row)),
        DataType::UInt32 => format!("{:010}", column.as_primitive::<UInt32Type>().value(row)),
        DataType::UInt64 => format!("{:010}", column.as_primitive::<UInt64Type>().value(row)),
        DataType::Decimal128(_, 0) => format!("{:010}", column.as_primitive::<Decimal128Type>().value(row)),
        DataType::Float64 => match column.as_primitive::<Float64Type>().value(row) {
            number if number.is_nan() => String::new(),
            number => format!("{number:010}"),
        },
        _ => return None,
    })
}

fuzz_target!(|data: &[u8]| {
    let ruling = ruling();
    let bytes = Bytes::copy_from_slice(data);
    // What the reader's library does to itself is caught by ours; without this the fuzzer would end.
    std::panic::set_hook(Box::new(|_| {}));
    let mut asked = 0;
    let fields = parquet_fields("t", bytes.clone(), &[Column::Place(1)], |_| asked += 1);
    let mut written = Vec::new();
    let table = ParquetTable::new("t", bytes.clone(), &mut written).person(Column::Place(1));
    let any_share = Extract::new(&ruling, People::ByNumber(&known))
        .at_most_invalid(100.0)
        .at_most_empty(100.0);
    let done = any_share.run_parquet(table);
    let Ok(done) = done else { return };
    assert!(fields.is_ok() && asked == done.counts.rows(), "one reader, one answer");
    let kept = std::panic::catch_unwind(|| named(&Bytes::from(written.clone()))).ok().flatten();
    let Ok(Some(there)) = std::panic::catch_unwind(|| named(&bytes)) else { return };
    let kept = kept.expect("what is written can be read where the other was");
    assert_eq!(there, kept, "the same people stay");
    assert_eq!(done.counts.kept() as usize, there.values().sum::<usize>());
});
