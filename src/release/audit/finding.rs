//! What is found when a record is verified.

use std::string::String;

use crate::record::shown::{escaped, masked};

/// What was found of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It is what the record says.
    Same {
        /// The file.
        file: String,
    },
    /// An input that is no longer where it was: not checked.
    NotHere {
        /// The file.
        file: String,
    },
    /// Something that cannot be found out here.
    NotChecked {
        /// The file.
        file: String,
        /// What, and why.
        why: String,
    },
    /// Something to look at, that does not speak against the record.
    Caution {
        /// The file.
        file: String,
        /// What it is.
        what: String,
    },
    /// An output or a record that is missing.
    Missing {
        /// The file.
        file: String,
    },
    /// A file beside the outputs or the records that is none of them.
    Unexpected {
        /// The file.
        file: String,
    },
    /// It differs from what the record says.
    Differs {
        /// The file.
        file: String,
        /// In what.
        how: String,
    },
}

impl Finding {
    /// Whether it speaks against the record.
    #[must_use]
    pub const fn is_fault(&self) -> bool {
        match self {
            Self::Same { .. }
            | Self::NotHere { .. }
            | Self::NotChecked { .. }
            | Self::Caution { .. } => false,
            Self::Missing { .. } | Self::Unexpected { .. } | Self::Differs { .. } => true,
        }
    }
}

/// Names are shown without NHS numbers and without characters that are not seen; a longer number could be
/// that of a record.
impl core::fmt::Display for Finding {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (what, file, more) = match self {
            Self::Same { file } => ("same", file, None),
            Self::NotHere { file } => ("not checked", file, Some("it is not where it was")),
            Self::NotChecked { file, why } => ("not checked", file, Some(why.as_str())),
            Self::Caution { file, what } => ("caution", file, Some(what.as_str())),
            Self::Missing { file } => ("missing", file, None),
            Self::Unexpected { file } => ("unexpected", file, Some("no record names it")),
            Self::Differs { file, how } => ("differs", file, Some(how.as_str())),
        };
        write!(f, "{what:<13}{}", escaped(&masked(file)))?;
        match more {
            Some(more) => write!(f, ": {}", escaped(more)),
            None => Ok(()),
        }
    }
}
