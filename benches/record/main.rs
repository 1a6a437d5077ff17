//! What NHS numbers and the register cost, beside a flat bitmap and a hash set in the same run.
//! `cargo bench --features gather --bench record`; 60 million asked, 3.3 million opted out.
//!
//! On a shared machine the ratios printed last are what to read: there each structure takes its turn
//! in every round, and the medians are compared. `-- ratios` prints them alone.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark stops at the first surprise, and these lints protect hosts"
)]

mod flat;
mod world;

use std::collections::HashSet;
use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group};
use optout::National;
use optout::record::national::pair::Expected;
use optout::record::national::{LineEnding, pair};
use optout::record::register::View;
use optout::record::{NhsNumber, Register};

use world::World;

fn numbers(criterion: &mut Criterion) {
    let plain: Vec<u8> = world::few(1 << 16).iter().flat_map(|n| n.to_digits()).collect();
    let spaced: Vec<u8> =
        plain.chunks(10).flat_map(|n| [&n[..3], b" ", &n[3..6], b" ", &n[6..]].concat()).collect();
    let mut group = criterion.benchmark_group("nhs_number");
    group.throughput(Throughput::Elements(1 << 16));
    group.bench_function("ten digits", |b| b.iter(|| sum(black_box(&plain), 10)));
    group.bench_function("3-3-4", |b| b.iter(|| sum(black_box(&spaced), 12)));
}

fn sum(fields: &[u8], width: usize) -> u64 {
    fields
        .chunks_exact(width)
        .map(|field| u64::from(NhsNumber::parse(field).unwrap().first_nine()))
        .sum()
}

fn register(criterion: &mut Criterion) {
    let world = World::new();
    let (dat, manifest) = world.request();
    let response = world.response();
    let mut group = criterion.benchmark_group("register");
    group.sample_size(10);
    group.throughput(Throughput::Elements(world.asked.len() as u64));
    group.bench_function("write the request", |b| {
        b.iter(|| world.set.write_dat(std::io::sink(), LineEnding::Lf).unwrap());
    });
    let expected = Expected { at_most: 1.0, ..Expected::default() };
    group.bench_function("build from request and response", |b| {
        b.iter(|| pair(&manifest, &dat[..], &response[..], None, &expected).unwrap());
    });
    drop((dat, response));
    let file = world.register_file();
    group.bench_function("open", |b| b.iter(|| Register::open(file.path()).unwrap()));
    group.finish();

    let register = Register::open(file.path()).unwrap();
    let view = world::view(&register);
    let set: HashSet<u32> = world.opted_out.iter().map(|number| number.first_nine()).collect();
    for (order, keys) in world.orders() {
        let mut group = criterion.benchmark_group(format!("look-up, {order}"));
        group.sample_size(10).throughput(Throughput::Elements(keys.len() as u64));
        let some: Vec<_> = keys.iter().map(|key| Some(*key)).collect();
        let mut statuses = vec![National::Unknown; keys.len()];
        group.bench_function("flat bitmap", |b| b.iter(|| world.flat.count(&keys)));
        group.bench_function("flat, two bits", |b| b.iter(|| world.flat.count_pairs(&keys)));
        let mut bits = vec![0; keys.len()];
        group.bench_function("flat, batch", |b| b.iter(|| world.flat.batch(&keys, &mut bits)));
        group.bench_function("status", |b| b.iter(|| one_by_one(view, &keys)));
        group.bench_function("status_many", |b| {
            b.iter(|| view.status_many(black_box(&some), &mut statuses).unwrap());
        });
        group.bench_function("std HashSet of the opted out", |b| {
            b.iter(|| keys.iter().filter(|key| set.contains(&key.first_nine())).count());
        });
    }
}

fn one_by_one(view: View<'_>, keys: &[NhsNumber]) -> usize {
    keys.iter().filter(|key| view.status(**key) == National::OptedOut).count()
}

/// Medians of rounds in which each takes its turn.
fn ratios() {
    let world = World::new();
    let file = world.register_file();
    let mut opened: Vec<_> = (0..15)
        .map(|_| {
            let start = Instant::now();
            drop(Register::open(file.path()).unwrap());
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    opened.sort_by(f64::total_cmp);
    println!("\nopened in {:.1} ms ({:.1} at best)", opened[7], opened[0]);
    let register = Register::open(file.path()).unwrap();
    let view = world::view(&register);
    let bits = register.memory() as f64 * 8.0 / register.numbers_in_pages() as f64;
    println!("register: {} bytes, {bits:.2} bits for each number of its pages", register.memory());
    for (order, keys) in world.orders() {
        let some: Vec<_> = keys.iter().map(|key| Some(*key)).collect();
        let (mut statuses, mut bits) = (vec![National::Unknown; keys.len()], vec![0; keys.len()]);
        let mut blocks_of = |size, view: View<'_>| {
            for (some, statuses) in some.chunks(size).zip(statuses.chunks_mut(size)) {
                view.status_many(some, statuses).unwrap();
            }
        };
        let mut times = [const { Vec::new() }; NAMES.len()];
        for _ in 0..15 {
            for (way, times) in times.iter_mut().enumerate() {
                let start = Instant::now();
                match way {
                    0 => drop(black_box(world.flat.count(&keys))),
                    1 => drop(black_box(world.flat.count_pairs(&keys))),
                    2 => world.flat.batch(&keys, black_box(&mut bits)),
                    3 => world.flat.batch_large(&keys, black_box(&mut bits)),
                    4 => drop(black_box(one_by_one(view, &keys))),
                    5 => blocks_of(keys.len(), view),
                    _ => blocks_of(256, view),
                }
                times.push(start.elapsed().as_secs_f64() * 1e9 / keys.len() as f64);
            }
        }
        let times = times.map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        });
        println!("{order}:");
        for (name, time) in NAMES.iter().zip(times) {
            println!("    {name:<24} {time:6.2} ns {:6.2}x", time / times[0]);
        }
    }
}

const NAMES: [&str; 7] = [
    "flat bitmap",
    "flat, two bits",
    "flat, batch",
    "flat, batch, large pages",
    "status",
    "status_many",
    "status_many of 256",
];

criterion_group!(benches, numbers, register);

fn main() {
    if std::env::args().any(|argument| argument == "ratios") {
        return ratios();
    }
    benches();
    ratios();
    Criterion::default().configure_from_args().final_summary();
}
