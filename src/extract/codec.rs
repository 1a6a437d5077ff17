//! Compressed streams.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::vec::Vec;

use super::Stream;
use crate::record::Digest;

/// How a stream of bytes is packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    #[default]
    Plain,
    /// gzip, of one member or several.
    Gzip,
    /// Zstandard, of one frame or several.
    Zstd,
}

impl Packing {
    /// How a file of this name is packed (`.gz`, `.zst`), and its name without that.
    #[must_use]
    pub fn of_name(path: &Path) -> (Self, PathBuf) {
        let ends = |end| path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case(end));
        match () {
            () if ends("gz") => (Self::Gzip, path.with_extension("")),
            () if ends("zst") => (Self::Zstd, path.with_extension("")),
            () => (Self::Plain, path.to_path_buf()),
        }
    }

    /// A stream that unpacks this one, all members or frames of it. One that is damaged, cut short or
    /// followed by something else fails when it is read.
    ///
    /// # Errors
    /// Where there is no memory for it.
    pub fn unpack<'a>(
        self,
        raw: impl Read + Send + 'a,
    ) -> io::Result<std::boxed::Box<dyn Read + Send + 'a>> {
        Ok(match self {
            Self::Plain => std::boxed::Box::new(raw),
            Self::Gzip => std::boxed::Box::new(flate2::read::MultiGzDecoder::new(raw)),
            Self::Zstd => std::boxed::Box::new(zstd::Decoder::new(raw)?),
        })
    }

    /// Packs a block so that it can stand alone: blocks in a row are one stream.
    pub(super) fn pack(self, block: &[u8], into: &mut Vec<u8>) -> io::Result<()> {
        into.clear();
        match self {
            Self::Plain => into.extend_from_slice(block),
            Self::Gzip => {
                let mut encoder =
                    flate2::write::GzEncoder::new(&mut *into, flate2::Compression::new(4));
                encoder.write_all(block)?;
                encoder.finish()?;
            }
            Self::Zstd => {
                let mut encoder = zstd::Encoder::new(&mut *into, 3)?;
                encoder.include_checksum(true)?;
                encoder.write_all(block)?;
                encoder.finish()?;
            }
        }
        Ok(())
    }
}

/// What passed through a stream.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen(Arc<Mutex<(blake3::Hasher, u64)>>);

impl Seen {
    pub(super) fn stream(&self) -> Stream {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Stream { bytes: seen.1, digest: Digest(*seen.0.finalize().as_bytes()) }
    }

    pub(super) fn bytes(&self) -> u64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1
    }

    fn add(&self, bytes: &[u8]) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.0.update(bytes);
        seen.1 += bytes.len() as u64;
    }
}

/// Notes what is read or written through it.
pub(super) struct Noting<R> {
    pub(super) inner: R,
    pub(super) seen: Seen,
}

impl<R: Read> Read for Noting<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.seen.add(into.get(..read).unwrap_or_default());
        Ok(read)
    }
}

#[cfg(feature = "parquet")]
impl<W: Write> Write for Noting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.seen.add(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
