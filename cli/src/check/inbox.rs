//! The files that came back, each known before it is read.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use optout::record::national::inbound::HEAD;
use optout::record::national::{Inbound, InboundControl, Manifest, Sender, classify};

use super::{cannot, same_file};
use crate::error::Error;
use crate::input;

/// A file that came back, with its control file where there is one.
#[derive(Debug)]
pub(super) struct Item {
    /// The `.dat`, or the `.ctl` of a report, which comes alone.
    pub(super) path: PathBuf,
    pub(super) control: Option<InboundControl>,
    pub(super) kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// A file of the service.
    Inbound(Inbound),
    /// The control file of a message whose `.dat` is not there.
    NoData,
    /// A file of the request itself, or its manifest.
    OfRequest,
    /// A message that the requester sent, such as a MESH client keeps.
    Sent,
}

impl Item {
    /// The local id that it states.
    pub(super) fn local_id(&self) -> Option<&str> {
        let stated = self.control.as_ref().and_then(|control| control.local_id.as_deref());
        match &self.kind {
            Kind::Inbound(Inbound::JobCreated { local_id, .. }) => stated.or(local_id.as_deref()),
            Kind::Inbound(
                Inbound::TransportReport { .. }
                | Inbound::ErrorText { .. }
                | Inbound::CleanedList
                | Inbound::EmptyList
                | Inbound::Unrecognised(_),
            )
            | Kind::NoData
            | Kind::OfRequest
            | Kind::Sent => stated,
        }
    }

    pub(super) fn is_of(&self, manifest: &Manifest) -> bool {
        self.local_id().is_none_or(|local_id| local_id == manifest.local_id)
    }
}

/// Opens what was given, in the order of the names. `request` are the files of the request.
pub(super) fn open(
    given: &[PathBuf],
    request: &[&Path],
    manifest: &Manifest,
) -> Result<Vec<Item>, Error> {
    let mut items = Vec::new();
    let mut done = BTreeSet::new();
    let mut given: Vec<_> = given.iter().collect();
    given.sort();
    for path in given {
        // A control file is read with its data.
        let data =
            if is_control(path) { beside(path, &["dat", "DAT"]) } else { Some(path.clone()) };
        let main = data.as_ref().unwrap_or(path);
        if done.insert(main.clone()) {
            items.push(item(main, data.is_some(), request, manifest)?);
        }
    }
    Ok(items)
}

fn item(
    path: &Path,
    has_data: bool,
    request: &[&Path],
    manifest: &Manifest,
) -> Result<Item, Error> {
    if request.iter().any(|of_request| same_file(path, of_request)) {
        return Ok(Item { path: path.to_owned(), control: None, kind: Kind::OfRequest });
    }
    let control_path = if has_data { beside(path, &["ctl", "CTL"]) } else { Some(path.to_owned()) };
    let control = control_path.as_deref().map(read_control).transpose()?;
    let head = if has_data { read_head(path)? } else { Vec::new() };
    let inbound = classify(&head, control.as_ref());
    let sender = control.as_ref().map(|control| manifest.sender(control));
    let is_report = matches!(inbound, Inbound::TransportReport { .. });
    let kind = if sender == Some(Sender::Requester) && !is_report {
        Kind::Sent
    } else if has_data || inbound != Inbound::EmptyList {
        Kind::Inbound(inbound)
    } else {
        Kind::NoData
    };
    Ok(Item { path: path.to_owned(), control, kind })
}

/// What a control file says of a message.
pub(super) fn read_control(path: &Path) -> Result<InboundControl, Error> {
    let text = input::small_text(path)?;
    InboundControl::parse(&text).map_err(|error| {
        Error::new(format!("{}: {error}", path.display()))
            .hint("fetch the message again; without a right control file its data is not read")
    })
}

fn read_head(path: &Path) -> Result<Vec<u8>, Error> {
    let mut head = Vec::new();
    File::open(path)
        .and_then(|file| file.take(HEAD as u64).read_to_end(&mut head))
        .map_err(|error| cannot("read", path, &error))?;
    Ok(head)
}

pub(super) fn is_control(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("ctl"))
}

/// The file of the same name with another ending, where there is one.
fn beside(path: &Path, endings: &[&str]) -> Option<PathBuf> {
    endings.iter().map(|ending| path.with_extension(ending)).find(|other| other.is_file())
}
