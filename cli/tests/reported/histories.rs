//! Type 1 entries that could be passed over.
