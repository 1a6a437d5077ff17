//! Several workers on one table: after an error none of them waits for another.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::super::bench::{Bench, day, request};

/// Runs of each kind, for each number of workers.
const RUNS: usize = 8;
/// No run takes a second; this is a machine that is busy.
const PATIENCE: Duration = Duration::from_mins(2);

fn rows(count: usize) -> Vec<u8> {
    let mut rows = b"nhs,code\n".to_vec();
    for number in 0..count {
        rows.extend(format!("9434765919,{number}\n").into_bytes());
    }
    rows
}

/// A table that fails while it is read, by what it says.
fn failing(kind: &str) -> (&'static str, Vec<u8>) {
    match kind {
        "a row of 20 MiB" => {
            let mut table = rows(60_000);
            table.extend(std::iter::repeat_n(b'a', 20 << 20));
            ("table.csv", table)
        }
        "a wrong checksum of gzip" => {
            let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gz.write_all(&rows(80_000)).unwrap();
            let mut packed = gz.finish().unwrap();
            let checksum = packed.len() - 8;
            packed[checksum] ^= 1;
            ("table.csv.gz", packed)
        }
        _ => {
            let mut packed = zstd::encode_all(&*rows(80_000), 1).unwrap();
            packed.truncate(packed.len() * 9 / 10);
            ("table.csv.zst", packed)
        }
    }
}

fn ends(mut child: Child, kind: &str) {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            assert_eq!(status.code(), Some(2), "{kind}");
            return;
        }
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("{kind}: the run hangs");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// On one processor as well, where workers overtake each other in other ways.
fn commands(bench: &Bench, threads: &str) -> Vec<Command> {
    let args = ["filter", "request.toml", "--out", "out", "--threads", threads];
    let mut commands = vec![bench.command(&args)];
    if Command::new("taskset")
        .args(["-c", "0", "true"])
        .output()
        .is_ok_and(|run| run.status.success())
    {
        let mut pinned = Command::new("taskset");
        pinned.args(["-c", "0", env!("CARGO_BIN_EXE_optout")]).args(args);
        pinned.current_dir(bench.path("."));
        commands.push(pinned);
    }
    commands
}

#[test]
fn an_error_of_the_reader_ends_the_run() {
    for kind in ["a row of 20 MiB", "a wrong checksum of gzip", "a stream of Zstandard cut short"] {
        let bench = Bench::new();
        let (name, contents) = failing(kind);
        bench.write(name, contents);
        bench.request(&request(&day(0)).replace("table.csv", name));
        for threads in ["2", "8"] {
            for _ in 0..RUNS {
                for mut command in commands(&bench, threads) {
                    command.stdout(Stdio::null()).stderr(Stdio::null());
                    ends(command.spawn().unwrap(), kind);
                }
            }
        }
        assert_eq!(bench.left(), Vec::<String>::new(), "{kind}");
        bench.stops(name);
    }
}
