//! The people of the benchmark, by a seed: 60 million asked of the 300 million numbers of England,
//! 3.3 million of them opted out.

use optout::Date;
use optout::record::national::{Control, LineEnding, Manifest, Request};
use optout::record::register::{Builder, MaxAge, Sources, View};
use optout::record::{Existing, NhsNumber, Register};

use super::flat::Flat;

const CHECKED: Date = Date::ymd(2026, 6, 1);

pub struct World {
    /// Ascending.
    pub asked: Vec<NhsNumber>,
    pub opted_out: Vec<NhsNumber>,
    pub flat: Flat,
    pub set: Request,
}

/// Splitmix64 of a number.
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn is_opted_out(number: NhsNumber) -> bool {
    mix(u64::from(number.first_nine()) + (1 << 40)) % 1000 < 55
}

pub fn few(count: usize) -> Vec<NhsNumber> {
    (0..)
        .filter_map(|i| NhsNumber::from_first_nine((mix(i) % 1_000_000_000) as u32))
        .take(count)
        .collect()
}

impl World {
    pub fn new() -> Self {
        let candidates = (400_000_000..500_000_000).chain(600_000_000..800_000_000);
        let asked: Vec<_> = candidates
            .filter(|first_nine| mix(u64::from(*first_nine)) % 100 < 22)
            .filter_map(NhsNumber::from_first_nine)
            .collect();
        let opted_out: Vec<_> = asked.iter().copied().filter(|n| is_opted_out(*n)).collect();
        let flat = Flat::new(&asked, is_opted_out);
        let mut set = Request::new();
        for number in &asked {
            set.add(&number.to_digits()).unwrap();
        }
        Self { asked, opted_out, flat, set }
    }

    pub fn request(&self) -> (Vec<u8>, Manifest) {
        let directory = tempfile::tempdir().unwrap();
        let control = Control::new("AAAOT001", "BBBHC001", "bench", "bench").unwrap();
        let stem = directory.path().join("bench");
        let manifest = self.set.write_files(&stem, &control, CHECKED, LineEnding::Lf).unwrap();
        (std::fs::read(directory.path().join("bench.dat")).unwrap(), manifest)
    }

    pub fn response(&self) -> Vec<u8> {
        let clear = self.asked.iter().filter(|number| !is_opted_out(**number));
        clear.flat_map(|number| number.to_digits().into_iter().chain(*b",\n")).collect()
    }

    pub fn register_file(&self) -> tempfile::NamedTempFile {
        let mut builder = Builder::new();
        for number in &self.asked {
            builder.ask(*number);
        }
        for number in self.asked.iter().filter(|number| !is_opted_out(**number)) {
            let _ = builder.answer(*number);
        }
        let register = builder.finish(CHECKED, Sources::default()).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        register.write(file.path(), Existing::Replace).unwrap();
        file
    }

    /// Four million of the asked, in three orders.
    pub fn orders(&self) -> [(&'static str, Vec<NhsNumber>); 3] {
        let count = 4_000_000;
        let any = |i: u64| self.asked[(mix(i + (1 << 41)) % self.asked.len() as u64) as usize];
        let random: Vec<_> = (0..count).map(any).collect();
        let mut sorted = random.clone();
        sorted.sort();
        let neighbours = self.asked[..count as usize].to_vec();
        [("random", random), ("sorted", sorted), ("neighbours", neighbours)]
    }
}

pub fn view(register: &Register) -> View<'_> {
    register.at(CHECKED, MaxAge::days(21))
}
