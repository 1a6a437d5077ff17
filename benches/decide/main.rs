//! What a judgement and a decision cost, beside a hand-written `match` of the same rules in the
//! same run. `cargo bench --bench decide`
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    clippy::unwrap_used,
    reason = "a benchmark stops at the first surprise, and these lints protect hosts"
)]

mod by_hand;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use optout::{
    Bases, Boundary, Conditions, Date, Decision, Disclosure, Identifiability, Origin, Patient,
    Purpose, Ruling, Verdict, assess,
};

/// A stream that no branch predictor learns: splitmix64, seeded.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }
}

/// 96 disclosures of every shape, none of them an error.
fn disclosures() -> Vec<Disclosure> {
    let on = Date::ymd(2026, 6, 1);
    let mut all = Vec::new();
    for origin in [Origin::GpRecord, Origin::EnglandCare] {
        for identifiability in Identifiability::ALL {
            for (purpose, bases) in [
                (Purpose::IndividualCare, Bases::IMPLIED_CONSENT),
                (Purpose::Research, Bases::COPI_REG_5),
                (Purpose::Research, Bases::COPI_REG_5 | Bases::EXPLICIT_CONSENT),
                (Purpose::Planning, Bases::S259_COLLECTION),
                (Purpose::PublicHealth, Bases::COPI_REG_3),
                (Purpose::LegalProceedings, Bases::COURT_ORDER),
                (Purpose::InvoiceValidation, Bases::COPI_REG_5),
                (Purpose::Marketing, Bases::PUBLIC_INTEREST),
            ] {
                for conditions in [
                    Conditions::LEGITIMATE_RELATIONSHIP,
                    Conditions::PROGRAMME_OPT_OUT | Conditions::NATIONAL_DISAPPLIED,
                ] {
                    let boundary = Boundary::BeyondController;
                    let identifiability = *identifiability;
                    all.push(Disclosure {
                        origin,
                        boundary,
                        identifiability,
                        purpose,
                        bases,
                        conditions,
                        on,
                    });
                }
            }
        }
    }
    all
}

fn patients(count: usize) -> Vec<Patient> {
    let mut random = Random(42);
    (0..count).map(|_| Patient::from_byte(random.byte())).collect()
}

fn agree(disclosures: &[Disclosure], rulings: &[Ruling]) {
    for (disclosure, ruling) in disclosures.iter().zip(rulings) {
        for byte in 0..=255 {
            let patient = Patient::from_byte(byte);
            assert_eq!(ruling.decide(patient).reason(), by_hand::reason(disclosure, patient));
        }
    }
}

fn one(c: &mut Criterion) {
    let disclosures = disclosures();
    let rulings: Vec<Ruling> = disclosures.iter().map(|d| assess(d).unwrap()).collect();
    agree(&disclosures, &rulings);

    let mut group = c.benchmark_group("one");
    let mut i = 0;
    group.bench_function("assess", |b| {
        b.iter(|| {
            i = (i + 1) % disclosures.len();
            assess(black_box(&disclosures[i])).unwrap()
        });
    });

    // Cycling: one disclosure after the other, the same few patients.
    let mut at = 0_usize;
    let mut step = || {
        at += 1;
        (at % disclosures.len(), Patient::from_byte((at % 64) as u8))
    };
    group.bench_function("cycling/decide", |b| {
        b.iter(|| {
            let (i, patient) = step();
            black_box(&rulings[i]).decide(black_box(patient)).reason()
        });
    });
    group.bench_function("cycling/by hand", |b| {
        b.iter(|| {
            let (i, patient) = step();
            by_hand::reason(black_box(&disclosures[i]), black_box(patient))
        });
    });

    // Random: a million questions whose answers cannot be predicted.
    let mut random = Random(7);
    let questions: Vec<(u8, Patient)> = (0..1_000_000)
        .map(|_| {
            let which = random.next() % disclosures.len() as u64;
            (which as u8, Patient::from_byte(random.byte()))
        })
        .collect();
    group.throughput(Throughput::Elements(questions.len() as u64));
    group.sample_size(20);
    group.bench_function("random 1M/decide", |b| {
        b.iter(|| {
            let sum = |sum, (i, patient): &(u8, Patient)| {
                sum + u64::from(rulings[usize::from(*i)].decide(*patient).reason().number())
            };
            questions.iter().fold(0, sum)
        });
    });
    group.bench_function("random 1M/by hand", |b| {
        b.iter(|| {
            let sum = |sum, (i, patient): &(u8, Patient)| {
                sum + u64::from(by_hand::reason(&disclosures[usize::from(*i)], *patient).number())
            };
            questions.iter().fold(0, sum)
        });
    });
    group.finish();
}

fn many(c: &mut Criterion) {
    let disclosure = Disclosure {
        origin: Origin::GpRecord,
        boundary: Boundary::BeyondController,
        identifiability: Identifiability::Identifiable,
        purpose: Purpose::Research,
        bases: Bases::COPI_REG_5 | Bases::EXPLICIT_CONSENT,
        conditions: Conditions::PROGRAMME_OPT_OUT,
        on: Date::ymd(2026, 6, 1),
    };
    let ruling = assess(&disclosure).unwrap();
    for (name, count) in [("1k", 1 << 10), ("1M", 1 << 20), ("64M", 1 << 26)] {
        let patients = patients(count);
        let mut group = c.benchmark_group(format!("many {name}"));
        group.throughput(Throughput::Elements(count as u64));
        group.sample_size(10);
        let mut decisions = vec![Decision::NOT_DECIDED; count];
        group.bench_function("decide_many", |b| {
            b.iter(|| ruling.decide_many(&patients, black_box(&mut decisions)).unwrap());
        });
        drop(decisions);
        let mut verdicts = vec![Verdict::Deny; count];
        group.bench_function("verdicts", |b| {
            b.iter(|| ruling.verdicts(&patients, black_box(&mut verdicts)).unwrap());
        });
        group.bench_function("by hand", |b| {
            b.iter_batched(
                || (),
                |()| {
                    for (patient, verdict) in patients.iter().zip(&mut verdicts) {
                        let allowed =
                            by_hand::reason(black_box(&disclosure), *patient).number() == 1;
                        *verdict = if allowed { Verdict::Allow } else { Verdict::Deny };
                    }
                    black_box(&mut verdicts);
                },
                BatchSize::PerIteration,
            );
        });
        group.finish();
    }
}

criterion_group!(benches, one, many);
criterion_main!(benches);
