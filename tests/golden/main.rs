//! One file of questions and answers, `tests/golden/answers.tsv`, which every language that can call
//! the C library reads and is compared with (`cargo xtask hosts`). It is written from the Rust library.
//!
//! `OPTOUT_BLESS=1 cargo test --all-features --test golden` writes it anew.
#![cfg(feature = "record")]
#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

mod register;

use std::collections::BTreeSet;
use std::fmt::{Display, Write};
use std::fs;
use std::path::Path;

use optout::question::Judge;
use optout::record::NumberRange;
use optout::{
    Bases, BlockedBy, Boundary, Clause, Conditions, Date, Disclosure, Identifiability, National,
    Origin, Patient, Programme, Purpose, Reason, Route, Ruling, Type1, Verdict, assess, flow,
};

const HEAD: &str = "\
# Questions and answers, one a line, fields parted by a tab. Written by tests/golden.
#
# word        field number code                        the code of a number, and the number of the code
# number      field text | status number               the number of a text, HL7 codes among them
# disclosure  on origin boundary identifiability purpose bases conditions | status field
# flow        id on | status field
#                 judges: the lines below ask about this ruling; where it failed, it denies
# verdicts    | status and 256 digits: the verdict for the patients 0 to 255, all at once
# patient     type1 national programme consent objection | byte status verdict reason route
#             blocked_by unverified_bases unverified_conditions clauses
#                 clauses are numbers parted by commas, or - for none
# json        question | status answer
# register    file days | status                       opens: the lines below ask this register
# national    on number | status national              numbers from the range that is never issued
#
# | parts what is asked from what must come; all numbers are those of include/optout.h.
";

const ON: Date = Date::ymd(2026, 6, 1);

/// Statuses of the C library, as its header numbers them.
const OK: u32 = 0;
const E_RULING: u32 = 6;
const E_VALUE: u32 = 20;
const E_CONTRADICTION: u32 = 21;
const E_DATE_NOT_COVERED: u32 = 22;
const E_UNKNOWN_CODE: u32 = 23;
const E_AMBIGUOUS_CODE: u32 = 24;
const E_UNKNOWN_FLOW: u32 = 25;
const E_FLOW_NOT_ON_THIS_DAY: u32 = 26;
const E_QUESTION: u32 = 27;

/// Fields of the question, as its header numbers them.
const ORIGIN: u32 = 1;
const BOUNDARY: u32 = 2;
const IDENTIFIABILITY: u32 = 3;
const PURPOSE: u32 = 4;
const BASES: u32 = 5;
const CONDITIONS: u32 = 6;
const DAY: u32 = 7;
const FLOW: u32 = 8;
const REASON: u32 = 13;
const CLAUSE: u32 = 16;

/// The file, and what of the policy it has touched.
#[derive(Default)]
struct Golden {
    text: String,
    reasons: BTreeSet<Reason>,
    routes: BTreeSet<Route>,
}

impl Golden {
    fn line(&mut self, fields: &[&dyn Display]) {
        let line: Vec<String> = fields.iter().map(ToString::to_string).collect();
        assert!(line.iter().all(|field| !field.contains(['\t', '\n'])), "{line:?}");
        writeln!(self.text, "{}", line.join("\t")).expect("room in memory");
    }

    fn words<C: Display>(&mut self, field: u32, words: impl IntoIterator<Item = (u32, C)>) {
        for (number, code) in words {
            self.line(&[&"word", &field, &number, &code]);
        }
    }

    /// What a ruling says of all patients, and of the first of each kind.
    fn ruling(&mut self, ruling: &Ruling) {
        let verdicts: String = (0..=u8::MAX)
            .map(|byte| ruling.decide(Patient::from_byte(byte)).verdict().number().to_string())
            .collect();
        self.line(&[&"verdicts", &OK, &verdicts]);
        let mut kinds = BTreeSet::new();
        for byte in 0..=u8::MAX {
            let patient = Patient::from_byte(byte);
            let decision = ruling.decide(patient);
            // The one invalid byte that can be asked for by its statuses.
            let can_be_stated = decision.reason() != Reason::InvalidStatus || byte == u8::MAX;
            let kind = (decision.reason(), decision.route());
            if can_be_stated && kinds.insert(kind) {
                self.reasons.insert(decision.reason());
                self.routes.extend(decision.route());
                self.patient(ruling, patient);
            }
        }
    }

    fn patient(&mut self, ruling: &Ruling, patient: Patient) {
        let byte = patient.byte();
        let decision = ruling.decide(patient);
        let (bases, conditions) = ruling.evidence(patient);
        let clauses = ruling.clauses(patient);
        let clauses: Vec<String> =
            clauses.as_slice().iter().map(|clause| clause.number().to_string()).collect();
        let clauses = if clauses.is_empty() { "-".to_owned() } else { clauses.join(",") };
        self.line(&[
            &"patient",
            &(byte & 3),
            &(byte >> 2 & 3),
            &(byte >> 4 & 3),
            &(byte >> 6 & 1),
            &(byte >> 7),
            &byte,
            &OK,
            &decision.verdict().number(),
            &decision.reason().number(),
            &decision.route().map_or(0, Route::number),
            &decision.blocked_by().bits(),
            &bases.bits(),
            &conditions.bits(),
            &clauses,
        ]);
    }

    /// A ruling whose judgement failed denies everybody, and decides nothing.
    fn failed(&mut self) {
        self.line(&[&"verdicts", &E_RULING, &"0".repeat(256)]);
        self.line(&[
            &"patient",
            &1,
            &1,
            &1,
            &0,
            &0,
            &0b01_01_01,
            &E_RULING,
            &0,
            &0,
            &0,
            &0,
            &0,
            &0,
            &"-",
        ]);
    }

    fn disclosure(&mut self, disclosure: &Disclosure) {
        let ruling = assess(disclosure).expect("a disclosure without contradiction");
        self.line(&[
            &"disclosure",
            &disclosure.on.yyyymmdd(),
            &disclosure.origin.number(),
            &disclosure.boundary.number(),
            &disclosure.identifiability.number(),
            &disclosure.purpose.number(),
            &disclosure.bases.bits(),
            &disclosure.conditions.bits(),
            &OK,
            &0,
        ]);
        self.ruling(&ruling);
    }

    /// A disclosure as numbers that is refused.
    fn refused(&mut self, question: [u32; 7], status: u32, field: u32) {
        let [on, origin, boundary, identifiability, purpose, bases, conditions] = question;
        self.line(&[
            &"disclosure",
            &on,
            &origin,
            &boundary,
            &identifiability,
            &purpose,
            &bases,
            &conditions,
            &status,
            &field,
        ]);
        self.failed();
    }

    fn json(&mut self, question: &str) {
        let mut answer = Vec::new();
        let judged = Judge::new().answer_line(question.as_bytes(), &mut answer);
        let answer = String::from_utf8(answer).expect("an answer is text");
        let status = if judged.is_ok() { OK } else { E_QUESTION };
        self.line(&[&"json", &question, &status, &answer.trim_end()]);
    }
}

/// Research on GP records for another organisation: the question from which the others depart.
const RESEARCH: Disclosure = Disclosure {
    origin: Origin::GpRecord,
    boundary: Boundary::BeyondController,
    identifiability: Identifiability::Identifiable,
    purpose: Purpose::Research,
    bases: Bases::empty(),
    conditions: Conditions::empty(),
    on: ON,
};

fn vocabulary(golden: &mut Golden) {
    macro_rules! coded {
        ($field:expr, $type:ty) => {
            golden.words($field, <$type>::ALL.iter().map(|it| (it.number().into(), it.code())));
        };
    }
    macro_rules! set {
        ($field:expr, $type:ty) => {
            golden.words(
                $field,
                <$type>::all()
                    .iter()
                    .map(|it| (it.bits().into(), it.codes().next().expect("a code"))),
            );
        };
    }
    coded!(ORIGIN, Origin);
    coded!(BOUNDARY, Boundary);
    coded!(IDENTIFIABILITY, Identifiability);
    coded!(PURPOSE, Purpose);
    set!(BASES, Bases);
    set!(CONDITIONS, Conditions);
    coded!(9, Type1);
    coded!(10, National);
    coded!(11, Programme);
    coded!(12, Verdict);
    coded!(REASON, Reason);
    coded!(14, Route);
    golden.words(
        15,
        BlockedBy::all()
            .iter()
            .map(|it| (it.bits(), it.reasons().next().expect("a reason").code())),
    );
    coded!(CLAUSE, Clause);
    coded!(18, NumberRange);
    for (code, purpose) in Purpose::HL7 {
        golden.line(&[&"number", &PURPOSE, code, &OK, &purpose.number()]);
    }
    for (code, _) in Purpose::HL7_AMBIGUOUS {
        golden.line(&[&"number", &PURPOSE, code, &E_AMBIGUOUS_CODE, &0]);
    }
    for (field, text) in [(ORIGIN, "gp"), (PURPOSE, "Research"), (CLAUSE, "OP99"), (REASON, "né")]
    {
        golden.line(&[&"number", &field, &text, &E_UNKNOWN_CODE, &0]);
    }
}

/// Every value of every field once, beside research; every basis and condition alone.
fn disclosures(golden: &mut Golden) {
    golden.disclosure(&RESEARCH);
    for origin in Origin::ALL {
        for identifiability in Identifiability::ALL {
            let bases = Bases::COPI_REG_5 | Bases::EXPLICIT_CONSENT;
            let question = Disclosure {
                origin: *origin,
                identifiability: *identifiability,
                bases,
                ..RESEARCH
            };
            golden.disclosure(&question);
        }
    }
    for purpose in Purpose::ALL {
        let bases = Bases::COPI_REG_2 | Bases::COPI_REG_5 | Bases::IMPLIED_CONSENT;
        golden.disclosure(&Disclosure { purpose: *purpose, bases, ..RESEARCH });
    }
    for bases in Bases::all().iter() {
        for purpose in [Purpose::IndividualCare, Purpose::Research, Purpose::Marketing] {
            golden.disclosure(&Disclosure { bases, purpose, ..RESEARCH });
        }
        let boundary = Boundary::WithinController;
        golden.disclosure(&Disclosure { bases, boundary, ..RESEARCH });
    }
    for conditions in Conditions::all().iter() {
        for bases in [Bases::COPI_REG_5, Bases::S259_COLLECTION | Bases::EXPLICIT_CONSENT] {
            golden.disclosure(&Disclosure { bases, conditions, ..RESEARCH });
        }
        let care = Disclosure { purpose: Purpose::IndividualCare, conditions, ..RESEARCH };
        golden.disclosure(&Disclosure { bases: Bases::IMPLIED_CONSENT, ..care });
    }
}

fn refusals(golden: &mut Golden) {
    let good = [20_260_601, 1, 2, 1, 20, 256, 0];
    let mut refused = |place: usize, value: u32, status, field| {
        let mut question = good;
        *question.get_mut(place).expect("a place of the question") = value;
        golden.refused(question, status, field);
    };
    for (place, field) in [(1, ORIGIN), (2, BOUNDARY), (3, IDENTIFIABILITY), (4, PURPOSE)] {
        for value in [0, 99, u32::MAX] {
            refused(place, value, E_VALUE, field);
        }
    }
    for day in [0, 20_260_230, 20_261_301, u32::MAX] {
        refused(0, day, E_VALUE, DAY);
    }
    refused(0, 20_180_524, E_DATE_NOT_COVERED, DAY);
    for (place, unknown, field) in [(5, 1 << 11, BASES), (6, 1 << 6, CONDITIONS)] {
        for value in [unknown, 1 << 31] {
            refused(place, value, E_VALUE, field);
        }
    }
    let duty_and_collection = Bases::STATUTORY_DUTY | Bases::S259_COLLECTION;
    refused(5, duty_and_collection.bits().into(), E_CONTRADICTION, BASES);
    let both = Conditions::TYPE1_UPHELD | Conditions::TYPE1_NOT_UPHELD;
    refused(6, both.bits().into(), E_CONTRADICTION, CONDITIONS);
}

fn flows(golden: &mut Golden) {
    for flow in flow::all() {
        golden.line(&[&"flow", &flow.id, &flow.from.yyyymmdd(), &OK, &0]);
        golden.ruling(&assess(&flow.disclosure(flow.from)).expect("a flow that can be judged"));
    }
    for (id, on, status, field) in [
        ("no-such-flow", 20_260_601, E_UNKNOWN_FLOW, FLOW),
        ("", 20_260_601, E_UNKNOWN_FLOW, FLOW),
        ("gdppr", 20_180_601, E_FLOW_NOT_ON_THIS_DAY, FLOW),
        ("cprd", 20_260_631, E_VALUE, DAY),
    ] {
        golden.line(&[&"flow", &id, &on, &status, &field]);
        golden.failed();
    }
}

fn lines(golden: &mut Golden) {
    for question in include_str!("../../examples/questions.ndjson").lines() {
        golden.json(question);
    }
    let cprd = r#""disclosure":{"flow":"cprd","on":"2026-06-01"}"#;
    golden.json(&format!(r#"{{"id":"Ynys Môn ✓",{cprd},"patient":5}}"#));
    golden.json(&format!(r#"{{"id":-1.5e3,{cprd},"patient":255}}"#));
    for wrong in ["", "[]", "{", r#"{"id":"x"}"#, r#"{"id":7,"disclosure":{"flow":"cprd"}}"#] {
        golden.json(wrong);
    }
    golden.json(&format!(r#"{{"id":"é",{cprd},"patient":{{"type1":"opted-out"}}}}"#));
    golden.json(r#"{"id":8,"disclosure":{"flow":"cprds","on":"2026-06-01"}}"#);
}

#[test]
fn the_file_of_answers_is_what_the_library_answers() {
    let mut golden = Golden { text: HEAD.to_owned(), ..Golden::default() };
    vocabulary(&mut golden);
    disclosures(&mut golden);
    refusals(&mut golden);
    flows(&mut golden);
    lines(&mut golden);
    register::lines(&mut golden);

    let missing: Vec<_> = Reason::ALL.iter().filter(|it| !golden.reasons.contains(*it)).collect();
    assert_eq!(missing, [&Reason::NotDecided], "a reason that no line gives");
    assert!(Route::ALL.iter().all(|it| golden.routes.contains(it)), "a route that no line takes");

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/answers.tsv");
    if std::env::var_os("OPTOUT_BLESS").is_some_and(|bless| bless == "1") {
        fs::write(&path, &golden.text).expect("a file to write to");
        return;
    }
    let committed = fs::read_to_string(&path).expect("tests/golden/answers.tsv");
    let same = committed.lines().zip(golden.text.lines()).take_while(|(old, new)| old == new);
    let from = same.count() + 1;
    assert!(
        committed == golden.text,
        "tests/golden/answers.tsv is not what the library answers now, from line {from} on.\n\
         If this change is meant: OPTOUT_BLESS=1 cargo test --all-features --test golden\n\
         and review its diff."
    );
}
