//! Several sources of one opt-out: what they come to for one person (specification, section 8).
//!
//! Whatever the sources are, registers, lists or histories, an opt-out prevails, then not knowing,
//! then none. Only among registers of the national check does an answer prevail over not having been
//! asked, and of several answers that of the latest check. This is the only place that says so.

#[cfg(any(feature = "extract", test))]
use crate::Date;
use crate::{National, Programme, Type1};

/// What one source, or several together, say of one opt-out of a person: from the weakest to what
/// stands against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Says {
    None,
    Unknown,
    OptedOut,
}

impl Says {
    /// What this source and another say together; a source that is not there says nothing.
    #[inline]
    pub(crate) fn beside(self, other: Option<Self>) -> Self {
        other.map_or(self, |other| self.max(other))
    }

    /// What a national status says of the national opt-out.
    #[inline]
    pub(crate) const fn of_national(status: National) -> Self {
        match status {
            National::None => Self::None,
            National::OptedOut => Self::OptedOut,
            National::Unknown | National::NoNhsNumber => Self::Unknown,
        }
    }

    pub(crate) const fn type1(self) -> Type1 {
        match self {
            Self::None => Type1::None,
            Self::Unknown => Type1::Unknown,
            Self::OptedOut => Type1::Dissent,
        }
    }

    pub(crate) const fn national(self) -> National {
        match self {
            Self::None => National::None,
            Self::Unknown => National::Unknown,
            Self::OptedOut => National::OptedOut,
        }
    }

    pub(crate) const fn programme(self) -> Programme {
        match self {
            Self::None => Programme::None,
            Self::Unknown => Programme::Unknown,
            Self::OptedOut => Programme::OptedOut,
        }
    }
}

/// What several registers say of a person, each with the day of its check. On one day an opt-out
/// prevails.
#[cfg(any(feature = "extract", test))]
pub(crate) fn of_registers(answers: impl IntoIterator<Item = (Date, National)>) -> National {
    let mut latest: Option<(Date, Says)> = None;
    for (checked, status) in answers {
        let says = Says::of_national(status);
        if says == Says::Unknown {
            continue;
        }
        latest = Some(match latest {
            Some((day, before)) if day > checked => (day, before),
            Some((day, before)) if day == checked => (day, says.beside(Some(before))),
            Some(_) | None => (checked, says),
        });
    }
    latest.map_or(National::Unknown, |(_, says)| says.national())
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::{Says, of_registers};
    use crate::{Date, National};

    /// "For each person an opt-out prevails, then not knowing, then none": one and another source,
    /// and what they come to, in either order. `-` is a source that is not there.
    const TWO_SOURCES: &str = "
        opted-out opted-out opted-out
        opted-out unknown   opted-out
        opted-out none      opted-out
        opted-out -         opted-out
        unknown   unknown   unknown
        unknown   none      unknown
        unknown   -         unknown
        none      none      none
        none      -         none
    ";

    /// "Only among registers of the national check does an answer prevail over not having been asked;
    /// among several answers the latest check prevails": the earlier and the later register.
    const TWO_REGISTERS: &str = "
        opted-out opted-out opted-out
        opted-out none      none
        opted-out unknown   opted-out
        none      opted-out opted-out
        none      none      none
        none      unknown   none
        unknown   opted-out opted-out
        unknown   none      none
        unknown   unknown   unknown
    ";

    fn says(word: &str) -> Option<Says> {
        match word {
            "opted-out" => Some(Says::OptedOut),
            "unknown" => Some(Says::Unknown),
            "none" => Some(Says::None),
            _ => None,
        }
    }

    fn national(word: &str) -> National {
        says(word).unwrap().national()
    }

    fn rows(table: &'static str) -> Vec<[&'static str; 3]> {
        let words = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        words.filter(|row| !row.is_empty()).map(|row| [row[0], row[1], row[2]]).collect()
    }

    #[test]
    fn an_opt_out_prevails_then_not_knowing_then_none() {
        assert_eq!(rows(TWO_SOURCES).len(), 9);
        for [one, other, together] in rows(TWO_SOURCES) {
            let together = says(together).unwrap();
            assert_eq!(says(one).unwrap().beside(says(other)), together, "{one} {other}");
            if let Some(other) = says(other) {
                assert_eq!(other.beside(says(one)), together, "{other:?} {one}");
            }
        }
        // Of three sources neither the order nor the grouping matters.
        let all = [Says::None, Says::Unknown, Says::OptedOut];
        for a in all {
            for b in all {
                for c in all {
                    let left = a.beside(Some(b)).beside(Some(c));
                    assert_eq!(left, a.beside(Some(b.beside(Some(c)))));
                    assert_eq!(left, c.beside(Some(a)).beside(Some(b)));
                }
            }
        }
    }

    #[test]
    fn among_registers_the_latest_answer_prevails() {
        let [earlier, later] = [Date::ymd(2026, 6, 1), Date::ymd(2026, 6, 2)];
        assert_eq!(rows(TWO_REGISTERS).len(), 9);
        for [first, second, together] in rows(TWO_REGISTERS) {
            let (one, other) = ((earlier, national(first)), (later, national(second)));
            let together = national(together);
            assert_eq!(of_registers([one, other]), together, "{first} {second}");
            assert_eq!(of_registers([other, one]), together, "{second} {first}");
            // A third that was not asked changes nothing, whenever it was made.
            for day in [earlier, later] {
                let third = (day, National::Unknown);
                assert_eq!(of_registers([third, one, other]), together);
                assert_eq!(of_registers([one, other, third]), together);
            }
        }
        // On one day, an opt-out prevails; no answer at all is unknown.
        let both = [(later, National::None), (later, National::OptedOut)];
        assert_eq!(of_registers(both), National::OptedOut);
        assert_eq!(of_registers([both[1], both[0]]), National::OptedOut);
        assert_eq!(of_registers([]), National::Unknown);
    }

    #[test]
    fn each_status_says_itself() {
        for (status, says) in [
            (National::Unknown, Says::Unknown),
            (National::None, Says::None),
            (National::OptedOut, Says::OptedOut),
            (National::NoNhsNumber, Says::Unknown),
        ] {
            assert_eq!(Says::of_national(status), says);
        }
    }
}
