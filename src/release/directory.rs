//! Files that appear together under one name, or not at all.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::string::String;

use crate::record::shown::{is_unseen, names_a_person};
use crate::record::{Existing, FlushedFile, Flusher, directory_of, sync_directory};

/// Why a directory did not appear.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DirectoryError {
    /// It exists, and is not to be replaced.
    #[error("{} exists; nothing was written", path.display())]
    Exists {
        /// The directory.
        path: PathBuf,
    },
    /// What stands there is not a release that can be replaced.
    #[error(
        "{}: {what}, so it is not replaced; nothing was written. Move it away, or choose another folder",
        path.display()
    )]
    NotARelease {
        /// The directory.
        path: PathBuf,
        /// What speaks against it.
        what: String,
    },
    /// The name of a file in it is not a plain name, or is taken.
    #[error(
        "`{name}` cannot be the name of a file of the release: it must be a plain name, used once, without an NHS number or a character that is not seen"
    )]
    Name {
        /// The name.
        name: String,
    },
    /// The system refused.
    #[error("{}: {error}", path.display())]
    Io {
        /// What was being written.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
}

/// A directory in the making: under a temporary name beside its own, only for its owner, until
/// [`commit`](Self::commit) flushes every file to disk and renames it in one step. Dropped before
/// that, it is removed; killed before that, only the temporary name is left.
#[derive(Debug)]
pub struct Directory {
    path: PathBuf,
    temporary: PathBuf,
    existing: Existing,
    files: BTreeSet<PathBuf>,
    flusher: Option<Flusher>,
    committed: bool,
}

impl Directory {
    /// Begins a directory. What it may replace is a release that it recognises by its audit record, and
    /// that holds nothing else: the old one is deleted when the new one is whole.
    ///
    /// # Errors
    /// It exists and is not to be replaced, is no release, or cannot be made.
    pub fn create(path: impl Into<PathBuf>, existing: Existing) -> Result<Self, DirectoryError> {
        let path = path.into();
        let Some(name) = path.file_name() else {
            let error = io::Error::new(io::ErrorKind::InvalidInput, "this is not a name");
            return Err(DirectoryError::Io { path, error });
        };
        if path.symlink_metadata().is_ok() {
            if existing == Existing::Refuse {
                return Err(DirectoryError::Exists { path });
            }
            if let Err(what) = is_release(&path) {
                return Err(DirectoryError::NotARelease { path, what });
            }
        }
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        for attempt in 0_u32.. {
            let mut beside = OsString::from(".");
            beside.push(name);
            let suffix: String = std::format!(".{}-{attempt}.partial", std::process::id());
            beside.push(suffix);
            let temporary = directory_of(&path).join(beside);
            match builder.create(&temporary) {
                Ok(()) => {
                    let (files, flusher) = (BTreeSet::new(), None);
                    return Ok(Self {
                        path,
                        temporary,
                        existing,
                        files,
                        flusher,
                        committed: false,
                    });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && attempt < 1000 => {}
                Err(error) => return Err(DirectoryError::Io { path: temporary, error }),
            }
        }
        Err(DirectoryError::Exists { path })
    }

    /// A new file in it, readable by its owner only.
    ///
    /// # Errors
    /// A name that is not plain or is taken, or whatever the system says.
    pub fn file(&mut self, name: &str) -> Result<FlushedFile, DirectoryError> {
        let path = self.temporary.join(name);
        if !is_plain_name(name) || self.files.contains(&path) {
            return Err(DirectoryError::Name { name: name.into() });
        }
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let io = |error| DirectoryError::Io { path: path.clone(), error };
        let file = options.open(&path).map_err(io)?;
        let flusher = match &mut self.flusher {
            Some(flusher) => flusher,
            none => none.insert(Flusher::start().map_err(io)?),
        };
        let file = flusher.file(file);
        self.files.insert(path);
        Ok(file)
    }

    /// Flushes everything to disk and gives it its name. Every file must be written by then. Says
    /// where the release that it replaced still lies, if that could not be deleted.
    ///
    /// # Errors
    /// The directory has come to exist, or the system refused; nothing then stands under the name
    /// that did not before.
    pub fn commit(mut self) -> Result<Option<PathBuf>, DirectoryError> {
        let io = |path: &Path| {
            let path = path.to_path_buf();
            move |error| DirectoryError::Io { path, error }
        };
        if let Some(flusher) = self.flusher.take() {
            flusher.finish().map_err(io(&self.temporary))?;
        }
        for file in &self.files {
            File::open(file).and_then(|file| file.sync_all()).map_err(io(file))?;
        }
        sync_directory(&self.temporary).map_err(io(&self.temporary))?;
        self.rename()?;
        self.committed = true;
        sync_directory(directory_of(&self.path)).map_err(io(&self.path))?;
        // After an exchange of names the old release has the temporary one.
        let old = self.temporary.symlink_metadata().is_ok();
        let left = old && fs::remove_dir_all(&self.temporary).is_err();
        Ok(left.then(|| self.temporary.clone()))
    }

    fn rename(&self) -> Result<(), DirectoryError> {
        match move_to(&self.temporary, &self.path) {
            Ok(()) => Ok(()),
            Err(error) if exists(&error) && self.existing == Existing::Refuse => {
                Err(DirectoryError::Exists { path: self.path.clone() })
            }
            Err(error) if exists(&error) => {
                // What came to stand there since must be a release as well.
                if let Err(what) = is_release(&self.path) {
                    return Err(DirectoryError::NotARelease { path: self.path.clone(), what });
                }
                swap(&self.temporary, &self.path)
                    .map_err(|error| DirectoryError::Io { path: self.path.clone(), error })
            }
            Err(error) => Err(DirectoryError::Io { path: self.path.clone(), error }),
        }
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        if !self.committed {
            // The run has failed already; what is left behind is under no name that anyone uses.
            let _ = fs::remove_dir_all(&self.temporary);
        }
    }
}

/// Whether a file of a release can be called so: in the folder itself and not hidden, by characters that
/// are all seen, with no NHS number among them, and not as commands call a stream.
#[must_use]
pub fn is_plain_name(name: &str) -> bool {
    Path::new(name).file_name().is_some_and(|file| file == name)
        && !name.starts_with('.')
        && name != "-"
        && !name.chars().any(is_unseen)
        && !names_a_person(name)
}

/// Whether a directory holds a release and nothing else.
fn is_release(path: &Path) -> Result<(), String> {
    let not = |what: &str| Err(String::from(what));
    if !path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return not("this is not a folder");
    }
    let Ok((record, _)) = super::audit::read(&path.join("audit.json")) else {
        return not("it holds no audit record of a release");
    };
    let outputs = record.tables.iter().filter_map(|table| table.output.as_ref());
    let outputs: BTreeSet<_> = outputs.map(|output| &*output.file).collect();
    let entries = fs::read_dir(path).map_err(|error| std::format!("{error}"))?;
    for entry in entries {
        let entry = entry.map_err(|error| std::format!("{error}"))?;
        let name = entry.file_name();
        let named =
            name == "audit.json" || name.to_str().is_some_and(|name| outputs.contains(name));
        if !named || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            return not("it holds more than its audit record says");
        }
    }
    Ok(())
}

fn exists(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::AlreadyExists
            | io::ErrorKind::DirectoryNotEmpty
            | io::ErrorKind::NotADirectory
    )
}

/// Renames to a name that must be free.
fn move_to(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // A file system that does not know the flag.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {}
            done => return Ok(done?),
        }
    }
    if to.symlink_metadata().is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// Exchanges the two names.
fn swap(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, from, CWD, to, RenameFlags::EXCHANGE) {
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {}
            done => return Ok(done?),
        }
    }
    let mut aside = from.as_os_str().to_os_string();
    aside.push(".old");
    fs::rename(to, &aside)?;
    fs::rename(from, to)?;
    fs::rename(&aside, from)
}
