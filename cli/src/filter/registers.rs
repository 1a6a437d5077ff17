//! `[register]` of a request file, or several as `[[register]]`: national checks.

use std::fmt;
use std::path::PathBuf;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A register of a national check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RegisterTable {
    pub(crate) file: PathBuf,
    pub(crate) max_age_days: u16,
}

/// Reads one table, or a list of them.
pub(crate) fn registers<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<RegisterTable>, D::Error> {
    struct OneOrMore;
    impl<'de> Visitor<'de> for OneOrMore {
        type Value = Vec<RegisterTable>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("`[register]` with `file` and `max-age-days`, or several as `[[register]]`")
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            RegisterTable::deserialize(MapAccessDeserializer::new(map)).map(|one| vec![one])
        }
        fn visit_seq<A: SeqAccess<'de>>(self, all: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(all))
        }
    }
    deserializer.deserialize_any(OneOrMore)
}
