//! Each code is written down once, in the tables of the library. What other languages need of them is
//! written from there.

mod cpp;
mod header;
mod hosts;
mod rust;
mod words;

use std::fs;

use similar::TextDiff;

use crate::place::Place;
use crate::{Fallible, need};

const HEADER: &str = "include/optout.h";

/// A file that is written, or in which a region is: its path, and all of its text.
struct Written {
    path: &'static str,
    text: String,
}

/// Writes what is made from the vocabulary, or, to check, shows what would change and changes nothing.
/// Says whether all is as it should be.
pub fn generate(place: &Place, check: bool) -> Fallible<bool> {
    let groups = words::groups();
    let cpp = fs::read_to_string(place.root.join(cpp::PATH))?;
    let mut made = rust::files(&groups);
    made.push(Written { path: cpp::PATH, text: cpp::file(&cpp, &groups)? });
    let mut changed = settle(place, &made, check)?;
    // CI holds the header to what cbindgen writes in a step of its own.
    if changed > 0 && !check {
        write_header(place)?;
    }
    let header = header::Constants::read(&fs::read_to_string(place.root.join(HEADER))?);
    let hosts = hosts::files(&groups, &header);
    changed += settle(place, &hosts, check)?;
    let all = made.len() + hosts.len();
    println!(
        "{all} files, {changed} {}",
        if check { "are not what the code says" } else { "written" }
    );
    if check && changed > 0 {
        println!("write them: cargo xtask generate");
    }
    Ok(!check || changed == 0)
}

/// Shows what changes, and writes it unless it is only checked. How many files change.
fn settle(place: &Place, made: &[Written], check: bool) -> Fallible<usize> {
    let mut changed = 0;
    for Written { path, text } in made {
        let file = place.root.join(path);
        let before = fs::read_to_string(&file).unwrap_or_default();
        if before == *text {
            continue;
        }
        changed += 1;
        println!(
            "{}",
            TextDiff::from_lines(before.as_str(), text)
                .unified_diff()
                .header(path, "what the code says")
        );
        if !check {
            fs::write(file, text)?;
        }
    }
    Ok(changed)
}

/// The header, by the pinned cbindgen.
fn write_header(place: &Place) -> Fallible<()> {
    need::cargo(place, "cbindgen", "0.29.4", "cbindgen")?;
    let arguments =
        ["--quiet", "--config", "cbindgen.toml", "--crate", "optout-capi", "--output", HEADER];
    let written = place.command("cbindgen").args(arguments).status()?.success();
    written.then_some(()).ok_or_else(|| "cbindgen writes no header".into())
}
