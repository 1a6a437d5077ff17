//! Several sources of one opt-out, sources that nobody asks for, and keys in another form.
#![allow(clippy::format_push_string, reason = "a test's files are short")]

use super::bench::{Bench, CLEAR, OPTED_OUT, UNKNOWN, day, request, stderr};
use super::people_column::keyed;

/// A list of people by NHS number.
fn list(bench: &Bench, of: &str, file: &str, numbers: &[&str], others: &str) -> String {
    bench.write(file, format!("nhs\n{}\n", numbers.join("\n")));
    let others = if others.is_empty() { String::new() } else { format!("others = \"{others}\"\n") };
    let checked = if of.starts_with("national") {
        format!("checked = {}\nmax-age-days = 14\n", day(-1))
    } else {
        String::new()
    };
    format!("[[list]]\nof = \"{of}\"\nfile = \"{file}\"\ncolumn = \"nhs\"\n{others}{checked}")
}

fn without_register(text: &str) -> String {
    text.replace("[register]\nfile = \"register\"\nmax-age-days = 14\n", "")
}

/// What is released when the register says that one is clear and another opted out, and never heard of
/// the third; beside lists of the national opt-out.
fn released_beside(lists: &[(&str, &[&str], &str)]) -> String {
    let bench = Bench::new();
    let mut text = request(&day(0));
    for (number, (of, numbers, others)) in lists.iter().enumerate() {
        text += &list(&bench, of, &format!("list{number}.csv"), numbers, others);
    }
    bench.request(&text);
    bench.write("table.csv", format!("nhs,x\n{CLEAR},a\n{OPTED_OUT},b\n{UNKNOWN},c\n"));
    bench.succeeds();
    let kept = bench.read("out/table.csv");
    kept.lines().skip(1).filter_map(|row| row.split(',').nth(1)).collect()
}

/// An opt-out prevails, then not knowing, then none, whatever the sources are.
#[test]
fn a_list_does_not_make_known_what_a_register_was_not_asked() {
    const OUT: &str = "national-opted-out";
    const FREE: &str = "national-clear";
    for (lists, kept) in [
        (&[][..], "a"),
        // Who is not on a list is clear by it, and unknown to the register.
        (&[(OUT, &[OPTED_OUT][..], "none")], "a"),
        (&[(OUT, &["9990001006"], "none")], "a"),
        // Even by name.
        (&[(FREE, &[CLEAR, UNKNOWN], "")], "a"),
        (&[(FREE, &[CLEAR, UNKNOWN, OPTED_OUT], "")], "a"),
        // The register knows, and a list does not.
        (&[(OUT, &[OPTED_OUT], "unknown")], ""),
        (&[(FREE, &[UNKNOWN], "")], ""),
        // An opt-out prevails wherever it is.
        (&[(OUT, &[CLEAR], "none")], ""),
        (&[(FREE, &[CLEAR], ""), (OUT, &["9990001006"], "none")], "a"),
    ] {
        assert_eq!(released_beside(lists), kept, "{lists:?}");
    }
}

/// Two registers, `one` and `two`: the day of each, who was asked, and who came back.
fn two_registers(registers: [(i64, &[&str], &[&str]); 2]) -> Bench {
    let bench = Bench::new();
    let mut tables = String::new();
    for (name, (checked, asked, back)) in ["one", "two"].into_iter().zip(registers) {
        bench.register_of(&day(checked), asked, back);
        std::fs::rename(bench.path("register"), bench.path(name)).unwrap();
        tables += &format!("[[register]]\nfile = \"{name}\"\nmax-age-days = 14\n");
    }
    let text =
        request(&day(0)).replace("[register]\nfile = \"register\"\nmax-age-days = 14\n", &tables);
    bench.request(&text);
    bench.write("table.csv", format!("nhs,x\n{CLEAR},a\n{OPTED_OUT},b\n{UNKNOWN},c\n"));
    bench
}

#[test]
fn among_registers_the_latest_answer_prevails() {
    let [all, none] = [&[CLEAR, OPTED_OUT, UNKNOWN][..], &[]];
    for (registers, kept) in [
        // An answer prevails over not having been asked.
        ([(-1, &[CLEAR][..], &[CLEAR][..]), (-2, &[UNKNOWN], &[UNKNOWN])], "ac"),
        ([(-2, &[CLEAR], &[CLEAR]), (-1, &[UNKNOWN], &[UNKNOWN])], "ac"),
        // Of two answers the later one: somebody opted out, or in again.
        ([(-2, all, all), (-1, all, &[CLEAR])], "a"),
        ([(-1, all, &[CLEAR]), (-2, all, all)], "a"),
        ([(-2, all, none), (-1, all, &[CLEAR, UNKNOWN])], "ac"),
        // On one day an opt-out prevails.
        ([(-1, all, all), (-1, all, &[CLEAR])], "a"),
        // A check that is too old knows nobody, for good or ill.
        ([(-20, all, none), (-1, &[CLEAR], &[CLEAR])], "a"),
        ([(-20, all, all), (-1, &[CLEAR, OPTED_OUT], &[CLEAR])], "a"),
    ] {
        let bench = two_registers(registers);
        let output = bench.filter();
        let said = stderr(&output);
        assert!(output.status.success(), "{said}");
        let released = bench.read("out/table.csv");
        let released: String =
            released.lines().skip(1).filter_map(|row| row.split(',').nth(1)).collect();
        assert_eq!(released, kept, "{registers:?}");
        let stale = registers[0].0 == -20;
        assert_eq!(said.contains("to one everybody is unknown"), stale, "{said}");
        let record = bench.read("out/audit.json");
        assert!(record.contains("\"one\"") && record.contains("\"two\""));
        let verified = bench.run(&["audit", "verify", "out/audit.json"]);
        assert!(verified.status.success(), "{}", stderr(&verified));
    }
    // When none may be used, nothing is asked.
    two_registers([(-20, all, all), (-30, all, all)]).stops("one is 20 days old");
    // One list of the same is one more source.
    let bench = two_registers([(-1, all, all), (-2, all, all)]);
    let out = list(&bench, "national-opted-out", "list.csv", &[OPTED_OUT], "none");
    bench.request(&format!("{}{out}", bench.read("request.toml")));
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), format!("nhs,x\n{CLEAR},a\n{UNKNOWN},c\n"));
}

#[test]
fn a_register_that_says_nothing_of_its_age_is_refused() {
    let bench = Bench::new();
    for tables in ["[[register]]\nfile = \"register\"\n", "[register]\nmax-age-days = 14\n"] {
        let text = without_register(&request(&day(0)));
        bench.request(&format!("{text}{tables}"));
        bench.stops("missing `");
    }
}

fn audit(bench: &Bench, conditions: &str, bases: &str) -> String {
    bench.write("table.csv", format!("nhs,x\n{CLEAR},a\n{OPTED_OUT},b\n"));
    request(&day(0))
        .replace("\"research\"", "\"national-clinical-audit\"")
        .replace("conditions = []", &format!("conditions = [{conditions}]"))
        .replace("[\"copi-reg-5\"]", &format!("[{bases}]"))
}

/// Who opted out of a programme would go, without a word.
#[test]
fn a_programme_s_opt_out_needs_its_condition_and_the_condition_its_list() {
    let section_251 = "\"copi-reg-5\"";
    for (of, others) in [
        ("programme-opted-out", "none"),
        ("programme-opted-out", "unknown"),
        ("programme-clear", ""),
    ] {
        let bench = Bench::new();
        let own = list(&bench, of, "own.csv", &[CLEAR], others);
        bench.request(&format!("{}{own}", audit(&bench, "", section_251)));
        bench.stops("state `programme-opt-out` among its conditions");
        bench.request(&format!("{}{own}", audit(&bench, "\"programme-opt-out\"", section_251)));
        bench.succeeds();
        let kept = bench.read("out/table.csv").contains(",a");
        assert_eq!(kept, of == "programme-clear");
    }
    let bench = Bench::new();
    bench.request(&audit(&bench, "\"programme-opt-out\"", section_251));
    bench.stops("the disclosure states `programme-opt-out`, and no list says who has opted out");
    // Also where a duty in statute would prevail over it.
    let duty = audit(&bench, "\"programme-opt-out\"", "\"statutory-duty\"")
        .replace("evidence.copi-reg-5", "evidence.statutory-duty");
    bench.request(&duty);
    bench.stops("the disclosure states `programme-opt-out`, and no list says who has opted out");
    let own = list(&bench, "programme-opted-out", "own.csv", &[CLEAR], "none");
    bench.request(&format!("{duty}{own}"));
    let output = bench.filter();
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stderr(&output).contains("it is given who has opted out of the programme"));
}

/// Whoever did not consent would be released all the same.
#[test]
fn a_list_of_consent_needs_a_disclosure_that_rests_on_it() {
    let bench = Bench::new();
    let consenters = list(&bench, "consenters", "consent.csv", &[CLEAR], "");
    bench.request(&format!("{}{consenters}", request(&day(0))));
    bench.stops("state `explicit-consent` as its basis");
    let consented = without_register(&request(&day(0)))
        .replace("[\"copi-reg-5\"]", "[\"explicit-consent\"]")
        .replace("evidence.copi-reg-5", "evidence.explicit-consent");
    bench.request(&format!("{consented}{consenters}"));
    let output = bench.filter();
    if !output.status.success() {
        // Consent may need no evidence of its own.
        let start = consented.find("[evidence").unwrap();
        let end = consented.find("[[table]]").unwrap();
        bench.request(&format!("{}{}{consenters}", &consented[..start], &consented[end..]));
        bench.succeeds();
    }
    let kept = bench.read("out/table.csv");
    assert!(kept.contains(CLEAR) && !kept.contains(OPTED_OUT), "{kept}");
}

/// What does not bind by the policy is told, and is no mistake by itself.
#[test]
fn a_source_that_does_not_bind_is_told() {
    for (of, others, said) in [
        ("type1-dissenters", "none", "it is given who has a Type 1 opt-out"),
        ("care-objectors", "", "it is given who objects to sharing for their own care"),
    ] {
        let bench = Bench::new();
        let idle = list(&bench, of, "idle.csv", &[CLEAR], others);
        bench.request(&format!("{}{idle}", request(&day(0))));
        let output = bench.filter();
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
        assert!(bench.read("out/audit.json").contains(said));
        assert!(bench.read("out/table.csv").contains(CLEAR));
    }
    let bench = Bench::new();
    bench.request(&request(&day(0)).replace("conditions = []", "conditions = [\"national-disapplied\"]").replace(
        "[register]",
        "[evidence.national-disapplied]\nreference = \"24/CAG/0001\"\nfrom = 2025-01-01\n[register]",
    ));
    let output = bench.filter();
    assert!(output.status.success(), "{}", stderr(&output));
    let said = stderr(&output);
    assert!(said.contains("it is given who has a national data opt-out"), "{said}");
    // Where it binds, nothing is said.
    let bench = Bench::new();
    assert!(!stderr(&bench.filter()).contains("it is given who"));
}

/// Of these keys one is on the list in another form: who opted out would be released.
#[test]
fn keys_in_another_form_stop_the_run() {
    for (listed, held) in [
        // Mixed: some match, and one does not.
        ("f00dcafe\nBEEF0123", "beef0123"),
        ("F00DCAFE\nBEEF0123", "f00dcafe"),
        ("f00dcafe\nbeef0123", "F00DCAFE"),
        ("AbCdEf", "aBcDeF"),
        ("00017", "17"),
        ("17", "00017"),
        ("17.0", "17"),
        ("17", "17.0"),
        ("{0F0E-1}", "0f0e1"),
        ("\u{e9}1", "\u{c9}1"),
    ] {
        for (of, more) in [
            ("national-opted-out", "others = \"none\"\nmay-match-nobody = true"),
            ("national-opted-out", "others = \"unknown\""),
            ("national-clear", ""),
        ] {
            let bench = keyed(&[(of, &format!("{listed}\nq9"), more)], "");
            bench.write("table.csv", format!("nhs,x\nq9,1\n{held},2\nk7,3\n"));
            bench.stops("list0.csv: a key of table.csv is here only in another form");
            bench.stops("in 1 of its fields, and one that is the same in 1");
        }
        // Whoever is clear by one list may be the one of another.
        let out = ("national-opted-out", listed, "others = \"none\"\nmay-match-nobody = true");
        let clear = ("national-clear", held, "");
        let bench = keyed(&[clear, out], "");
        bench.write("table.csv", format!("nhs,x\n{held},2\n"));
        bench.stops("list1.csv: a key of table.csv is here only in another form");
        let bench = keyed(&[clear, out], "similar-keys-differ = true");
        bench.write("table.csv", format!("nhs,x\n{held},2\n"));
        bench.succeeds();
        assert_eq!(bench.read("out/table.csv"), format!("nhs,x\n{held},2\n"));
    }
    // Other keys than those of the list stay who they are.
    for (listed, held) in
        [("f00d", "beef"), ("F00D\nCAFE", "BEEF"), ("00017\n00018", "00019"), ("17\n18", "19")]
    {
        let clear = ("national-clear", held, "");
        let out = ("national-opted-out", listed, "others = \"none\"\nmay-match-nobody = true");
        let bench = keyed(&[clear, out], "");
        bench.write("table.csv", format!("nhs,x\n{held},2\n"));
        bench.succeeds();
        assert_eq!(bench.read("out/table.csv"), format!("nhs,x\n{held},2\n"));
    }
    let bench = Bench::new();
    bench.request(&format!("[people]\nsimilar-keys-differ = true\n{}", request(&day(0))));
    bench.stops("`similar-keys-differ` is said of keys");
}

/// Consent by a key in another form is not lost without a word either.
#[test]
fn consent_by_a_key_in_another_form_stops_the_run() {
    let bench = keyed(&[("consenters", "K1\nk2", "")], "");
    let consented =
        bench.read("request.toml").replace("[\"copi-reg-5\"]", "[\"explicit-consent\"]");
    let start = consented.find("[evidence").unwrap();
    let end = consented.find("[people]").unwrap();
    bench.request(&format!("{}{}", &consented[..start], &consented[end..]));
    bench.write("table.csv", "nhs,x\nk1,1\nk2,2\n");
    bench.stops("list0.csv: a key of table.csv is here only in another form");
    bench.write("table.csv", "nhs,x\nk3,1\nk2,2\n");
    bench.succeeds();
    assert_eq!(bench.read("out/table.csv"), "nhs,x\nk2,2\n");
}

/// A file that is a list and a table, and changes between the two.
#[cfg(unix)]
#[test]
fn a_file_that_is_read_twice_is_the_same_both_times() {
    let first = format!("nhs,x\n{CLEAR},a\n");
    for (second, same) in [
        (first.clone(), true),
        (format!("nhs,x\n{CLEAR},a\n{CLEAR},b\n"), false),
        (first.replace('a', "b"), false),
    ] {
        for alias in [false, true] {
            let bench = Bench::new();
            let made = std::process::Command::new("mkfifo").arg(bench.path("both.csv")).status();
            assert!(made.unwrap().success());
            let table = if alias { "alias.csv" } else { "both.csv" };
            if alias {
                std::os::unix::fs::symlink(bench.path("both.csv"), bench.path(table)).unwrap();
            }
            let text = request(&day(0)).replace("table.csv", table);
            let list = format!(
                "[[list]]\nof = \"national-clear\"\nfile = \"both.csv\"\ncolumn = \"nhs\"\nchecked = {}\nmax-age-days = 14\n",
                day(-1)
            );
            bench.request(&format!("{text}{list}"));
            let path = bench.path("both.csv");
            let contents = [first.clone(), second.clone()];
            // It gives something else each time that it is opened.
            let writer = std::thread::spawn(move || {
                for contents in contents {
                    std::fs::write(&path, contents).unwrap();
                    std::thread::sleep(std::time::Duration::from_millis(200));
                }
            });
            if same {
                bench.succeeds();
            } else {
                bench.stops("it was read twice, and not the same both times");
            }
            writer.join().unwrap();
        }
    }
}
