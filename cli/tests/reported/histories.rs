//! Type 1 entries that could be passed over.

mod columns;
mod dates;
mod practices;
mod registrations;

use super::bench::{Bench, day, request, stderr};

/// Who has an entry that is looked for, somebody clear, and somebody with a dissent that is read.
const SOUGHT: &str = "9000000009";
const CLEAR: &str = "9000000017";
const DISSENTS: &str = "9000000025";

/// A practice with these entries, of people who are all registered there. `settings` name the code, its
/// system, and what else differs.
struct Practice {
    bench: Bench,
}

impl Practice {
    fn new(settings: &str, entries: &str) -> Self {
        let practice = Self { bench: Bench::new() };
        practice.register(&[SOUGHT, CLEAR, DISSENTS]);
        practice.request(settings);
        practice.bench.write("entries.csv", entries);
        practice
    }

    /// People, all of them registered, in the table, and asked about nationally.
    fn register(&self, people: &[&str]) {
        let rows = |of: &dyn Fn(&&str) -> String| people.iter().map(of).collect::<String>();
        let patients = rows(&|person| format!("{person},P1\n"));
        self.bench.write("patients.csv", format!("nhs,practice\n{patients}"));
        let table = rows(&|person| format!("{person},x\n"));
        self.bench.write("table.csv", format!("nhs,code\n{table}"));
        self.bench.register_of(&day(-1), people, people);
    }

    fn request(&self, settings: &str) {
        let all = format!(
            "all-registered-on = {}\nall-registered-max-age-days = 30\nregistrations = \
             {{ file = \"patients.csv\", patient = \"nhs\", practice = \"practice\" }}\n",
            day(-1)
        );
        self.request_with(&format!("{settings}{all}"));
    }

    /// The same, with what is said of registrations among the settings.
    fn request_with(&self, settings: &str) {
        let gp = request(&day(0)).replace("england-care", "gp-record");
        let practices =
            if settings.contains("practices-read") { "" } else { "practices-read = [\"P1\"]\n" };
        self.bench.request(&format!(
            "{gp}\n[type1]\nentries = \"entries.csv\"\npatient = \"nhs\"\ndate = \"date\"\n\
             practice = \"practice\"\n{practices}{settings}"
        ));
    }

    /// The release, and what is said of it.
    fn released(&self) -> (String, String) {
        let output = self.bench.filter();
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(0), "{said}");
        let table = self.bench.read("out/table.csv");
        std::fs::remove_dir_all(self.bench.path("out")).unwrap();
        (table, said)
    }

    /// The run goes through, withholds who is sought, and releases who is clear.
    fn withholds(&self) -> String {
        let (table, said) = self.released();
        assert!(!table.contains(SOUGHT) && table.contains(CLEAR), "{table}");
        said
    }

    /// The run goes through and releases both.
    fn releases(&self) -> String {
        let (table, said) = self.released();
        assert!(table.contains(SOUGHT) && table.contains(CLEAR), "{table}");
        said
    }

    /// The run stops, says this, and leaves nothing.
    fn stops(&self, what: &str) {
        self.bench.stops(what);
    }
}

/// Enough entries of somebody clear, so that a single one that cannot be read is less than 5 %.
fn filler(row: &str) -> String {
    row.repeat(30)
}
