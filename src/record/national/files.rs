//! The files of a request: what is sent, and what is kept.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::string::{String, ToString};
use std::vec::Vec;

use super::request::RequestError;
use super::{Control, ControlField, LineEnding, Manifest, Request};
use crate::Date;
use crate::record::file::{Staged, sync_directory_of};
use crate::record::{Digest, Existing};

/// How the files of a request are to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    local_id: String,
    control: Option<Control>,
    created: Date,
    /// How rows end.
    pub ending: LineEnding,
    /// What to do when one of the files exists.
    pub existing: Existing,
}

impl Outgoing {
    /// The files of a request without a control file, for who sends by the MESH website or interface
    /// and states the local id there. `created` is today: the earliest day on which the request can
    /// be answered, and so the date of the check.
    ///
    /// # Errors
    /// A local id that a control file would not take: no answer comes with it.
    pub fn new(local_id: &str, created: Date) -> Result<Self, RequestError> {
        ControlField::LocalId.check(local_id)?;
        let (local_id, control) = (local_id.to_string(), None);
        let (ending, existing) = (LineEnding::Lf, Existing::Refuse);
        Ok(Self { local_id, control, created, ending, existing })
    }

    /// The files of a request with a control file, whose local id is the request's.
    ///
    /// # Errors
    /// A control file without a local id.
    pub fn with_control(control: Control, created: Date) -> Result<Self, RequestError> {
        let local_id = control.get(ControlField::LocalId).ok_or(RequestError::NoLocalId)?;
        let files = Self::new(local_id, created)?;
        Ok(Self { control: Some(control), ..files })
    }

    /// The paths that begin with a stem: of the `.dat`, the manifest, and the `.ctl`.
    #[must_use]
    pub fn paths(stem: &Path) -> [PathBuf; 3] {
        [".dat", ".manifest.json", ".ctl"].map(|suffix| {
            let mut path = OsString::from(stem);
            path.push(suffix);
            path.into()
        })
    }
}

impl Request {
    /// Writes a request with a control file, replacing nothing: see [`write`](Self::write).
    ///
    /// # Errors
    /// As `write`.
    pub fn write_files(
        &self,
        stem: &Path,
        control: &Control,
        created: Date,
        ending: LineEnding,
    ) -> Result<Manifest, RequestError> {
        let files = Outgoing::with_control(control.clone(), created)?;
        self.write(stem, &Outgoing { ending, ..files })
    }

    /// Writes the request's files: `<stem>.dat`, `<stem>.manifest.json` and last, where there is a
    /// control file, `<stem>.ctl`, on which a MESH client sends. All are written and flushed to disk
    /// under temporary names, mode 0600, before the first gets its own.
    ///
    /// Where files are replaced, a `.ctl` that was there is removed first, so that no client sends
    /// half of one request and half of another.
    ///
    /// # Errors
    /// When there is nobody to ask, or a file exists or cannot be written. What was written before
    /// is removed.
    pub fn write(&self, stem: &Path, files: &Outgoing) -> Result<Manifest, RequestError> {
        if self.numbers().is_empty() {
            return Err(RequestError::NobodyToAsk);
        }
        let paths = Outgoing::paths(stem);
        let [dat_path, manifest_path, ctl_path] = &paths;
        let at = |path: &PathBuf| {
            let path = path.clone();
            move |error| RequestError::Io { path, error }
        };
        if files.existing == Existing::Refuse {
            for path in &paths {
                if path.try_exists().map_err(at(path))? {
                    return Err(at(path)(io::ErrorKind::AlreadyExists.into()));
                }
            }
        }

        let mut digests = [Digest::default(); 2];
        let dat = Staged::new(dat_path, |file| {
            digests = self.write_digested(file, files.ending)?;
            Ok(())
        })
        .map_err(at(dat_path))?;
        let (local_id, numbers) = (files.local_id.clone(), self.numbers().len());
        let manifest = Manifest::new(local_id, files.created, numbers, files.ending, digests);
        let manifest = match &files.control {
            Some(control) => manifest.sent_by(control),
            None => manifest,
        };
        let json = manifest.to_json()?;
        let text = |path: &PathBuf, text: String| {
            Staged::new(path, |file| file.write_all(text.as_bytes())).map_err(at(path))
        };
        let kept = text(manifest_path, json)?;
        let control = files.control.as_ref().map(|control| text(ctl_path, control.to_string()));
        let control = control.transpose()?;

        if files.existing == Existing::Replace {
            match std::fs::remove_file(ctl_path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(at(ctl_path)(error));
                }
                _ => {}
            }
        }
        let mut placed = Placed(Vec::new());
        for (staged, path) in
            [(Some(dat), dat_path), (Some(kept), manifest_path), (control, ctl_path)]
        {
            let Some(staged) = staged else { continue };
            staged.place(files.existing).map_err(at(path))?;
            placed.0.push(path.clone());
        }
        sync_directory_of(dat_path).map_err(at(dat_path))?;
        placed.0.clear();
        Ok(manifest)
    }
}

/// Files to remove if the next cannot be put in place.
struct Placed(Vec<PathBuf>);

impl Drop for Placed {
    fn drop(&mut self) {
        for path in &self.0 {
            // The error that led here is the one to report.
            let _ = std::fs::remove_file(path);
        }
    }
}
