//! One bit of a Parquet file is flipped, each in turn: nobody who opted out leaves.

use bytes::Bytes;
use optout::extract::Column;

use super::handmade::{
    BYTES, Kind, Leaf, Page, checksum, file, leaf, levels, page, run as times, texts,
};
use super::parquet::{rows, run};
use super::setting::{digits, number};

const ROWS: u32 = 12;

/// Every kind of page, each with its checksum; the places of their bytes; the rows that may leave.
fn checked() -> (Vec<u8>, Vec<Page>, Vec<i64>) {
    let people: Vec<_> = (0..ROWS).map(|at| number(310_000_000 + at)).collect();
    let clear = (0..).zip(&people).filter(|(_, of)| of.first_nine() % 3 == 0).map(|(at, _)| at);
    let made: Vec<_> = people.iter().map(|number| digits(*number)).collect();
    let made: Vec<_> = made.iter().map(String::as_str).collect();
    let sum = |page: Page| Page { checksum: Some(checksum(&page.body)), ..page };
    // Texts, in a page of each version; numbers with levels; a dictionary.
    let second = Page { kind: Kind::Second(6, 0, 0, 0), ..texts(&made[6..]) };
    let names = vec![sum(texts(&made[..6])), sum(second)];
    let values: Vec<_> = (0..i64::from(ROWS)).flat_map(i64::to_le_bytes).collect();
    let defined = levels(&[times(1, ROWS.into())]);
    let marks = vec![sum(page(ROWS as usize, [defined, values].concat()))];
    let dictionary = Page { kind: Kind::Dictionary, ..texts(&["a", "b"]) };
    let places = [vec![1], times(0, 6), times(1, 6)].concat();
    let codes = vec![sum(dictionary), sum(Page { encoding: 8, ..page(ROWS as usize, places) })];
    let pages = [names.clone(), marks.clone(), codes.clone()].concat();
    let bytes = file(
        ROWS.into(),
        &[
            Leaf { noted: Some(0), ..leaf("nhs", BYTES, names) },
            Leaf { repetition: 1, ..leaf("v", 2, marks) },
            leaf("code", BYTES, codes),
        ],
    );
    (bytes, pages, clear.collect())
}

fn filter(bytes: Vec<u8>) -> Option<Vec<String>> {
    let (written, _) = run(Bytes::from(bytes), Column::Named("nhs".into())).ok()?;
    // A flipped type may be one that the printing of rows does not know.
    Some(std::panic::catch_unwind(|| rows(&written)).unwrap_or_default())
}

#[test]
fn a_flipped_bit_of_a_checked_page_stops_the_run() {
    let (whole, pages, clear) = checked();
    assert_eq!(filter(whole.clone()).unwrap().len(), clear.len());
    let mut flips = 0;
    for page in pages {
        let at = whole.windows(page.body.len()).position(|window| window == page.body).unwrap();
        for bit in 0..page.body.len() * 8 {
            let mut bytes = whole.clone();
            bytes[at + bit / 8] ^= 1 << (bit % 8);
            assert_eq!(filter(bytes), None, "bit {bit} of the page at {at}");
            flips += 1;
        }
    }
    assert!(flips > 2000, "{flips} flips");
}

/// Also where no checksum holds: in headers of pages, and in what the file says of itself.
#[test]
fn no_flipped_bit_releases_somebody_who_opted_out() {
    let (whole, _, clear) = checked();
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let (mut flips, mut released) = (0, 0);
    let mut wrong = Vec::new();
    for bit in 0..whole.len() * 8 {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        flips += 1;
        let Some(rows) = filter(bytes) else { continue };
        released += usize::from(!rows.is_empty());
        // Whatever the columns are called by now.
        let may_leave = |row: &String| {
            let value = row.split(", ").nth(1).and_then(|field| field.split(": ").nth(1));
            let value = value.unwrap_or("null");
            value == "null" || clear.iter().any(|at| at.to_string() == value)
        };
        if !rows.iter().all(may_leave) {
            wrong.push((bit, rows));
        }
    }
    std::panic::set_hook(hook);
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(flips > 4000 && released > 0, "{flips} flips, of which {released} release something");
}
