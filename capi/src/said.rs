//! What is said of a failure beyond its status: the error of the core, put into words only in the memory
//! of the caller, because there may be no other.

use core::fmt;

use optout::flow::FlowError;
use optout::record::NhsNumberError;
use optout::record::register::{Freshness, OpenError};
use optout::{AssessError, Date, PurposeError, UnknownCode};

use crate::disclosure::Wrong;
use crate::file;

/// Why a call failed.
pub(crate) enum Said {
    Words(&'static str),
    Wrong(Wrong),
    Assess(AssessError),
    Code(UnknownCode),
    Purpose(PurposeError),
    Flow(FlowError),
    Number(NhsNumberError),
    Open(OpenError),
    /// The check of this day may not be used.
    Stale(Date, Freshness),
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => f.write_str(words),
            Self::Wrong(wrong) => wrong.fmt(f),
            Self::Assess(error) => error.fmt(f),
            Self::Code(error) => error.fmt(f),
            Self::Purpose(error) => error.fmt(f),
            Self::Flow(error) => error.fmt(f),
            Self::Number(error) => error.fmt(f),
            Self::Open(OpenError::Io(error)) => {
                write!(f, "the register could not be read: {}", file::Words(error))
            }
            Self::Open(error) => error.fmt(f),
            Self::Stale(checked, Freshness::TooOld { age_days, max_age }) => write!(
                f,
                "the national check of {checked} is {age_days} days old on that day; {} at most are accepted; make a new check",
                max_age.as_days(),
            ),
            Self::Stale(checked, Freshness::CheckedLater { .. } | Freshness::Fresh { .. }) => {
                write!(
                    f,
                    "the national check was made on {checked}, after that day; use the check that was made before it"
                )
            }
        }
    }
}

macro_rules! said {
    ($($error:ty => $said:ident),+) => {
        $(impl From<$error> for Said {
            fn from(error: $error) -> Self {
                Self::$said(error)
            }
        })+
    };
}

said!(
    &'static str => Words,
    Wrong => Wrong,
    AssessError => Assess,
    UnknownCode => Code,
    PurposeError => Purpose,
    FlowError => Flow,
    NhsNumberError => Number,
    OpenError => Open
);
