//! A column that does not name people.
