//! Files that appear whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::string::String;
use std::{format, process};

use super::flush::{FlushedFile, Flusher};

/// What to do when the file to be written exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Leave it as it is and fail with [`io::ErrorKind::AlreadyExists`].
    Refuse,
    /// Put the new file in its place, in one step.
    Replace,
}

/// Writes a file that only its owner may read (mode 0600 where the system has modes): under a
/// temporary name beside `path`, flushed to disk, then renamed. Under its own name the file is
/// complete or absent, whenever the machine stops.
pub(crate) fn write_whole(
    path: &Path,
    existing: Existing,
    contents: impl FnOnce(&mut FlushedFile) -> io::Result<()>,
) -> io::Result<()> {
    Staged::new(path, contents)?.place(existing)?;
    sync_directory_of(path)
}

/// A file that is whole and on disk, under a temporary name, which goes when it is dropped.
pub(crate) struct Staged {
    temporary: PathBuf,
    path: PathBuf,
}

impl Staged {
    pub(crate) fn new(
        path: &Path,
        contents: impl FnOnce(&mut FlushedFile) -> io::Result<()>,
    ) -> io::Result<Self> {
        let (file, temporary) = create_beside(path)?;
        let staged = Self { temporary, path: path.to_path_buf() };
        let flusher = Flusher::start()?;
        let mut growing = flusher.file(file.try_clone()?);
        contents(&mut growing)?;
        growing.flush()?;
        flusher.finish()?;
        file.sync_all()?;
        Ok(staged)
    }

    /// Gives it its own name.
    pub(crate) fn place(self, existing: Existing) -> io::Result<()> {
        place(&self.temporary, &self.path, existing)
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // Gone already when it was placed. Where an error led here, that is the one to report, and a
        // temporary file left behind is harmless.
        let _ = fs::remove_file(&self.temporary);
    }
}

/// A new name is on disk only when its directory is.
pub(crate) fn sync_directory_of(path: &Path) -> io::Result<()> {
    sync_directory(directory_of(path))
}

fn place(temporary: &Path, path: &Path, existing: Existing) -> io::Result<()> {
    match existing {
        Existing::Replace => fs::rename(temporary, path),
        // A link, unlike a rename, fails when the name is taken. Where the file system has none,
        // looking first is the best there is.
        Existing::Refuse => match fs::hard_link(temporary, path) {
            Ok(()) => fs::remove_file(temporary),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
            Err(_) if path.try_exists()? => Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => fs::rename(temporary, path),
        },
    }
}

fn create_beside(path: &Path) -> io::Result<(File, PathBuf)> {
    let name = path.file_name().ok_or_else(|| {
        io::Error::new(io::ErrorKind::InvalidInput, "the path does not end in a file name")
    })?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut attempt = 0_u32;
    loop {
        let mut beside = std::ffi::OsString::from(".");
        beside.push(name);
        let suffix: String = format!(".{}-{attempt}.part", process::id());
        beside.push(suffix);
        let temporary = directory_of(path).join(beside);
        match options.open(&temporary) {
            Ok(file) => return Ok((file, temporary)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < 1000 => {
                attempt += 1;
            }
            Err(error) => return Err(error),
        }
    }
}

/// The folder of a file: the current one where its path names none.
pub(crate) fn directory_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A rename is on disk only when its directory is.
#[cfg(unix)]
pub(crate) fn sync_directory(directory: &Path) -> io::Result<()> {
    File::open(directory)?.sync_all()
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature as on Unix")]
pub(crate) fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}
