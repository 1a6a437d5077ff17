//! Parquet files that contradict themselves, and those that other tools write.

use std::fs;
use std::path::Path;

use super::bench::{Bench, CLEAR, OPTED_OUT, UNKNOWN, day, request, stderr};
use super::handmade::{
    BYTES, INT64, Leaf, Page, file, leaf, levels, numbers, page, repeated, run, texts,
};

const PEOPLE: [&str; 4] = [CLEAR, OPTED_OUT, CLEAR, UNKNOWN];

/// An extract that is this Parquet table.
fn bench(table: &[u8]) -> Bench {
    let bench = Bench::new();
    bench.write("table.parquet", table);
    bench.request(&request(&day(0)).replace("table.csv", "table.parquet"));
    bench
}

fn made_by(tool: &str) -> Vec<u8> {
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reported/tables");
    fs::read(tables.join(tool)).unwrap()
}

fn nhs(pages: Vec<Page>) -> Leaf {
    Leaf { noted: Some(0), ..leaf("nhs", BYTES, pages) }
}

fn copied() -> Leaf {
    leaf("v", INT64, vec![numbers(0..4)])
}

/// Stops the run, and the same file stops a request where it reads what is wrong.
fn stops(table: &[u8], what: &str, of_person: bool) {
    let bench = bench(table);
    bench.stops(what);
    let said = stderr(&bench.filter());
    assert!(!said.contains("reading stopped") && !said.contains("##"), "{said}");
    assert!(!said.contains("registry") && !said.contains(".rs:"), "{said}");
    let output =
        bench.run(&["check", "request", "table.parquet", "--column", "nhs", "--output", "asked"]);
    assert_eq!(output.status.code() == Some(2), of_person, "{}", stderr(&output));
    if of_person {
        assert!(stderr(&output).contains(what), "{}", stderr(&output));
        assert!(!bench.path("asked.dat").exists() && !bench.path("asked.csv").exists());
    }
}

/// Releases these of the rows, by what stands in their last column.
fn releases(table: &[u8], rows: u64, kept: u64) {
    let bench = bench(table);
    bench.succeeds();
    let record = bench.read("out/audit.json");
    assert!(record.contains(&format!("\"rows\": {rows},")), "{record}");
    assert!(record.contains(&format!("\"kept\": {kept}")), "{record}");
    let written = fs::read(bench.path("out/table.parquet")).unwrap();
    for withheld in [OPTED_OUT, UNKNOWN] {
        let text = withheld.as_bytes();
        assert!(!written.windows(text.len()).any(|window| window == text));
        let whole = withheld.parse::<i64>().unwrap();
        for bytes in [whole.to_le_bytes()[..5].to_vec(), whole.to_be_bytes()[3..].to_vec()] {
            assert!(!written.windows(bytes.len()).any(|window| window == bytes));
        }
    }
}

#[test]
fn a_flipped_bit_of_a_page_with_a_checksum_stops_the_run() {
    let whole = made_by("pyarrow-text-checksums.parquet");
    releases(&whole, 4, 2);
    let at = |text: &str| whole.windows(text.len()).position(|w| w == text.as_bytes()).unwrap();
    // Of the person, of the length in front, and of a column that is only copied.
    for (place, column, of_person) in [
        (at(OPTED_OUT) + 9, "nhs", true),
        (at(OPTED_OUT) - 4, "nhs", true),
        (at("\x03\x00\x00\x00009") + 4, "code", false),
    ] {
        let mut flipped = whole.clone();
        flipped[place] ^= 1;
        let what = format!("column `{column}`, row group 1: a page is not what its checksum says");
        stops(&flipped, &what, of_person);
    }
}

#[test]
fn a_whole_decimal_of_every_tool_is_read() {
    for tool in [
        "pyarrow-decimal-fixed",
        "pyarrow-decimal-38",
        "pyarrow-decimal-int64",
        "duckdb-decimal",
        "duckdb-decimal-38",
        "spark-decimal",
        "spark-decimal-legacy",
    ] {
        releases(&made_by(&format!("{tool}.parquet")), 4, 2);
    }
    releases(&made_by("duckdb-empty.parquet"), 0, 0);
}

#[test]
fn a_column_of_fewer_values_than_rows_stops_the_run() {
    let short = || nhs(vec![texts(&PEOPLE[..3])]);
    stops(
        &file(4, &[short(), copied()]),
        "column `nhs` has 3 values in row group 1, which has 4 rows",
        true,
    );
    stops(&file(4, &[nhs(vec![]), copied()]), "column `nhs` has 0 values", true);
    let cut = leaf("v", INT64, vec![numbers(0..3)]);
    stops(&file(4, &[nhs(vec![texts(&PEOPLE)]), cut]), "column `v` has 3 values", false);
    let claims = nhs(vec![Page { levels: 4, ..texts(&PEOPLE[..3]) }]);
    stops(&file(4, &[claims, copied()]), "column `nhs`, row group 1: the file is damaged", true);
}

#[test]
fn an_empty_page_is_not_the_end_of_a_column() {
    for pages in [
        vec![texts(&[]), texts(&PEOPLE)],
        vec![texts(&PEOPLE[..2]), texts(&[]), texts(&PEOPLE[2..])],
        vec![texts(&PEOPLE), texts(&[])],
    ] {
        releases(&file(4, &[nhs(pages), copied()]), 4, 2);
    }
    stops(&file(4, &[nhs(vec![texts(&[])]), copied()]), "column `nhs` has 0 values", true);
}

#[test]
fn a_column_that_cannot_name_people_is_said_with_its_type() {
    let number = leaf("nhs", INT64, vec![numbers(0..4)]);
    let date = Leaf { noted: Some(9), ..number.clone() };
    stops(&file(4, &[date, copied()]), "column `nhs` of type", true);
    let strange = Leaf { logical: Some(40), ..number };
    stops(
        &file(4, &[strange, copied()]),
        "column `nhs` is of a type that this program does not know",
        true,
    );
    let encrypted = Leaf { encrypted: true, ..copied() };
    stops(&file(4, &[nhs(vec![texts(&PEOPLE)]), encrypted]), "column `v` is encrypted", true);
    let mut encrypted = file(4, &[nhs(vec![texts(&PEOPLE)]), copied()]);
    let end = encrypted.len() - 1;
    encrypted[end] = b'E';
    stops(&encrypted, "the table is encrypted", true);
}

/// A damaged page on which the reader's library gives up says no folder of whoever built it.
#[test]
fn what_the_library_gives_up_on_is_said_plainly() {
    let body = [levels(&[run(1, 4)]), vec![0xff; 9]].concat();
    let broken = Leaf { repetition: 1, ..nhs(vec![Page { encoding: 6, ..page(4, body) }]) };
    stops(&file(4, &[broken, copied()]), "column `nhs`, row group 1: the file is damaged", true);
    let body = [vec![1], run(7, 4)].concat();
    let beyond = nhs(vec![repeated(CLEAR, 4)[0].clone(), Page { encoding: 8, ..page(4, body) }]);
    stops(&file(4, &[beyond, copied()]), "column `nhs`, row group 1: the file is damaged", true);
}

/// A file of a few hundred bytes that stands for very many rows, in little room.
#[cfg(target_os = "linux")]
#[test]
fn a_small_file_takes_little_memory() {
    let nulls = |rows: u32| {
        let body = levels(&[run(0, rows.into())]);
        let v = Leaf { repetition: 1, ..leaf("v", INT64, vec![page(rows as usize, body)]) };
        file(rows.into(), &[nhs(repeated(CLEAR, rows.into())), v])
    };
    for (rows, code) in [(200_000_000, 2), (0x7fff_ffff, 2), (3_000_000, 0)] {
        let bench = bench(&nulls(rows));
        let limited = "ulimit -v 600000 && exec \"$0\" filter request.toml --out out";
        let output = std::process::Command::new("sh")
            .args(["-c", limited, env!("CARGO_BIN_EXE_optout")])
            .current_dir(bench.path(""))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(code), "{rows}: {}", stderr(&output));
    }
}
