//! What stands beside a record, or in the place of its files.
#![cfg(unix)]

use std::fs;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::super::bench::{Bench, KEPT, day, request, stderr};
use super::{said, series, signed, verify};

#[test]
#[cfg(unix)]
fn outputs_that_can_be_changed_elsewhere_are_named() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let chmod = |bench: &Bench, file: &str, mode| {
        fs::set_permissions(bench.path(file), fs::Permissions::from_mode(mode)).unwrap();
    };
    let fresh = || {
        let bench = Bench::new();
        bench.succeeds();
        bench
    };
    let expect = |bench: &Bench, status: i32, what: &str| {
        let (found, told) = verify(bench, &["out"]);
        assert!(found == Some(status) && told.contains(what), "{status}, {what}: {told}");
    };
    for file in ["out/table.csv", "out/audit.json"] {
        let bench = fresh();
        fs::rename(bench.path(file), bench.path("elsewhere")).unwrap();
        symlink(bench.path("elsewhere"), bench.path(file)).unwrap();
        expect(&bench, 1, &format!("differs      {file}: it is a link"));
        let bench = fresh();
        chmod(&bench, file, 0o602);
        expect(&bench, 1, &format!("differs      {file}: others may write to it (mode 602)"));
        chmod(&bench, file, 0o660);
        expect(&bench, 0, &format!("caution      {file}: its group may write to it (mode 660)"));
        chmod(&bench, file, 0o644);
        expect(&bench, 0, &format!("{file}\n").replace("out/audit.json\n", ""));
        let bench = fresh();
        fs::hard_link(bench.path(file), bench.path("other-name")).unwrap();
        expect(&bench, 0, &format!("caution      {file}: it has another name"));
    }
    let bench = fresh();
    chmod(&bench, "out", 0o777);
    expect(&bench, 1, "differs      out: others may write to it (mode 777)");
}

#[test]
#[cfg(unix)]
fn only_regular_files_are_verified() {
    use std::os::unix::fs::symlink;
    let fifo = |bench: &Bench, at: &str| {
        let made = std::process::Command::new("mkfifo").arg(bench.path(at)).status().unwrap();
        assert!(made.success());
    };
    let replace = |with: &dyn Fn(&Bench), args: &[&str], status: i32, what: &str| {
        let bench = Bench::new();
        series(&bench, 1);
        with(&bench);
        let started = Instant::now();
        let (found, told) = verify(&bench, args);
        assert!(started.elapsed() < Duration::from_secs(5), "{what}");
        assert!(found == Some(status) && told.contains(what), "{status}, {what}: {told}");
    };
    for (file, status) in [("out1/table.csv", 1), ("out1/audit.json", 2), ("table.csv", 1)] {
        let remove = |bench: &Bench| fs::remove_file(bench.path(file)).unwrap();
        let with_fifo = |bench: &Bench| {
            remove(bench);
            fifo(bench, file);
        };
        replace(&with_fifo, &["out1"], status, "this is a pipe, no regular file; it was not read");
        let with_device = |bench: &Bench| {
            remove(bench);
            symlink("/dev/zero", bench.path(file)).unwrap();
        };
        replace(&with_device, &["out1"], status, "this is a device, no regular file");
        let with_folder = |bench: &Bench| {
            remove(bench);
            fs::create_dir(bench.path(file)).unwrap();
        };
        replace(&with_folder, &["out1/audit.json"], status, "");
    }
    let in_series = |bench: &Bench| {
        fs::remove_file(bench.path("series/000001.json")).unwrap();
        fifo(bench, "series/000001.json");
    };
    replace(&in_series, &["series"], 1, "000001.json: this is a pipe");
    replace(&in_series, &["out1", "--series", "series"], 1, "000001.json: this is a pipe");
    // A record that names a device as what was read.
    let of_device = |bench: &Bench| {
        let text = bench.read("out1/audit.json");
        let mut record: Value = serde_json::from_str(&text).unwrap();
        record["tables"][0]["input"]["file"] = json!("/dev/zero");
        bench.write("out1/audit.json", signed(&record, &text));
    };
    replace(&of_device, &["out1"], 1, "/dev/zero: this is a device");
    let long = |bench: &Bench| {
        let file = fs::File::create(bench.path("out1/audit.json")).unwrap();
        file.set_len(1 << 36).unwrap();
    };
    replace(&long, &["out1"], 2, "longer than 64 MiB");
}

#[test]
#[cfg(target_os = "linux")]
fn what_a_killed_run_left_is_named_by_the_next() {
    let bench = Bench::new();
    let mkfifo = std::process::Command::new("mkfifo").arg(bench.path("pipe.csv")).status();
    assert!(mkfifo.unwrap().success());
    bench.request(&request(&day(0)).replace("table.csv", "pipe.csv"));
    let args = ["filter", "request.toml", "--out", "out", "--series", "series"];
    let mut run = bench.command(&args).spawn().unwrap();
    let begun = || bench.left().into_iter().find(|name| name.ends_with(".partial"));
    while begun().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    // While it works it is nobody's leftover.
    let other = ["filter", "request.toml", "--out", "folder", "--dry-run"];
    bench.request(&request(&day(0)));
    let output = bench.run(&other);
    assert!(output.status.success() && !stderr(&output).contains("killed"), "{}", said(&output));
    run.kill().unwrap();
    run.wait().unwrap();
    let left = begun().unwrap();
    bench.write("series/.000001.json.4194303-0.part", "{");
    let output = bench.run(&args);
    assert!(output.status.success(), "{}", said(&output));
    let told = stderr(&output);
    for name in [left.as_str(), "series/.000001.json.4194303-0.part"] {
        assert!(told.contains(name) && told.contains("rm -r -- "), "{told}");
    }
    assert_eq!(bench.read("out/table.csv"), KEPT);
    let (status, told) = verify(&bench, &["series"]);
    assert!(
        status == Some(0) && told.contains("caution      .000001.json.4194303-0.part"),
        "{told}"
    );
    // A name that is only like it is somebody's own.
    fs::remove_dir_all(bench.path(&left)).unwrap();
    fs::remove_file(bench.path("series/.000001.json.4194303-0.part")).unwrap();
    for own in [".out.partial", ".out.x-0.partial", "out.4194303-0.partial", ".4194303-0.part"] {
        bench.write(own, "");
    }
    let output = bench.run(&["filter", "request.toml", "--out", "more"]);
    assert!(output.status.success() && !stderr(&output).contains("killed"), "{}", said(&output));
}
