//! The policy specification as tests.

mod oracle;
