//! From what was recorded to a patient's byte (specification, section 8).
//!
//! Whatever was not asked, not read, too old or in doubt is `unknown`, which blocks wherever an
//! opt-out binds. No message and no `Debug` text of this module shows a patient's number.

#[cfg(feature = "csv")]
pub mod columns;
mod digest;
mod file;
mod flush;
#[cfg(feature = "csv")]
pub(crate) mod form;
pub mod list;
mod looks;
pub mod national;
pub mod nhs_number;
mod number_set;
pub mod register;
mod rows;
mod says;
pub mod shown;
pub mod type1;

pub use digest::{Digest, DigestError, Digesting};
pub use file::Existing;
#[cfg(feature = "extract")]
pub(crate) use file::{directory_of, sync_directory, write_whole};
pub use flush::FlushedFile;
#[cfg(feature = "extract")]
pub(crate) use flush::Flusher;
pub use list::{Key, List, ListOf, Lists, Members, Others};
#[cfg(feature = "extract")]
pub(crate) use looks::Look;
pub use looks::Looks;
pub(crate) use looks::thousands;
pub use nhs_number::{NhsNumber, NhsNumberError, NumberRange};
pub use number_set::NumberSet;
pub use register::{MaxAge, Register};
pub use rows::{RowError, RowFault, RowsError};
#[cfg(feature = "extract")]
pub(crate) use says::of_registers;
