//! The parts of a data page.

use parquet::basic::Encoding;
use parquet::column::page::Page;

use super::chunk::Chunk;
use super::header::{First, Header, Of, Second};
use super::thrift::Damaged;

/// Levels, and values behind them.
pub(super) struct Body<'a> {
    pub(super) levels: u32,
    pub(super) encoding: Encoding,
    /// Repetition levels in runs, where there are any.
    pub(super) repeated: Option<&'a [u8]>,
    pub(super) values: &'a [u8],
}

impl<'a> Body<'a> {
    pub(super) fn of(page: &'a Page, header: &Header, chunk: &Chunk) -> Result<Self, Damaged> {
        let bytes = page.buffer();
        let lists = chunk.column.max_rep_level() > 0;
        match header.of {
            Of::First(First { levels, .. }) => {
                let Page::DataPage { encoding, def_level_encoding, rep_level_encoding, .. } = page
                else {
                    return Err(Damaged);
                };
                #[expect(deprecated, reason = "it may stand in an old file")]
                if lists && *rep_level_encoding == Encoding::BIT_PACKED {
                    return Err(Damaged);
                }
                let most = [chunk.column.max_rep_level(), chunk.column.max_def_level()];
                let (repeated, rest) = first(bytes, *rep_level_encoding, most[0], levels)?;
                let (_, values) = first(rest, *def_level_encoding, most[1], levels)?;
                Ok(Self {
                    levels,
                    encoding: *encoding,
                    repeated: lists.then_some(repeated),
                    values,
                })
            }
            Of::Second(Second { levels, nulls, defined, repeated, .. }) => {
                let Page::DataPageV2 { encoding, .. } = page else { return Err(Damaged) };
                if nulls > levels {
                    return Err(Damaged);
                }
                let (repeated, rest) = bytes.split_at_checked(repeated as usize).ok_or(Damaged)?;
                let values = rest.get(defined as usize..).ok_or(Damaged)?;
                Ok(Self {
                    levels,
                    encoding: *encoding,
                    repeated: lists.then_some(repeated),
                    values,
                })
            }
            Of::Dictionary(_) | Of::Index => Err(Damaged),
        }
    }
}

/// The levels at the front of a page of the first version, and what stands behind them.
fn first(
    bytes: &[u8],
    encoding: Encoding,
    most: i16,
    levels: u32,
) -> Result<(&[u8], &[u8]), Damaged> {
    if most == 0 {
        return Ok((&[], bytes));
    }
    if encoding == Encoding::RLE {
        let (length, rest) = bytes.split_first_chunk().ok_or(Damaged)?;
        return rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or(Damaged);
    }
    // Written by tools of long ago, and never with lists by any that is known.
    #[expect(deprecated, reason = "it may stand in an old file")]
    if encoding == Encoding::BIT_PACKED {
        let bits = u64::from(u32::BITS - u32::from(most.unsigned_abs()).leading_zeros());
        let length = (bits * u64::from(levels)).div_ceil(8);
        return bytes
            .split_at_checked(usize::try_from(length).map_err(|_| Damaged)?)
            .ok_or(Damaged);
    }
    Err(Damaged)
}
