//! Runs steps, one after the other, and says how they ended.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, PipeReader, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::place::Place;
use crate::step::{Ended, Group, Run, Step};
use crate::{Fallible, need};

/// As much of a failed step's output as the end of a run repeats.
const TAIL: usize = 30;

/// How each step ended, and the last lines of those that failed.
type Results = Vec<(&'static str, Ended, VecDeque<String>)>;

/// Runs the steps in their order. The last line is `N passed, N failed`, and what was skipped.
pub fn run(place: &Place, steps: &[&'static Step]) -> Fallible<bool> {
    let in_ci = std::env::var_os("CI").is_some_and(|value| value == "true");
    Ok(summary(&each(place, steps, in_ci)?))
}

fn each(place: &Place, steps: &[&'static Step], in_ci: bool) -> Fallible<Results> {
    let (began, mut results) = (Instant::now(), Results::new());
    for step in steps {
        println!("\n== {}: {} ({} s)", step.name, step.shows, began.elapsed().as_secs());
        let (clock, processor) = (Instant::now(), processor_seconds());
        let (mut ended, tail) = one(place, step, &results)?;
        if in_ci && ended == Ended::Skipped {
            ended = Ended::Failed;
        }
        let said = match ended {
            Ended::Passed => "ok",
            Ended::Failed => "FAILED",
            Ended::Skipped | Ended::Cannot => "skipped",
        };
        let spent = match (processor, processor_seconds()) {
            (Some(before), Some(now)) => format!(", {:.1} s of processor", now - before),
            _ => String::new(),
        };
        println!("{said}: {} ({:.1} s{spent})", step.name, clock.elapsed().as_secs_f64());
        results.push((step.name, ended, tail));
    }
    Ok(results)
}

fn summary(results: &Results) -> bool {
    for (name, _, tail) in results.iter().filter(|(_, ended, _)| *ended == Ended::Failed) {
        println!(
            "\nFAILED: {name}; {}",
            if tail.is_empty() { "see above" } else { "it said last:" }
        );
        for line in tail {
            println!("    {line}");
        }
    }
    let count =
        |wanted: &[Ended]| results.iter().filter(|(_, ended, _)| wanted.contains(ended)).count();
    let (passed, failed) = (count(&[Ended::Passed]), count(&[Ended::Failed]));
    let skipped = count(&[Ended::Skipped, Ended::Cannot]);
    if skipped > 0 {
        println!("\n{passed} passed, {failed} failed, {skipped} skipped");
    } else {
        println!("\n{passed} passed, {failed} failed");
    }
    failed == 0
}

/// One step, after what it uses and with what it needs.
fn one(place: &Place, step: &Step, results: &Results) -> Fallible<(Ended, VecDeque<String>)> {
    let said = |ended, line: String| {
        println!("{line}");
        Ok((ended, VecDeque::from([line])))
    };
    for (name, ended, _) in results.iter().filter(|(name, ..)| step.after.contains(name)) {
        match ended {
            Ended::Passed => {}
            Ended::Failed => return said(Ended::Failed, format!("not run: {name} failed")),
            Ended::Skipped | Ended::Cannot => {
                return said(Ended::Skipped, format!("skipped: {name} was"));
            }
        }
    }
    if let Err(lacking) = need::meet(place, step.needs) {
        return said(Ended::Skipped, format!("skipped: {lacking}"));
    }
    match step.run {
        Run::Rust(function) => match function(place) {
            Ok(ended) => Ok((ended, VecDeque::new())),
            Err(error) => said(Ended::Failed, format!("error: {error}")),
        },
        Run::Shell(lines) => shell(place, step, lines),
        Run::Script => {
            let file =
                place.root.join(format!("xtask/steps/{}/{}.sh", step.group.name(), step.name));
            shell(place, step, &format!(". '{}'", file.display()))
        }
    }
}

/// Stops at the first failure and says where; what the steps of a group share is known.
const BEFORE: &str = r#"set -Eeuo pipefail
trap 'at="${BASH_SOURCE[0]-}"; echo "failed at ${at##*/}:$LINENO: $BASH_COMMAND"' ERR
for shared in xtask/steps/$group.sh; do [ ! -e "$shared" ] || . "$shared"; done
"#;

fn shell(place: &Place, step: &Step, lines: &str) -> Fallible<(Ended, VecDeque<String>)> {
    let work = match step.group {
        Group::Code => place.target.clone(),
        Group::C | Group::Hosts => place.work(step.group.name())?,
    };
    let mut command = place.command("bash");
    command
        .args(["-c", &format!("{BEFORE}{lines}")])
        .env("group", step.group.name())
        .env("target", &place.target)
        .env("tools", &place.tools)
        .env("work", &work)
        .env("version", place.said("version")?);
    shown_and_kept(place, step.name, command)
}

/// Shows what a program says as it says it, and keeps all of it in a file and the end in memory.
fn shown_and_kept(
    place: &Place,
    name: &str,
    mut command: Command,
) -> Fallible<(Ended, VecDeque<String>)> {
    let (reader, writer) = io::pipe()?;
    command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    let log = fs::File::create(place.work("xtask")?.join(format!("{name}.log")))?;
    let mut child = command.spawn()?;
    // Its ends of the pipe are closed, so that ours ends with the program.
    drop(command);
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for line in lines(reader, log) {
            if tell.send(line).is_err() {
                break;
            }
        }
    });
    let mut tail = VecDeque::new();
    let mut keep = |line: String| {
        if tail.len() == TAIL {
            tail.pop_front();
        }
        tail.push_back(line);
    };
    let status = loop {
        match told.recv_timeout(Duration::from_millis(200)) {
            Ok(line) => keep(line),
            Err(mpsc::RecvTimeoutError::Disconnected) => break child.wait()?,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                if let Some(status) = child.try_wait()? {
                    break status;
                }
            }
        }
    };
    // A server that the program left behind may hold the pipe open: it is not waited for.
    while let Ok(line) = told.recv_timeout(Duration::from_millis(100)) {
        keep(line);
    }
    Ok((Ended::of(status.code()), tail))
}

/// The lines that a program says, shown and kept on the way.
fn lines(reader: PipeReader, mut log: File) -> impl Iterator<Item = String> {
    BufReader::new(reader).split(b'\n').map_while(Result::ok).map(move |line| {
        let line = String::from_utf8_lossy(&line).into_owned();
        println!("{line}");
        // What cannot be kept was shown.
        let _ = writeln!(log, "{line}");
        line
    })
}

/// What ended children used of the processor so far, where the system says it.
fn processor_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, after_name) = stat.rsplit_once(')')?;
    let ticks: Vec<f64> = after_name
        .split_whitespace()
        .skip(13)
        .take(2)
        .filter_map(|field| field.parse().ok())
        .collect();
    // Linux counts in hundredths of a second, whatever the machine.
    Some(ticks.iter().sum::<f64>() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn step(name: &'static str, after: &'static [&'static str], lines: &'static str) -> Step {
        Step {
            name,
            group: Group::Code,
            shows: "a test",
            needs: &[],
            after,
            run: Run::Shell(lines),
        }
    }

    static STEPS: [Step; 6] = [
        step("test_passes", &[], "echo first; echo last"),
        step("test_fails", &["test_passes"], "false; echo not reached"),
        step("test_not_run", &["test_fails"], "echo not reached"),
        step("test_lacks", &[], "echo skipped: this; exit 77"),
        step("test_cannot", &[], "echo skipped: that; exit 78"),
        // What it leaves behind holds the pipe open.
        step("test_leaves", &[], "sleep 600 & echo $! >\"$target/xtask/left\""),
    ];

    #[test]
    fn steps_end_as_their_programs_say_and_a_skipped_one_fails_in_ci() {
        let place = Place::find().expect("the repository");
        let steps: Vec<&'static Step> = STEPS.iter().collect();
        for in_ci in [false, true] {
            let began = Instant::now();
            let results = each(&place, &steps, in_ci).expect("a run");
            assert!(began.elapsed().as_secs() < 300, "it waits for what a step left behind");
            let left = fs::read_to_string(place.target.join("xtask/left")).expect("its number");
            Command::new("kill").arg(left.trim()).status().expect("it ends");
            let ended: Vec<Ended> = results.iter().map(|(_, ended, _)| *ended).collect();
            let lacks = if in_ci { Ended::Failed } else { Ended::Skipped };
            assert_eq!(
                ended,
                [Ended::Passed, Ended::Failed, Ended::Failed, lacks, Ended::Cannot, Ended::Passed]
            );
            let said: Vec<&str> =
                results.iter().filter_map(|(.., tail)| tail.back()).map(String::as_str).collect();
            assert_eq!(said.first(), Some(&"last"));
            assert!(said.get(1).is_some_and(|line| line.starts_with("failed at")), "{said:?}");
            assert_eq!(said.get(2), Some(&"not run: test_fails failed"));
            assert!(!summary(&results));
        }
    }
}
