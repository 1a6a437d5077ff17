//! The header of a page.

use super::thrift::{Compact, Damaged, FALSE, Field, TRUE};

/// What a page says of itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    pub(super) of: Of,
    /// Bytes in the file behind the header.
    pub(super) packed: usize,
    /// Bytes before they were compressed.
    pub(super) size: usize,
    pub(super) checksum: Option<u32>,
}

/// What a page holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    Dictionary(Dictionary),
    First(First),
    Second(Second),
    /// Nothing that a reader needs.
    Index,
}

/// The values that data pages point at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dictionary {
    pub(super) entries: u32,
    pub(super) encoding: i32,
}

/// A data page of the first version.
#[derive(Clone, Copy, Debug)]
pub(super) struct First {
    pub(super) levels: u32,
    pub(super) encoding: i32,
    pub(super) defined: i32,
    pub(super) repeated: i32,
}

/// A data page of the second version.
#[derive(Clone, Copy, Debug)]
pub(super) struct Second {
    pub(super) levels: u32,
    pub(super) nulls: u32,
    pub(super) rows: u32,
    pub(super) encoding: i32,
    /// Bytes of the levels, which are not compressed.
    pub(super) defined: u32,
    pub(super) repeated: u32,
    pub(super) compressed: bool,
}

impl Header {
    /// The encoding of the values of a data page.
    pub(super) fn encoding(&self) -> Option<i32> {
        match self.of {
            Of::First(of) => Some(of.encoding),
            Of::Second(of) => Some(of.encoding),
            Of::Dictionary(_) | Of::Index => None,
        }
    }

    /// The header at the front, and its length. It may not be whole yet.
    pub(super) fn read(bytes: &[u8]) -> Result<(Self, usize), Damaged> {
        let mut rest = Compact::new(bytes);
        let fields = Fields(rest.fields()?);
        let of = match fields.whole(1)? {
            0 => {
                let page = fields.of(5)?;
                Of::First(First {
                    levels: page.count(1)?,
                    encoding: page.whole(2)?,
                    defined: page.whole(3)?,
                    repeated: page.whole(4)?,
                })
            }
            1 => Of::Index,
            2 => {
                let page = fields.of(7)?;
                Of::Dictionary(Dictionary { entries: page.count(1)?, encoding: page.whole(2)? })
            }
            3 => Of::Second(second(&fields.of(8)?)?),
            _ => return Err(Damaged),
        };
        let size = |id| usize::try_from(fields.count(id)?).map_err(|_| Damaged);
        let checksum = match fields.get(4) {
            Some(field) => Some(field.short()?.cast_unsigned()),
            None => None,
        };
        let header = Self { of, packed: size(3)?, size: size(2)?, checksum };
        Ok((header, bytes.len() - rest.rest.len()))
    }
}

fn second(page: &Fields<'_>) -> Result<Second, Damaged> {
    Ok(Second {
        levels: page.count(1)?,
        nulls: page.count(2)?,
        rows: page.count(3)?,
        encoding: page.whole(4)?,
        defined: page.count(5)?,
        repeated: page.count(6)?,
        compressed: match page.get(7).map(|field| field.kind) {
            None | Some(TRUE) => true,
            Some(FALSE) => false,
            Some(_) => return Err(Damaged),
        },
    })
}

struct Fields<'a>(std::vec::Vec<Field<'a>>);

impl<'a> Fields<'a> {
    fn get(&self, id: i16) -> Option<&Field<'a>> {
        self.0.iter().find(|field| field.id == id)
    }

    fn of(&self, id: i16) -> Result<Self, Damaged> {
        self.get(id).ok_or(Damaged)?.fields().map(Self)
    }

    fn whole(&self, id: i16) -> Result<i32, Damaged> {
        self.get(id).ok_or(Damaged)?.short()
    }

    /// A number that is not negative.
    fn count(&self, id: i16) -> Result<u32, Damaged> {
        u32::try_from(self.whole(id)?).map_err(|_| Damaged)
    }
}
