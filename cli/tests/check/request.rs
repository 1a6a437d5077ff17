//! What is asked.

use std::fs;
use std::io::Write;
use std::sync::Arc;

use optout::National;
use parquet::data_type::{ByteArrayType, Int64Type};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::desk::{Desk, assert_refused, list, numbers, text};

#[test]
fn every_form_is_the_same_number_on_both_sides() {
    let people = numbers(40);
    let grouped = |number: &str, with: &str| {
        format!("{}{with}{}{with}{}", &number[..3], &number[3..6], &number[6..])
    };
    let form = |i: usize, number: &str| match i % 5 {
        0 => number.to_owned(),
        1 => grouped(number, " "),
        2 => grouped(number, "-"),
        3 => format!("\"{number}\""),
        _ => format!(" {number} "),
    };
    // The last person stands in another column alone, and was not asked about.
    let (stranger, asked) = people.split_last().expect("people");
    let mut extract = "\u{feff}\"nhs_number\",other\r\n".to_owned();
    for (i, number) in asked.iter().enumerate() {
        extract += &(form(i, number) + &format!(",\"{stranger}\r\n,\"\"\"\r\n"));
    }
    let desk = Desk::new();
    desk.write("extract.csv", extract);
    let output =
        desk.run(&["request", "extract.csv", "--column", "nhs_number", "--output", "check"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(desk.read("check.dat"), list(asked));

    let mut answer = String::new();
    for (i, number) in asked.iter().enumerate().skip(2) {
        let end = [",\n", ",\r\n", "\n", "\r\n", ", \n"][i % 5];
        answer += &(form(i + 1, number) + end);
    }
    desk.write("answer.dat", answer.trim_end());
    let output = desk.answer(&["answer.dat"], &[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let statuses = desk.statuses(&people);
    assert_eq!(statuses[..2], [National::OptedOut; 2]);
    assert!(statuses[2..39].iter().all(|status| *status == National::None));
    assert_eq!(statuses[39], National::Unknown);
}

#[test]
fn what_is_not_a_number_is_counted_and_left_out() {
    let people = numbers(2);
    let wide: String =
        people[1].chars().map(|c| char::from_u32(c as u32 + 0xFEE0).expect("a digit")).collect();
    let desk = Desk::new();
    let rows = [
        &people[0],
        &people[0],
        "",
        "0000000000",
        "9999999999",
        &wide,
        "999000012",
        "NULL",
        "9434765918",
    ];
    desk.write("t.csv", format!("a,n\n{}", rows.map(|row| format!("1,{row}\n")).concat()));
    let args =
        ["request", "t.csv", "--position", "2", "--header", "a,n", "--output", "check", "--crlf"];
    let refused = desk.run(&args);
    assert_refused(&refused, "t.csv: 6 of 9 fields are no NHS numbers");
    let output = desk.run(&[&args[..], &["--invalid-at-most", "70"]].concat());
    let said = text(&output.stderr);
    let counts: Vec<_> = said.lines().nth(1).expect("counts").split_whitespace().collect();
    assert_eq!(counts, ["t.csv", "2", "1", "4", "2", "1"], "{said}");
    assert_eq!(desk.read("check.dat"), format!("{},\r\n", people[0]));
    let output = desk.run(&["request", "t.csv", "--position", "2", "--output", "ninth"]);
    assert_refused(&output, "nothing shows whether the first row names the columns");
    let output =
        desk.run(&["request", "t.csv", "--position", "9", "--header", "a,n", "--output", "ninth"]);
    assert_refused(&output, "there is no column 9; the first row has 2, counted from 1");
    let output =
        desk.run(&["request", "t.csv", "--position", "2", "--header", "b,n", "--output", "ninth"]);
    assert_refused(&output, "the first row is not the header that was stated");
    desk.write("none.csv", "n\nx\n");
    let output = desk.run(&["request", "none.csv", "--column", "n", "--output", "none"]);
    assert_refused(&output, "1 of 1 are words");
    let none = ["request", "none.csv", "--column", "n", "--output", "none"];
    let output = desk.run(&[&none[..], &["--invalid-at-most", "100"]].concat());
    assert_refused(&output, "there is no valid NHS number");
}

#[test]
fn a_table_that_is_wrong_leaves_nothing() {
    let number = &numbers(1)[0];
    for (name, contents, expected) in [
        (
            "ragged.csv",
            format!("n,b\n{number},1\n\n{number}\n"),
            "ragged.csv: line 4: the row has 1 field",
        ),
        (
            "open.csv",
            format!("n,b\n{number},\"1\n{number},2\n"),
            "open.csv: line 2: the quote that opens here is never closed",
        ),
        ("broken.csv", format!("n,b\n\"{number}\n\",1\n"), "broken.csv: line 2: a line break"),
        ("other.csv", "m,b\n1,2\n".into(), "other.csv: there is no column \"n\""),
        ("two.csv", format!("n,n\n{number},2\n"), "two.csv: two columns are called \"n\""),
        (
            "headless.csv",
            format!("n,{number}\n"),
            "headless.csv: the first row holds an NHS number",
        ),
        ("empty.csv", String::new(), "empty.csv: the table is empty"),
        ("packed.csv", "\u{1f}".into(), "packed.csv: there is no column"),
    ] {
        let desk = Desk::new();
        desk.write(name, contents);
        let output = desk.run(&["request", name, "--column", "n", "--output", "check"]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
        assert_eq!(desk.names(), [name]);
    }
    let desk = Desk::new();
    desk.write("t.csv", format!("n\n{number}\n"));
    desk.write("t.gz", b"\x1f\x8b\x08");
    desk.write("packed.csv", b"\x1f\x8b\x08");
    desk.write("t.parquet", b"PAR1 and no more");
    for (args, expected) in [
        (
            &["t.csv", "t.gz", "--column", "n", "--output", "c"][..],
            "t.gz: the table could not be read",
        ),
        (&["packed.csv", "--column", "n", "--output", "c"], "packed.csv: this is a gzip file"),
        (&["t.csv", "t.parquet", "--column", "n", "--output", "c"], "t.parquet"),
        (&["t.parquet.gz", "--column", "n", "--output", "c"], "is not packed again"),
        (
            &["t.csv", "--column", "n", "--column", "m", "--output", "c"],
            "no table has a column \"m\"",
        ),
        (&["t.csv", "missing.csv", "--column", "n", "--output", "c"], "cannot read missing.csv"),
        (&["t.csv", "--column", "n", "--output", "missing/c"], "missing/c"),
        (&["t.csv", "--column", "n", "--output", "."], "is a folder"),
        (&["t.csv", "--column", "n", "--output", "c", "--local-id", "a:b"], "LocalId"),
    ] {
        let output = desk.run(&[&["request"], args].concat());
        assert_eq!(output.status.code(), Some(2), "{expected}");
        assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
        assert_eq!(desk.names(), ["packed.csv", "t.csv", "t.gz", "t.parquet"], "{expected}");
    }
}

#[test]
fn packed_and_parquet_tables_ask_the_same() {
    let people = numbers(30);
    let rows =
        |end: &str| people.iter().fold(format!("n{end}"), |rows, number| rows + number + end);
    let desk = Desk::new();
    desk.write("t.csv", rows("\n"));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(rows("\r\n").as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    desk.write("t.csv.gz", &gzip);
    desk.write("t.tsv.ZST", zstd::encode_all(rows("\tmore\n").as_bytes(), 3).unwrap());
    let parquet = parquet(&people).unwrap();
    desk.write("t.parquet", &parquet);
    let asked = |table: &str| {
        let prefix = format!("{}-check", table.replace('.', "-"));
        let output = desk.run(&["request", table, "--column", "n", "--output", &prefix]);
        assert!(output.status.success(), "{table}: {}", text(&output.stderr));
        desk.read(&format!("{prefix}.dat"))
    };
    let plain = asked("t.csv");
    assert_eq!(plain, list(&people));
    for table in ["t.csv.gz", "t.tsv.ZST", "t.parquet"] {
        assert_eq!(asked(table), plain, "{table}");
    }

    // What is cut short asks about nobody.
    for (table, whole) in [("cut.csv.gz", gzip), ("cut.parquet", parquet)] {
        desk.write(table, &whole[..whole.len() - 9]);
        let output = desk.run(&["request", table, "--column", "n", "--output", "cut"]);
        assert_eq!(output.status.code(), Some(2), "{table}");
        assert!(text(&output.stderr).contains(table), "{}", text(&output.stderr));
        assert!(!desk.names().contains(&"cut.dat".to_owned()), "{table}");
    }
    let output = desk.run(&["request", "t.parquet", "--column", "m", "--output", "cut"]);
    assert!(text(&output.stderr).contains("t.parquet: there is no column \"m\""));
}

/// A table of one column of text, some of it null, and one of whole numbers.
fn parquet(people: &[String]) -> parquet::errors::Result<Vec<u8>> {
    let schema = "message t { optional binary n (string); required int64 as_integer; }";
    let schema = Arc::new(parse_message_type(schema)?);
    let mut bytes = Vec::new();
    let mut file = SerializedFileWriter::new(&mut bytes, schema, Arc::default())?;
    for people in people.chunks(7) {
        let mut group = file.next_row_group()?;
        let mut column = group.next_column()?.expect("a column");
        let texts: Vec<_> = people.iter().map(|number| number.as_str().into()).collect();
        let mut defined = vec![1; people.len()];
        defined.push(0);
        column.typed::<ByteArrayType>().write_batch(&texts, Some(&defined), None)?;
        column.close()?;
        let mut column = group.next_column()?.expect("a column");
        let whole: Vec<_> = (0..).take(defined.len()).collect();
        column.typed::<Int64Type>().write_batch(&whole, None, None)?;
        column.close()?;
        group.close()?;
    }
    file.close()?;
    Ok(bytes)
}

#[test]
fn files_are_private_and_replaced_only_when_told() {
    let people = numbers(3);
    let desk = Desk::new();
    desk.write("one.txt", &people[0]);
    desk.write("two.txt", people[1..].join("\n"));
    let mailboxes = ["--from", "AAAOT001", "--to", "BBBHC001", "--field", "Compress=N"];
    let one = ["request", "--list", "one.txt", "--output", "./", "--local-id", "c-1"];
    assert!(desk.run(&[&one[..], &mailboxes].concat()).status.success());
    let files = ["c-1.ctl", "c-1.dat", "c-1.manifest.json"];
    assert_eq!(desk.names()[..3], files);
    assert!(desk.read("c-1.ctl").contains("<LocalId>c-1</LocalId>"));
    assert!(desk.read("c-1.ctl").contains("<Compress>N</Compress>"));
    #[cfg(unix)]
    for name in files {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(desk.path().join(name)).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let two = ["request", "--list", "two.txt", "--output", "c-1"];
    assert_refused(&desk.run(&two), "c-1.dat exists");
    assert_eq!(desk.read("c-1.dat"), format!("{},\n", people[0]));
    // Without mailboxes there is no control file, and that of the request before must not stay.
    assert!(desk.run(&[&two[..], &["--force"]].concat()).status.success());
    assert_eq!(desk.names(), ["c-1.dat", "c-1.manifest.json", "one.txt", "two.txt"]);
    let itself = ["request", "--list", "c-1.dat", "--output", "c-1", "--force"];
    let output = desk.run(&itself);
    assert!(text(&output.stderr).contains("is read, and cannot be written too"));
    assert_eq!(desk.read("c-1.dat"), list(&people[1..]));
}

#[test]
fn standard_input_is_a_table_too() {
    let people = numbers(300);
    let table = format!("n\n{}\n", people.join("\n"));
    let desk = Desk::new();
    let output =
        desk.run_with(&["request", "-", "--column", "n", "--output", "check"], table.as_bytes());
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(desk.read("check.dat"), list(&people));
}

#[test]
fn the_name_of_a_file_is_shown_unless_it_could_be_a_number() {
    let desk = Desk::new();
    desk.write("list.txt", &numbers(1)[0]);
    let output = desk.run(&["request", "--list", "list.txt", "--output", "AAAOT001-010626-0001"]);
    assert!(text(&output.stderr).contains("wrote AAAOT001-010626-0001.dat: 1 number"));
    for name in ["9434765919.txt", "x9434765919.txt", "n943-476-5919.txt", "943 476 5919"] {
        let output = desk.run(&["request", "--list", name, "--output", "check"]);
        let said = text(&output.stderr);
        assert!(
            said.contains("cannot read") && said.contains("###") && !said.contains("476"),
            "{said}"
        );
    }
}
