//! A file that is read by its parts, in any order and by several threads, and as a whole for its
//! digest.

use std::format;
use std::io::{self, Read};
use std::string::{String, ToString};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use parquet::errors::ParquetError;
use parquet::file::reader::ChunkReader;

use crate::extract::Stream;
use crate::record::Digest;

/// A file, shared by threads.
pub(super) struct Shared<R>(Arc<Mutex<R>>);

impl<R> Clone for Shared<R> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<R: ChunkReader> Shared<R> {
    pub(super) fn new(reader: R) -> Self {
        Self(Arc::new(Mutex::new(reader)))
    }

    pub(super) fn length(&self) -> u64 {
        self.lock().len()
    }

    pub(super) fn bytes(&self, start: u64, length: usize) -> Result<Bytes, String> {
        self.lock().get_bytes(start, length).map_err(|error| unreadable(&error))
    }

    pub(super) fn digest(&self) -> Result<Stream, String> {
        let (bytes, digest) =
            Digest::of_reader(Whole { file: self, at: 0 }).map_err(|error| error.to_string())?;
        Ok(Stream { bytes, digest })
    }

    /// One thread at a time: the handles of a file share their place in it.
    fn lock(&self) -> MutexGuard<'_, R> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the system said, where it said something.
pub(super) fn of_system(error: &ParquetError) -> Option<&io::Error> {
    let ParquetError::External(error) = error else { return None };
    error.downcast_ref()
}

/// What the system said, or that the file is shorter than it was.
fn unreadable(error: &ParquetError) -> String {
    match of_system(error) {
        Some(error) => format!("the file cannot be read: {error}"),
        None => String::from("the file ends before the place that it points to; copy it again"),
    }
}

/// The bytes from the first to the last.
struct Whole<'a, R> {
    file: &'a Shared<R>,
    at: u64,
}

impl<R: ChunkReader> Read for Whole<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let file = self.file.lock();
        let there = file.len().saturating_sub(self.at);
        let length = usize::try_from(there).unwrap_or(usize::MAX).min(into.len());
        let read = file
            .get_bytes(self.at, length)
            .map_err(|error| io::Error::other(unreadable(&error)))?;
        if let Some(into) = into.get_mut(..read.len()) {
            into.copy_from_slice(&read);
        }
        self.at += read.len() as u64;
        Ok(read.len())
    }
}
