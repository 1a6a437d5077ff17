//! Kills, signals and full disks: never a partial file under the final name.
#![cfg(unix)]

use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::bench::{Bench, CLEAR, KEPT, OPTED_OUT, TABLE};

/// A table large enough to be caught in the middle of.
fn long(bench: &Bench) -> String {
    let rows = format!("{CLEAR},007\n{OPTED_OUT},008\n").repeat(60_000);
    bench.write("table.csv", format!("nhs,code\n{rows}"));
    format!("nhs,code\n{}", format!("{CLEAR},007\n").repeat(60_000))
}

/// What stands under the final name is whole or absent.
fn whole_or_absent(bench: &Bench, kept: &str) -> bool {
    let out = bench.path("out");
    if !out.exists() {
        return false;
    }
    assert!(bench.read("out/table.csv") == kept, "a partial table");
    let verified = bench.run(&["audit", "verify", "out/audit.json"]);
    assert!(verified.status.success(), "a partial record");
    fs::remove_dir_all(out).unwrap();
    true
}

#[test]
fn killed_at_any_moment_a_release_is_whole_or_absent() {
    let bench = Bench::new();
    let kept = long(&bench);
    let mut span = Duration::ZERO;
    let (mut killed, mut finished) = (0, 0);
    for i in 0..1000_u32 {
        if killed == 200 {
            break;
        }
        let started = Instant::now();
        let mut run = bench
            .command(&["filter", "request.toml", "--out", "out"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        if i > 0 {
            // Spread over the run, as long as runs take just now.
            sleep(span * (i * 37 % 240) / 240);
            let _ = run.kill();
        }
        let status = run.wait().unwrap();
        if status.success() {
            finished += 1;
            span = started.elapsed();
        } else {
            killed += 1;
        }
        let appeared = whole_or_absent(&bench, &kept);
        assert!(appeared || !status.success(), "a run succeeded and nothing appeared");
    }
    println!("{killed} killed, {finished} finished");
    assert_eq!(killed, 200, "{finished} of 1000 finished first");
    // What the killed left is hidden, and in nobody's way.
    assert!(bench.filter().status.success());
}

#[test]
fn a_signal_stops_the_run_and_leaves_nothing() {
    let bench = Bench::new();
    let kept = long(&bench);
    for millis in [1, 4, 8, 12, 20, 40, 80] {
        let mut run = bench
            .command(&["filter", "request.toml", "--out", "out"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(millis));
        let pid = rustix::process::Pid::from_child(&run);
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
        let status = run.wait().unwrap();
        assert_eq!(whole_or_absent(&bench, &kept), status.success());
        if status.code().is_some() {
            assert_eq!(bench.left(), Vec::<String>::new(), "the stopped run cleans up");
        }
    }
}

/// A file system of its own, too small for the release; needs the right to mount one.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_nothing() {
    let bench = Bench::new();
    long(&bench);
    let small = bench.path("small");
    fs::create_dir(&small).unwrap();
    let mount = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"])
        .arg(&small)
        .output();
    if !mount.is_ok_and(|mount| mount.status.success()) {
        println!("skipped: this user may not mount a file system");
        return;
    }
    let output = bench.run(&["filter", "request.toml", "--out", "small/out"]);
    let left: Vec<_> = fs::read_dir(&small).unwrap().collect();
    let said = super::bench::stderr(&output);
    let unmounted = std::process::Command::new("umount").arg(&small).status();
    assert!(unmounted.is_ok_and(|status| status.success()));
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("No space left"), "{said}");
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_read_only_place_stops_before_anything_is_read() {
    let bench = Bench::new();
    let output = bench.run(&["filter", "request.toml", "--out", "absent/out"]);
    assert_eq!(output.status.code(), Some(2));
    bench.write("file", "");
    let output = bench.run(&["filter", "request.toml", "--out", "file"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(bench.read("file"), "");
    assert_eq!((TABLE.len() > KEPT.len(), bench.left().len()), (true, 0));
}
