//! Speed of the records module; see the targets beside each group.

fn main() {}
