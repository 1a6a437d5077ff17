//! What measures.

use crate::Fallible;
use crate::place::Place;

/// Name, what it measures, and its command.
const BENCHES: &[(&str, &str, &str)] = &[
    (
        "instructions",
        "counts instructions against the budget; `--write` makes a new one",
        "benches/instructions/run",
    ),
    ("decide", "one decision and batches, beside the same by hand", "cargo bench --bench decide"),
    ("column", "a column of patients", "cargo bench --bench column --features column"),
    (
        "record",
        "look-ups in a register, and who beats it",
        "cargo bench --bench record --features gather",
    ),
    ("c", "the C library beside the Rust library", "benches/c/run"),
    ("rivals", "the filter beside other ways to take rows out", "benches/rivals/run"),
    ("plots", "draws docs/ from benches/results", "benches/plots/run"),
];

pub fn bench(place: &Place, named: &[&str]) -> Fallible<bool> {
    let Some((name, arguments)) = named.split_first() else {
        for (name, measures, command) in BENCHES {
            println!("{name:<14} {measures}\n{:<14} {command}", "");
        }
        return Ok(true);
    };
    let (.., command) = BENCHES
        .iter()
        .find(|(bench, ..)| bench == name)
        .ok_or(format!("there is no bench `{name}`"))?;
    let mut words = command.split(' ').chain(arguments.iter().copied());
    let program = words.next().unwrap_or_default();
    // A script is found from here, not on the path.
    let found = place.root.join(program);
    let program = if found.is_file() { found.display().to_string() } else { program.to_owned() };
    Ok(place.command(&program).args(words).status()?.success())
}
