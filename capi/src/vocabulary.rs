//! Every code of the specification as a constant, with the specification's number. They stand in
//! the header in this order.

mod question;

mod patient;

mod nhs_number;

mod answer;

mod clause;

mod explanation;

pub use answer::*;
pub use clause::*;
pub use explanation::*;
pub use nhs_number::*;
pub use patient::*;
pub use question::*;
