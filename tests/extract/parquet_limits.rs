//! Small Parquet files that ask for much.

use optout::extract::Column;

use super::handmade::{
    BYTES, INT64, Kind, Leaf, Page, file, leaf, levels, numbers, page, repeated, run as times,
    texts,
};
use super::parquet::run;
use super::setting::{digits, number};

/// A number that may leave.
fn clear() -> String {
    let made = (300_000_000..300_000_100).map(number).find(|made| made.first_nine() % 3 == 0);
    digits(made.unwrap())
}

fn named(pages: Vec<Page>) -> Leaf {
    Leaf { noted: Some(0), ..leaf("nhs", BYTES, pages) }
}

fn said(bytes: Vec<u8>) -> String {
    run(bytes.into(), Column::Named("nhs".into())).unwrap_err().to_string()
}

fn nulls(rows: u32) -> Leaf {
    let body = levels(&[times(0, rows.into())]);
    Leaf { repetition: 1, ..leaf("v", INT64, vec![page(rows as usize, body)]) }
}

#[test]
fn rows_that_no_such_file_can_mean_stop_the_run() {
    for rows in [200_000_000, 0x7fff_ffff] {
        let file = file(rows.into(), &[named(repeated(&clear(), rows.into())), nulls(rows)]);
        assert!(file.len() < 512);
        let error = said(file);
        assert!(error.contains("more than"), "{error}");
    }
    // Many columns of fewer rows.
    let leaves: Vec<_> = (0..90).map(|_| nulls(1_000_000)).collect();
    let leaves = [vec![named(repeated(&clear(), 1_000_000))], leaves].concat();
    assert!(said(file(1_000_000, &leaves)).contains("more than a file of its size can mean"));
}

#[test]
fn a_million_rows_of_one_number_and_nulls_are_decided() {
    let file = file(1_000_000, &[named(repeated(&clear(), 1_000_000)), nulls(1_000_000)]);
    assert!(file.len() < 512);
    let (written, summary) = run(file.into(), Column::Named("nhs".into())).unwrap();
    assert_eq!((summary.counts.kept(), summary.counts.rows()), (1_000_000, 1_000_000));
    assert!(written.len() < 100_000);
}

#[test]
fn a_page_or_a_dictionary_of_absurd_size_stops_the_run() {
    let v = || leaf("v", INT64, vec![numbers([7])]);
    let with = |nhs: Vec<Page>, codec| file(1, &[Leaf { codec, ..named(nhs) }, v()]);
    let one = || texts(&[&clear()]);
    for codec in [1, 2, 4, 5, 6, 7] {
        let big = Page { size: Some(0x7fff_ffff), ..one() };
        assert!(said(with(vec![big], codec)).contains("more than a file of this size may ask for"));
        let negative = Page { size: Some(-1), ..one() };
        assert!(said(with(vec![negative], codec)).contains("damaged"));
    }
    let dictionary = |levels| {
        let mut pages = repeated(&clear(), 1);
        pages[0].levels = levels;
        pages
    };
    for entries in [0x7fff_ffff, 5, -1] {
        assert!(said(with(dictionary(entries), 0)).contains("damaged"), "{entries}");
    }
    // A dictionary that is not there.
    assert!(said(with(repeated(&clear(), 1)[1..].to_vec(), 0)).contains("damaged"));
    let twice = [repeated(&clear(), 1)[..1].to_vec(), repeated(&clear(), 1)].concat();
    assert!(said(with(twice, 0)).contains("damaged"));
}

/// What is packed becomes more than its header says: none of it is held.
#[test]
fn a_page_that_unpacks_to_more_than_it_says_stops_the_run() {
    let zeros = vec![0; 2 << 20];
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut gzip, &zeros).unwrap();
    let gzip = gzip.finish().unwrap();
    let zstd = zstd::bulk::compress(&zeros, 3).unwrap();
    for (codec, body) in [(2, gzip), (6, zstd)] {
        let page = Page { size: Some(14), ..page(1, body) };
        let nhs = Leaf { codec, ..named(vec![page]) };
        assert!(said(file(1, &[nhs])).contains("column `nhs`, row group 1: the file is damaged"));
    }
}

#[test]
fn one_row_of_very_many_entries_stops_the_run() {
    let count = 50_000_000;
    let repeated = levels(&[times(0, 1), times(1, count - 1)]);
    let body = [repeated, levels(&[times(0, count)])].concat();
    let lists = Leaf { repetition: 2, ..leaf("v", INT64, vec![page(50_000_000, body)]) };
    let error = said(file(1, &[named(vec![texts(&[&clear()])]), lists]));
    assert!(error.contains("column `v` has 50,000,000 entries, more than"), "{error}");
    let count = 2_000_000;
    let repeated = levels(&[times(0, 1), times(1, count - 1)]);
    let body = [repeated, levels(&[times(0, count)])].concat();
    let lists = Leaf { repetition: 2, ..leaf("v", INT64, vec![page(2_000_000, body)]) };
    let error = said(file(1, &[named(vec![texts(&[&clear()])]), lists]));
    assert!(error.contains("column `v` has a row of more than"), "{error}");
}

#[test]
fn a_long_text_that_is_repeated_without_end_stops_the_run() {
    let long = "x".repeat(300_000);
    let text = leaf("v", BYTES, repeated(&long, 1_000_000));
    let error = said(file(1_000_000, &[named(repeated(&clear(), 1_000_000)), text]));
    assert!(error.contains("column `v` repeats long values"), "{error}");
}

#[test]
fn a_place_outside_the_file_stops_the_run() {
    for at in [-1, 3] {
        let mut nhs = named(repeated(&clear(), 1));
        nhs.dictionary_at = Some(at);
        assert!(said(file(1, &[nhs])).contains("damaged"), "{at}");
    }
    let second = |defined, repeated| Page {
        kind: Kind::Second(1, 0, defined, repeated),
        ..texts(&[&clear()])
    };
    for (defined, repeated) in [(-1, 0), (0, -1), (100, 0), (0x7fff_ffff, 0x7fff_ffff)] {
        assert!(said(file(1, &[named(vec![second(defined, repeated)])])).contains("damaged"));
    }
}
