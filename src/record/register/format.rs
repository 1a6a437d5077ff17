//! The register's file, version 1. Integers are little-endian.
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 8 | `OPTOUTR` and a line feed |
//! | 8 | 4 | version, 1 |
//! | 12 | 4 | day of the check, `yyyymmdd` |
//! | 16 | 8 | numbers asked |
//! | 24 | 8 | numbers opted out |
//! | 32 | 32 | BLAKE3 of the request |
//! | 64 | 32 | BLAKE3 of the response |
//! | 96 | 4 | pages kept |
//! | 100 | 2 each | which pages, ascending: first nine digits divided by 16 384 |
//! | | | zeros up to a multiple of 4096 |
//! | | 4096 each | the pages: two bits a number, the lowest number in the lowest bits; 0 not asked, 1 asked and came back, 2 asked and did not |
//! | | 32 | BLAKE3 of everything before |

use std::boxed::Box;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::vec::Vec;

use super::{Digest, PAGE_BYTES, PAGES, Register, Sources};
use crate::Date;
use crate::record::file::{self, Existing};

const MAGIC: [u8; 8] = *b"OPTOUTR\n";
const VERSION: u32 = 1;
const FIXED: usize = 100;
const DIGEST: usize = 32;
const LONGEST: u64 = (head_bytes(PAGES) + PAGES * PAGE_BYTES + DIGEST) as u64;
/// Read and digested at a time: what the second-level cache holds.
const CHUNK: u64 = 1 << 19;

/// What stands before the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) checked: Date,
    pub(super) sources: Sources,
    pub(super) asked: u64,
    pub(super) opted_out: u64,
}

/// Why bytes are not a register that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// They do not begin as a register does.
    #[error("this is not a register")]
    NotARegister,
    /// A version that this library does not read.
    #[error("the register is of format version {found}; this library reads version 1")]
    Version {
        /// The version that the file states.
        found: u32,
    },
    /// It is cut short or something was added.
    #[error(
        "the register is cut short or too long; make it again from the request and the response"
    )]
    Length,
    /// Its contents are not those that were written.
    #[error("the register was altered; make it again from the request and the response")]
    Digest,
    /// It is intact, but says what no register can say.
    #[error("the register contradicts itself; make it again from the request and the response")]
    Contradiction,
}

/// Why a register could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The file could not be read.
    #[error("the register could not be read: {0}")]
    Io(#[from] io::Error),
    /// What was read cannot be used.
    #[error(transparent)]
    Register(#[from] RegisterError),
}

impl Register {
    /// Opens a register: reads it at once and checks every byte.
    ///
    /// # Errors
    /// A file that cannot be read, or is not a register, whole and unaltered.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Self::read(file, length)
    }

    /// Reads a register from its first byte to the end, and checks every byte. `expected` is the
    /// length in bytes where it is known, and else 0; it saves memory and time.
    ///
    /// # Errors
    /// As [`Register::open`].
    pub fn read(reader: impl Read, expected: u64) -> Result<Self, OpenError> {
        let room = usize::try_from(expected.min(LONGEST)).map_err(|_| RegisterError::Length)?;
        let mut bytes = Vec::with_capacity(PAGE_BYTES + room + 1);
        bytes.resize(PAGE_BYTES, 0);
        let mut hasher = blake3::Hasher::new();
        let mut done = PAGE_BYTES;
        let mut reader = reader.take(LONGEST + 1);
        while (&mut reader).take(CHUNK).read_to_end(&mut bytes)? > 0 {
            let end = bytes.len() - DIGEST.min(bytes.len() - done);
            hasher.update(bytes.get(done..end).unwrap_or_default());
            done = end;
        }
        let digest = Digest(*hasher.finalize().as_bytes());
        Ok(check(bytes, digest)?)
    }

    /// Writes the register whole or not at all: under a temporary name in the same directory, mode
    /// 0600, flushed to disk, and renamed.
    ///
    /// # Errors
    /// Whatever the system reports; with [`Existing::Refuse`], that the file exists.
    pub fn write(&self, path: impl AsRef<Path>, existing: Existing) -> io::Result<()> {
        file::write_whole(path.as_ref(), existing, |file| file.write_all(self.as_bytes()))
    }

    /// The bytes of the register's file.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(PAGE_BYTES..).unwrap_or_default()
    }
}

/// Bytes before the pages.
const fn head_bytes(pages: usize) -> usize {
    (FIXED + 2 * pages).next_multiple_of(PAGE_BYTES)
}

/// Puts a register together from its pages in order.
pub(super) fn assemble(head: Head, pages: Vec<Option<Box<[u8; PAGE_BYTES]>>>) -> Register {
    let kept: Vec<u16> =
        (0..).zip(&pages).filter_map(|(number, page)| page.is_some().then_some(number)).collect();
    let start = PAGE_BYTES + head_bytes(kept.len());
    let mut bytes = Vec::with_capacity(start + kept.len() * PAGE_BYTES + DIGEST);
    bytes.resize(PAGE_BYTES, 0);
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&head.checked.yyyymmdd().to_le_bytes());
    bytes.extend_from_slice(&head.asked.to_le_bytes());
    bytes.extend_from_slice(&head.opted_out.to_le_bytes());
    bytes.extend_from_slice(&head.sources.request.0);
    bytes.extend_from_slice(&head.sources.response.0);
    #[expect(clippy::cast_possible_truncation, reason = "61 036 at most")]
    bytes.extend_from_slice(&(kept.len() as u32).to_le_bytes());
    for page in &kept {
        bytes.extend_from_slice(&page.to_le_bytes());
    }
    bytes.resize(start, 0);
    for page in pages.into_iter().flatten() {
        bytes.extend_from_slice(&*page);
    }
    let digest = Digest::of(bytes.get(PAGE_BYTES..).unwrap_or_default());
    bytes.extend_from_slice(&digest.0);
    Register { head, digest, places: places(&kept), bytes }
}

/// A page of zeros and a file whose contents have this digest, as a register.
fn check(bytes: Vec<u8>, digest: Digest) -> Result<Register, RegisterError> {
    let mut file = Fields(bytes.get(PAGE_BYTES..).unwrap_or_default());
    let length = file.0.len();
    if file.take::<8>().ok_or(RegisterError::NotARegister)? != MAGIC {
        return Err(RegisterError::NotARegister);
    }
    let version = file.u32()?;
    if version != VERSION {
        return Err(RegisterError::Version { found: version });
    }
    let checked = file.u32()?;
    let (asked, opted_out) = (file.u64()?, file.u64()?);
    let sources = Sources {
        request: Digest(file.take().ok_or(RegisterError::Length)?),
        response: Digest(file.take().ok_or(RegisterError::Length)?),
    };
    let pages = usize::try_from(file.u32()?).map_err(|_| RegisterError::Length)?;
    if pages > PAGES || length != head_bytes(pages) + pages * PAGE_BYTES + DIGEST {
        return Err(RegisterError::Length);
    }
    if bytes.last_chunk() != Some(&digest.0) {
        return Err(RegisterError::Digest);
    }
    let kept = (0..pages)
        .map(|_| file.take().map(u16::from_le_bytes))
        .collect::<Option<Vec<u16>>>()
        .ok_or(RegisterError::Length)?;
    let ascending = kept.iter().zip(kept.iter().skip(1)).all(|(a, b)| a < b);
    let exist = kept.last().is_none_or(|last| usize::from(*last) < PAGES);
    let checked = Date::from_yyyymmdd(checked).ok_or(RegisterError::Contradiction)?;
    if !ascending || !exist || opted_out > asked {
        return Err(RegisterError::Contradiction);
    }
    let head = Head { checked, sources, asked, opted_out };
    Ok(Register { head, digest, places: places(&kept), bytes })
}

/// The table of places, from the pages kept, in ascending order.
fn places(kept: &[u16]) -> Box<[u16]> {
    let mut places = std::vec![0; PAGES].into_boxed_slice();
    let first = 1 + head_bytes(kept.len()) / PAGE_BYTES;
    for (place, page) in (first..).zip(kept) {
        if let Some(slot) = places.get_mut(usize::from(*page)) {
            // 61 036 pages, 30 of head and 1 of zeros stay below 65 536.
            *slot = u16::try_from(place).unwrap_or(0);
        }
    }
    places
}

/// The rest of a file, read field by field.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (field, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*field)
    }

    fn u32(&mut self) -> Result<u32, RegisterError> {
        self.take().map(u32::from_le_bytes).ok_or(RegisterError::Length)
    }

    fn u64(&mut self) -> Result<u64, RegisterError> {
        self.take().map(u64::from_le_bytes).ok_or(RegisterError::Length)
    }
}
