//! Fixed work for `benches/instructions/run`, which counts its instructions under callgrind.
//!
//! Each `measured_…` function is called once, and only its own instructions are counted.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a measurement stops at the first surprise"
)]

use std::hint::black_box;
use std::io::sink;

use optout::extract::{Column, Dialect, Extract, Known, Met, People, Table};
use optout::question::Judge;
use optout::record::register::{Builder, Sources, View};
use optout::record::{Lists, MaxAge, NhsNumber, Register};
use optout::{
    Bases, Boundary, Conditions, Date, Decision, Disclosure, Identifiability, National, Origin,
    Patient, Purpose, Ruling, assess,
};

const QUESTION: &[u8] = br#"{"id":"a1","disclosure":{"origin":"gp-record","boundary":"beyond-controller","identifiability":"identifiable","purpose":"research","bases":["copi-reg-5"],"conditions":[],"on":"2026-06-01"},"patient":{"type1":"dissent","national":"none"}}"#;
const DAY: Date = Date::ymd(2026, 6, 1);

const RESEARCH: Disclosure = Disclosure {
    origin: Origin::EnglandCare,
    boundary: Boundary::BeyondController,
    identifiability: Identifiability::Identifiable,
    purpose: Purpose::Research,
    bases: Bases::COPI_REG_5,
    conditions: Conditions::empty(),
    on: DAY,
};

#[inline(never)]
fn measured_assess(disclosure: &Disclosure) -> Ruling {
    assess(disclosure).unwrap()
}

#[inline(never)]
fn measured_decide(ruling: &Ruling, patient: Patient) -> Decision {
    ruling.decide(patient)
}

#[inline(never)]
fn measured_decide_many(ruling: &Ruling, patients: &[Patient], decisions: &mut [Decision]) {
    ruling.decide_many(patients, decisions).unwrap();
}

#[inline(never)]
fn measured_json_line(judge: &mut Judge, answers: &mut Vec<u8>) {
    judge.answer_line(QUESTION, answers).unwrap();
}

#[inline(never)]
fn measured_register_look_up(view: &View<'_>, number: NhsNumber) -> National {
    view.status(number)
}

#[inline(never)]
fn measured_filter(extract: &Extract<'_>, table: Table<'_>) -> u64 {
    extract.run([table]).unwrap().counts().kept()
}

/// People whose numbers lie as the population's do, one in twenty opted out.
fn register() -> Register {
    let mut builder = Builder::new();
    let asked = || (0..20_000_u32).filter_map(|i| NhsNumber::from_first_nine(600_000_000 + i * 5));
    asked().for_each(|number| {
        builder.ask(number);
    });
    for number in asked().filter(|number| number.first_nine() % 20 != 0) {
        let _ = builder.answer(number);
    }
    builder.finish(DAY, Sources::default()).unwrap()
}

fn main() {
    let ruling = assess(&RESEARCH).unwrap();
    let register = register();
    let view = register.at(DAY, MaxAge::days(14));
    let work = std::env::args().nth(1).unwrap_or_default();
    match work.as_str() {
        "assess" => {
            black_box(measured_assess(black_box(&RESEARCH)));
        }
        "decide" => {
            black_box(measured_decide(black_box(&ruling), black_box(Patient::UNKNOWN)));
        }
        "decide_many" => {
            let patients: Vec<_> =
                (0..=u8::MAX).cycle().take(1 << 16).map(Patient::from_byte).collect();
            let mut decisions = vec![Decision::NOT_DECIDED; patients.len()];
            measured_decide_many(black_box(&ruling), black_box(&patients), &mut decisions);
            black_box(decisions);
        }
        "json_line" => {
            // The first answer makes room that later ones use again.
            let (mut judge, mut answers) = (Judge::new(), Vec::new());
            judge.answer_line(QUESTION, &mut answers).unwrap();
            answers.clear();
            measured_json_line(&mut judge, &mut answers);
            black_box(answers);
        }
        "register_look_up" => {
            let number = NhsNumber::from_first_nine(600_000_025).unwrap();
            black_box(measured_register_look_up(black_box(&view), black_box(number)));
        }
        "filter" => {
            let mut rows = Vec::new();
            let numbers =
                (0..).filter_map(|i: u32| NhsNumber::from_first_nine(600_000_000 + i * 10));
            for number in numbers.take(10_000) {
                let digits = number.to_digits();
                rows.extend(
                    [b"600000000000,", &digits[..], b",2023-01-14,1,037,A,RXX,300\n"].concat(),
                );
            }
            let met = Met::new(1, &Lists::default());
            let known = Known::new().register(view).noting(&met);
            let extract = Extract::new(&ruling, People::ByNumber(&known)).threads(1);
            let table = Table::new("rows", Dialect::CSV.without_header(), &*rows, sink())
                .person(Column::Place(2));
            black_box(measured_filter(&extract, table));
        }
        // `cargo bench` calls it without a name.
        _ => println!("run benches/instructions/run"),
    }
}
