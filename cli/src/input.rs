//! Files that are read: each stops when the run is asked to stop, also where nothing comes; and small
//! ones are read to a limit.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use crate::error::Error;
use crate::screen;
use crate::stop;

/// A file whose reading stops when the run is asked to stop.
#[derive(Debug)]
pub(crate) struct Input {
    file: File,
    /// Whether a read could wait for somebody else: of a pipe, a terminal, a device.
    waits: bool,
}

impl Input {
    /// Opens a file, without waiting for who writes into it.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::custom_flags(
            &mut options,
            i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or_default(),
        );
        let file = options.open(path)?;
        let kind = file.metadata()?.file_type();
        if kind.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "this is a folder"));
        }
        Ok(Self { file, waits: !kind.is_file() })
    }

    /// Its length; 0 where it is no regular file.
    pub(crate) fn length(&self) -> u64 {
        self.file.metadata().map_or(0, |metadata| metadata.len())
    }

    /// The file, where it is one of which any part can be read.
    pub(crate) fn into_file(self) -> io::Result<File> {
        if self.waits {
            let kind = io::ErrorKind::NotSeekable;
            return Err(io::Error::new(
                kind,
                "this form of table is read from a regular file only",
            ));
        }
        Ok(self.file)
    }

    /// Waits until there is something to read, or the end.
    #[cfg(unix)]
    fn wait(&self) -> io::Result<()> {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let often = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
        while !stop::asked() {
            let mut ready = [PollFd::new(&self.file, PollFlags::IN)];
            match poll(&mut ready, Some(&often)) {
                Ok(0) | Err(rustix::io::Errno::INTR) => {}
                Ok(_) => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    #[cfg(not(unix))]
    fn wait(&self) -> io::Result<()> {
        Ok(())
    }
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.waits {
                self.wait()?;
            }
            if stop::asked() {
                return Err(io::Error::other("stopped by a signal"));
            }
            match self.file.read(into) {
                Err(error) if self.waits && error.kind() == io::ErrorKind::WouldBlock => {}
                read => return read,
            }
        }
    }
}

/// The longest request file, control file and manifest that are read.
pub(crate) const SMALL: u64 = 1 << 20;

/// The whole of a file that is small.
pub(crate) fn small(path: &Path) -> Result<Vec<u8>, Error> {
    let cannot =
        |error: io::Error| Error::new(format!("cannot read {}: {error}", screen::path(path)));
    if fs::metadata(path).map_err(cannot)?.is_dir() {
        return Err(Error::new(format!("{}: this is a folder", screen::path(path))));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(cannot)?;
    file.take(SMALL + 1).read_to_end(&mut bytes).map_err(cannot)?;
    Ok(bytes)
}

/// The whole of a small text, such as a manifest.
pub(crate) fn small_text(path: &Path) -> Result<String, Error> {
    let bytes = small(path)?;
    if bytes.len() as u64 > SMALL {
        return Err(Error::new(format!(
            "{}: this is longer than {} MiB, so it is another file than is asked for",
            screen::path(path),
            SMALL >> 20
        )));
    }
    String::from_utf8(bytes)
        .map_err(|_| Error::new(format!("{}: this is not text in UTF-8", screen::path(path))))
}
