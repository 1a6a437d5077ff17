//! Several sources of one opt-out, and sources that nothing asks for.
