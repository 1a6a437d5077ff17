//! The id of a line that is not a question.

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::Id;
use super::reader::{Object, Reader, Stop};

/// The id of a line that is not a question, as far as it can be read: none when the line is not an
/// object, breaks off before the id is complete, or has several.
///
/// # Errors
/// There is not enough memory to look for it.
pub(super) fn recover_id(line: &[u8]) -> Result<Id<'_>, Stop> {
    let mut found = Found { ids: 0, id: None };
    let mut reader = Reader::new(line);
    if reader.skip_space() == Some(b'{') {
        let read = reader.object(|map| found.read(map));
        // What else stops the search is what is wrong with the line, and has been said.
        if let Err(stop) = read
            && stop.is_no_memory()
        {
            return Err(stop);
        }
    }
    let complete = |json: &[u8]| {
        let after = json.as_ptr().addr().wrapping_sub(line.as_ptr().addr()) + json.len();
        json.first() == Some(&b'"')
            || line.get(after).is_some_and(|byte| b" \t\r\n,}".contains(byte))
    };
    let only = found.id.filter(|json| found.ids == 1 && complete(json));
    Ok(only.and_then(|json| Id::of(str::from_utf8(json).ok()?)).unwrap_or(Id::NONE))
}

struct Found<'a> {
    ids: usize,
    id: Option<&'a [u8]>,
}

impl<'a> Found<'a> {
    fn read(&mut self, mut map: Object<'_, 'a>) -> Result<(), Stop> {
        while let Some(is_id) = map.next_key_seed(IsId)? {
            // Counted first: one that breaks off is one.
            self.ids += usize::from(is_id);
            let value = map.next_raw()?;
            if is_id {
                self.id = Some(value);
            }
        }
        Ok(())
    }
}

/// Whether a key is that of the id.
struct IsId;

impl<'de> DeserializeSeed<'de> for IsId {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for IsId {
    type Value = bool;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<bool, E> {
        Ok(key == "id")
    }
}
