//! A request and its answer, as a register.

use std::io::{self, Read};
use std::string::String;
use std::vec::Vec;

use super::inbound::{HEAD, Inbound, InboundControl, Unrecognised, classify};
use super::{Manifest, Sender};
use crate::Date;
use crate::record::register::{BuildError, Builder, Sources};
use crate::record::rows::{self, RowsError};
use crate::record::{Digest, Register};

/// What the caller decides about a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// The smallest share of opted-out people that calls for no warning, from 0 to 1. Nationally about
    /// one in twenty has opted out; among few people, or in one place, the share may well differ.
    pub at_least: f64,
    /// The largest share of opted-out people that is accepted: an answer that was cut short on the way
    /// looks like one in which many have opted out.
    pub at_most: f64,
    /// Whether an answer without a number is what the service sent, and everybody is opted out.
    pub empty: EmptyAnswer,
    /// Whether an answer with every number is what the service sent, and nobody is opted out.
    pub full: FullAnswer,
}

/// What to do about an answer without a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum EmptyAnswer {
    /// Refuse it: a download that failed looks the same.
    #[default]
    Refuse,
    /// Somebody has made sure that everybody asked has opted out.
    Confirmed,
}

/// What to do about an answer with every number that was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum FullAnswer {
    /// Refuse it, unless its control file names another sender than the requester and it is neither of
    /// many people nor the request byte for byte: it is more often the request in the wrong place.
    #[default]
    Refuse,
    /// Somebody has made sure that nobody asked has opted out. The request's own bytes are refused all
    /// the same, unless their control file names another sender.
    Confirmed,
}

/// Among so many people somebody has opted out: when one in twenty has, the chance that none of a
/// hundred has is under one in a hundred.
const MANY: u64 = 100;

impl Default for Expected {
    /// One to fifteen in a hundred opted out, and an answer that holds somebody, but not everybody.
    fn default() -> Self {
        Self { at_least: 0.01, at_most: 0.15, empty: EmptyAnswer::Refuse, full: FullAnswer::Refuse }
    }
}

/// A request and its answer that belong together.
#[derive(Clone, Debug)]
pub struct Paired {
    /// Who was asked, and who came back. Its check is dated to the day on which the request was
    /// made, the earliest on which the service can have answered it.
    pub register: Register,
    /// What somebody should look at before the register is used.
    pub warnings: Vec<PairWarning>,
}

/// Something about a pair that may be right, but is unusual.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum PairWarning {
    /// The share of opted-out people is smaller than was expected.
    Share {
        /// From 0 to 1.
        found: f64,
    },
    /// The answer came without a local id, so that nothing but its numbers ties it to the request.
    NoLocalId,
    /// The answer holds numbers more than once.
    Repeated {
        /// How many rows repeat another.
        rows: u64,
    },
    /// The answer is the request, byte for byte, and its control file says that another sent it.
    SameFile,
}

/// Why a request and an answer are not a pair.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PairError {
    /// The request cannot be read.
    #[error("the request: {0}")]
    Request(RowsError),
    /// The request is not the file of the manifest.
    #[error(
        "the request is not the one that the manifest describes: its digest is {found}, not {expected}"
    )]
    RequestAltered {
        /// What the manifest states.
        expected: Digest,
        /// What the file has.
        found: Digest,
    },
    /// The request does not hold as many numbers as the manifest states.
    #[error("the request holds {found} distinct numbers, and the manifest states {expected}")]
    RequestCount {
        /// What the manifest states.
        expected: u64,
        /// What the file has.
        found: u64,
    },
    /// The answer cannot be read.
    #[error("the response: {0}")]
    Response(RowsError),
    /// The answer has the local id of another request.
    #[error("the response answers the request with another local id")]
    OtherLocalId,
    /// The answer was sent before the request was made, so that it answers an earlier one.
    #[error("the response was sent on {sent}, before the request of {created} was made")]
    SentBefore {
        /// The day that its control file states.
        sent: Date,
        /// The day of the request.
        created: Date,
    },
    /// The file is a transport report.
    #[error(
        "this is a transport report ({event}), not the response; the list comes in another file"
    )]
    TransportReport {
        /// What it reports.
        event: String,
    },
    /// The file is the acknowledgement of the request.
    #[error(
        "this is the acknowledgement of the request, not the response; the list comes in another file"
    )]
    JobCreated,
    /// The service refuses the request.
    #[error("the service refuses the request: {text}")]
    ErrorText {
        /// What it says, with each digit as `#`.
        text: String,
    },
    /// There is no number in the answer, and nobody has confirmed that.
    #[error(
        "the response is empty: either everybody asked has opted out, which must be confirmed, or it did not arrive"
    )]
    Empty,
    /// Its control file says that the requester sent it.
    #[error("this was sent by the mailbox that sends the request, so it is no answer")]
    Sent,
    /// It is the request, byte for byte, and nothing shows that another sent it.
    #[error("this is the request itself, byte for byte, so it is no answer")]
    TheRequest,
    /// Everybody asked is in it, and nobody has confirmed that.
    #[error("of {asked} people asked nobody has opted out: it may be the request, or a copy of it")]
    NobodyOptedOut {
        /// How many were asked.
        asked: u64,
    },
    /// More have opted out than the caller accepts.
    #[error(
        "of {asked} people asked {opted_out} have opted out ({:.1} %, and {:.1} % is accepted): it may have been cut short",
        100.0 * share(*opted_out, *asked), 100.0 * at_most
    )]
    TooManyOptedOut {
        /// How many were asked.
        asked: u64,
        /// How many did not come back.
        opted_out: u64,
        /// The share that the caller accepts, from 0 to 1.
        at_most: f64,
    },
    /// The file is nothing that the service sends.
    #[error("this is not a response of the service: {0}")]
    Unrecognised(Unrecognised),
    /// The numbers do not fit together.
    #[error(transparent)]
    Build(#[from] BuildError),
}

/// Pairs an answer with the request that the manifest describes. `request` and `response` are the
/// two `.dat` files, read to their ends; `control` is what came with the answer.
///
/// # Errors
/// When either cannot be read, when the request is not that of the manifest, and when the answer is
/// not its answer: another local id, an earlier day, a number that was not asked, or no list at all.
pub fn pair(
    manifest: &Manifest,
    request: impl Read,
    mut response: impl Read,
    control: Option<&InboundControl>,
    expected: &Expected,
) -> Result<Paired, PairError> {
    let local_id = control.and_then(|control| control.local_id.as_deref());
    let mut head = Vec::with_capacity(HEAD);
    (&mut response).take(HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
    match classify(&head, control) {
        Inbound::CleanedList | Inbound::EmptyList => {}
        Inbound::TransportReport { event, .. } => return Err(PairError::TransportReport { event }),
        Inbound::JobCreated { .. } => return Err(PairError::JobCreated),
        Inbound::ErrorText { text } => return Err(PairError::ErrorText { text }),
        Inbound::Unrecognised(why) => return Err(PairError::Unrecognised(why)),
    }
    let sender = control.map_or(Sender::NotSaid, |control| manifest.sender(control));
    if sender == Sender::Requester {
        return Err(PairError::Sent);
    }
    if local_id.is_some_and(|local_id| local_id != manifest.local_id) {
        return Err(PairError::OtherLocalId);
    }
    if let Some(sent) = control.and_then(InboundControl::day)
        && sent < manifest.created
    {
        return Err(PairError::SentBefore { sent, created: manifest.created });
    }

    let mut builder = ask(manifest, request)?;
    let answered = rows::read(head.chain(response), |number| {
        // A number that was not asked is reported by `finish`, which then gives no register.
        let _ = builder.answer(number);
    })
    .map_err(PairError::Response)?;
    if answered.numbers == 0 && expected.empty == EmptyAnswer::Refuse {
        return Err(PairError::Empty);
    }
    let sources = Sources { request: manifest.request, response: answered.digest };
    let distinct = builder.answered();
    let register = builder.finish(manifest.created, sources)?;

    let same = sources.request == sources.response;
    plausible(&register, answered.numbers == 0, same, sender, expected)?;
    let share = share(register.opted_out(), register.asked());
    let warnings = [
        (share < expected.at_least).then_some(PairWarning::Share { found: share }),
        local_id.is_none().then_some(PairWarning::NoLocalId),
        (answered.numbers > distinct)
            .then(|| PairWarning::Repeated { rows: answered.numbers - distinct }),
        same.then_some(PairWarning::SameFile),
    ];
    Ok(Paired { register, warnings: warnings.into_iter().flatten().collect() })
}

/// Whether the caller accepts how many came back.
fn plausible(
    register: &Register,
    empty: bool,
    same: bool,
    sender: Sender,
    expected: &Expected,
) -> Result<(), PairError> {
    let (asked, opted_out) = (register.asked(), register.opted_out());
    if opted_out == 0 {
        let by_another = sender == Sender::Another;
        return match expected.full {
            _ if same && !by_another => Err(PairError::TheRequest),
            FullAnswer::Confirmed => Ok(()),
            FullAnswer::Refuse if by_another && !same && asked < MANY => Ok(()),
            FullAnswer::Refuse => Err(PairError::NobodyOptedOut { asked }),
        };
    }
    // That of an empty answer is confirmed.
    if !empty && share(opted_out, asked) > expected.at_most {
        let at_most = expected.at_most;
        return Err(PairError::TooManyOptedOut { asked, opted_out, at_most });
    }
    Ok(())
}

fn ask(manifest: &Manifest, request: impl Read) -> Result<Builder, PairError> {
    let mut builder = Builder::new();
    let asked = rows::read(request, |number| {
        builder.ask(number);
    })
    .map_err(PairError::Request)?;
    if asked.digest != manifest.request {
        let (expected, found) = (manifest.request, asked.digest);
        return Err(PairError::RequestAltered { expected, found });
    }
    if builder.asked() != manifest.numbers {
        let (expected, found) = (manifest.numbers, builder.asked());
        return Err(PairError::RequestCount { expected, found });
    }
    Ok(builder)
}

#[expect(clippy::cast_precision_loss, reason = "a share of counts below 10^9")]
fn share(opted_out: u64, asked: u64) -> f64 {
    opted_out as f64 / asked.max(1) as f64
}

fn unreadable(error: io::Error) -> PairError {
    PairError::Response(error.into())
}
