//! Who issues the NHS numbers of a range.
//!
//! Written by `cargo xtask generate` from the tables of the library.

/// The size of an NHS number as a text: ten digits and a NUL.
pub const OPTOUT_NHS_NUMBER_SIZE: usize = 11;

/// Who issues the numbers of a range, as far as is publicly known: one of `OPTOUT_RANGE_*`. It is
/// reported, and no ground for refusing a number.
///
/// `not-in-use`: not known to be issued by anyone.
pub const OPTOUT_RANGE_NOT_IN_USE: u32 = 1;

/// `scotland`: a Community Health Index number of Scotland.
pub const OPTOUT_RANGE_SCOTLAND: u32 = 2;

/// `northern-ireland`: a Health and Care number of Northern Ireland.
pub const OPTOUT_RANGE_NORTHERN_IRELAND: u32 = 3;

/// `england-wales-man`: an NHS number of England, Wales or the Isle of Man.
pub const OPTOUT_RANGE_ENGLAND_WALES_MAN: u32 = 4;

/// `ireland`: an Individual Health Identifier of the Republic of Ireland.
pub const OPTOUT_RANGE_IRELAND: u32 = 5;

/// `test`: never issued: synthetic and test data.
pub const OPTOUT_RANGE_TEST: u32 = 6;
