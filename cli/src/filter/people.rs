//! `[people]` of a request file: how rows name people, and how often they may not.

use optout::extract::ExtractError;
use serde::Deserialize;

use crate::error::Error;

/// `[people]`: how rows name people.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct PeopleTable {
    pub(crate) named_by: NamedBy,
    /// An empty field means that the record has no NHS number, and obtaining one is
    /// disproportionate.
    pub(crate) no_nhs_number: bool,
    /// The largest share of rows, in per cent, that may be so.
    pub(crate) no_nhs_number_at_most: Option<f64>,
    /// The largest share of rows, in per cent, in which something else stands where a person should
    /// be named.
    pub(crate) invalid_at_most: Option<f64>,
    /// The largest share of a column that names people, in per cent, that may be empty.
    pub(crate) empty_at_most: Option<f64>,
    /// It may be that nothing is known of anybody in a table.
    pub(crate) may_match_nobody: bool,
    /// Keys that differ only in capitals, zeros in front, `.0`, hyphens or braces are of two people.
    pub(crate) similar_keys_differ: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum NamedBy {
    #[default]
    NhsNumber,
    Key,
}

impl PeopleTable {
    /// What contradicts itself.
    pub(crate) fn check(&self) -> Result<(), String> {
        let wrong = |what: &str| Err(format!("[people]: {what}"));
        let shares = [
            ("no-nhs-number-at-most", self.no_nhs_number_at_most),
            ("invalid-at-most", self.invalid_at_most),
            ("empty-at-most", self.empty_at_most),
        ];
        for (key, share) in shares {
            if share.is_some_and(|share| !(0.0..=100.0).contains(&share)) {
                return wrong(&format!("`{key}` is a share from 0 to 100 per cent"));
            }
        }
        match (self.named_by, self.no_nhs_number, self.no_nhs_number_at_most) {
            (_, false, None) => {}
            (NamedBy::Key, ..) => {
                return wrong("keys have no NHS numbers; leave out `no-nhs-number`");
            }
            (_, true, None) => {
                return wrong(
                    "`no-nhs-number` needs `no-nhs-number-at-most`, the largest share of rows in per cent that may be so",
                );
            }
            (_, false, Some(_)) => {
                return wrong("`no-nhs-number-at-most` means nothing without `no-nhs-number`");
            }
            (_, true, Some(_)) if self.empty_at_most.is_some() => {
                return wrong(
                    "with `no-nhs-number`, the limit of empty fields is `no-nhs-number-at-most`; leave out `empty-at-most`",
                );
            }
            (_, true, Some(_)) => {}
        }
        match self.named_by {
            NamedBy::NhsNumber if self.similar_keys_differ => {
                wrong("`similar-keys-differ` is said of keys, and people are named by NHS number")
            }
            NamedBy::NhsNumber | NamedBy::Key => Ok(()),
        }
    }
}

/// What stopped a table, and what to do.
pub(super) fn stopped(error: &ExtractError) -> Error {
    let said = Error::new(error);
    match error {
        ExtractError::TooManyInvalid { likely, .. } => said.hint(likely).hint(
            "such rows are withheld; `invalid-at-most` under [people] says how many per cent are no mistake",
        ),
        ExtractError::TooManyEmpty { .. } => said.hint("is it the column that names people?").hint(
            "such rows are withheld; `empty-at-most` under [people] says how many per cent are no mistake",
        ),
        ExtractError::NobodyNamed { likely, .. } => said
            .hint(if likely.is_empty() { "is it the column that names people?" } else { likely })
            .hint("say `empty-at-most = 100` or `invalid-at-most = 100` under [people] when nobody is meant to be named"),
        ExtractError::Read { .. }
        | ExtractError::Write { .. }
        | ExtractError::Malformed { .. }
        | ExtractError::Form { .. }
        | ExtractError::TooManyUnnamed { .. }
        | ExtractError::Stopped
        | _ => said,
    }
}
