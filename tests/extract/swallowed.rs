//! A stray quote in one row and another in a later row: what lies between is a field to every
//! reader, and people to whoever wrote it.

use optout::extract::{Column, Dialect, Extract, ExtractError, KeyedStatuses, People};
use optout::{National, Patient, Ruling};
use proptest::prelude::*;

use super::setting::{any_share, at, care, digits, extract, number, research, run};

const SAYS: &str = "yet it reads as a row of its own";

/// Everybody is clear.
struct Clear;

impl KeyedStatuses for Clear {
    fn look_up(&self, _: &[u8]) -> Patient {
        Patient::UNKNOWN.with_national(National::None)
    }
}

fn by_key(ruling: &Ruling) -> Extract<'static> {
    any_share(Extract::new(ruling, People::ByKey(&Clear)).block_bytes(64))
}

/// The line at which a run stops because of a row swallowed; none when it does not stop.
fn swallowed(extract: &Extract<'_>, text: Dialect, columns: &[Column], read: &str) -> Option<u64> {
    match run(extract, text, columns, read.as_bytes()) {
        Ok(_) => None,
        Err(ExtractError::Malformed { line, what, .. }) if what.contains(SAYS) => Some(line),
        Err(error) => panic!("{error}: {read:?}"),
    }
}

fn by_number(column: usize, read: &str) -> Option<u64> {
    swallowed(&extract(&care()), Dialect::CSV.without_header(), &[at(column)], read)
}

#[derive(Clone, Debug)]
struct Swallowing {
    text: String,
    width: usize,
    person: usize,
    /// The lines of the rows that are joined, from 1.
    lines: [u64; 2],
}

fn swallowings() -> impl Strategy<Value = Swallowing> {
    let word = prop_oneof![4 => "[a-z ]{0,12}", 1 => Just("\"\"".to_owned()), 1 => Just("x \"\" y".to_owned())];
    let shape = (2_usize..5, 2_usize..30).prop_flat_map(|(width, rows)| {
        (Just(width), Just(rows), 0..width, 0..width - 1, 0..rows - 1)
    });
    (shape, prop::collection::vec(word, 120), any::<[bool; 3]>(), 0_usize..30).prop_map(
        |((width, rows, person, other, first), words, [crlf, end, alone], span)| {
            let other = if other >= person { other + 1 } else { other };
            let last = (first + 1 + span).min(rows - 1);
            let mut text = String::new();
            let eol = if crlf { "\r\n" } else { "\n" };
            for row in 0..rows {
                let fields = (0..width).map(|column| {
                    let inside = (first < row || (first == row && column >= other))
                        && (row < last || (row == last && column <= other));
                    let word = match &*words[row * 4 + column] {
                        // Outside of the field such a word would be quoted otherwise.
                        word if !inside => word.replace('"', ""),
                        word => word.to_owned(),
                    };
                    match column {
                        _ if column == person => {
                            digits(number(400_000_000 + 20 * u32::try_from(row).unwrap()))
                        }
                        _ if column == other && row == first => format!("\"{word}"),
                        _ if column == other && row == last && alone => "\"".to_owned(),
                        _ if column == other && row == last => format!("{word}\""),
                        _ => word,
                    }
                });
                text += &fields.collect::<Vec<_>>().join(",");
                text += if row + 1 < rows || end { eol } else { "" };
            }
            let lines = [first as u64 + 1, last as u64 + 1];
            Swallowing { text, width, person, lines }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn no_row_is_swallowed(
        Swallowing { text, width, person, lines } in swallowings(),
        threads in 1_usize..3, block in 64_usize..300, header: bool,
    ) {
        let names = (0..width).map(|i| format!("c{i}")).collect::<Vec<_>>().join(",");
        let (form, read, above) = if header {
            let form = Dialect::CSV.with_header_line(&names).unwrap();
            (form, format!("{names}\n{text}"), 1)
        } else {
            (Dialect::CSV.without_header(), text, 0)
        };
        let column = [at(person + 1)];
        for extract in [extract(&care()), by_key(&research())] {
            let extract = extract.threads(threads).block_bytes(block);
            let line = swallowed(&extract, form.clone(), &column, &read);
            let line = line.expect("a row was swallowed") - above;
            prop_assert!((lines[0]..=lines[1]).contains(&line), "{} of {:?}", line, lines);
            // Who says that the text is so has it as it is.
            let said = run(&extract, form.clone().with_line_breaks(), &column, read.as_bytes()).unwrap().1;
            prop_assert!(said.counts.rows() < read.lines().count() as u64 - above);
        }
    }
}

#[test]
fn each_line_of_a_record_counts() {
    let [a, b, c] = [400_000_000, 400_000_020, 400_000_040].map(|from| digits(number(from)));
    for (column, read, line) in [
        // The person before the quote: the lines after the first.
        (1, format!("{a},\"x\n{b},y\"\n"), 2),
        (1, format!("{a},\"x\n{b},\"\n"), 2),
        (1, format!("{a},\"x\r\n{b},y\r\n{c},z\"\r\n"), 2),
        (1, format!("{a},\"x\nwords\n{b},y\""), 3),
        (2, format!("p,{a},\"x\np,{b},y\"\n"), 2),
        // Behind it: the lines before the last.
        (2, format!("\"x,{a}\ny\",{b}\n"), 1),
        (2, format!("\"x,{a}\r\ny\",{b}\r\n"), 1),
        (2, format!("z,{c}\n\"x,{a}\ny\",{b}"), 2),
        (3, format!("p,\"x,{a}\nwords\np,y\",{b}\n"), 1),
        // In whatever form, and though it is nobody's.
        (1, format!("{a},\"x\n 400 000 0020 ,y\"\n"), 2),
        (1, format!("{a},\"x\n4000000021,y\"\n"), 2),
        (1, format!("{a},\"x\n0000000000,y\"\n"), 2),
        (1, format!("{a},\"x\n\"\"{b}\"\",y\"\n"), 2),
        (1, format!("{a},\"x\n{b}.0,y\"\n"), 2),
        (1, format!("{a},\"x\n=\"\"{b}\"\",y\"\n"), 2),
        (1, format!("{a},\"x\n943476591,y\"\n"), 2),
        // A table of other breaks too.
        (1, format!("{a},\"x\ny\"\n{b},\"x\n{c},y\"\n"), 4),
    ] {
        assert_eq!(by_number(column, &read), Some(line), "{read:?}");
    }
    let two = [at(1), at(3)];
    let read = format!("{a},\"x,{b}\n{b},y\",{c}\n");
    assert_eq!(swallowed(&extract(&care()), Dialect::CSV.without_header(), &two, &read), Some(1));
    let tabs = Dialect::TSV.without_header();
    let read = format!("{a}\t\"x\n{b}\ty\"\n");
    assert_eq!(swallowed(&extract(&care()), tabs, &[at(1)], &read), Some(2));
}

#[test]
fn text_of_several_lines_is_no_row() {
    let [a, b] = [400_000_000, 400_000_020].map(|from| digits(number(from)));
    for (column, read) in [
        (1, format!("{a},\"x\ny, z\"\n{b},\n")),
        (2, format!("\"x\ny\",{a}\r\n\"x\r\ny\",{b}\r\n")),
        (2, format!("\"x, y\nz\",{a}\n")),
        (2, format!("\"x\n\",{a},\"\n,\"\n")),
        (1, format!("{a},\"his number is\n{b}1,y\"\n")),
        // A row would go on behind the number.
        (1, format!("{a},\"referral\n{b}\ndear, x\"\n")),
        (2, format!("q,{a},\"tel,\n, {b}\"\n")),
        (2, format!("q,{a},\"see {b}\n{b}\"\n")),
        // The first line is that of the record, whatever a comma in quotes moves.
        (3, format!("\"x, y\",{b},{a},\"z\nz\"\n")),
    ] {
        assert_eq!(by_number(column, &read), None, "{read:?}");
    }
    // By key any text is a key: as many fields as a row has make a row.
    let keyed = |column, read: &str| {
        swallowed(&by_key(&research()), Dialect::CSV.without_header(), &[at(column)], read)
    };
    assert_eq!(keyed(1, "k,\"x\ny\",\nl,x,y\n"), None);
    assert_eq!(keyed(2, "\"x\ny\",k\n"), None);
    assert_eq!(keyed(1, "k,\"x\ny, z\"\n"), Some(2));
    assert_eq!(keyed(2, "\"x, y\",k,\"z\nz\",z\n"), None);
    assert_eq!(keyed(3, "\"x\n,y\",,k\n"), None);
    // A break where the person should be named stops the run; withheld where breaks are expected.
    for broken in [format!("\"{a}\n{b}\",x\n"), format!("\"{a}\r\",x\n"), format!("\"{a}\n\",x\n")]
    {
        let form = Dialect::CSV.without_header();
        let error = run(&extract(&care()), form.clone(), &[at(1)], broken.as_bytes())
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("table, line 1: a line break stands in a field"), "{error}");
        let form = form.with_line_breaks();
        let (written, _) = run(&extract(&care()), form, &[at(1)], broken.as_bytes()).unwrap();
        assert!(written.is_empty());
    }
}

/// The header leaves as it is, with all that it swallows.
#[test]
fn a_header_swallows_no_row() {
    let [a, b] = [400_000_000, 400_000_020].map(|from| digits(number(from)));
    let named = [Column::Named("n".into())];
    let read = format!("n,\"x\n{a},y\n{b},z\"\n{a},x\n");
    assert_eq!(swallowed(&extract(&care()), Dialect::CSV, &named, &read), Some(2));
    assert_eq!(swallowed(&by_key(&research()), Dialect::CSV, &named, &read), Some(2));
    let text = Dialect::CSV.with_line_breaks();
    assert_eq!(swallowed(&by_key(&research()), text.clone(), &named, &read), Some(2));
    let stopped = run(&by_key(&research()), text, &named, read.as_bytes()).unwrap_err().to_string();
    assert!(stopped.contains("take the line break out") && !stopped.contains("line-breaks"));
    let text = Dialect::CSV.with_header(["x,n\nk,y", "k2"]);
    let read = format!("\u{feff}\n\"x,n\nk,y\",k2\n\"y\n\",{b}\n");
    assert_eq!(swallowed(&by_key(&research()), text, &[at(2)], &read), Some(2));
    let read = format!("\"the\nname\",n,\"of\nbirth\"\nx,{a},y\n");
    assert_eq!(swallowed(&extract(&care()), Dialect::CSV, &named, &read), None);
    assert_eq!(swallowed(&by_key(&research()), Dialect::CSV, &named, &read), None);
}
