//! What is wrong with a request file, by its line and its key. No line of it is shown, no value, and
//! no key that is not one of ours or nearly so: the file could be anything about a patient.

use std::fmt::Write as _;

use optout::flow;

/// Every key of a request file but the codes under `evidence` and the values under `systems`.
const KEYS: [&str; 61] = [
    "all-registered-max-age-days",
    "all-registered-on",
    "bases",
    "boundary",
    "by",
    "checked",
    "clear",
    "code",
    "column",
    "conditions",
    "date",
    "dates",
    "deleted",
    "delimiter",
    "died",
    "disclosure",
    "empty-at-most",
    "entered-in-error",
    "entries",
    "evidence",
    "file",
    "flow",
    "from",
    "header",
    "identifiability",
    "invalid-at-most",
    "line-breaks",
    "list",
    "max-age-days",
    "may-be-empty",
    "may-match-nobody",
    "named-by",
    "no-nhs-number",
    "no-nhs-number-at-most",
    "no-type1-at",
    "of",
    "on",
    "opted-out-at-most",
    "origin",
    "others",
    "output",
    "patient",
    "people",
    "person",
    "practice",
    "practices-read",
    "purpose",
    "reference",
    "register",
    "registrations",
    "screened-by-sender",
    "set",
    "similar-keys-differ",
    "system",
    "system-column",
    "systems",
    "table",
    "type1",
    "undated",
    "unreadable-codes-at-most",
    "until",
];

/// Where a request file departs from TOML, or from a request.
pub(super) fn of(text: &str, error: &toml::de::Error) -> String {
    let at = error.span().map_or(0, |span| span.start);
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let given = error.span().and_then(|span| text.get(span)).unwrap_or_default();
    let what = if text.parse::<toml::Table>().is_err() {
        syntax(error.message()).to_owned()
    } else {
        shape(error.message(), given)
    };
    // What names the field itself needs no key before it.
    let named = |key: &&str| !what.contains(&format!("`{key}`")) && !what.starts_with(*key);
    let key = key_before(before, given).filter(named);
    let key = key.map_or_else(String::new, |key| format!("`{key}`: "));
    format!("line {line}: {key}{what}")
}

/// The key whose value stands at the end of a text, where it is one of ours.
fn key_before(before: &str, given: &str) -> Option<&'static str> {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let of_value = line.trim_end().strip_suffix('=').map(str::trim_end);
    let written = match of_value {
        Some(keys) => keys.rsplit([' ', '\t', ',', '{', '.']).next(),
        // Behind the beginning of a value; or at the key or the table itself.
        None if line.contains('=') => line.split('=').next(),
        None => given.split(['=', '\n']).next(),
    };
    let written = written?.trim().trim_matches(['[', ']', '"', '\'']);
    let first = written.split('.').next().unwrap_or_default();
    known(written).or_else(|| known(first))
}

fn known(key: &str) -> Option<&'static str> {
    KEYS.iter().copied().find(|known| *known == key)
}

/// What is wrong with the TOML. The parser's words are not passed on.
fn syntax(message: &str) -> &'static str {
    let said = [
        ("duplicate key", "the key or table is given twice"),
        ("cannot extend", "the table is given in two ways"),
        ("string values must be quoted", "a text must stand in quotes"),
        ("unclosed", "a bracket or a brace is not closed"),
        ("missing comma", "a comma is missing"),
        ("extra comma", "there is a comma too many"),
        ("key with no value", "a key stands without a value"),
        ("missing value", "a key stands without a value"),
    ];
    let known = said.iter().find(|(begins, _)| message.starts_with(begins));
    known.map_or("this is not TOML", |(_, said)| said)
}

/// What is wrong with a key or a value, in our own words.
fn shape(message: &str, given: &str) -> String {
    let quoted = |before: &str| {
        message.strip_prefix(before).and_then(|rest| rest.split_once('`')).map(|(key, _)| key)
    };
    if message.starts_with("unknown field `") {
        return unknown_key(message, given);
    }
    if let Some(key) = quoted("missing field `").and_then(known) {
        return format!("missing `{key}`");
    }
    if let Some(key) = quoted("duplicate field `").and_then(known) {
        return format!("`{key}` is given twice");
    }
    for begins in ["invalid type: ", "invalid value: ", "invalid length "] {
        if let Some(wrong) = message.strip_prefix(begins) {
            // What stands behind is ours; what was given stands before it.
            return match wrong.rsplit_once(", expected ") {
                Some((_, expected)) => format!("expected {expected}"),
                None => "a value of another kind is expected".to_owned(),
            };
        }
    }
    if message.starts_with("unknown variant `") {
        return unknown_word("", &listed(message, "`, expected "), given);
    }
    if let Some((field, rest)) = message.split_once(": unknown code ") {
        let accepted = listed(rest, " (accepted: ");
        return unknown_word(&format!("{field}: "), &accepted, given);
    }
    // The rest is ours; should it repeat what was given, it is of the form of a code.
    let mut parts = message.split('`');
    let plain = message.matches('`').count().is_multiple_of(2)
        && !given.contains('`')
        && parts.by_ref().skip(1).step_by(2).all(is_code);
    if plain { message.to_owned() } else { "the value is not one that is accepted".to_owned() }
}

/// What a message accepts, behind the last of these words.
fn listed<'m>(message: &'m str, behind: &str) -> Vec<&'m str> {
    let list = message.rsplit_once(behind).map_or("", |(_, list)| list);
    let list = list.strip_prefix("one of ").unwrap_or(list);
    let words = list.trim_end_matches(')').split(", ").map(|word| word.trim_matches('`'));
    words.filter(|word| is_code(word)).collect()
}

fn unknown_key(message: &str, given: &str) -> String {
    let accepted = listed(message, "`, expected ");
    let key = given.trim_matches(['[', ']', '"', '\'']);
    let mut said = "unknown key".to_owned();
    // A slip of the finger is told; anything else could be a word about a patient.
    if let Some(nearest) = nearest(key, &accepted) {
        if is_code(key) {
            let _ = write!(said, " `{key}`");
        }
        let _ = write!(said, ", did you mean `{nearest}`?");
    }
    let _ = write!(said, " (accepted: {})", accepted.join(", "));
    said
}

fn unknown_word(field: &str, accepted: &[&str], given: &str) -> String {
    let mut said = format!("{field}this is no code that is known");
    let given = given.trim_matches(['"', '\'']);
    if let Some(nearest) = nearest(given, accepted) {
        let _ = write!(said, ", did you mean `{nearest}`?");
    }
    let _ = write!(said, " (accepted: {})", accepted.join(", "));
    said
}

/// The word nearest to what was given: at most one edit for each three letters.
pub(super) fn nearest<'w>(given: &str, words: &[&'w str]) -> Option<&'w str> {
    let given = given.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    let near = words.iter().map(|word| (strsim::damerau_levenshtein(&given, word), *word));
    let (edits, word) = near.min_by_key(|(edits, _)| *edits)?;
    (edits <= word.len() / 3).then_some(word)
}

/// Whether a text has the form of a code: short, of small letters, hyphens and few digits.
fn is_code(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=40).contains(&text.len())
        && text.chars().all(plain)
        && text.chars().filter(char::is_ascii_digit).count() < 4
}

/// Why this is no id of a flow, where it is none: what was given stays unsaid.
pub(super) fn of_flow(id: &str) -> Option<String> {
    let ids: Vec<_> = flow::all().map(|flow| flow.id).collect();
    if ids.contains(&id) || is_code(id) {
        return None;
    }
    let mean = nearest(id, &ids).map(|id| format!(", did you mean `{id}`?")).unwrap_or_default();
    Some(format!("`flow`: this is no id of a flow{mean}; `optout flows` lists them"))
}
