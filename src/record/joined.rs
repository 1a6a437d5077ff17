//! Rows that stray quotes have joined, so that all but one of their people would be lost.

use super::blocks::field_end;

/// Whether stray quotes have made this row, of several lines, from more than one.
///
/// Where people are named by NHS number, a line names somebody else. Where by anything else, which has
/// no form, the first line and the last each have the fields of a row, quotes or not.
pub(super) fn is_of_several(
    row: &[u8],
    delimiter: u8,
    width: usize,
    person: Option<usize>,
) -> bool {
    let own = person.map(|place| row.get(own_place(row, delimiter, place)..).unwrap_or_default());
    let own = own.map(|rest| rest.get(..field_end(rest, delimiter).unwrap_or(rest.len())));
    let own = own.flatten().unwrap_or_default();
    let by_number = looks_like_a_number(own);
    let nobody = own.iter().all(|byte| matches!(byte, b'"' | b' ' | b'\t' | b'\r' | b'\n'));
    let others = |place| names_others(row, delimiter, width, place);
    ((by_number || nobody) && person.is_some_and(others))
        || (!by_number && ends_are_rows(row, delimiter, width))
}

/// Whether a header of several lines has swallowed a row: a line behind the first has the form of an
/// NHS number in the person's column, or the fields of a row.
pub(super) fn has_swallowed(header: &[u8], delimiter: u8, width: usize, place: usize) -> bool {
    names_others(header, delimiter, width, place)
        || lines(header).skip(1).any(|line| fields(line, delimiter) == width)
}

fn ends_are_rows(row: &[u8], delimiter: u8, width: usize) -> bool {
    let mut lines = lines(row);
    let (first, last) = (lines.next(), lines.next_back());
    [first, last].into_iter().all(|line| line.is_some_and(|line| fields(line, delimiter) >= width))
}

fn lines(row: &[u8]) -> impl DoubleEndedIterator<Item = &[u8]> {
    row.strip_suffix(b"\n").unwrap_or(row).split(|byte| *byte == b'\n')
}

/// How many fields a line has, quotes or not.
fn fields(line: &[u8], delimiter: u8) -> usize {
    memchr::memchr_iter(delimiter, line).count() + 1
}

/// Where the field of a column begins.
fn own_place(row: &[u8], delimiter: u8, place: usize) -> usize {
    let mut own = 0;
    for _ in 0..place {
        let Some(end) = row.get(own..).and_then(|rest| field_end(rest, delimiter)) else { break };
        own += end + 1;
    }
    own
}

/// Whether a line of a row, split without regard to quotes, has the form of an NHS number in the column
/// that names people, elsewhere than the row itself has that column. The first line is the row's own
/// when it names its person.
fn names_others(row: &[u8], delimiter: u8, width: usize, place: usize) -> bool {
    let own = own_place(row, delimiter, place);
    let mut start = 0;
    row.split(|byte| *byte == b'\n').any(|line| {
        let fields = || line.split(|byte| *byte == delimiter);
        let first = start == 0 && own <= line.len();
        let at = start + fields().take(place).map(|field| field.len() + 1).sum::<usize>();
        start += line.len() + 1;
        let behind = place + 1 == width || fields().nth(place + 1).is_some();
        !first && at != own && behind && fields().nth(place).is_some_and(looks_like_a_number)
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
