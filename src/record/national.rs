//! The Check for National Data Opt-outs over MESH files: what is sent, what comes back, and the
//! pair of both.
//!
//! The service is sent a list of NHS numbers and returns those that may be used; an opt-out is
//! never stated, it is request minus response (specification, section 8). Several files come back
//! on one workflow, of which one at most is the list, so each is [classified](inbound::classify)
//! before it is read, and the list is used only [together](pair::pair) with its request.
//!
//! Sending is the caller's: these are the files and the values, not the transport.

pub mod control;
mod files;
pub mod inbound;
pub mod manifest;
pub mod pair;
pub mod request;
#[cfg(feature = "csv")]
mod table;

pub use crate::record::{RowError, RowFault, RowsError};
pub use control::{Control, ControlField};
pub use files::Outgoing;
pub use inbound::{Inbound, InboundControl, classify};
pub use manifest::{Manifest, Sender};
pub use pair::{Paired, pair};
pub use request::{LineEnding, Request};
#[cfg(feature = "csv")]
pub use table::TableRead;
