//! What an inbound file is, before anything is read from it.

use std::borrow::ToOwned;
use std::string::{String, ToString};
use std::vec::Vec;

use crate::Date;
use crate::record::nhs_number::NhsNumberError;
use crate::record::rows::{self, RowFault};

/// How much of a file [`classify`] needs: all of it, or its first 64 KiB.
pub const HEAD: usize = 1 << 16;
/// How much of the text of an error is repeated, in characters.
const SHOWN: usize = 200;

/// What a file that came back is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inbound {
    /// A report on the transport of a message; there is no list with it.
    TransportReport {
        /// What the control file says happened, such as `COLLECT SUCCESS`.
        event: String,
        /// It says that the message did not arrive: no list will come.
        failed: bool,
    },
    /// The acknowledgement, in JSON, that a job was created for a request. The list comes later.
    JobCreated {
        /// The state of the job, such as `pending`.
        status: Option<String>,
        /// The local id of the request.
        local_id: Option<String>,
        /// The checks that the request did not pass: it will not be answered.
        failed: Vec<String>,
    },
    /// One line of text: the service refuses the request.
    ErrorText {
        /// The line, with each digit as `#`, and of its words those that such an error has: what else
        /// the line may be could name a patient.
        text: String,
    },
    /// The numbers that may be used.
    CleanedList,
    /// Nothing: everybody opted out, or something went wrong on the way.
    EmptyList,
    /// Anything else; it must not be read as a list.
    Unrecognised(Unrecognised),
}

/// Why a file is none of what the service sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unrecognised {
    /// The control file states a type of message that is neither data nor report.
    #[error("its control file states an unknown type of message")]
    MessageType,
    /// The control file says that the transfer did not succeed.
    #[error("its control file says that the transfer did not succeed")]
    NotTransferred,
    /// Bytes that no text of the service has: another encoding, an archive, a byte order mark.
    #[error("it is not plain text")]
    NotText,
    /// JSON, but not of a job.
    #[error("it is JSON, but not the acknowledgement of a job")]
    Json,
    /// A number on the first row, but not an NHS number.
    #[error("its first row is not an NHS number: {0}")]
    NotAnNhsNumber(NhsNumberError),
    /// The first row has more than a number, as a table has.
    #[error("its first row has more than a number in it")]
    MoreThanANumber,
    /// Several lines of text, such as a list with a header, or a web page.
    #[error("it is text of several lines")]
    Text,
}

/// What the control file of an inbound file says, or the headers that stand for it. Every field may
/// be missing.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct InboundControl {
    /// `Data` or `Report`.
    pub message_type: Option<String>,
    /// The local id of the request that this answers.
    pub local_id: Option<String>,
    /// The mailbox of the sender.
    pub from: Option<String>,
    /// The address of the sender.
    pub from_address: Option<String>,
    /// The mailbox of the recipient.
    pub to: Option<String>,
    /// The address of the recipient.
    pub to_address: Option<String>,
    /// The subject.
    pub subject: Option<String>,
    /// The workflow.
    pub workflow_id: Option<String>,
    /// What happened, such as `TRANSFER` or `COLLECT`.
    pub event: Option<String>,
    /// When that happened, as `yyyymmddhhmmss`.
    pub date_time: Option<String>,
    /// Whether that succeeded: `SUCCESS` is of the transfer, not of the job.
    pub status: Option<String>,
}

/// Text that is not a control file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not a MESH control file: XML whose outermost element is DTSControl")]
pub struct InboundControlError;

impl InboundControl {
    /// Reads the text of a `.ctl`. Fields that are of no use here are passed over.
    ///
    /// # Errors
    /// Anything but XML whose outermost element is `DTSControl`, and a field given twice.
    pub fn parse(text: &str) -> Result<Self, InboundControlError> {
        let document = roxmltree::Document::parse(text).map_err(|_| InboundControlError)?;
        let root = document.root_element();
        // One sender writes a small first letter.
        if !root.tag_name().name().eq_ignore_ascii_case("DTSControl") {
            return Err(InboundControlError);
        }
        let mut control = Self::default();
        for node in root.descendants().filter(roxmltree::Node::is_element) {
            let field = match node.tag_name().name() {
                "MessageType" => &mut control.message_type,
                "LocalId" => &mut control.local_id,
                "From_DTS" => &mut control.from,
                "From_ESMTP" => &mut control.from_address,
                "To_DTS" => &mut control.to,
                "To_ESMTP" => &mut control.to_address,
                "Subject" => &mut control.subject,
                "WorkflowId" => &mut control.workflow_id,
                "DateTime" => &mut control.date_time,
                "Event" => &mut control.event,
                "Status" => &mut control.status,
                _ => continue,
            };
            let text = node.text().unwrap_or_default().trim();
            if !text.is_empty() && field.replace(text.to_owned()).is_some() {
                return Err(InboundControlError);
            }
        }
        Ok(control)
    }

    /// The day on which it happened, where that is stated.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        let digits = self.date_time.as_deref()?.get(..8)?;
        Date::from_yyyymmdd(digits.parse().ok()?)
    }

    /// A transport report, or why this cannot come with a list; `None` when it may.
    fn verdict(&self) -> Option<Inbound> {
        let [message_type, event, status] = [&self.message_type, &self.event, &self.status]
            .map(|field| field.as_deref().unwrap_or_default());
        let failed = !status.is_empty() && !status.eq_ignore_ascii_case("SUCCESS");
        if message_type.eq_ignore_ascii_case("Report") {
            let event = [event, status].join(" ").trim().to_owned();
            return Some(Inbound::TransportReport { event: masked(&event), failed });
        }
        if !message_type.is_empty() && !message_type.eq_ignore_ascii_case("Data") {
            return Some(Inbound::Unrecognised(Unrecognised::MessageType));
        }
        failed.then_some(Inbound::Unrecognised(Unrecognised::NotTransferred))
    }
}

/// What a file is. `head` is the file, or its first [`HEAD`] bytes at least; `control` is what came
/// with it, where anything did.
///
/// A cleaned list is recognised by its first row; that the others are like it is for
/// [`pair`](super::pair()) to find out.
#[must_use]
pub fn classify(head: &[u8], control: Option<&InboundControl>) -> Inbound {
    if let Some(verdict) = control.and_then(InboundControl::verdict) {
        return verdict;
    }
    let text = head.trim_ascii();
    match text {
        [] => return Inbound::EmptyList,
        [b'{' | b'[', ..] => return json(text),
        _ if !text.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\t' | b'\r' | b'\n')) => {
            return Inbound::Unrecognised(Unrecognised::NotText);
        }
        _ => {}
    }
    let mut lines = text.split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default();
    let Err(fault) = rows::parse(first) else { return Inbound::CleanedList };
    let letters = first.iter().any(u8::is_ascii_alphabetic);
    match fault {
        _ if letters && lines.next().is_none() => {
            Inbound::ErrorText { text: words_of_errors(&masked(&String::from_utf8_lossy(first))) }
        }
        _ if letters => Inbound::Unrecognised(Unrecognised::Text),
        RowFault::Number(error) => Inbound::Unrecognised(Unrecognised::NotAnNhsNumber(error)),
        RowFault::MoreThanANumber | RowFault::TooLong => {
            Inbound::Unrecognised(Unrecognised::MoreThanANumber)
        }
    }
}

fn json(text: &[u8]) -> Inbound {
    let Ok(serde_json::Value::Object(job)) = serde_json::from_slice(text) else {
        return Inbound::Unrecognised(Unrecognised::Json);
    };
    let (Some(stages), Some(_)) =
        (job.get("stages").and_then(|stages| stages.as_array()), job.get("id"))
    else {
        return Inbound::Unrecognised(Unrecognised::Json);
    };
    let word = |value: Option<&serde_json::Value>| Some(masked(value?.as_str()?));
    let failed = stages
        .iter()
        .filter(|stage| stage.get("passed").and_then(serde_json::Value::as_bool) == Some(false))
        .map(|stage| word(stage.get("stage")).unwrap_or_default())
        .collect();
    let local_id = job
        .get("metadata")
        .and_then(|metadata| metadata.get("request")?.get("extra")?.get("local_id")?.as_str())
        .map(ToString::to_string);
    Inbound::JobCreated { status: word(job.get("status")), local_id, failed }
}

/// The text with every word that is no usual one of an error as `…`.
fn words_of_errors(text: &str) -> String {
    let is_usual = |word: &str| WORDS.iter().any(|usual| usual.eq_ignore_ascii_case(word));
    let words = text.split_inclusive(|c: char| !c.is_alphabetic()).map(|word| {
        let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
        if letters.is_empty() || is_usual(letters) {
            word.to_owned()
        } else {
            word.replacen(letters, "…", 1)
        }
    });
    words.collect()
}

/// What a service says of a file that it refuses.
const WORDS: [&str; 48] = [
    "a",
    "an",
    "and",
    "are",
    "as",
    "be",
    "by",
    "cannot",
    "contain",
    "contains",
    "could",
    "does",
    "empty",
    "error",
    "failed",
    "file",
    "for",
    "format",
    "found",
    "has",
    "have",
    "in",
    "incorrect",
    "invalid",
    "is",
    "line",
    "lines",
    "missing",
    "more",
    "must",
    "NHS",
    "no",
    "not",
    "number",
    "numbers",
    "of",
    "on",
    "one",
    "only",
    "or",
    "record",
    "records",
    "rejected",
    "request",
    "the",
    "to",
    "valid",
    "was",
];

/// Text of others, short, on one line and without a digit that could be a patient's.
fn masked(text: &str) -> String {
    let shown = text.trim().chars().take(SHOWN);
    shown
        .map(|c| match c {
            _ if c.is_numeric() => '#',
            _ if c.is_control() => ' ',
            _ => c,
        })
        .collect()
}
