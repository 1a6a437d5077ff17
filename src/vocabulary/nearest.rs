//! Which word was meant.
//!
//! It takes no memory but a little of the stack: a host of the C library may have none to give while an
//! error is put into words.

/// The longest text that can be near a word, in letters; a longer one is near none.
const LONGEST: usize = 96;

/// A row of distances, one for each beginning of the text given.
type Row = [u8; LONGEST + 1];

/// The candidate nearest to `given`: at most one edit for each three letters, or a beginning.
pub(crate) fn nearest<'c>(
    given: &str,
    candidates: impl Iterator<Item = &'c str> + Clone,
) -> Option<&'c str> {
    let mut letters = ['\0'; LONGEST];
    let given = normal(given, &mut letters)?;
    let near = candidates
        .clone()
        .map(|code| (distance(given, code), code))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, code)| usize::from(*distance) <= code.len() / 3);
    let begins = || {
        let begins = |code: &&str| given.iter().copied().eq(code.chars().take(given.len()));
        let mut matching = candidates.filter(|code| given.len() >= 3 && begins(code));
        let only = matching.next();
        if matching.next().is_none() { only } else { None }
    };
    near.map(|(_, code)| code).or_else(begins)
}

/// The letters of a text as codes spell them; `None` where there are too many.
fn normal<'l>(given: &str, letters: &'l mut [char; LONGEST]) -> Option<&'l [char]> {
    let mut count = 0;
    for letter in given.trim().chars() {
        *letters.get_mut(count)? = match letter {
            '_' | ' ' => '-',
            letter => letter.to_ascii_lowercase(),
        };
        count += 1;
    }
    letters.get(..count)
}

/// How many letters are to be added, left out, changed or swapped with their neighbour to make one
/// text of the other, no letter twice.
#[expect(clippy::indexing_slicing, reason = "a place is at most the length of the text given")]
fn distance(given: &[char], code: &str) -> u8 {
    let (mut before, mut last): (Row, Row) = ([0; LONGEST + 1], [0; LONGEST + 1]);
    for (place, distance) in (0..).zip(&mut last) {
        *distance = place;
    }
    let mut previous = None;
    for letter in code.chars() {
        let mut row: Row = [0; LONGEST + 1];
        row[0] = last[0].saturating_add(1);
        for (i, found) in given.iter().copied().enumerate() {
            let changed = last[i].saturating_add(u8::from(found != letter));
            let longer = row[i].min(last[i + 1]).saturating_add(1);
            row[i + 1] = changed.min(longer);
            if i > 0 && previous == Some(found) && given[i - 1] == letter {
                row[i + 1] = row[i + 1].min(before[i - 1].saturating_add(1));
            }
        }
        (before, last) = (last, row);
        previous = Some(letter);
    }
    last[given.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_for_each_three_letters_is_near() {
        let among = |given: &str| nearest(given, ["research", "planning", "audit"].into_iter());
        for near in ["reserch", "researhc", "Research", " research ", "rezearxh", "res"] {
            assert_eq!(among(near), Some("research"), "{near}");
        }
        for far in ["", "re", "rezaerxx", "zzzzz", &"research".repeat(20)] {
            assert_eq!(among(far), None, "{far}");
        }
        assert_eq!(nearest("copi", ["copi-first", "copi-other"].into_iter()), None);
    }

    #[test]
    fn letters_are_counted() {
        let count = |given: &str, code| {
            let mut letters = ['\0'; LONGEST];
            normal(given, &mut letters).map(|given| distance(given, code))
        };
        for (given, code, edits) in [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "", 3),
            ("abc", "abc", 0),
            ("acb", "abc", 1),
            ("abcd", "abc", 1),
            ("ab", "abc", 1),
            ("axc", "abc", 1),
            ("kitten", "sitting", 3),
            ("\u{e9}t\u{e9}", "ete", 2),
        ] {
            assert_eq!(count(given, code), Some(edits), "{given} {code}");
        }
    }
}
