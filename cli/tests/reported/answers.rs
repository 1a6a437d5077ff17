//! Answers of the national check: what was sent is none, and a share that is not plausible stops.
