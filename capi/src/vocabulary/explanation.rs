//! What an explanation is asked for.

/// For `optout_explain`: English for people, in lines of at most 80 characters.
pub const OPTOUT_EXPLAIN_TEXT: u32 = 1;

/// For `optout_explain`: one line of JSON for programs.
pub const OPTOUT_EXPLAIN_JSON: u32 = 2;

/// For `optout_explain`, instead of a patient: the ruling alone.
pub const OPTOUT_EXPLAIN_NO_PATIENT: u32 = 256;

/// For `optout_clauses`: as many clauses as a decision can ever stand on.
pub const OPTOUT_CLAUSES_MAX: usize = 64;
