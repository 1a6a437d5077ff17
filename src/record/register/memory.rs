//! The bytes of a register in memory, in the system's large pages where it has them.
//!
//! A look-up reads anywhere in tens of megabytes. In pages of 4 KiB nearly each also misses the
//! processor's table of pages; in pages of 2 MiB hardly any does.

use core::ops::Deref;
use std::collections::TryReserveError;
use std::io::{self, ErrorKind, Read};
use std::vec::Vec;

/// Bytes that are filled from the start and then only read.
pub(super) enum Memory {
    Plain(Vec<u8>),
    #[cfg(target_os = "linux")]
    Large(large::Large),
}

impl Memory {
    /// As many zeros, and room for `capacity` bytes in all, where there is so much memory.
    pub(super) fn zeros(length: usize, capacity: usize) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        if let Some(large) = large::Large::zeros(length, capacity) {
            return Ok(Self::Large(large));
        }
        let mut bytes = Vec::new();
        bytes.try_reserve_exact(capacity).map_err(no_memory)?;
        bytes.resize(length, 0);
        Ok(Self::Plain(bytes))
    }

    /// Reads up to `most` bytes more, and says how many; fewer only at the end.
    pub(super) fn read_from(&mut self, mut reader: impl Read, most: usize) -> io::Result<usize> {
        #[cfg(target_os = "linux")]
        if let Self::Large(large) = self {
            if large.free() >= most {
                return large.read_from(&mut reader, most);
            }
            // There is more than was expected.
            *self = Self::Plain(copied(self, self.len() + most).map_err(no_memory)?);
        }
        match self {
            Self::Plain(bytes) => read_to(bytes, reader, most),
            #[cfg(target_os = "linux")]
            Self::Large(_) => Ok(0),
        }
    }

    /// Bytes taken from the system.
    pub(super) fn held(&self) -> usize {
        match self {
            Self::Plain(bytes) => bytes.capacity(),
            #[cfg(target_os = "linux")]
            Self::Large(large) => large.len() + large.free(),
        }
    }

    /// The same bytes where they are read fastest.
    pub(super) fn settled(self) -> Self {
        match self {
            Self::Plain(bytes) => bytes.into(),
            #[cfg(target_os = "linux")]
            Self::Large(_) => self,
        }
    }
}

/// Bytes in a vector of their own, with room for `capacity` in all.
fn copied(bytes: &[u8], capacity: usize) -> Result<Vec<u8>, TryReserveError> {
    let mut copy = Vec::new();
    copy.try_reserve_exact(capacity.max(bytes.len()))?;
    copy.extend_from_slice(bytes);
    Ok(copy)
}

/// Reads up to `most` bytes behind others, and says how many; fewer only at the end. (`read_to_end`
/// may ask for memory that it cannot do without.)
fn read_to(bytes: &mut Vec<u8>, mut reader: impl Read, most: usize) -> io::Result<usize> {
    let start = bytes.len();
    bytes.try_reserve(most).map_err(no_memory)?;
    bytes.resize(start + most, 0);
    let mut end = start;
    let done = loop {
        match bytes.get_mut(end..) {
            Some(into @ [_, ..]) => match reader.read(into) {
                Ok(0) => break Ok(()),
                Ok(read) => end += read.min(into.len()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => break Err(error),
            },
            _ => break Ok(()),
        }
    };
    bytes.truncate(end);
    done.map(|()| end - start)
}

fn no_memory(_: TryReserveError) -> io::Error {
    ErrorKind::OutOfMemory.into()
}

impl From<Vec<u8>> for Memory {
    fn from(mut bytes: Vec<u8>) -> Self {
        #[cfg(target_os = "linux")]
        if let Some(mut large) = large::Large::zeros(bytes.len(), bytes.len()) {
            large.copy_from_slice(&bytes);
            return Self::Large(large);
        }
        // Not `shrink_to_fit`, which may ask for memory that it cannot do without.
        if bytes.capacity() > bytes.len()
            && let Ok(fitting) = copied(&bytes, 0)
        {
            bytes = fitting;
        }
        Self::Plain(bytes)
    }
}

impl Deref for Memory {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match self {
            Self::Plain(bytes) => bytes,
            #[cfg(target_os = "linux")]
            Self::Large(large) => large,
        }
    }
}

impl Clone for Memory {
    fn clone(&self) -> Self {
        self.to_vec().into()
    }
}

#[cfg(target_os = "linux")]
mod large {
    use core::ops::{Deref, DerefMut};
    use std::io::{self, ErrorKind, Read};

    use memmap2::{Advice, MmapMut};

    const PAGE: usize = 1 << 21;

    /// Memory of its own, in whole large pages.
    pub(in super::super) struct Large {
        room: MmapMut,
        length: usize,
    }

    impl Large {
        /// `None` where it would not fill a large page, or the system has no memory of this kind.
        pub(super) fn zeros(length: usize, capacity: usize) -> Option<Self> {
            if capacity < PAGE {
                return None;
            }
            let room = MmapMut::map_anon(capacity.checked_next_multiple_of(PAGE)?).ok()?;
            // A system that cannot has small pages, and the same answers.
            let _ = room.advise(Advice::HugePage);
            Some(Self { room, length })
        }

        pub(super) fn free(&self) -> usize {
            self.room.len() - self.length
        }

        pub(super) fn read_from(
            &mut self,
            reader: &mut impl Read,
            most: usize,
        ) -> io::Result<usize> {
            let start = self.length;
            let end = start + most.min(self.free());
            while let Some(into @ [_, ..]) = self.room.get_mut(self.length..end) {
                match reader.read(into) {
                    Ok(0) => break,
                    Ok(read) => self.length += read.min(into.len()),
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(self.length - start)
        }
    }

    impl Deref for Large {
        type Target = [u8];

        #[inline]
        fn deref(&self) -> &[u8] {
            self.room.get(..self.length).unwrap_or_default()
        }
    }

    impl DerefMut for Large {
        fn deref_mut(&mut self) -> &mut [u8] {
            self.room.get_mut(..self.length).unwrap_or_default()
        }
    }
}
