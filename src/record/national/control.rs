//! The control file (`.ctl`) of a request, and the values of the `Mex-` headers that stand for it
//! where the MESH API is used.

use core::fmt;
use std::string::{String, ToString};
use std::vec::Vec;

use crate::vocabulary::{UnknownCode, coded, read_code};

coded! {
    /// A field of the control file, in the order in which they are written.
    pub enum ControlField("control field") {
        Version = 1, "Version", "of the control file's format; `1.0`";
        AddressType = 2, "AddressType", "`DTS`, or `ALL`";
        MessageType = 3, "MessageType", "`Data`";
        FromDts = 4, "From_DTS", "the mailbox of the sender";
        ToDts = 5, "To_DTS", "the mailbox of the recipient";
        FromEsmtp = 6, "From_ESMTP", "an address of the sender, where `AddressType` is `ALL`";
        ToEsmtp = 7, "To_ESMTP", "an address of the recipient, where `AddressType` is `ALL`";
        Subject = 8, "Subject", "comes back; without it no answer comes";
        LocalId = 9, "LocalId", "comes back, and pairs the answer with its request; without it no answer comes";
        ProcessId = 10, "ProcessId", "free";
        WorkflowId = 11, "WorkflowId", "`SPINE_NTT_UPHOLDING`";
        PartnerId = 12, "PartnerId", "free";
        Compress = 13, "Compress", "`Y` or `N`: whether the client compresses";
        Encrypted = 14, "Encrypted", "`N`";
        AllowChunking = 15, "AllowChunking", "`Y` or `N`: whether the client may send in parts";
    }
}
read_code!(ControlField, from_code, UnknownCode);

impl ControlField {
    /// The longest value that MESH takes, in bytes; 100 where it states none.
    #[must_use]
    pub const fn limit(self) -> usize {
        match self {
            Self::Subject | Self::PartnerId => 500,
            Self::LocalId | Self::WorkflowId => 300,
            Self::Version
            | Self::AddressType
            | Self::MessageType
            | Self::FromDts
            | Self::ToDts
            | Self::FromEsmtp
            | Self::ToEsmtp
            | Self::ProcessId
            | Self::Compress
            | Self::Encrypted
            | Self::AllowChunking => 100,
        }
    }

    /// Whether the field takes a byte. Subject and local id take letters, digits, hyphens and
    /// underscores alone: with others the message is sent, and no answer ever comes.
    const fn takes(self, byte: u8) -> bool {
        match self {
            Self::Subject | Self::LocalId => {
                byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
            }
            Self::Version
            | Self::AddressType
            | Self::MessageType
            | Self::FromDts
            | Self::ToDts
            | Self::FromEsmtp
            | Self::ToEsmtp
            | Self::ProcessId
            | Self::WorkflowId
            | Self::PartnerId
            | Self::Compress
            | Self::Encrypted
            | Self::AllowChunking => {
                byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'@')
            }
        }
    }
}

impl ControlField {
    /// Whether the field takes a value.
    ///
    /// # Errors
    /// A value that is empty, too long, or has a character that the field does not take.
    pub fn check(self, value: &str) -> Result<(), ControlError> {
        let fault = if value.is_empty() {
            ControlFault::Empty
        } else if value.len() > self.limit() {
            ControlFault::TooLong
        } else if !value.bytes().all(|byte| self.takes(byte)) {
            ControlFault::Character
        } else {
            return Ok(());
        };
        Err(ControlError { field: self, fault })
    }
}

/// The control file of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Control {
    fields: Vec<(ControlField, String)>,
}

/// A value that a field of the control file does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {fault}", field.code())]
pub struct ControlError {
    /// The field.
    pub field: ControlField,
    /// What is wrong with its value.
    pub fault: ControlFault,
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ControlFault {
    /// It is empty; without subject and local id no answer comes.
    #[error("must not be empty")]
    Empty,
    /// It is longer than MESH takes.
    #[error("is longer than MESH takes")]
    TooLong,
    /// It has a character with which no answer comes, or which does not belong in the field.
    #[error("has a character other than letters, digits, hyphen and underscore")]
    Character,
}

impl Control {
    /// The control file of a request from one mailbox to another. There is no default for the
    /// mailbox of the service, which has changed and differs between environments.
    ///
    /// The other fields begin as working senders set them, and may be [set](Self::with).
    ///
    /// # Errors
    /// A value that is empty, too long, or has a character with which no answer comes.
    pub fn new(from: &str, to: &str, subject: &str, local_id: &str) -> Result<Self, ControlError> {
        use ControlField as F;
        let given =
            [(F::FromDts, from), (F::ToDts, to), (F::Subject, subject), (F::LocalId, local_id)];
        let usual = [
            (F::Version, "1.0"),
            (F::AddressType, "DTS"),
            (F::MessageType, "Data"),
            (F::WorkflowId, "SPINE_NTT_UPHOLDING"),
            (F::Compress, "Y"),
            (F::Encrypted, "N"),
            (F::AllowChunking, "Y"),
        ];
        given
            .into_iter()
            .chain(usual)
            .try_fold(Self { fields: Vec::new() }, |control, (field, value)| {
                control.with(field, value)
            })
    }

    /// The same with this value in a field.
    ///
    /// # Errors
    /// A value that is empty, too long, or has a character that the field does not take.
    pub fn with(mut self, field: ControlField, value: &str) -> Result<Self, ControlError> {
        field.check(value)?;
        self.fields.retain(|(other, _)| *other != field);
        self.fields.push((field, value.to_string()));
        self.fields.sort_by_key(|(field, _)| *field);
        Ok(self)
    }

    /// The value of a field, where it has one.
    #[must_use]
    pub fn get(&self, field: ControlField) -> Option<&str> {
        self.fields.iter().find(|(other, _)| *other == field).map(|(_, value)| value.as_str())
    }

    /// The fields and their values, in the order of the file.
    pub fn fields(&self) -> impl Iterator<Item = (ControlField, &str)> {
        self.fields.iter().map(|(field, value)| (*field, value.as_str()))
    }
}

/// The file's text. No value can have a character that XML would have to escape.
impl fmt::Display for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<DTSControl>\n")?;
        for (field, value) in self.fields() {
            writeln!(f, "  <{0}>{value}</{0}>", field.code())?;
        }
        f.write_str("</DTSControl>\n")
    }
}
