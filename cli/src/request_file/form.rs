//! What a file looks like that is given as a request file and is none. Nothing of it is shown.

/// What the bytes are instead of text, or of a request file, as far as their beginning tells.
pub(super) fn of_bytes(bytes: &[u8]) -> Option<&'static str> {
    const BEGINNINGS: [(&[u8], &str); 12] = [
        (b"PAR1", "a Parquet table"),
        (b"PARE", "an encrypted Parquet table"),
        (b"\x1f\x8b", "packed by gzip"),
        (b"\x28\xb5\x2f\xfd", "packed by zstd"),
        (b"BZh", "packed by bzip2"),
        (b"\xfd7zXZ", "packed by xz"),
        (b"PK\x03\x04", "a zip archive or a spreadsheet"),
        (b"\xd0\xcf\x11\xe0", "an old spreadsheet or document"),
        (b"ARROW1", "an Arrow table"),
        (b"SQLite format 3", "a database"),
        (b"%PDF", "a PDF"),
        (b"OPTOUTR", "a register"),
    ];
    let begins = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning));
    if let Some((_, what)) = begins {
        return Some(what);
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Some("text in UTF-16; save it in UTF-8");
    }
    bytes.contains(&0).then_some("no text")
}

/// What a text is that is not TOML.
pub(super) fn of_text(text: &str) -> Option<&'static str> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?;
    match first.as_bytes() {
        [b'{', ..] | [b'[', b'{' | b'"', ..] | [b'['] => return Some("JSON"),
        [b'<', ..] => return Some("XML or a web page"),
        [b'-', b'-', b'-'] => return Some("YAML"),
        _ => {}
    }
    // A line of TOML is a table, a comment or a key with a value.
    if first.starts_with(['[', '#']) || is_assignment(first) {
        return None;
    }
    let divided = |line: &str| line.contains([',', '\t', ';', '|']);
    // One column has nothing to divide it.
    Some(if divided(first) || lines.next().is_some_and(divided) {
        "a table"
    } else {
        "text of another kind"
    })
}

fn is_assignment(line: &str) -> bool {
    let key =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '"' | '\'' | ' ');
    line.split_once('=').is_some_and(|(before, _)| !before.is_empty() && before.chars().all(key))
}

#[cfg(test)]
mod tests {
    use super::{of_bytes, of_text};

    #[test]
    fn what_it_looks_like() {
        for (text, what) in [
            ("nhs,diagnosis\n1,HIV\n", Some("a table")),
            ("\n\nSmith;John", Some("a table")),
            ("nhs\n9434765919\n", Some("text of another kind")),
            ("{\"a\": 1}", Some("JSON")),
            ("[{\"a\": 1}]", Some("JSON")),
            ("<html>", Some("XML or a web page")),
            ("[disclosure]\norigin = gp\n", None),
            ("origin = gp, x\n", None),
            ("# a comment\nx", None),
            ("", None),
        ] {
            assert_eq!(of_text(text), what, "{text}");
        }
        assert_eq!(of_bytes(b"PAR1..."), Some("a Parquet table"));
        assert_eq!(of_bytes(b"nhs\0"), Some("no text"));
        assert_eq!(of_bytes(b"[disclosure]"), None);
    }
}
