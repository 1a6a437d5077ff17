//! What NHS numbers and the register cost, beside a flat bitmap and a hash set in the same run.
//! `cargo bench --features record --bench record`; 60 million asked, 3.3 million opted out.
//!
//! On a shared machine the ratios printed last are what to read: there each structure takes its turn
//! in every round, and the medians are compared.
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

mod world;

use std::collections::HashSet;
use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group};
use optout::National;
use optout::record::national::pair::{EmptyAnswer, Expected};
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
    let expected = Expected { share: 0.0..=1.0, empty: EmptyAnswer::Refuse };
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
        group.bench_function("flat bitmap", |b| b.iter(|| in_flat(&world.flat, &keys)));
        group.bench_function("flat, two bits", |b| b.iter(|| in_two(&world.flat_of_two, &keys)));
        group.bench_function("status", |b| b.iter(|| one_by_one(view, &keys)));
        group.bench_function("status_many", |b| {
            b.iter(|| view.status_many(black_box(&some), &mut statuses).unwrap());
        });
        group.bench_function("std HashSet of the opted out", |b| {
            b.iter(|| keys.iter().filter(|key| set.contains(&key.first_nine())).count());
        });
    }
}

fn in_flat(flat: &[u64], keys: &[NhsNumber]) -> u64 {
    let bit = |key: &NhsNumber| {
        let key = key.first_nine() as usize;
        flat[key / 64] >> (key % 64) & 1
    };
    keys.iter().map(bit).sum()
}

fn in_two(flat: &[u8], keys: &[NhsNumber]) -> usize {
    let bits = |key: &&NhsNumber| {
        let key = key.first_nine() as usize;
        flat[key / 4] >> (key % 4 * 2) & 0b11 == 2
    };
    keys.iter().filter(bits).count()
}

fn one_by_one(view: View<'_>, keys: &[NhsNumber]) -> usize {
    keys.iter().filter(|key| view.status(**key) == National::OptedOut).count()
}

/// Medians of rounds in which each takes its turn.
fn ratios() {
    let world = World::new();
    let file = world.register_file();
    let register = Register::open(file.path()).unwrap();
    let view = world::view(&register);
    let bits = register.memory() as f64 * 8.0 / register.numbers_in_pages() as f64;
    println!(
        "\nregister: {} bytes, {bits:.2} bits for each number of its pages",
        register.memory()
    );
    for (order, keys) in world.orders() {
        let some: Vec<_> = keys.iter().map(|key| Some(*key)).collect();
        let mut statuses = vec![National::Unknown; keys.len()];
        let mut times = [const { Vec::new() }; 4];
        for _ in 0..15 {
            let mut start = Instant::now();
            let mut lap = |times: &mut Vec<f64>| {
                times.push(start.elapsed().as_secs_f64() * 1e9 / keys.len() as f64);
                start = Instant::now();
            };
            black_box(in_flat(&world.flat, &keys));
            lap(&mut times[0]);
            black_box(in_two(&world.flat_of_two, &keys));
            lap(&mut times[1]);
            black_box(one_by_one(view, &keys));
            lap(&mut times[2]);
            view.status_many(&some, &mut statuses).unwrap();
            lap(&mut times[3]);
        }
        let [flat, two, one, many] = times.map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        });
        println!("{order}: flat bitmap of the opted out {flat:.2} ns");
        for (name, time) in [("flat, two bits", two), ("status", one), ("status_many", many)] {
            println!("    {name} {time:.2} ns, {:.2}x", time / flat);
        }
    }
}

criterion_group!(benches, numbers, register);

fn main() {
    benches();
    ratios();
    Criterion::default().configure_from_args().final_summary();
}
