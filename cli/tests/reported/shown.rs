//! What is shown and recorded of what a person gave.
