//! What the Rust library costs, measured as benches/c/speed.c measures the C library: a line
//! `NAME NANOSECONDS` each. benches/c/run compares the two.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark stops at the first surprise"
)]

use std::hint::black_box;
use std::time::Instant;

use optout::{
    Bases, Boundary, Conditions, Date, Disclosure, Identifiability, Origin, Patient, Purpose,
    Verdict, assess,
};

const PATIENTS: usize = 1 << 20;
const ROUNDS: usize = 9;

/// Prints the median of several rounds, for each of `count` things.
fn measure(name: &str, count: usize, mut work: impl FnMut()) {
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_nanos() as f64 / count as f64
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    println!("{name} {:.3}", rounds[ROUNDS / 2]);
}

fn main() {
    let mut state = 42_u64;
    let patients: Vec<Patient> = (0..PATIENTS)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            Patient::from_byte(state.to_be_bytes()[0])
        })
        .collect();
    let disclosure = Disclosure {
        origin: Origin::GpRecord,
        boundary: Boundary::BeyondController,
        identifiability: Identifiability::Identifiable,
        purpose: Purpose::Research,
        bases: Bases::COPI_REG_5 | Bases::EXPLICIT_CONSENT,
        conditions: Conditions::PROGRAMME_OPT_OUT,
        on: Date::ymd(2026, 6, 1),
    };
    let ruling = assess(&disclosure).expect("a question that can be judged");

    measure("decide", PATIENTS, || {
        for patient in &patients {
            black_box(black_box(&ruling).decide(black_box(*patient)));
        }
    });
    let mut verdicts = vec![Verdict::Deny; PATIENTS];
    measure("decide_many", PATIENTS, || {
        black_box(&ruling).verdicts(&patients, black_box(&mut verdicts)).expect("equal lengths");
    });
    measure("assess", 2000, || {
        for _ in 0..2000 {
            black_box(assess(black_box(&disclosure))).expect("a question that can be judged");
        }
    });
}
