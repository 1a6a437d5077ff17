//! A page as it was before it was compressed, and never more of it than its header says.

use std::io::Read;
use std::vec::Vec;

use parquet::basic::Compression;

/// What does not become as many bytes as it should.
#[derive(Debug)]
pub(super) struct Damaged;

/// What unpacks the pages of one column.
#[derive(Default)]
pub(super) struct Unpacker {
    zstd: Option<zstd::bulk::Decompressor<'static>>,
}

/// Writes the bytes of one page behind what is there.
pub(super) fn unpack(
    unpacker: &mut Unpacker,
    compression: Compression,
    packed: &[u8],
    size: usize,
    into: &mut Vec<u8>,
) -> Result<(), Damaged> {
    let start = into.len();
    match compression {
        Compression::UNCOMPRESSED => into.extend_from_slice(packed),
        Compression::SNAPPY => {
            into.resize(start + size, 0);
            let room = into.get_mut(start..).ok_or(Damaged)?;
            let filled = snap::raw::Decoder::new().decompress(packed, room).map_err(|_| Damaged)?;
            into.truncate(start + filled);
        }
        Compression::ZSTD(_) => {
            into.resize(start + size, 0);
            let room = into.get_mut(start..).ok_or(Damaged)?;
            let zstd = match &mut unpacker.zstd {
                Some(zstd) => zstd,
                none => none.insert(zstd::bulk::Decompressor::new().map_err(|_| Damaged)?),
            };
            let filled = zstd.decompress_to_buffer(packed, room).map_err(|_| Damaged)?;
            into.truncate(start + filled);
        }
        Compression::GZIP(_) => read(flate2::read::MultiGzDecoder::new(packed), size, into)?,
        Compression::BROTLI(_) => {
            read(brotli::Decompressor::new(packed, size.clamp(1, READ)), size, into)?;
        }
        Compression::LZ4_RAW => block(packed, size, into)?,
        Compression::LZ4 => {
            // Three ways of writing it bear the same name.
            if framed_by_hadoop(packed, size, into).is_err() {
                into.truncate(start);
                if read(lz4_flex::frame::FrameDecoder::new(packed), size, into).is_err() {
                    into.truncate(start);
                    block(packed, size, into)?;
                }
            }
        }
        Compression::LZO => return Err(Damaged),
    }
    if into.len() == start + size { Ok(()) } else { Err(Damaged) }
}

/// Bytes read at a time.
const READ: usize = 1 << 16;

/// Up to one byte more than there should be, which then is too many.
fn read(from: impl Read, size: usize, into: &mut Vec<u8>) -> Result<(), Damaged> {
    from.take(size as u64 + 1).read_to_end(into).map(|_| ()).map_err(|_| Damaged)
}

fn block(packed: &[u8], size: usize, into: &mut Vec<u8>) -> Result<(), Damaged> {
    let start = into.len();
    into.resize(start + size, 0);
    let room = into.get_mut(start..).ok_or(Damaged)?;
    let filled = lz4_flex::block::decompress_into(packed, room).map_err(|_| Damaged)?;
    into.truncate(start + filled);
    Ok(())
}

/// Blocks, each behind its length and that of what is packed.
fn framed_by_hadoop(mut packed: &[u8], size: usize, into: &mut Vec<u8>) -> Result<(), Damaged> {
    let mut left = size;
    while !packed.is_empty() {
        let (whole, rest) = length(packed)?;
        let (packed_length, rest) = length(rest)?;
        left = left.checked_sub(whole).ok_or(Damaged)?;
        let (one, rest) = rest.split_at_checked(packed_length).ok_or(Damaged)?;
        let before = into.len();
        block(one, whole, into)?;
        if into.len() != before + whole {
            return Err(Damaged);
        }
        packed = rest;
    }
    if left == 0 { Ok(()) } else { Err(Damaged) }
}

fn length(bytes: &[u8]) -> Result<(usize, &[u8]), Damaged> {
    let (length, rest) = bytes.split_first_chunk().ok_or(Damaged)?;
    Ok((usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Damaged)?, rest))
}
