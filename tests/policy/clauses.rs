//! Every clause of the specification is accounted for: by a rule, by a test, or by a reasoned
//! exception. `clauses.csv` has a row for each, in our own words.
//!
//! `where` names what accounts for it, in words separated by spaces: a rule (`route:section-251`,
//! `cell:section-251/national`, `scope:type1`), a word of the vocabulary (`basis:court-order`,
//! `reason:permitted` and so on), what the code declares unsettled or not followed (`unsettled:1`,
//! `not-followed:1`, by place), or a test (`laws.rs::its_name` of this folder,
//! `../record/type1.rs::its_name` of another). An exception may name a source that no rule cites
//! (`source:HRA`), or a file that is still to come; when it has come, the excuse is stale.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use optout::binding::{Binding, MATRIX, OptOut, Rule, scope_citations};
use optout::clause::{NOT_FOLLOWED, UNSETTLED};
use optout::route::ROUTES;
use optout::{
    Bases, Boundary, Citation, Clause, Conditions, Identifiability, Origin, PurposeClass, Reason,
};

const CLAUSES: &str = include_str!("clauses.csv");
const COLUMNS: [&str; 7] = ["id", "section", "statement", "grade", "account", "where", "reason"];

struct Row {
    id: String,
    section: String,
    statement: String,
    grade: String,
    account: String,
    places: Vec<String>,
    reason: String,
}

fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().expect("a header"), &COLUMNS[..]);
    let row = |record: csv::StringRecord| Row {
        id: record[0].to_owned(),
        section: record[1].to_owned(),
        statement: record[2].to_owned(),
        grade: record[3].to_owned(),
        account: record[4].to_owned(),
        places: record[5].split_whitespace().map(str::to_owned).collect(),
        reason: record[6].to_owned(),
    };
    reader.records().map(|record| row(record.expect("a row of seven cells"))).collect()
}

/// The citations of a cell, with those of the purposes that it exempts.
fn cited_by(cell: &Binding) -> Vec<Citation> {
    let mut citations = cell.citations.to_vec();
    if let Rule::Unless { exempt, .. } = cell.rule {
        citations.extend(exempt.iter().map(|(_, citation)| *citation));
    }
    citations
}

/// Every rule of the code, with what it cites.
fn rules() -> Vec<(String, Vec<Citation>)> {
    let routes =
        ROUTES.iter().map(|rule| (format!("route:{}", rule.route), rule.citations.to_vec()));
    let cells = MATRIX
        .iter()
        .flatten()
        .map(|cell| (format!("cell:{}/{}", cell.route, cell.opt_out), cited_by(cell)));
    let scopes = OptOut::ALL
        .iter()
        .map(|opt_out| (format!("scope:{opt_out}"), scope_citations(*opt_out).to_vec()));
    routes.chain(cells).chain(scopes).collect()
}

/// Every word of the vocabulary that a clause of its own explains, and what the code leaves open.
fn words() -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    words.extend(Origin::ALL.iter().map(|word| format!("origin:{word}")));
    words.extend(Boundary::ALL.iter().map(|word| format!("boundary:{word}")));
    words.extend(Identifiability::ALL.iter().map(|word| format!("identifiability:{word}")));
    words.extend(PurposeClass::ALL.iter().map(|word| format!("class:{word}")));
    words.extend(Bases::TABLE.iter().map(|(_, code, _)| format!("basis:{code}")));
    words.extend(Conditions::TABLE.iter().map(|(_, code, _)| format!("condition:{code}")));
    words.extend(Reason::ALL.iter().map(|word| format!("reason:{word}")));
    words.extend((1..=UNSETTLED.len()).map(|place| format!("unsettled:{place}")));
    words.extend((1..=NOT_FOLLOWED.len()).map(|place| format!("not-followed:{place}")));
    words
}

/// The sources that no rule cites; OP8 is cited where no route is open.
fn uncited() -> Vec<String> {
    let mut cited: BTreeSet<Clause> = BTreeSet::from([Clause::Op8]);
    cited.extend(rules().into_iter().flat_map(|(_, citations)| citations).map(|it| it.clause));
    let uncited = Clause::ALL.iter().filter(|clause| !cited.contains(clause));
    uncited.map(|clause| format!("source:{clause}")).collect()
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policy")
}

/// The functions of a file that have the attribute `#[test]`.
fn tests_of(file: &str) -> Vec<String> {
    let text = std::fs::read_to_string(here().join(file)).unwrap_or_default();
    let (mut tests, mut is_test) = (Vec::new(), false);
    for line in text.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("fn ") {
            let name = rest.split(['(', '<']).next().unwrap_or_default();
            tests.extend(is_test.then(|| name.to_owned()));
            is_test = false;
        } else if line == "#[test]" {
            is_test = true;
        } else if !line.starts_with("#[") && !line.starts_with("//") {
            is_test = false;
        }
    }
    tests
}

/// What a row may name.
struct Known {
    rules: Vec<(String, Vec<Citation>)>,
    words: Vec<String>,
    uncited: Vec<String>,
    /// The tests of every file that the table names.
    tests: BTreeSet<String>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let rows = rows(CLAUSES);
    let places = rows.iter().flat_map(|row| &row.places);
    let files: BTreeSet<&str> =
        places.filter_map(|place| Some(place.split_once("::")?.0)).collect();
    let tests = files
        .iter()
        .flat_map(|file| tests_of(file).into_iter().map(move |name| format!("{file}::{name}")));
    Known { rules: rules(), words: words(), uncited: uncited(), tests: tests.collect() }
});

impl Known {
    fn rule(&self, place: &str) -> Option<&[Citation]> {
        let found = self.rules.iter().find(|(name, _)| name == place);
        found.map(|(_, citations)| citations.as_slice())
    }
}

/// What is wrong with a row, taken by itself.
fn faults(row: &Row) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |wrong: bool, text: &str| {
        if wrong {
            faults.push(format!("{}: {text}", row.id));
        }
    };
    let prefix = row.id.split('.').next().unwrap_or_default();
    let section = row.section.parse::<u8>().is_ok_and(|number| (1..=10).contains(&number));
    fault(!section || prefix != row.section, "its section is not that of its id, 1 to 10");
    fault(row.statement.split_whitespace().count() < 3, "nothing is stated");
    let grades = ["-", "A", "B", "C", "D"];
    let known = row.grade.split(' ').all(|grade| grades.contains(&grade));
    fault(!known, "its grade is none of A, B, C, D");
    let has_rule = row.places.iter().any(|place| KNOWN.rule(place).is_some());
    let has_test = row.places.iter().any(|place| KNOWN.tests.contains(place));
    match row.account.as_str() {
        "rule" => fault(!has_rule, "no rule is named"),
        "test" => fault(!has_test, "no test is named"),
        "exception" => {
            fault(row.reason.split_whitespace().count() < 3, "an exception without a reason");
        }
        _ => fault(true, "not accounted for"),
    }
    fault(row.account != "exception" && !row.reason.is_empty(), "a reason, but no exception");
    for place in &row.places {
        let marker = KNOWN.words.contains(place) || KNOWN.uncited.contains(place);
        let known = marker || KNOWN.rule(place).is_some() || KNOWN.tests.contains(place);
        if row.account != "exception" {
            fault(!known, &format!("there is no {place}"));
        } else if !marker {
            let root = Path::new(env!("CARGO_MANIFEST_DIR"));
            let exists = known || place.starts_with("source:") || root.join(place).exists();
            fault(exists, &format!("a stale excuse: there is {place}"));
        }
        let Some(citations) = KNOWN.rule(place) else { continue };
        let grades: String = citations.iter().map(|citation| citation.grade.code()).collect();
        let missing = row.grade.split(' ').any(|grade| grade != "-" && !grades.contains(grade));
        fault(missing, &format!("{place} cites no source of grade {}, but {grades}", row.grade));
    }
    faults
}

/// All that is not accounted for.
fn gaps(text: &str) -> Vec<String> {
    let rows = rows(text);
    let mut gaps: Vec<String> = rows.iter().flat_map(faults).collect();
    let mut ids = BTreeSet::new();
    gaps.extend(
        rows.iter()
            .filter(|row| !ids.insert(&row.id))
            .map(|row| format!("{}: an id given twice", row.id)),
    );
    for section in 1..=10 {
        if rows.iter().all(|row| row.section != section.to_string()) {
            gaps.push(format!("section {section} has no row"));
        }
    }
    let named: BTreeSet<&String> = rows.iter().flat_map(|row| &row.places).collect();
    let laws = KNOWN.tests.iter().filter(|name| name.starts_with("laws.rs::"));
    let rules = KNOWN.rules.iter().map(|(name, _)| name);
    let to_name = rules.chain(&KNOWN.words).chain(&KNOWN.uncited).chain(laws);
    for name in to_name.filter(|name| !named.contains(name)) {
        gaps.push(format!("no clause accounts for {name}"));
    }
    gaps
}

/// Every clause is accounted for, and every rule, word, law and source of the code is explained by a
/// clause.
#[test]
fn every_clause_of_the_specification_is_accounted_for() {
    let gaps = gaps(CLAUSES);
    assert!(gaps.is_empty(), "tests/policy/clauses.csv:\n{}", gaps.join("\n"));
    assert_eq!(tests_of("laws.rs").len(), 12, "the laws of section 7");
}

/// The account of the row with this id, replaced.
fn with_row(id: &str, replace: impl Fn(&mut Vec<String>)) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).expect("a header");
    let mut found = false;
    for record in csv::Reader::from_reader(CLAUSES.as_bytes()).records() {
        let mut cells: Vec<String> = record.expect("a row").iter().map(str::to_owned).collect();
        if cells[0] == id {
            found = true;
            replace(&mut cells);
        }
        if !cells.is_empty() {
            writer.write_record(&cells).expect("a row");
        }
    }
    assert!(found, "no row {id}");
    String::from_utf8(writer.into_inner().expect("the whole text")).expect("text")
}

/// Each kind of gap fails, and says what is wrong: otherwise the account would prove nothing.
#[test]
fn each_kind_of_gap_is_found() {
    let set = |id: &str, cell: usize, text: &str| with_row(id, |cells| cells[cell] = text.into());
    let same_id = with_row("1.rule", |cells| cells[0] = "1.open".into());
    let law = "laws.rs::type1_and_the_national_opt_out_are_independent";
    for (text, gap) in [
        (set("1.rule", 4, ""), "1.rule: not accounted for"),
        (set("1.rule", 5, ""), "1.rule: no test is named"),
        (set("1.rule", 5, "laws.rs::no_such_test"), "1.rule: there is no laws.rs::no_such_test"),
        (set("1.rule", 5, "clauses.rs::gaps"), "1.rule: there is no clauses.rs::gaps"),
        (set("1.rule", 3, "E"), "1.rule: its grade is none"),
        (set("1.rule", 1, "2"), "1.rule: its section is not"),
        (set("1.rule", 2, ""), "1.rule: nothing is stated"),
        (set("1.rule", 6, "because it is so"), "1.rule: a reason, but no exception"),
        (same_id, "1.open: an id given twice"),
        (set("4.section-251", 5, "route:section-252"), "there is no route:section-252"),
        (set("4.section-251", 5, law), "no clause accounts for route:section-251"),
        (set("5.section-251.national", 5, ""), "accounts for cell:section-251/national"),
        (set("5.section-251.national", 3, "C"), "cites no source of grade C"),
        (set("2.basis.court-order", 5, law), "no clause accounts for basis:court-order"),
        (with_row("9.source.hra", Vec::clear), "no clause accounts for source:HRA"),
        (set("9.source.hra", 5, "source:OP5.1"), "a stale excuse: there is source:OP5.1"),
        (set("1.mildest", 6, ""), "1.mildest: an exception without a reason"),
        (set("1.mildest", 5, law), "1.mildest: a stale excuse: there is laws.rs"),
        (set("1.mildest", 5, "src/ruling.rs"), "1.mildest: a stale excuse: there is src/ruling.rs"),
        (set("7.law-6", 5, "laws.rs::the_same_question_always_gets_the_same_answer"), law),
    ] {
        let gaps = gaps(&text);
        assert!(gaps.iter().any(|found| found.contains(gap)), "{gap:?} not in {gaps:#?}");
    }
}
