//! What a Parquet file says of itself is not taken on trust.

use optout::extract::{Column, parquet_fields};

use super::handmade::{
    BYTES, Kind, Leaf, Page, checksum, file, grouped, leaf, levels, numbers, page, repeated,
    run as times, texts,
};
use super::parquet::{rows, run};
use super::setting::{digits, number};

const MADE: u32 = 300_000_000;

/// Numbers of people, of whom those of the list `clear` may leave.
fn people(count: u32) -> (Vec<String>, Vec<usize>) {
    let made: Vec<_> = (0..count).map(|at| number(MADE + at * 3 + at % 3)).collect();
    let clear = (0..made.len()).filter(|at| made[*at].first_nine() % 3 == 0).collect();
    (made.into_iter().map(digits).collect(), clear)
}

fn named(pages: Vec<Page>) -> Leaf {
    Leaf { noted: Some(0), ..leaf("nhs", BYTES, pages) }
}

fn all(people: &[String]) -> Page {
    texts(&people.iter().map(String::as_str).collect::<Vec<_>>())
}

fn nhs() -> Column {
    Column::Named("nhs".into())
}

/// Both readers refuse the file, the second only where it reads the column.
fn stops(bytes: Vec<u8>, what: &str) {
    let error = run(bytes.into(), nhs()).unwrap_err().to_string();
    assert!(error.contains(what), "expected `{what}` in: {error}");
    assert!(!error.contains("reading stopped") && !error.contains("/src/"), "{error}");
}

fn passes(bytes: Vec<u8>, clear: &[usize], all: usize) {
    let (written, summary) = run(bytes.clone().into(), nhs()).unwrap();
    assert_eq!(summary.counts.rows(), all as u64);
    assert_eq!(summary.counts.kept(), clear.len() as u64);
    let kept: Vec<_> = rows(&written);
    let expected = clear.iter().map(|at| format!("v: {at}"));
    assert!(kept.iter().zip(expected).all(|(row, value)| row.contains(&value)), "{kept:?}");
    let mut asked = 0;
    parquet_fields("t", bytes::Bytes::from(bytes), &[nhs()], |_| asked += 1).unwrap();
    assert_eq!(asked, all);
}

#[test]
fn a_column_with_fewer_or_more_values_than_rows_stops_the_run() {
    let (made, _) = people(100);
    let v = || leaf("v", 2, vec![numbers(0..100)]);
    let short = file(100, &[named(vec![all(&made[..60])]), v()]);
    stops(short.clone(), "column `nhs` has 60 values in row group 1, which has 100 rows");
    let error =
        parquet_fields("t", bytes::Bytes::from(short), &[nhs()], |_| panic!("taken")).unwrap_err();
    assert!(error.to_string().contains("column `nhs` has 60 values"), "{error}");
    let long = file(100, &[named(vec![all(&made), all(&made[..1])]), v()]);
    stops(long, "column `nhs` has 101 values");
    // A column that is only copied.
    let copied = |pages| file(100, &[named(vec![all(&made)]), leaf("v", 2, pages)]);
    stops(copied(vec![numbers(0..60)]), "column `v` has 60 values");
    stops(copied(vec![numbers(0..60), numbers(0..41)]), "column `v` has 101 values");
    stops(copied(vec![]), "column `v` has 0 values");
    // A header that says more than its page holds, or less.
    stops(
        copied(vec![Page { levels: 100, ..numbers(0..60) }]),
        "column `v`, row group 1: the file is damaged",
    );
    stops(
        copied(vec![Page { levels: 100, ..numbers(0..140) }]),
        "column `v`, row group 1: the file is damaged",
    );
    stops(file(100, &[named(vec![Page { levels: 100, ..all(&made[..60]) }]), v()]), "column `nhs`");
    stops(
        copied(vec![Page { levels: -1, ..numbers(0..100) }]),
        "column `v`, row group 1: the file is damaged",
    );
    // The group against the file, and what is no number of rows.
    let whole = [named(vec![all(&made)]), v()];
    stops(grouped(101, 100, &whole), "the table says another number");
    stops(grouped(99, 100, &whole), "the table says another number");
    stops(grouped(-100, -100, &whole), "the file is damaged");
    stops(grouped(100, 99, &whole), "the table says another number");
    let second = |rows| Page { kind: Kind::Second(rows, 0, 0, 0), ..numbers(0..100) };
    stops(copied(vec![second(99)]), "column `v` has 99 values");
}

/// Some tools write zeros at the end of each page; what is no zero would be a value of another row.
#[test]
fn zeros_behind_the_last_value_are_none() {
    let (made, clear) = people(30);
    let padded =
        |page: Page, more: &[u8]| Page { body: [page.body, more.to_vec()].concat(), ..page };
    let v = |more: &[u8]| leaf("v", 2, vec![padded(numbers(0..30), more)]);
    let zeros = [0; 8];
    passes(file(30, &[named(vec![padded(all(&made), &zeros)]), v(&zeros)]), &clear, 30);
    for more in [&[0, 0, 0, 0, 0, 0, 0, 1][..], &[0; 9], &[1]] {
        stops(
            file(30, &[named(vec![all(&made)]), v(more)]),
            "column `v`, row group 1: the file is damaged",
        );
        stops(
            file(30, &[named(vec![padded(all(&made), more)]), v(&[])]),
            "column `nhs`, row group 1: the file is damaged",
        );
    }
}

#[test]
fn a_page_without_values_is_not_the_end_of_a_column() {
    let (made, clear) = people(100);
    let none = || texts(&[]);
    let summed = || Page { checksum: Some(checksum(&[])), ..none() };
    let second = || Page { kind: Kind::Second(0, 0, 0, 0), ..none() };
    for pages in [
        vec![none(), all(&made)],
        vec![all(&made[..50]), none(), none(), all(&made[50..])],
        vec![all(&made), none()],
        vec![summed(), all(&made)],
        vec![second(), all(&made)],
    ] {
        let v =
            leaf("v", 2, vec![page(0, vec![]), numbers(0..50), page(0, vec![]), numbers(50..100)]);
        passes(file(100, &[named(pages), v]), &clear, 100);
    }
    let wrong = Page { checksum: Some(1), ..none() };
    stops(
        file(100, &[named(vec![wrong, all(&made)]), leaf("v", 2, vec![numbers(0..100)])]),
        "checksum",
    );
    stops(
        file(100, &[named(vec![none()]), leaf("v", 2, vec![numbers(0..100)])]),
        "column `nhs` has 0 values",
    );
}

#[test]
fn a_page_that_is_not_what_its_checksum_says_stops_the_run() {
    let (made, clear) = people(60);
    let right = |page: Page| Page { checksum: Some(checksum(&page.body)), ..page };
    let wrong = |page: Page| Page { checksum: Some(checksum(&page.body) ^ 1), ..page };
    let v = || leaf("v", 2, vec![right(numbers(0..60))]);
    passes(file(60, &[named(vec![right(all(&made))]), v()]), &clear, 60);
    stops(
        file(60, &[named(vec![wrong(all(&made))]), v()]),
        "column `nhs`, row group 1: a page is not what its checksum says",
    );
    let copied = leaf("v", 2, vec![wrong(numbers(0..60))]);
    stops(
        file(60, &[named(vec![all(&made)]), copied]),
        "column `v`, row group 1: a page is not what its checksum says",
    );
    let second = |page: Page| Page { kind: Kind::Second(60, 0, 0, 0), ..page };
    stops(file(60, &[named(vec![wrong(second(all(&made)))]), v()]), "checksum");
    passes(file(60, &[named(vec![right(second(all(&made)))]), v()]), &clear, 60);
    let mut dictionary = repeated(&made[0], 60);
    dictionary[0] = right(dictionary[0].clone());
    passes(file(60, &[named(dictionary.clone()), v()]), &(0..60).collect::<Vec<_>>(), 60);
    dictionary[0] = wrong(dictionary[0].clone());
    stops(file(60, &[named(dictionary), v()]), "checksum");
}

#[test]
fn rows_of_lists_begin_where_their_levels_say() {
    let (made, clear) = people(3);
    let values: Vec<_> = (0..4_i64).flat_map(i64::to_le_bytes).collect();
    let lists = |repeated: &[Vec<u8>], count: usize| {
        let body =
            [levels(repeated), levels(&[times(1, count as u64)]), values[..count * 8].to_vec()]
                .concat();
        Leaf { repetition: 2, ..leaf("v", 2, vec![page(count, body)]) }
    };
    let with = |list| file(3, &[named(vec![all(&made)]), list]);
    // Rows of one, two and one entry.
    let right = lists(&[times(0, 2), times(1, 1), times(0, 1)], 4);
    let (written, summary) = run(with(right).into(), nhs()).unwrap();
    assert_eq!((summary.counts.kept(), rows(&written).len()), (clear.len() as u64, clear.len()));
    let rows_begin = |repeated: &[Vec<u8>], count, what| stops(with(lists(repeated, count)), what);
    rows_begin(&[times(1, 1), times(0, 3)], 4, "column `v`, row group 1: the file is damaged");
    rows_begin(&[times(1, 4)], 4, "column `v`, row group 1: the file is damaged");
    rows_begin(
        &[times(0, 1), times(1, 3)],
        4,
        "column `v` has 1 values in row group 1, which has 3 rows",
    );
    rows_begin(&[times(0, 4)], 4, "column `v` has 4 values");
    rows_begin(&[times(0, 2)], 2, "column `v` has 2 values");
    rows_begin(&[times(0, 2)], 4, "column `v`, row group 1: the file is damaged");
    // A row that goes on in the next page.
    let half = |repeated: u8, values: &[u8]| {
        page(2, [levels(&[times(repeated, 2)]), levels(&[times(1, 2)]), values.to_vec()].concat())
    };
    let across = |second| Leaf {
        repetition: 2,
        ..leaf("v", 2, vec![half(0, &values[..16]), half(second, &values[16..])])
    };
    let two = |list| file(2, &[named(vec![all(&made[..2])]), list]);
    let (written, _) = run(two(across(1)).into(), nhs()).unwrap();
    assert_eq!(rows(&written), [format!("{{nhs: \"{}\", v: [0]}}", made[0])]);
    stops(two(across(0)), "column `v` has 4 values in row group 1, which has 2 rows");
}
