//! `capi/src/vocabulary/`: the constants that cbindgen copies into the header, with their comments.

use optout::Verdict;

use super::Written;
use super::words::{Group, Word};

/// The columns of a comment, with its `/// `.
const WIDTH: usize = 100;

/// Path, what the file says of itself, what stands before its groups, and these.
type File = (&'static str, &'static str, &'static str, &'static [&'static str]);

const FILES: &[File] = &[
    (
        "capi/src/vocabulary/question.rs",
        "The words of the question, with the numbers of the specification.",
        "",
        &["ORIGIN", "BOUNDARY", "IDENTIFIABILITY", "PURPOSE", "BASIS", "CONDITION"],
    ),
    (
        "capi/src/vocabulary/patient.rs",
        "The words of what a patient has recorded, with the numbers of the specification.",
        "",
        &["TYPE1", "NATIONAL", "PROGRAMME"],
    ),
    (
        "capi/src/vocabulary/nhs_number.rs",
        "Who issues the NHS numbers of a range.",
        "/// The size of an NHS number as a text: ten digits and a NUL.\n\
         pub const OPTOUT_NHS_NUMBER_SIZE: usize = 11;\n\n",
        &["RANGE"],
    ),
    (
        "capi/src/vocabulary/answer.rs",
        "The words of the answer, with the numbers of the specification.",
        "",
        &["REASON", "ROUTE", "BLOCKED_BY"],
    ),
    ("capi/src/vocabulary/clause.rs", "The clauses that a decision stands on.", "", &["CLAUSE"]),
];

pub fn files(groups: &[Group]) -> Vec<Written> {
    FILES.iter().map(|file| written(file, groups)).collect()
}

fn written((path, says, before, names): &File, groups: &[Group]) -> Written {
    let mut text = format!(
        "//! {says}\n//!\n//! Written by `cargo xtask generate` from the tables of the library.\n\n{before}"
    );
    if names.contains(&"REASON") {
        text.push_str(&verdicts());
    }
    for group in groups.iter().filter(|group| names.contains(&group.name)) {
        let mut manual = Some(group.manual);
        for Word { number, name, says } in &group.words {
            let said: Vec<&str> = manual.take().into_iter().chain([says.as_str()]).collect();
            text.push_str(&comment(&said.join("\n\n")));
            text.push_str(&format!("pub const OPTOUT_{}_{name}: u32 = {number};\n\n", group.name));
        }
    }
    Written { path, text: format!("{}\n", text.trim_end()) }
}

fn verdicts() -> String {
    let manual = "Allow or deny. Anything but `OPTOUT_ALLOW` is a denial, and so is zeroed memory.";
    let mut before = format!("{manual}\n\n");
    let constants = Verdict::ALL.iter().map(|it| {
        let said =
            comment(&format!("{}`{}`: {}.", std::mem::take(&mut before), it.code(), it.meaning()));
        format!("{said}pub const OPTOUT_{}: i32 = {};\n\n", it.code().to_uppercase(), it.number())
    });
    constants.collect()
}

/// Paragraphs as a comment, each filled line by line.
fn comment(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let mut lines: Vec<String> = Vec::new();
        for word in paragraph.split_whitespace() {
            match lines.last_mut() {
                Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(format!("/// {word}")),
            }
        }
        lines.join("\n") + "\n"
    });
    paragraphs.collect::<Vec<_>>().join("///\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_filled_and_apart() {
        let long = "word ".repeat(30);
        let lines: Vec<String> =
            comment(&format!("First.\n\n{long}")).lines().map(str::to_owned).collect();
        assert_eq!(lines.first().map(String::as_str), Some("/// First."));
        assert_eq!(lines.get(1).map(String::as_str), Some("///"));
        assert_eq!(lines.len(), 4);
        assert!(lines.iter().all(|line| line.len() <= WIDTH));
    }
}
