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
//! | 100 | 4 each | which pages, ascending: first nine digits divided by 32 768, two bytes; how wide the groups of its opted-out are, one byte; a zero |
//! | | | zeros up to a multiple of 4096 |
//! | | 4096 each | the pages: one bit a number, the lowest number in the lowest bit; set when it was asked and came back |
//! | | | the opted-out of each page, as `opted_out.rs` says |
//! | | 32 | BLAKE3 of everything before |

use std::boxed::Box;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::vec::Vec;

use super::build::Page;
use super::memory::Memory;
use super::opted_out::{self, OptedOut};
use super::{Digest, PAGE_BYTES, PAGES, Places, Register, Sources};
use crate::Date;
use crate::record::file::{self, Existing};

const MAGIC: [u8; 8] = *b"OPTOUTR\n";
pub(super) const VERSION: u32 = 1;
const FIXED: usize = 100;
const DIGEST: usize = 32;
const LONGEST: u64 = (head_bytes(PAGES) + 2 * PAGES * PAGE_BYTES + DIGEST) as u64;
/// Read and digested at a time: what the second-level cache holds.
const CHUNK: usize = 1 << 19;

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
    /// The file could not be read, or there is not enough memory for it
    /// ([`ErrorKind::OutOfMemory`]).
    #[error("the register could not be read: {0}")]
    Io(#[from] io::Error),
    /// It is a folder, a pipe or a device.
    #[error("the register could not be read: this is not a regular file")]
    NotAFile,
    /// What was read cannot be used.
    #[error(transparent)]
    Register(#[from] RegisterError),
}

impl Register {
    /// Opens a register: reads it at once and checks every byte.
    ///
    /// # Errors
    /// What is no regular file, a file that cannot be read, for which there is not enough memory, or
    /// that is not a register, whole and unaltered.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        // Before it is opened: a pipe without a writer would be waited for.
        if !std::fs::metadata(&path)?.is_file() {
            return Err(OpenError::NotAFile);
        }
        Self::read_file(&File::open(path)?)
    }

    /// Reads a register from a file that is open, and checks every byte.
    ///
    /// # Errors
    /// As [`Register::open`].
    pub fn read_file(file: &File) -> Result<Self, OpenError> {
        let of = file.metadata()?;
        if !of.is_file() {
            return Err(OpenError::NotAFile);
        }
        Self::read(file, of.len())
    }

    /// Reads a register from its first byte to the end, and checks every byte. `expected` is the
    /// length in bytes where it is known, and else 0; it saves memory and time.
    ///
    /// # Errors
    /// As [`Register::open`].
    pub fn read(reader: impl Read, expected: u64) -> Result<Self, OpenError> {
        let room = usize::try_from(expected.min(LONGEST)).map_err(|_| RegisterError::Length)?;
        let mut reader = reader.take(LONGEST + 1);
        // What is no register is told before memory is asked for.
        let mut magic = [0; MAGIC.len()];
        match reader.read_exact(&mut magic) {
            Ok(()) if magic == MAGIC => {}
            Ok(()) => return Err(RegisterError::NotARegister.into()),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                return Err(RegisterError::NotARegister.into());
            }
            Err(error) => return Err(error.into()),
        }
        // One chunk more, so that the end is found without growing.
        let chunk = if room == 0 { CHUNK } else { CHUNK.min(room + 1) };
        let mut bytes = Memory::zeros(PAGE_BYTES, PAGE_BYTES + room + chunk)?;
        let mut hasher = blake3::Hasher::new();
        let mut done = PAGE_BYTES;
        let mut reader = magic.as_slice().chain(reader);
        while bytes.read_from(&mut reader, chunk)? > 0 {
            let end = bytes.len() - DIGEST.min(bytes.len() - done);
            hasher.update(bytes.get(done..end).unwrap_or_default());
            done = end;
        }
        let digest = Digest(*hasher.finalize().as_bytes());
        check(bytes.settled(), digest)
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
    (FIXED + 4 * pages).next_multiple_of(PAGE_BYTES)
}

/// Puts a register together from its pages in order; `None` where there is no memory for its tables.
pub(super) fn assemble(head: Head, pages: Vec<Option<Box<Page>>>) -> Option<Register> {
    let kept = pages.iter().flatten().count();
    let start = PAGE_BYTES + head_bytes(kept);
    let mut bytes = Vec::with_capacity(start + kept * PAGE_BYTES + DIGEST);
    bytes.resize(PAGE_BYTES, 0);
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(&head.checked.yyyymmdd().to_le_bytes());
    bytes.extend_from_slice(&head.asked.to_le_bytes());
    bytes.extend_from_slice(&head.opted_out.to_le_bytes());
    bytes.extend_from_slice(&head.sources.request.0);
    bytes.extend_from_slice(&head.sources.response.0);
    #[expect(clippy::cast_possible_truncation, reason = "30 518 at most")]
    bytes.extend_from_slice(&(kept as u32).to_le_bytes());
    let directory = bytes.len();
    bytes.resize(start, 0);
    let (mut entries, mut opted_out) = (Vec::with_capacity(kept), Vec::new());
    for (number, page) in (0_u16..).zip(pages) {
        let Some(page) = page else { continue };
        let [came_back, not_back] = split(&page);
        bytes.extend_from_slice(&came_back);
        let width = opted_out::encode(&not_back, &mut opted_out);
        entries.push(Entry { page: number, width });
    }
    let written = entries.iter().flat_map(|entry| {
        let [a, b] = entry.page.to_le_bytes();
        [a, b, entry.width, 0]
    });
    for (into, byte) in bytes.iter_mut().skip(directory).zip(written) {
        *into = byte;
    }
    bytes.extend_from_slice(&opted_out);
    let digest = Digest::of(bytes.get(PAGE_BYTES..).unwrap_or_default());
    bytes.extend_from_slice(&digest.0);
    let Tables { places, opted_out, .. } = Tables::new(entries.iter().copied())?;
    Some(Register { head, digest, places, opted_out, bytes: bytes.into() })
}

/// A page of two bits a number, as those that came back and those that did not, a bit each.
fn split(page: &Page) -> [[u8; PAGE_BYTES]; 2] {
    let mut halves = [[0; PAGE_BYTES]; 2];
    let [came_back, not_back] = &mut halves;
    let pairs = page.as_chunks::<2>().0;
    for ((pair, came_back), not_back) in pairs.iter().zip(came_back).zip(not_back) {
        let both = u16::from_le_bytes(*pair);
        *came_back = even_bits(both);
        *not_back = even_bits(both >> 1);
    }
    halves
}

/// Bits 0, 2, 4 … 14 side by side.
const fn even_bits(bits: u16) -> u8 {
    let bits = bits & 0x5555;
    let bits = (bits | bits >> 1) & 0x3333;
    let bits = (bits | bits >> 2) & 0x0F0F;
    (bits | bits >> 4).to_le_bytes()[0]
}

/// A page of zeros and a file whose contents have this digest, as a register.
fn check(bytes: Memory, digest: Digest) -> Result<Register, OpenError> {
    let mut file = Fields(bytes.get(PAGE_BYTES..).unwrap_or_default());
    let length = file.0.len();
    if file.take::<8>().ok_or(RegisterError::NotARegister)? != MAGIC {
        return Err(RegisterError::NotARegister.into());
    }
    let version = file.u32()?;
    if version != VERSION {
        return Err(RegisterError::Version { found: version }.into());
    }
    let checked = file.u32()?;
    let (asked, opted_out) = (file.u64()?, file.u64()?);
    let sources = Sources {
        request: Digest(file.take().ok_or(RegisterError::Length)?),
        response: Digest(file.take().ok_or(RegisterError::Length)?),
    };
    let pages = usize::try_from(file.u32()?).map_err(|_| RegisterError::Length)?;
    if pages > PAGES || length < head_bytes(pages) {
        return Err(RegisterError::Length.into());
    }
    let entries = file.0.as_chunks().0.get(..pages).ok_or(RegisterError::Length)?;
    let entries = entries.iter().copied().map(Entry::read);
    let tables = Tables::new(entries.clone());
    let tables = tables.ok_or_else(|| io::Error::from(ErrorKind::OutOfMemory))?;
    if bytes.len() != tables.end as usize + DIGEST {
        return Err(RegisterError::Length.into());
    }
    if bytes.last_chunk() != Some(&digest.0) {
        return Err(RegisterError::Digest.into());
    }
    let ascending = entries.clone().zip(entries.clone().skip(1)).all(|(a, b)| a.page < b.page);
    let exist = entries.clone().next_back().is_none_or(|last| usize::from(last.page) < PAGES);
    let widths = entries.clone().all(|entry| OptedOut::is_width(entry.width));
    let checked = Date::from_yyyymmdd(checked).ok_or(RegisterError::Contradiction)?;
    if !ascending || !exist || !widths || opted_out > asked {
        return Err(RegisterError::Contradiction.into());
    }
    let head = Head { checked, sources, asked, opted_out };
    let Tables { places, opted_out, .. } = tables;
    Ok(Register { head, digest, places, opted_out, bytes })
}

/// A page that is kept.
#[derive(Clone, Copy)]
struct Entry {
    page: u16,
    width: u8,
}

impl Entry {
    /// The fourth byte is a zero, which the digest keeps.
    const fn read([a, b, width, _]: [u8; 4]) -> Self {
        Self { page: u16::from_le_bytes([a, b]), width }
    }
}

/// Where everything is.
struct Tables {
    places: Box<Places>,
    opted_out: Box<[OptedOut]>,
    /// The byte after the last page.
    end: u32,
}

impl Tables {
    /// The tables of a register, from its pages in order; `None` where there is no memory for them.
    fn new(entries: impl ExactSizeIterator<Item = Entry>) -> Option<Self> {
        let first = 1 + head_bytes(entries.len()) / PAGE_BYTES;
        // Every page at the page of zeros.
        let places = filled(size_of::<Places>() / size_of::<u32>(), 0_u32)?;
        let mut places: Box<Places> = places.try_into().ok()?;
        let mut opted_out = filled(first + entries.len(), OptedOut::default())?;
        #[expect(clippy::cast_possible_truncation, reason = "at most 30 579 pages of 4096 bytes")]
        let mut end = ((first + entries.len()) * PAGE_BYTES) as u32;
        for (place, entry) in (first..).zip(entries) {
            let (kept, after) = OptedOut::at(end, entry.width);
            end = after;
            if let Some(slot) = opted_out.get_mut(place) {
                *slot = kept;
            }
            if let Some(slot) = places.get_mut(usize::from(entry.page)) {
                *slot = u32::try_from(place).unwrap_or(0);
            }
        }
        Some(Self { places, opted_out, end })
    }
}

/// So many times the same, where there is memory for it.
fn filled<T: Copy>(length: usize, with: T) -> Option<Box<[T]>> {
    let mut room = Vec::new();
    room.try_reserve_exact(length).ok()?;
    room.resize(length, with);
    Some(room.into_boxed_slice())
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
