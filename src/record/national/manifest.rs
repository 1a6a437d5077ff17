//! What is kept of a request until its answer comes.

use std::string::String;
use std::vec::Vec;

use super::inbound::InboundControl;
use super::{Control, ControlField, LineEnding};
use crate::Date;
use crate::record::Digest;
use crate::record::shown::misread;

/// What is kept beside a request, so that the answer can be paired with it. It names nobody.
///
/// ```json
/// {"format":"optout-request","version":1,"local_id":"trust-0001","created":"2026-06-01",
///  "numbers":2,"line_ending":"lf","request":"9c…","numbers_digest":"41…"}
/// ```
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format: Format,
    version: u32,
    /// The local id, which comes back with the answer.
    pub local_id: String,
    /// The day on which the request was made: the earliest on which it can be answered, and so the
    /// date of the check.
    pub created: Date,
    /// How many distinct numbers are asked.
    pub numbers: u64,
    /// How the rows of the request end.
    pub line_ending: LineEnding,
    /// BLAKE3 of the request's `.dat`, byte for byte.
    pub request: Digest,
    /// [`NumberSet::digest`](crate::record::NumberSet::digest) of the numbers asked.
    pub numbers_digest: Digest,
    /// The mailbox, and the address, that sends the request, where it is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// The mailbox, and the address, that it is sent to, where it is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
}

/// Who sent a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// It is not said, or it is not known who sends the request.
    NotSaid,
    /// Whoever sends the request: it is no answer.
    Requester,
    /// Somebody else.
    Another,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
enum Format {
    #[serde(rename = "optout-request")]
    Request,
}

/// Text that is not a manifest that can be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// Not the JSON of a manifest.
    #[error("this is not the manifest of a request: {}", misread(.0))]
    NotAManifest(#[from] serde_json::Error),
    /// A version that this library does not read.
    #[error("the manifest is of version {found}; this library reads version 1")]
    Version {
        /// The version that the manifest states.
        found: u32,
    },
}

impl Manifest {
    pub(super) const fn new(
        local_id: String,
        created: Date,
        numbers: u64,
        line_ending: LineEnding,
        [request, numbers_digest]: [Digest; 2],
    ) -> Self {
        let (format, version) = (Format::Request, 1);
        Self {
            format,
            version,
            local_id,
            created,
            numbers,
            line_ending,
            request,
            numbers_digest,
            from: Vec::new(),
            to: Vec::new(),
        }
    }

    /// The same, sent between the mailboxes of a control file.
    pub(super) fn sent_by(mut self, control: &Control) -> Self {
        use ControlField as F;
        let all = |fields: [F; 2]| fields.into_iter().filter_map(|field| control.get(field));
        self.from.extend(all([F::FromDts, F::FromEsmtp]).map(String::from));
        self.to.extend(all([F::ToDts, F::ToEsmtp]).map(String::from));
        self
    }

    /// Who sent a message with this control file. What was sent to where the request is sent was sent
    /// by the requester too.
    #[must_use]
    pub fn sender(&self, control: &InboundControl) -> Sender {
        let among = |ours: &[String], theirs: [&Option<String>; 2]| {
            theirs
                .into_iter()
                .flatten()
                .any(|their| ours.iter().any(|our| our.trim().eq_ignore_ascii_case(their.trim())))
        };
        let InboundControl { from, from_address, to, to_address, .. } = control;
        if among(&self.from, [from, from_address]) || among(&self.to, [to, to_address]) {
            return Sender::Requester;
        }
        let said = from.is_some() || from_address.is_some();
        if said && !self.from.is_empty() { Sender::Another } else { Sender::NotSaid }
    }

    /// The manifest as JSON.
    ///
    /// # Errors
    /// None that is known: every field has a form in JSON.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|mut text| {
            text.push('\n');
            text
        })
    }

    /// Reads a manifest. An unknown key is an error.
    ///
    /// # Errors
    /// Text that is not a manifest, or of another version.
    pub fn from_json(text: &str) -> Result<Self, ManifestError> {
        let manifest: Self = serde_json::from_str(text)?;
        match manifest.version {
            1 => Ok(manifest),
            found => Err(ManifestError::Version { found }),
        }
    }
}
