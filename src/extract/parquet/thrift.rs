//! Thrift's compact protocol, as far as the counts and lengths of a Parquet file need it: they are
//! looked at here before the reader's library makes room for what they say.

use std::vec::Vec;

/// Structures within each other, at most.
const DEPTH: usize = 16;

/// What is not in the protocol, or ends too soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Damaged;

type Result<T> = core::result::Result<T, Damaged>;

/// The types of fields and elements.
pub(super) const TRUE: u8 = 1;
pub(super) const FALSE: u8 = 2;
const BYTE: u8 = 3;
const I16: u8 = 4;
pub(super) const I32: u8 = 5;
pub(super) const I64: u8 = 6;
const DOUBLE: u8 = 7;
pub(super) const BINARY: u8 = 8;
pub(super) const LIST: u8 = 9;
const SET: u8 = 10;
pub(super) const STRUCT: u8 = 12;

/// A field of a structure: its number, its type, and what it holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    pub(super) id: i16,
    pub(super) kind: u8,
    pub(super) held: &'a [u8],
}

impl<'a> Field<'a> {
    /// A whole number of 32 or 64 bits.
    pub(super) fn whole(&self) -> Result<i64> {
        if self.kind == I32 || self.kind == I64 {
            Compact::new(self.held).whole()
        } else {
            Err(Damaged)
        }
    }

    /// A whole number of 32 bits.
    pub(super) fn short(&self) -> Result<i32> {
        i32::try_from(self.whole()?).map_err(|_| Damaged)
    }

    pub(super) fn fields(&self) -> Result<Vec<Field<'a>>> {
        if self.kind == STRUCT { Compact::new(self.held).fields() } else { Err(Damaged) }
    }

    /// The elements of a list of structures, each as it stands.
    pub(super) fn structs(&self) -> Result<Structs<'a>> {
        if self.kind != LIST {
            return Err(Damaged);
        }
        let mut rest = Compact::new(self.held);
        let (kind, left) = rest.list()?;
        if kind == STRUCT || left == 0 { Ok(Structs { rest, left }) } else { Err(Damaged) }
    }
}

/// The elements of a list of structures.
pub(super) struct Structs<'a> {
    rest: Compact<'a>,
    left: usize,
}

impl<'a> Iterator for Structs<'a> {
    type Item = Result<Vec<Field<'a>>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        Some(self.rest.fields())
    }
}

/// Bytes that are still to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compact<'a> {
    pub(super) rest: &'a [u8],
}

impl<'a> Compact<'a> {
    pub(super) fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    /// The fields of a structure, up to its end. A number that stands twice is damage: readers
    /// disagree which of the two holds.
    pub(super) fn fields(&mut self) -> Result<Vec<Field<'a>>> {
        let (mut fields, mut last) = (Vec::new(), 0);
        while let Some((id, kind)) = self.field(last)? {
            let before = self.rest;
            self.skip(kind, DEPTH)?;
            let held = before.get(..before.len() - self.rest.len()).ok_or(Damaged)?;
            if fields.iter().any(|field: &Field<'_>| field.id == id) {
                return Err(Damaged);
            }
            fields.push(Field { id, kind, held });
            last = id;
        }
        Ok(fields)
    }

    fn byte(&mut self) -> Result<u8> {
        let (first, rest) = self.rest.split_first().ok_or(Damaged)?;
        self.rest = rest;
        Ok(*first)
    }

    fn pass(&mut self, bytes: usize) -> Result<()> {
        self.rest = self.rest.get(bytes..).ok_or(Damaged)?;
        Ok(())
    }

    /// A text behind its length.
    pub(super) fn binary(&mut self) -> Result<&'a [u8]> {
        let length = usize::try_from(self.varint()?).map_err(|_| Damaged)?;
        let (text, rest) = self.rest.split_at_checked(length).ok_or(Damaged)?;
        self.rest = rest;
        Ok(text)
    }

    fn varint(&mut self) -> Result<u64> {
        let mut value = 0;
        for shift in (0..70).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift.min(63);
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(Damaged)
    }

    fn whole(&mut self) -> Result<i64> {
        let value = self.varint()?;
        Ok((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    /// The number and type of the next field, or the end of the structure.
    fn field(&mut self, last: i16) -> Result<Option<(i16, u8)>> {
        let byte = self.byte()?;
        if byte == 0 {
            return Ok(None);
        }
        let id = match byte >> 4 {
            0 => i16::try_from(self.whole()?).map_err(|_| Damaged)?,
            more => last.checked_add(i16::from(more)).ok_or(Damaged)?,
        };
        Ok(Some((id, byte & 0x0f)))
    }

    /// The type and number of elements, each of which takes a byte at least.
    fn list(&mut self) -> Result<(u8, usize)> {
        let byte = self.byte()?;
        let count = match byte >> 4 {
            15 => usize::try_from(self.varint()?).map_err(|_| Damaged)?,
            few => usize::from(few),
        };
        // Some tools write no type where there are no elements.
        let kind = byte & 0x0f;
        let is_type = (TRUE..=STRUCT).contains(&kind) || byte == 0;
        if count > self.rest.len() || !is_type { Err(Damaged) } else { Ok((kind, count)) }
    }

    fn skip(&mut self, kind: u8, depth: usize) -> Result<()> {
        let depth = depth.checked_sub(1).ok_or(Damaged)?;
        match kind {
            TRUE | FALSE => Ok(()),
            BYTE => self.pass(1),
            I16 | I32 | I64 => self.varint().map(|_| ()),
            DOUBLE => self.pass(8),
            BINARY => self.binary().map(|_| ()),
            LIST | SET => {
                let (kind, count) = self.list()?;
                for _ in 0..count {
                    // In a list a truth takes a byte.
                    if kind == TRUE || kind == FALSE {
                        self.pass(1)
                    } else {
                        self.skip(kind, depth)
                    }?;
                }
                Ok(())
            }
            STRUCT => {
                let mut last = 0;
                while let Some((id, kind)) = self.field(last)? {
                    self.skip(kind, depth)?;
                    last = id;
                }
                Ok(())
            }
            // A map stands nowhere in Parquet.
            _ => Err(Damaged),
        }
    }
}

/// Writes the header of a field, whose number follows that of the one before.
pub(super) fn write_field(into: &mut Vec<u8>, last: i16, field: &Field<'_>) {
    if let Ok(more @ 1..=15) = u8::try_from(i32::from(field.id) - i32::from(last)) {
        into.push(more << 4 | field.kind);
    } else {
        into.push(field.kind);
        let id = i64::from(field.id);
        write_varint(into, ((id << 1) ^ (id >> 63)).cast_unsigned());
    }
    into.extend_from_slice(field.held);
}

/// Writes the head of a list of structures.
pub(super) fn write_structs(into: &mut Vec<u8>, count: usize) {
    if let Ok(few @ 0..15) = u8::try_from(count) {
        into.push(few << 4 | STRUCT);
    } else {
        into.push(15 << 4 | STRUCT);
        write_varint(into, count as u64);
    }
}

fn write_varint(into: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        into.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    into.push((value & 0x7f) as u8);
}
