//! Why JSON is not what it should be, without what it holds.

use std::format;
use std::string::{String, ToString};

/// What is wrong, and where: never a value, nor a key that is not one of ours. The file could be
/// anything about a patient.
#[must_use]
pub fn misread(error: &serde_json::Error) -> String {
    let place = format!("line {}, column {}", error.line(), error.column());
    if !error.is_data() {
        return format!("{place}: this is not JSON");
    }
    let message = error.to_string();
    let at = format!(" at line {} column {}", error.line(), error.column());
    let message = message.strip_suffix(&at).unwrap_or(&message);
    format!("{place}: {}", wrong(message))
}

fn wrong(message: &str) -> String {
    let key = |before: &str| {
        message.strip_prefix(before).map(|key| format!("{}{key}", before.replace("field", "key")))
    };
    // The names of these keys are ours; that of an unknown one is not.
    if let Some(said) = key("missing field ").or_else(|| key("duplicate field ")) {
        return said;
    }
    if message.starts_with("unknown field ") {
        return "an unknown key".to_string();
    }
    if message.starts_with("unknown variant ") {
        return "an unknown code".to_string();
    }
    match message.rsplit_once(", expected ") {
        Some((_, expected)) if message.starts_with("invalid ") => format!("expected {expected}"),
        _ => "a value that is not accepted".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::misread;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only read")]
    struct One {
        number: u8,
    }

    #[test]
    fn nothing_of_the_text_is_repeated() {
        for (text, said) in [
            ("Smith,HIV", "line 1, column 1: this is not JSON"),
            ("{\"HIV\": 1}", "line 1, column 6: an unknown key"),
            ("{\"number\": \"HIV\"}", "line 1, column 16: expected u8"),
            ("{\"number\": 1943}", "line 1, column 15: expected u8"),
            ("{}", "line 1, column 2: missing key `number`"),
        ] {
            assert_eq!(misread(&serde_json::from_str::<One>(text).unwrap_err()), said);
        }
    }
}
