//! NHS numbers in what is said and recorded: there are to be none.

use optout::record::NhsNumber;

/// How an NHS number is written in groups.
const GROUPS: [&[usize]; 4] = [&[10], &[3, 3, 4], &[3, 7], &[6, 4]];
/// Characters between two groups, at most: a space, a hyphen, a hyphen between spaces.
const APART: usize = 3;

/// Whether a text holds an NHS number: ten digits, together or in groups with up to three characters
/// between them that are no letters. Part of a longer run of digits is none.
pub(crate) fn names_a_person(text: &str) -> bool {
    text.split(char::is_alphabetic).any(|text| {
        let (mut groups, mut empty) = (Vec::new(), 0);
        text.split(|c: char| !c.is_ascii_digit()).any(|group| {
            if group.is_empty() {
                empty += 1;
                return false;
            }
            if empty >= APART {
                groups.clear();
            }
            empty = 0;
            groups.push(group);
            GROUPS.iter().any(|lengths| ends_in_a_number(&groups, lengths))
        })
    })
}

fn ends_in_a_number(groups: &[&str], lengths: &[usize]) -> bool {
    let Some((_, last)) = groups.len().checked_sub(lengths.len()).map(|at| groups.split_at(at))
    else {
        return false;
    };
    last.iter().map(|group| group.len()).eq(lengths.iter().copied())
        && NhsNumber::parse(last.concat().as_bytes()).is_ok()
}

/// The text with each digit of what could be an NHS number as `#`: nine digits or more in a row, with
/// nothing but single spaces or hyphens between them. A date has eight. A text that still names a
/// person keeps no digit at all.
///
/// A mailbox and what follows it in the name of a MESH file, such as `AAAOT001-010626-0001`, is none:
/// it begins with letters and is not written 3-3-4.
pub(crate) fn masked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    let mut of_word = false;
    for c in text.chars().chain(['\n']) {
        let joins = matches!(c, ' ' | '-') && run.ends_with(|last: char| last.is_numeric());
        if c.is_numeric() || joins {
            run.push(c);
            continue;
        }
        let groups: Vec<_> = run.split([' ', '-']).map(|group| group.chars().count()).collect();
        let plain =
            groups.iter().any(|digits| *digits >= 9) || groups.windows(3).any(|g| g == [3, 3, 4]);
        let personal = plain || (!of_word && groups.iter().sum::<usize>() >= 9);
        shown.extend(run.drain(..).map(|c| if personal && c.is_numeric() { '#' } else { c }));
        shown.push(c);
        of_word = c.is_alphabetic();
    }
    shown.pop();
    if names_a_person(&shown) {
        return shown.chars().map(|c| if c.is_numeric() { '#' } else { c }).collect();
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{masked, names_a_person};

    #[test]
    fn a_number_is_known_however_it_is_grouped() {
        for text in [
            "9434765919",
            "CAG9434765919x",
            "943 476 5919",
            "25/CAG 943-476-5919",
            "943.476.5919.csv",
            "943_476_5919",
            "943  476  5919",
            "943 - 476 - 5919",
            "943\u{2013}476\u{2013}5919",
            "943476 5919",
            "943 4765919",
            "1, 943 476 5919",
        ] {
            assert!(names_a_person(text), "{text}");
            assert!(!masked(text).contains("5919"), "{text}");
        }
    }

    #[test]
    fn other_digits_name_nobody() {
        for text in [
            "9434765918",
            "19434765919",
            "94347659190",
            "tel. 0943 476 5919",
            "943 476 59190",
            "943    476    5919",
            "943a476b5919",
            "2026-11-22/07",
            "25/CAG/0000",
            "",
        ] {
            assert!(!names_a_person(text), "{text}");
        }
    }
}
