//! What a person's name in a row looks like, said by those who know people.

/// How people are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// By a number, which has a form.
    Number,
    /// By a key, which can be anything.
    Other,
    /// By one of both: the fields tell.
    Unsaid,
}

/// What is known of the fields that name people.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub(crate) kind: Kind,
    /// Whether a field is somebody's number, whatever separates its digits.
    pub(crate) is_number: fn(&[u8]) -> bool,
    /// Whether it is one, or would be but for its digits.
    pub(crate) looks_like: fn(&[u8]) -> bool,
    /// Whether it cannot be the name of a column: a number in any form, or a word for none.
    pub(crate) is_no_name: fn(&[u8]) -> bool,
}
