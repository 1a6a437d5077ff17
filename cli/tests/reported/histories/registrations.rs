//! People who have left the practices that were read.

use super::{CLEAR, DISSENTS, Practice, SOUGHT, day};

const READ: &str = "code = \"code\"\nsystem = \"read-v2\"\n";

fn entries() -> String {
    format!(
        "nhs,code,date,practice\n{SOUGHT},H33..,2019-01-01,P1\n{CLEAR},H33..,2019-01-01,P1\n\
         {DISSENTS},9Nu0.,2018-01-01,P1\n"
    )
}

/// Somebody with these registrations; the last day and death in columns of their own.
fn practice(rows: &str) -> Practice {
    let practice = Practice::new(READ, &entries());
    practice.request_with(&format!(
        "{READ}practices-read = [\"P1\", \"P2\"]\n[type1.registrations]\nfile = \"patients.csv\"\n\
         patient = \"nhs\"\npractice = \"practice\"\nuntil = \"end\"\n\
         died = {{ column = \"died\", set = [\"1\"], clear = [\"0\", \"\"] }}\n"
    ));
    let others = format!("{CLEAR},P1,2010-01-01,,\n{DISSENTS},P1,2010-01-01,,\n");
    let header = "nhs,practice,start,end,died\n";
    practice.bench.write("patients.csv", format!("{header}{others}{rows}"));
    practice
}

#[test]
fn who_left_the_only_known_practice_is_unknown() {
    let (today, yesterday, tomorrow) = (day(0), day(-1), day(1));
    for row in
        ["P1,2010-01-01,2020-01-01,", "P1,2010-01-01,1900-01-01,", &format!("P1,,{yesterday},0")]
    {
        let said = practice(&format!("{SOUGHT},{row}\n")).withholds();
        assert!(said.contains("registered with no practice that was read: 1"), "{said}");
    }
    for row in [
        "P1,2010-01-01,,",
        "P1,2010-01-01,NULL,",
        "P1,2010-01-01,9999-12-31,",
        &format!("P1,,{today},"),
        &format!("P1,,{tomorrow},"),
        "P1,2010-01-01,2020-01-01,1",
    ] {
        let said = practice(&format!("{SOUGHT},{row}\n")).releases();
        assert!(!said.contains("registered with no practice"), "{said}");
    }
    practice(&format!("{SOUGHT},P1,,01/01/2020,\n")).stops("patients.csv: line 4: a date");
    practice(&format!("{SOUGHT},P1,,,maybe\n")).stops("patients.csv: line 4: a value of a flag");
}

#[test]
fn the_last_registration_counts() {
    let of =
        |first: &str, second: &str| practice(&format!("{SOUGHT},{first}\n{SOUGHT},{second}\n"));
    // Moved to another practice that was read.
    of("P1,2010-01-01,2020-01-01,", "P2,2020-01-02,,").releases();
    of("P2,2020-01-02,,", "P1,2010-01-01,2020-01-01,").releases();
    // To one that was not, and away.
    of("P1,2010-01-01,2020-01-01,", "P3,2020-01-02,,").withholds();
    of("P1,2010-01-01,2020-01-01,", "P2,2020-01-02,2024-01-01,").withholds();
    // An earlier end by death is a mistake of the data.
    of("P1,2010-01-01,2020-01-01,1", "P2,2020-01-02,2024-01-01,").withholds();
    of("P1,2010-01-01,2020-01-01,", "P2,2020-01-02,2024-01-01,1").releases();
    // Without any registration an entry does not show one.
    practice("").withholds();
}

#[test]
fn when_registrations_end_must_be_said() {
    let registrations =
        "registrations = { file = \"patients.csv\", patient = \"nhs\", practice = \"practice\" }\n";
    let practice = Practice::new(READ, &entries());
    practice.releases();
    let all = |on: &str, days: u16| {
        format!("{READ}all-registered-on = {on}\nall-registered-max-age-days = {days}\n")
    };
    for (settings, what) in [
        (format!("{READ}{registrations}"), "nothing says when registrations end"),
        (format!("{READ}all-registered-on = {}\n{registrations}", day(0)), "go together"),
        (all(&day(0), 9), "there are none"),
        (all(&day(-10), 9) + registrations, "more than 9 days before"),
        (all(&day(1), 9) + registrations, "which is after"),
        (all(&day(0), 9) + &registrations.replace(" }", ", until = \"end\" }"), "leave out one"),
        (
            all(&day(0), 9)
                + &registrations
                    .replace(" }", ", died = { column = \"d\", set = [\"1\"], clear = [] } }"),
            "so it needs `until`",
        ),
    ] {
        practice.request_with(&settings);
        practice.stops(what);
    }
    practice.request_with(&(all(&day(-9), 9) + registrations));
    practice.releases();
    // Without registrations nobody is known to be without an opt-out.
    practice.request_with(READ);
    let (table, said) = practice.released();
    assert_eq!(table, "nhs,code\n");
    assert!(said.contains("without `registrations` nobody is known to be registered"), "{said}");
}
