//! NHS numbers, and characters that are not seen, in the names of folders, files and columns.

use std::fs;
use std::path::Path;

use super::super::bench::{Bench, CLEAR, KEPT, TABLE, day, request};
use super::said;

/// Everything below a folder, names and contents, that a person might read.
fn all_of(folder: &Path, into: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all_of(&path, into);
        } else if path.extension().is_some_and(|ext| ext == "json") {
            // A digest has any digits.
            let text = fs::read_to_string(&path).unwrap();
            let parts = text.split('"').filter(|part| part.len() != 64);
            into.extend(parts.flat_map(|part| [part, "\""]));
        }
    }
}

/// However it is grouped, in whatever digits.
fn groupings() -> Vec<String> {
    let wide = CLEAR.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap());
    let arabic = CLEAR.chars().map(|c| char::from_u32(u32::from(c) + 0x630).unwrap());
    vec![
        CLEAR.to_owned(),
        "943-476-5919".to_owned(),
        "943 476 5919".to_owned(),
        "94 34 76 59 19".to_owned(),
        "943\u{a0}476\u{a0}5919".to_owned(),
        "943\u{200b}476\u{200b}5919".to_owned(),
        "943\u{2011}476\u{2011}5919".to_owned(),
        "9.4.3.4.7.6.5.9.1.9".to_owned(),
        wide.collect(),
        arabic.collect(),
    ]
}

#[test]
fn a_number_in_a_path_is_on_no_screen_and_in_no_record() {
    for number in groupings() {
        let bench = Bench::new();
        let folder = format!("of {number}");
        fs::create_dir(bench.path(&folder)).unwrap();
        for file in ["request.toml", "table.csv", "register"] {
            fs::rename(bench.path(file), bench.path(&format!("{folder}/{file}"))).unwrap();
        }
        let asked = format!("{folder}/request.toml");
        let (out, series) = (format!("out-{number}"), format!("series-{number}"));
        let run = ["filter", &asked, "--out", &out, "--series", &series];
        let first = bench.run(&run);
        assert!(first.status.success(), "{}", said(&first));
        let again = bench.run(&run);
        assert_eq!(again.status.code(), Some(2), "the folder is taken");
        let verified = bench.run(&["audit", "verify", &out, "--series", &series]);
        assert_eq!(verified.status.code(), Some(0), "{}", said(&verified));
        // Masked, it is still found.
        let same = said(&verified).lines().filter(|line| line.starts_with("same   ")).count();
        assert_eq!(same, 7, "{}", said(&verified));
        let mut told = said(&first) + &said(&again) + &said(&verified);
        all_of(&bench.path(""), &mut told);
        assert!(told.contains('#') && told.contains("table.csv"), "{told}");
        for part in [number.as_str(), "5919", "59 19", CLEAR] {
            assert!(!told.contains(part), "{part} in: {told}");
        }
        assert_eq!(bench.read(&format!("{out}/table.csv")), KEPT);
        fs::rename(bench.path(&folder), bench.path("moved")).unwrap();
        let verified = bench.run(&["audit", "verify", &out]);
        assert_eq!(verified.status.code(), Some(0), "{}", said(&verified));
        assert!(said(&verified).contains("an NHS number in its path is masked"));
    }
}

#[test]
fn a_number_that_would_stand_in_the_release_is_refused() {
    for number in groupings() {
        let bench = Bench::new();
        let fine = request(&day(0));
        let table = format!("{number}.csv");
        fs::write(bench.path(&table), TABLE).unwrap();
        for given in [
            format!("{fine}output = \"{table}\"\n"),
            fine.replace("table.csv", &table),
            fine.replace("person = \"nhs\"", &format!("person = \"{number}\"")),
            fine.replace("25/CAG/0000", &format!("CAG {number}")),
        ] {
            bench.request(&given);
            let run = ["filter", "request.toml", "--out", "out", "--series", "series"];
            let output = bench.run(&run);
            let mut told = said(&output);
            assert_eq!(output.status.code(), Some(2), "{told}");
            assert!(told.contains("of the request file holds an NHS number"), "{told}");
            all_of(&bench.path(""), &mut told);
            assert!(!told.contains("5919") && !told.contains(&number), "{told}");
        }
    }
}

/// Ten digits that are nobody's, and a day with its hour, are names as others are.
#[test]
fn other_digits_in_names_are_released() {
    let bench = Bench::new();
    for name in ["hes-2026112809.csv", "hes 2026-11-28 09.csv", "9434765918.csv", "19434765919.csv"]
    {
        fs::write(bench.path(name), TABLE).unwrap();
        bench.request(&request(&day(0)).replace("table.csv", name));
        bench.succeeds();
        assert_eq!(bench.read(&format!("out/{name}")), KEPT);
        let verified = bench.run(&["audit", "verify", "out"]);
        assert!(verified.status.success() && said(&verified).contains("same"), "{name}");
        fs::remove_dir_all(bench.path("out")).unwrap();
    }
}

#[test]
#[cfg(unix)]
fn characters_that_are_not_seen_are_written_out_and_refused_in_outputs() {
    let unseen = [
        '\u{202e}', '\u{2066}', '\u{200f}', '\u{61c}', '\u{1b}', '\u{7f}', '\u{85}', '\u{2028}',
        '\n',
    ];
    for c in unseen {
        let bench = Bench::new();
        let fine = request(&day(0));
        let escape = format!("\\u{:04x}", u32::from(c));
        let name = format!("ta{c}ble.csv");
        fs::write(bench.path(&name), TABLE).unwrap();
        let quoted = format!("ta{escape}ble.csv");
        // As an input it is read, under another name in the release.
        bench.request(&format!("{}output = \"t.csv\"\n", fine.replace("table.csv", &quoted)));
        let output = bench.run(&["filter", "request.toml", "--out", "out", "--series", "series"]);
        let mut told = said(&output);
        assert!(output.status.success(), "{told}");
        let verified = bench.run(&["audit", "verify", "out", "--series", "series"]);
        told += &said(&verified);
        assert!(verified.status.success() && !told.contains("not there"), "{told}");
        let escaped = format!("ta\\u{{{:x}}}ble.csv", u32::from(c));
        assert!(told.contains(&escaped), "{told}");
        all_of(&bench.path(""), &mut told);
        assert!(c == '\n' || !told.contains(c), "{told:?}");
        assert!(!told.contains(&name), "{told:?}");
        // As an output it is refused; so it is as a column that is not there, escaped.
        for given in [
            format!("{fine}output = \"{quoted}\"\n"),
            fine.replace("table.csv", &quoted),
            fine.replace("person = \"nhs\"", &format!("person = \"n{escape}hs\"")),
        ] {
            bench.request(&given);
            let output = bench.run(&["filter", "request.toml", "--out", "more"]);
            let told = said(&output);
            assert_eq!(output.status.code(), Some(2), "{told}");
            assert!(
                !told.contains(&format!("a{c}b")) && !told.contains(&format!("n{c}h")),
                "{told:?}"
            );
            assert!(!bench.path("more").exists());
        }
    }
}
