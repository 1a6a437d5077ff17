//! Files that are opened to verify something: regular ones only, and never more of them than is stated.

use std::fs::{self, File, FileType, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::vec::Vec;

/// The longest audit record that is read.
pub(super) const LONGEST: u64 = 64 << 20;

/// Why a file is not read.
#[derive(Debug)]
pub(super) enum NotRead {
    /// The system refused.
    System(io::Error),
    /// It is none, but this.
    Other(&'static str),
    /// A record that is longer than any.
    TooLong,
}

impl NotRead {
    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::System(error) if error.kind() == io::ErrorKind::NotFound)
    }
}

impl core::fmt::Display for NotRead {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::System(error) => write!(f, "{error}"),
            Self::Other(what) => write!(f, "this is {what}, no regular file; it was not read"),
            Self::TooLong => {
                write!(f, "it is longer than {} MiB, so it is no audit record", LONGEST >> 20)
            }
        }
    }
}

impl From<io::Error> for NotRead {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// Opens a regular file, and nothing else: a pipe could block, and a device never end.
pub(super) fn open(path: &Path) -> Result<File, NotRead> {
    let regular = |metadata: Metadata| {
        let kind = metadata.file_type();
        if kind.is_file() { Ok(()) } else { Err(NotRead::Other(called(kind))) }
    };
    regular(fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    // What has come to stand there since must not block either.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or_default(),
    );
    let file = options.open(path)?;
    regular(file.metadata()?)?;
    Ok(file)
}

/// The whole of a file that is as long as a record at most.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, NotRead> {
    let mut bytes = Vec::new();
    open(path)?.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST { Err(NotRead::TooLong) } else { Ok(bytes) }
}

fn called(kind: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kinds = [
            (kind.is_fifo(), "a pipe"),
            (kind.is_socket(), "a socket"),
            (kind.is_char_device() || kind.is_block_device(), "a device"),
        ];
        if let Some((_, called)) = kinds.iter().find(|(is, _)| *is) {
            return called;
        }
    }
    if kind.is_dir() { "a folder" } else { "something else" }
}
