//! The schema of a file, and types in it that the reader's library does not know.

use std::string::String;
use std::vec::Vec;

use super::thrift::{BINARY, Compact, Damaged, Field, write_field, write_structs};

/// Groups within each other, at most.
const DEPTH: usize = 64;
/// The logical types and the older notes that the library knows.
const LOGICAL: core::ops::RangeInclusive<i16> = 1..=19;
const NOTED: core::ops::RangeInclusive<i32> = 0..=21;

/// The fields of an element of the schema.
const PHYSICAL: i16 = 1;
const NAME: i16 = 4;
const CHILDREN: i16 = 5;
const NOTE: i16 = 6;
const TYPE: i16 = 10;

/// The schema as it stands in the file.
#[derive(Debug, Default)]
pub(super) struct Schema {
    /// As it is written, to be written again.
    pub(super) written: Vec<u8>,
    /// Without the types that are not known, where there are any.
    pub(super) known: Option<Vec<u8>>,
    /// The leaves whose type is not known.
    pub(super) unknown: Vec<usize>,
    /// The paths of the leaves.
    pub(super) leaves: Vec<String>,
}

impl Schema {
    /// Looks through the elements, each of which is followed by its children.
    pub(super) fn look(field: &Field<'_>) -> Result<Self, Damaged> {
        let mut schema = Self { written: field.held.to_vec(), ..Self::default() };
        let elements = field.structs()?.collect::<Result<Vec<_>, _>>()?;
        let mut known = Vec::new();
        write_structs(&mut known, elements.len());
        // For each open group the children that are still to come, and the length of its path.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut path = String::new();
        for (at, element) in elements.iter().enumerate() {
            while let Some((0, _)) = open.last() {
                open.pop();
            }
            if at > 0 {
                let (left, before) = open.last_mut().ok_or(Damaged)?;
                *left -= 1;
                path.truncate(*before);
            }
            let find = |id| element.iter().find(|field| field.id == id);
            if at > 0 {
                let name = text(find(NAME).ok_or(Damaged)?)?;
                path.push_str(if path.is_empty() { "" } else { "." });
                path.push_str(&name);
            }
            let stays = |field: &&Field<'_>| match field.id {
                TYPE => is_known(field),
                NOTE => field.short().is_ok_and(|note| NOTED.contains(&note)),
                _ => true,
            };
            let kept: Vec<_> = element.iter().filter(stays).collect();
            let mut last = 0;
            for field in &kept {
                write_field(&mut known, last, field);
                last = field.id;
            }
            known.push(0);
            let children = find(CHILDREN).map_or(Ok(0), Field::short)?;
            let children = usize::try_from(children).map_err(|_| Damaged)?;
            if children > elements.len() - at - 1 || open.len() >= DEPTH {
                return Err(Damaged);
            }
            if kept.len() < element.len() {
                schema.known = Some(Vec::new());
                if children == 0 {
                    schema.unknown.push(schema.leaves.len());
                }
            }
            if children > 0 || at == 0 {
                open.push((children, path.len()));
            } else if find(PHYSICAL).is_some() {
                schema.leaves.push(path.clone());
            }
        }
        if open.iter().any(|(left, _)| *left > 0) {
            return Err(Damaged);
        }
        schema.known = schema.known.map(|_| known);
        Ok(schema)
    }
}

/// A logical type is one of several structures.
fn is_known(field: &Field<'_>) -> bool {
    field.fields().is_ok_and(|of| of.iter().all(|of| LOGICAL.contains(&of.id) && of.id != 9))
}

fn text(field: &Field<'_>) -> Result<String, Damaged> {
    let bytes = Compact::new(field.held).binary()?;
    if field.kind == BINARY {
        core::str::from_utf8(bytes).map(String::from).map_err(|_| Damaged)
    } else {
        Err(Damaged)
    }
}
