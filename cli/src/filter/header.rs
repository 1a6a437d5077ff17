//! What the first row of a file is, as the request file says.

use std::path::Path;

use optout::record::columns::Header;
use serde::Deserialize;

use super::plan::ColumnName;

/// What the first row is.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "true, false, or the names of the columns as a list")]
pub(crate) enum HeaderSaid {
    Whether(bool),
    Names(Vec<String>),
}

/// What the first row is. A column by its name shows by itself that there is a header. Where one is
/// given by its position nothing would show a wrong guess, by which the first person would be lost or
/// leave as the header; so the header is stated as text, or there is none.
pub(super) fn header<'c>(
    file: &Path,
    said: Option<&HeaderSaid>,
    columns: impl IntoIterator<Item = &'c ColumnName>,
) -> Result<Header, String> {
    const STATE: &str = "state the header as it stands, `header = [\"id\", \"nhs number\"]`, or say `header = false`";
    let (mut names, mut places) = (false, false);
    for column in columns {
        match column {
            ColumnName::Name(_) => names = true,
            ColumnName::Place(_) => places = true,
        }
    }
    let file = file.display();
    let by_position = "a column is given by its position, so nothing shows whether the first row names the columns or is a person's";
    match said {
        Some(HeaderSaid::Whether(false)) if names => {
            Err(format!("{file}: a column by name needs a header"))
        }
        Some(HeaderSaid::Whether(false)) => Ok(Header::Absent),
        Some(HeaderSaid::Whether(true)) if places => {
            Err(format!("{file}: {by_position}, whatever `header = true` says; {STATE}"))
        }
        None if places => Err(format!("{file}: {by_position}; {STATE}")),
        Some(HeaderSaid::Names(stated)) if stated.is_empty() => {
            Err(format!("{file}: a stated header names its columns; {STATE}"))
        }
        Some(HeaderSaid::Names(stated)) if stated.iter().any(|name| holds_digits(name)) => {
            Err(format!("{file}: the stated header holds a long number; it is a row; {STATE}"))
        }
        Some(HeaderSaid::Names(stated)) => Ok(Header::Stated(stated.clone())),
        Some(HeaderSaid::Whether(true)) | None => Ok(Header::Present),
    }
}

/// Whether it has as many digits as what names a person, and so belongs in no request.
fn holds_digits(name: &str) -> bool {
    name.chars().filter(|character| character.is_numeric()).count() >= 9
}
