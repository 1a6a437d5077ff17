//! The constants of the header that are no words of the vocabulary: they are written down in `capi/src`.

/// Names without `OPTOUT_`, with their numbers.
pub struct Constants {
    all: Vec<(String, u32)>,
}

impl Constants {
    pub fn read(header: &str) -> Self {
        let defined = header.lines().filter_map(|line| {
            let (name, number) = line.strip_prefix("#define OPTOUT_")?.split_once(' ')?;
            Some((name.to_owned(), number.parse().ok()?))
        });
        Self { all: defined.collect() }
    }

    /// Those that begin so, by the rest of their names.
    pub fn of<'c>(&'c self, beginning: &'c str) -> impl Iterator<Item = (&'c str, u32)> {
        self.all
            .iter()
            .filter_map(move |(name, number)| Some((name.strip_prefix(beginning)?, *number)))
    }

    /// The number of a constant; none that is missing gives a number that no language accepts.
    pub fn number(&self, name: &str) -> String {
        self.all
            .iter()
            .find(|(own, _)| own == name)
            .map_or_else(|| format!("no {name}"), |(_, n)| n.to_string())
    }
}
