//! The words of each field, from the tables of the library.

use optout::record::NumberRange;
use optout::{
    Bases, BlockedBy, Boundary, Clause, Conditions, Identifiability, National, Origin, Programme,
    Purpose, Reason, Route, Type1,
};

/// The words of a field.
pub struct Group {
    /// As C spells it: `OPTOUT_NAME_WORD`.
    pub name: &'static str,
    /// As other languages name its type.
    pub kind: &'static str,
    /// What the field is, in a sentence.
    pub is: &'static str,
    /// What the manual says before the first word.
    pub manual: &'static str,
    /// Whether a number is one bit of a set.
    pub set: bool,
    pub words: Vec<Word>,
}

/// A word of the vocabulary.
pub struct Word {
    pub number: u32,
    /// As C spells it, such as `GP_RECORD`.
    pub name: String,
    /// What the manual says of it.
    pub says: String,
}

impl Word {
    fn new(number: u32, code: &str, meaning: &str) -> Self {
        let name = code.to_uppercase().replace(['-', '.'], "_");
        Self { number, name, says: format!("`{code}`: {meaning}.") }
    }
}

macro_rules! list {
    ($type:ty) => {
        <$type>::ALL
            .iter()
            .map(|it| Word::new(it.number().into(), it.code(), it.meaning()))
            .collect()
    };
}

macro_rules! set {
    ($type:ty) => {
        <$type>::TABLE
            .iter()
            .map(|(bit, code, meaning)| Word::new(bit.bits().into(), code, meaning))
            .collect()
    };
}

/// Every group, in the order of the header.
pub fn groups() -> Vec<Group> {
    let mut groups = question();
    groups.extend(patient());
    groups.extend(answer());
    groups
}

fn question() -> Vec<Group> {
    let group = |name, kind, is, manual, set, words| Group { name, kind, is, manual, set, words };
    vec![
        group(
            "ORIGIN",
            "Origin",
            "Where the data were recorded.",
            "Where the data were recorded: one of `OPTOUT_ORIGIN_*`.",
            false,
            list!(Origin),
        ),
        group(
            "BOUNDARY",
            "Boundary",
            "Whose purpose is served.",
            "Whose purpose is served: one of `OPTOUT_BOUNDARY_*`.",
            false,
            list!(Boundary),
        ),
        group(
            "IDENTIFIABILITY",
            "Identifiability",
            "What the purpose is run on, as the recipient could see it.",
            "What the purpose is run on, as the recipient could see it: one of `OPTOUT_IDENTIFIABILITY_*`. Where the \
             holder hands over only an output, judge the output; where another controller's purpose is run in place, \
             judge the records it is run on.",
            false,
            list!(Identifiability),
        ),
        group(
            "PURPOSE",
            "Purpose",
            "What the disclosure is for.",
            "What the disclosure is for: one of `OPTOUT_PURPOSE_*`. Its class, which stands before the first purpose \
             of each, is what the rules use.",
            false,
            purposes(),
        ),
        group(
            "BASIS",
            "Basis",
            "What the controller relies on, one bit each.",
            "What the controller relies on to lift confidentiality: any of `OPTOUT_BASIS_*`, added together with `|`; \
             0 for none.",
            true,
            set!(Bases),
        ),
        group(
            "CONDITION",
            "Condition",
            "What the controller asserts, one bit each.",
            "What the controller asserts about this flow: any of `OPTOUT_CONDITION_*`, added together with `|`; 0 for \
             none.",
            true,
            set!(Conditions),
        ),
    ]
}

/// With the class before the first purpose of each.
fn purposes() -> Vec<Word> {
    let mut words: Vec<Word> = list!(Purpose);
    let mut class = None;
    for (word, purpose) in words.iter_mut().zip(Purpose::ALL) {
        if class.replace(purpose.class()) != Some(purpose.class()) {
            word.says = format!("Class {}.\n\n{}", purpose.class().code(), word.says);
        }
    }
    words
}

fn patient() -> Vec<Group> {
    let group = |name, kind, is, manual, words| Group { name, kind, is, manual, set: false, words };
    vec![
        group(
            "TYPE1",
            "Type1",
            "The Type 1 opt-out of a patient.",
            "The Type 1 opt-out of a patient, a code in the GP record: one of `OPTOUT_TYPE1_*`.",
            list!(Type1),
        ),
        group(
            "NATIONAL",
            "National",
            "The National Data Opt-out of a patient.",
            "The National Data Opt-out of a patient: one of `OPTOUT_NATIONAL_*`.",
            list!(National),
        ),
        group(
            "PROGRAMME",
            "Programme",
            "The programme's own opt-out of a patient.",
            "The opt-out that the programme runs itself, such as that of the Summary Care Record: one of \
             `OPTOUT_PROGRAMME_*`.",
            list!(Programme),
        ),
    ]
}

fn answer() -> Vec<Group> {
    let group = |name, kind, is, manual, set, words| Group { name, kind, is, manual, set, words };
    vec![
        group(
            "REASON",
            "Reason",
            "Why. New reasons may come: have a default.",
            "Why: one of `OPTOUT_REASON_*`. Of several that apply, the lowest number is given. New reasons may come: \
             act on the verdict, and show the reason.",
            false,
            list!(Reason),
        ),
        group(
            "ROUTE",
            "Route",
            "By which lawful way the data may go.",
            "By which lawful way the data may go: one of `OPTOUT_ROUTE_*`.",
            false,
            routes(),
        ),
        group(
            "BLOCKED_BY",
            "Blocker",
            "What blocks, one bit each.",
            "What blocks, in `optout_decision.blocked_by`: any of `OPTOUT_BLOCKED_BY_*`. Bit *n* is reason *n*.",
            true,
            blockers(),
        ),
        group(
            "CLAUSE",
            "Clause",
            "What a decision stands on. New clauses may come.",
            "What a decision stands on: one of `OPTOUT_CLAUSE_*`. New clauses may come; `optout_clause_text` knows \
             those of the library that runs.",
            false,
            list!(Clause),
        ),
        group(
            "RANGE",
            "Range",
            "Who issues the NHS numbers of a range.",
            "Who issues the numbers of a range, as far as is publicly known: one of `OPTOUT_RANGE_*`. It is reported, \
             and no ground for refusing a number.",
            false,
            list!(NumberRange),
        ),
    ]
}

/// With the zero of memory, which is no code.
fn routes() -> Vec<Word> {
    let none = Word {
        number: 0,
        name: "NONE".to_owned(),
        says: "No route: the decision is a denial.".to_owned(),
    };
    let words: Vec<Word> = list!(Route);
    [none].into_iter().chain(words).collect()
}

/// What blocks is told by the reason that it is.
fn blockers() -> Vec<Word> {
    let said = |code: &str, meaning| {
        Reason::ALL.iter().find(|it| it.code() == code).map_or(meaning, |it| it.meaning())
    };
    BlockedBy::TABLE
        .iter()
        .map(|(bit, code, meaning)| Word::new(bit.bits(), code, said(code, meaning)))
        .collect()
}
