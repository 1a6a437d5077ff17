//! What one reader of a table refuses, every reader refuses.
