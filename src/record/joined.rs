//! Rows that stray quotes have joined, so that all but one of their people would be lost.

use super::blocks::field_end;

/// Whether a stray quote in one row and another in a later row have made one of them and of all
/// between: the first line and the last each have the fields of a row, quotes or not.
pub(super) fn is_of_several_rows(row: &[u8], delimiter: u8, width: usize) -> bool {
    let mut lines = row.strip_suffix(b"\n").unwrap_or(row).split(|byte| *byte == b'\n');
    let (first, last) = (lines.next(), lines.next_back());
    [first, last].into_iter().all(|line| {
        line.is_some_and(|line| memchr::memchr_iter(delimiter, line).count() + 1 >= width)
    })
}

/// Whether a line of a row, split without regard to quotes, has the form of an NHS number in the column
/// that names people, elsewhere than the row itself has that column.
pub(super) fn names_others(row: &[u8], delimiter: u8, width: usize, place: usize) -> bool {
    let mut own = 0;
    for _ in 0..place {
        let Some(end) = row.get(own..).and_then(|rest| field_end(rest, delimiter)) else { break };
        own += end + 1;
    }
    let mut start = 0;
    row.split(|byte| *byte == b'\n').any(|line| {
        let fields = || line.split(|byte| *byte == delimiter);
        let at = start + fields().take(place).map(|field| field.len() + 1).sum::<usize>();
        start += line.len() + 1;
        let behind = place + 1 == width || fields().nth(place + 1).is_some();
        at != own && behind && fields().nth(place).is_some_and(looks_like_a_number)
    })
}

/// Whether a field is an NHS number, or would be one but for its digits: a placeholder, a wrong check
/// digit, a leading zero that was lost, a number or formula of a spreadsheet.
pub(crate) fn looks_like_a_number(field: &[u8]) -> bool {
    let field = field.trim_ascii();
    let whole = match field.iter().position(|byte| *byte == b'.').map(|at| field.split_at(at)) {
        Some((whole, [_, zeros @ ..])) if zeros.iter().all(|byte| matches!(byte, b'0' | b'"')) => {
            whole
        }
        _ => field,
    };
    let digits = whole.iter().filter(|byte| byte.is_ascii_digit()).count();
    let others = |byte: &u8| byte.is_ascii_digit() || b" -\t\"'=".contains(byte);
    (9..=10).contains(&digits) && whole.iter().all(others)
}
