//! A first row that is a person, and no header.
