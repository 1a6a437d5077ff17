//! What a column of 60 million patients costs, beside a copy and a read of the same bytes and beside
//! branches, in the same run. `cargo bench --features column --bench column`
//!
//! Each takes its turn in every round, and the medians are compared: on a shared machine the ratios
//! are what to read. A rate is bytes read and bytes written together.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    clippy::unwrap_used,
    reason = "a benchmark stops at the first surprise, and these lints protect hosts"
)]

#[path = "../decide/by_hand.rs"]
mod by_hand;

use std::hint::black_box;
use std::time::Instant;

use optout::column::{Judge, Width};
use optout::{
    Bases, Boundary, Conditions, Date, Disclosure, Identifiability, National, Origin, Patient,
    Programme, Purpose, Reason, Ruling, Type1, Verdict, assess,
};

const PATIENTS: usize = 60_000_000;
/// A column whose outputs stay near too.
const IN_CACHE: usize = 8_000;
const ROUNDS: usize = 11;

fn disclosure() -> Disclosure {
    Disclosure {
        origin: Origin::GpRecord,
        boundary: Boundary::BeyondController,
        identifiability: Identifiability::Identifiable,
        purpose: Purpose::Research,
        bases: Bases::COPI_REG_5 | Bases::EXPLICIT_CONSENT,
        conditions: Conditions::PROGRAMME_OPT_OUT,
        on: Date::ymd(2026, 6, 1),
    }
}

/// splitmix64, seeded.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// As a practice would hold them: one in eighteen has a national opt-out, one in thirty a Type 1, and
/// one in fifty was not checked.
fn as_recorded() -> Vec<u8> {
    let mut state = 42;
    let mut patient = || {
        let mut one_in = |n: u64| random(&mut state).is_multiple_of(n);
        let national = if one_in(18) { National::OptedOut } else { National::None };
        let national = if one_in(50) { National::Unknown } else { national };
        let type1 = if one_in(30) { Type1::Dissent } else { Type1::None };
        let programme = if one_in(40) { Programme::OptedOut } else { Programme::None };
        let patient =
            Patient::UNKNOWN.with_national(national).with_type1(type1).with_programme(programme);
        if one_in(25) { patient.with_explicit_consent().byte() } else { patient.byte() }
    };
    (0..PATIENTS).map(|_| patient()).collect()
}

/// Every byte alike.
fn uniform() -> Vec<u8> {
    let mut state = 7;
    (0..PATIENTS).map(|_| random(&mut state).to_le_bytes()[0]).collect()
}

/// The sum of a column as words: as little work as reading can have.
fn read(column: &[u8]) -> u64 {
    let (blocks, _) = column.as_chunks::<64>();
    let mut sums = [0_u64; 8];
    for block in blocks {
        let (words, _) = block.as_chunks::<8>();
        for (sum, word) in sums.iter_mut().zip(words) {
            *sum = sum.wrapping_add(u64::from_le_bytes(*word));
        }
    }
    sums.iter().fold(0, |sum, more| sum.wrapping_add(*more))
}

/// What is written, by each in its turn: all write the same memory.
struct Outputs {
    bytes: Vec<u8>,
    verdicts: Vec<Verdict>,
    bits: Vec<u8>,
    kept: Vec<u32>,
}

/// One of the things that take their turn.
struct Turn<'a> {
    name: String,
    /// Bytes read and written in one turn.
    moved: usize,
    /// What it is compared with.
    floor: &'static str,
    run: Box<dyn Fn(&mut Outputs) + 'a>,
}

fn turn<'a>(
    name: impl Into<String>,
    moved: usize,
    floor: &'static str,
    run: impl Fn(&mut Outputs) + 'a,
) -> Turn<'a> {
    Turn { name: name.into(), moved, floor, run: Box::new(run) }
}

fn interleaved(title: &str, number: usize, turns: &[Turn<'_>], outputs: &mut Outputs) {
    let repeats = (PATIENTS / 4 / number).max(1);
    let mut times = vec![Vec::new(); turns.len()];
    for round in 0..=ROUNDS {
        for (turn, times) in turns.iter().zip(&mut times) {
            let start = Instant::now();
            for _ in 0..repeats {
                (turn.run)(outputs);
            }
            let time = start.elapsed().as_secs_f64() / repeats as f64;
            black_box(&mut *outputs);
            // The first round only touches the memory.
            if round > 0 {
                times.push(time);
            }
        }
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let medians: Vec<f64> = times.iter_mut().map(median).collect();
    println!("\n{title}: medians of {ROUNDS} interleaved rounds");
    println!("{:<28}{:>10}{:>8}  of the rate of", "", "ns/patient", "GB/s");
    let rate = |i: usize| turns[i].moved as f64 / medians[i] / 1e9;
    for (i, turn) in turns.iter().enumerate() {
        let ns = medians[i] * 1e9 / number as f64;
        let floor = turns.iter().position(|other| other.name == turn.floor);
        let share = floor.map_or_else(String::new, |floor| {
            format!("{:>4.0} % {}", 100.0 * rate(i) / rate(floor), turn.floor)
        });
        println!("{:<28}{ns:>10.3}{:>8.2}  {share}", turn.name, rate(i));
    }
}

fn measure(title: &str, ruling: &Ruling, column: &[u8]) {
    let number = column.len();
    let disclosure = disclosure();
    let patients: Vec<Patient> = column.iter().map(|byte| Patient::from_byte(*byte)).collect();
    let mut outputs = Outputs {
        bytes: vec![0; number],
        verdicts: vec![Verdict::Deny; number],
        bits: vec![0; number.div_ceil(8)],
        kept: Vec::with_capacity(number),
    };
    let widths = Width::ALL.into_iter().filter_map(|width| Judge::with_width(ruling, width));
    let judges: Vec<Judge> = widths.collect();
    let widest = Judge::new(ruling);
    let allowed = usize::try_from(judges[0].allowed(column)).unwrap();
    let (bytes_too, bits_too, kept_too) = (2 * number, number + number / 8, number + 4 * allowed);

    let mut turns = vec![
        turn("copy", bytes_too, "", |out| out.bytes.copy_from_slice(black_box(column))),
        turn("read", number, "", |_| {
            black_box(read(black_box(column)));
        }),
        turn("branches by hand", bytes_too, "copy", |out| {
            let disclosure = black_box(&disclosure);
            for (byte, out) in column.iter().zip(&mut out.bytes) {
                let reason = by_hand::reason(disclosure, Patient::from_byte(*byte));
                *out = u8::from(reason == Reason::Permitted);
            }
        }),
        turn("Ruling::verdicts", bytes_too, "copy", |out| {
            ruling.verdicts(&patients, &mut out.verdicts).unwrap();
        }),
        turn("verdicts, of Patient", bytes_too, "copy", |out| {
            widest.verdicts(&patients, &mut out.verdicts).unwrap();
        }),
    ];
    for judge in &judges {
        let width = judge.width();
        let named = |what: &str| format!("{what}, {width:?}");
        turns.push(turn(named("verdicts"), bytes_too, "copy", |out| {
            judge.verdicts(column, &mut out.bytes).unwrap();
        }));
        turns.push(turn(named("bitmap"), bits_too, "read", |out| {
            judge.bitmap(column, &mut out.bits).unwrap();
        }));
        turns.push(turn(named("allowed"), number, "read", |_| {
            black_box(judge.allowed(black_box(column)));
        }));
        turns.push(turn(named("reasons"), number, "read", |_| {
            black_box(judge.reasons(black_box(column)));
        }));
        turns.push(turn(named("kept"), kept_too, "read", |out| {
            out.kept.clear();
            judge.append_kept(column, 0, &mut out.kept).unwrap();
        }));
    }
    let reasons = judges[0].reasons(column).iter().count();
    let title = format!("{title}, {allowed} of {number} allowed, {reasons} reasons");
    interleaved(&title, number, &turns, &mut outputs);
}

fn main() {
    let ruling = assess(&disclosure()).unwrap();
    measure("as recorded", &ruling, &as_recorded());
    measure("every byte alike", &ruling, &uniform());
    measure("in the cache", &ruling, &uniform()[..IN_CACHE]);
}
