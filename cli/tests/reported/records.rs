//! Audit records that were altered, and what stands beside them.
