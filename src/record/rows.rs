//! The rows of a list of numbers: `NNNNNNNNNN,`, each on a line.

use std::io::{self, Read};
use std::vec;

use crate::record::Digest;
use crate::record::nhs_number::{NhsNumber, NhsNumberError, trim_spaces};

/// Bytes read at a time, and the longest row.
const CHUNK: usize = 1 << 17;

/// What a list held, apart from its numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows {
    /// BLAKE3 of the file, byte for byte.
    pub(crate) digest: Digest,
    /// Rows with a number.
    pub(crate) numbers: u64,
}

/// A row that is not one of a list of numbers. It never holds the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {row}: {fault}")]
pub struct RowError {
    /// The row, counted from 1, blank ones included.
    pub row: u64,
    /// What is wrong with it.
    pub fault: RowFault,
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowFault {
    /// The first field is not an NHS number.
    #[error(transparent)]
    Number(#[from] NhsNumberError),
    /// There is something after the number.
    #[error("there is more than a number in it")]
    MoreThanANumber,
    /// No row of a list is that long.
    #[error("it has no end")]
    TooLong,
}

/// Why a list could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RowsError {
    /// The file could not be read.
    #[error("the file could not be read: {0}")]
    Io(#[from] io::Error),
    /// A row is wrong; nothing of the list may be used.
    #[error(transparent)]
    Row(#[from] RowError),
}

/// Reads a list to its end. Lines end with LF or CRLF, the last one perhaps with nothing; the comma
/// and spaces at the end may be there or not; the number may be in double quotes; blank lines count
/// for nothing.
pub(crate) fn read(
    mut reader: impl Read,
    mut each: impl FnMut(NhsNumber),
) -> Result<Rows, RowsError> {
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; CHUNK];
    let (mut kept, mut row, mut numbers) = (0, 0, 0);
    let mut take = |line: &[u8], row| {
        let number = parse(line).map_err(|fault| RowError { row, fault })?;
        numbers += u64::from(number.is_some());
        number.into_iter().for_each(&mut each);
        Ok::<_, RowError>(())
    };
    loop {
        let read = read_some(&mut reader, buffer.get_mut(kept..).unwrap_or_default())?;
        let filled = buffer.get(..kept + read).unwrap_or_default();
        hasher.update(filled.get(kept..).unwrap_or_default());
        let mut rest = filled;
        while let Some((line, after)) = next_line(rest) {
            row += 1;
            take(line, row)?;
            rest = after;
        }
        if read == 0 {
            take(rest, row + 1)?;
            return Ok(Rows { digest: hasher.finalize().into(), numbers });
        }
        let (start, end) = (filled.len() - rest.len(), filled.len());
        kept = rest.len();
        if kept == CHUNK {
            return Err(RowError { row: row + 1, fault: RowFault::TooLong }.into());
        }
        buffer.copy_within(start..end, 0);
    }
}

/// The number of a row; none where the row is blank.
pub(crate) fn parse(line: &[u8]) -> Result<Option<NhsNumber>, RowFault> {
    // The form that the service writes.
    if let [number @ .., b','] = line
        && number.len() == 10
        && let Ok(number) = NhsNumber::parse(number)
    {
        return Ok(Some(number));
    }
    let line = trim_spaces(line.strip_suffix(b"\r").unwrap_or(line));
    if line.is_empty() {
        return Ok(None);
    }
    let mut fields = line.splitn(2, |byte| *byte == b',');
    let number = trim_spaces(fields.next().unwrap_or_default());
    if fields.next().is_some_and(|second| !trim_spaces(second).is_empty()) {
        return Err(RowFault::MoreThanANumber);
    }
    let unquoted = match number {
        [b'"', unquoted @ .., b'"'] => unquoted,
        _ => number,
    };
    Ok(Some(NhsNumber::parse(unquoted)?))
}

/// The first line without its line feed, and what follows it.
#[inline]
fn next_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    if let Some(([line @ .., b'\n'], after)) = bytes.split_first_chunk::<12>()
        && line.last() == Some(&b',')
        && !line.contains(&b'\n')
    {
        return Some((line, after));
    }
    let (line, after) = bytes.split_at_checked(memchr::memchr(b'\n', bytes)?)?;
    Some((line, after.get(1..)?))
}

/// Reads at least a byte, unless the end is reached or there is no room.
fn read_some(reader: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match reader.read(into) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}
