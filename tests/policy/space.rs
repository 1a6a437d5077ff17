//! The finite space of disclosures, every one of them judged once, for the laws to range over.
//!
//! Origin x boundary x identifiability x purpose x every set of bases x every set of conditions, but
//! for the contradictions. A disclosure's table holds the decisions for all 256 patients, so a law
//! over tables is a law over all patients. There are far fewer different tables than disclosures, so
//! a law asks which tables occur where ([`Space::tables_where`]) or beside which others
//! ([`Space::pairs`]), and then looks at each once.
//!
//! Debug builds take one purpose of each class, and the one that has a rule of its own, with no
//! basis, one or two; `OPTOUT_SPACE` (`small` or `full`) overrides.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use optout::{
    Bases, Boundary, Conditions, Date, Decision, Disclosure, Identifiability, National, Origin,
    Patient, Programme, Purpose, Type1, assess,
};

/// The decisions for all 256 patients.
pub type Table = [Decision; 256];

/// A day on which every disclosure of the space is made.
pub const ON: Date = Date::ymd(2026, 6, 1);

/// One purpose of each class, and the one with a rule of its own.
pub const OF_EACH_CLASS: [Purpose; 5] = [
    Purpose::IndividualCare,
    Purpose::Research,
    Purpose::InvoiceValidation,
    Purpose::InvoiceValidationNonContracted,
    Purpose::Marketing,
];

const THREADS: usize = 2;

/// Every disclosure of the space with its table.
pub struct Space {
    pub purposes: &'static [Purpose],
    pub bases: Vec<Bases>,
    pub conditions: Vec<Conditions>,
    /// Where each set of bases, set of conditions and purpose stands among them, by its number.
    places: [Vec<Option<usize>>; 3],
    /// By origin, purpose, boundary, identifiability, bases, conditions: which table it has.
    tables: Vec<u16>,
    /// Each different table, with a disclosure that has it.
    different: Vec<(&'static Table, Disclosure)>,
}

static SPACE: LazyLock<Space> = LazyLock::new(Space::judge);

/// The space, judged on first use.
pub fn space() -> &'static Space {
    &SPACE
}

/// Whether the space is the one that takes one purpose of each class.
pub fn is_small() -> bool {
    match std::env::var("OPTOUT_SPACE").as_deref() {
        Ok("small") => true,
        Ok("full") => false,
        Ok(other) => panic!("OPTOUT_SPACE is `small` or `full`, not `{other}`"),
        Err(_) => cfg!(debug_assertions),
    }
}

/// What an `assess` of this disclosure decides for all patients.
pub fn judge(disclosure: &Disclosure) -> Table {
    let ruling = match assess(disclosure) {
        Ok(ruling) => ruling,
        Err(error) => panic!("{error}: {disclosure:?}"),
    };
    let mut table = [Decision::NOT_DECIDED; 256];
    for (byte, decision) in (0..=u8::MAX).zip(&mut table) {
        *decision = ruling.decide(Patient::from_byte(byte));
    }
    table
}

/// The decision of a table for one patient.
pub fn at(table: &Table, patient: Patient) -> Decision {
    table[usize::from(patient.byte())]
}

/// The 144 patients whose byte is valid, spelt out from the vocabulary.
pub fn patients() -> &'static [Patient] {
    static PATIENTS: LazyLock<Vec<Patient>> = LazyLock::new(|| {
        let mut patients = Vec::with_capacity(144);
        for type1 in Type1::ALL {
            for national in National::ALL {
                for programme in Programme::ALL {
                    let patient = Patient::UNKNOWN
                        .with_type1(*type1)
                        .with_national(*national)
                        .with_programme(*programme);
                    let consenting = patient.with_explicit_consent();
                    patients.extend([patient, patient.with_care_objection()]);
                    patients.extend([consenting, consenting.with_care_objection()]);
                }
            }
        }
        patients
    });
    &PATIENTS
}

/// All sets of bases that section 2 does not call contradictory.
pub fn consistent_bases() -> impl Iterator<Item = Bases> {
    let pair = Bases::STATUTORY_DUTY | Bases::S259_COLLECTION;
    (0..1 << 11).map(Bases::from_bits_retain).filter(move |set| !set.contains(pair))
}

/// All sets of conditions that section 2 does not call contradictory.
pub fn consistent_conditions() -> impl Iterator<Item = Conditions> {
    let pair = Conditions::TYPE1_NOT_UPHELD | Conditions::TYPE1_UPHELD;
    (0..1 << 6).map(Conditions::from_bits_retain).filter(move |set| !set.contains(pair))
}

/// Every origin x boundary x identifiability x one of these purposes, with nothing relied on and
/// nothing asserted.
pub fn facts(purposes: &'static [Purpose]) -> impl Iterator<Item = Disclosure> {
    Origin::ALL.iter().flat_map(move |origin| {
        purposes.iter().flat_map(move |purpose| {
            Boundary::ALL.iter().flat_map(move |boundary| {
                Identifiability::ALL.iter().map(move |identifiability| Disclosure {
                    origin: *origin,
                    boundary: *boundary,
                    identifiability: *identifiability,
                    purpose: *purpose,
                    bases: Bases::empty(),
                    conditions: Conditions::empty(),
                    on: ON,
                })
            })
        })
    })
}

/// Where each of these numbers stands, by the number.
fn places(numbers: impl Iterator<Item = usize>) -> Vec<Option<usize>> {
    let mut places = Vec::new();
    for (place, number) in numbers.enumerate() {
        if places.len() <= number {
            places.resize(number + 1, None);
        }
        places[number] = Some(place);
    }
    places
}

impl Space {
    fn judge() -> Self {
        let (small, all) = (is_small(), consistent_bases());
        let purposes: &[Purpose] = if small { &OF_EACH_CLASS } else { Purpose::ALL };
        let bases: Vec<_> = all.filter(|set| !small || set.bits().count_ones() <= 2).collect();
        let conditions: Vec<_> = consistent_conditions().collect();
        let places = [
            places(bases.iter().map(|set| usize::from(set.bits()))),
            places(conditions.iter().map(|set| usize::from(set.bits()))),
            places(purposes.iter().map(|purpose| usize::from(purpose.number()))),
        ];
        let (tables, different) = (Vec::new(), Vec::new());
        let mut space = Self { purposes, bases, conditions, places, tables, different };
        let halves = space.on_threads(|facts, _| {
            let mut known = Known::default();
            let disclosures = facts.iter().flat_map(|facts| space.with_bases_and_conditions(facts));
            let tables = disclosures.map(|disclosure| known.place(&disclosure)).collect::<Vec<_>>();
            (tables, known.different)
        });
        let mut known = Known::default();
        for (tables, different) in halves {
            let of = different.into_iter().map(|(table, disclosure)| known.of(table, &disclosure));
            let of: Vec<u16> = of.collect();
            space.tables.extend(tables.into_iter().map(|table| of[usize::from(table)]));
        }
        space.different = known.different;
        space
    }

    /// Does something with the facts on two threads: half of them each, with the tables of their
    /// disclosures, once there are any.
    fn on_threads<T: Send>(&self, work: impl Fn(&[Disclosure], &[u16]) -> T + Sync) -> Vec<T> {
        let facts: Vec<Disclosure> = facts(self.purposes).collect();
        let share = facts.len().div_ceil(THREADS);
        let size = share * self.bases.len() * self.conditions.len();
        std::thread::scope(|scope| {
            let mut tables = self.tables.chunks(size);
            let mut threads = Vec::new();
            for facts in facts.chunks(share) {
                let (work, tables) = (&work, tables.next().unwrap_or_default());
                threads.push(scope.spawn(move || work(facts, tables)));
            }
            threads.into_iter().map(|thread| thread.join().expect("a half")).collect()
        })
    }

    fn with_bases_and_conditions(&self, facts: &Disclosure) -> impl Iterator<Item = Disclosure> {
        let facts = *facts;
        self.bases.iter().flat_map(move |bases| {
            let (bases, conditions) = (*bases, &self.conditions);
            conditions.iter().map(move |conditions| Disclosure {
                bases,
                conditions: *conditions,
                ..facts
            })
        })
    }

    /// How many disclosures there are.
    pub fn len(&self) -> usize {
        self.tables.len()
    }

    /// Each different table, with a disclosure that has it: for a law that speaks of patients alone.
    pub fn different(&self) -> &[(&'static Table, Disclosure)] {
        &self.different
    }

    /// Each different table that one of these disclosures has, with the first that has it.
    pub fn tables_where(
        &self,
        holds: impl Fn(&Disclosure) -> bool + Sync,
    ) -> Vec<(&'static Table, Disclosure)> {
        let found = self.pairs(|disclosure| holds(disclosure).then_some(*disclosure));
        found.into_iter().map(|(table, _, disclosure)| (table, disclosure)).collect()
    }

    /// Each different pair of tables, of a disclosure and of another that is made of it, with the
    /// first disclosure that has the pair. The other must be of the space, and there must be one: a
    /// law about nothing proves nothing.
    pub fn pairs(
        &self,
        other: impl Fn(&Disclosure) -> Option<Disclosure> + Sync,
    ) -> Vec<(&'static Table, &'static Table, Disclosure)> {
        let found = self.distinct(|disclosure| Some(self.place(&other(disclosure)?)));
        assert!(!found.is_empty(), "no disclosure of the space is meant");
        let table = |place: u16| self.different[usize::from(place)].0;
        found.into_iter().map(|(one, other, of)| (table(one), table(other), of)).collect()
    }

    /// Each different pair of a disclosure's table and a number that is given for it.
    pub fn distinct(
        &self,
        number: impl Fn(&Disclosure) -> Option<u16> + Sync,
    ) -> Vec<(u16, u16, Disclosure)> {
        let halves = self.on_threads(|facts, tables| {
            let mut found: HashMap<(u16, u16), Disclosure> = HashMap::new();
            let mut last = None;
            let disclosures = facts.iter().flat_map(|facts| self.with_bases_and_conditions(facts));
            for (disclosure, table) in disclosures.zip(tables) {
                let Some(number) = number(&disclosure) else { continue };
                // Neighbours are alike.
                if last != Some((*table, number)) {
                    last = Some((*table, number));
                    found.entry((*table, number)).or_insert(disclosure);
                }
            }
            found
        });
        let mut all = HashMap::new();
        for ((table, number), disclosure) in halves.into_iter().flatten() {
            all.entry((table, number)).or_insert(disclosure);
        }
        all.into_iter().map(|((table, number), of)| (table, number, of)).collect()
    }

    /// Which table a disclosure of the space has.
    fn place(&self, disclosure: &Disclosure) -> u16 {
        let [bases, conditions, purposes] = &self.places;
        let purpose = purposes[usize::from(disclosure.purpose.number())];
        let place = usize::from(disclosure.origin.number() - 1);
        let place = place * self.purposes.len() + purpose.expect("a purpose of the space");
        let place = place * Boundary::ALL.len() + usize::from(disclosure.boundary.number() - 1);
        let place = place * Identifiability::ALL.len()
            + usize::from(disclosure.identifiability.number() - 1);
        let of = bases[usize::from(disclosure.bases.bits())];
        let place = place * self.bases.len() + of.expect("a set of bases of the space");
        let of = conditions[usize::from(disclosure.conditions.bits())];
        self.tables[place * self.conditions.len() + of.expect("consistent conditions")]
    }

    /// The table of a disclosure of the space.
    pub fn table(&self, disclosure: &Disclosure) -> &'static Table {
        self.different[usize::from(self.place(disclosure))].0
    }

    /// Whether the space has disclosures with this set of bases.
    pub fn has_bases(&self, bases: Bases) -> bool {
        self.places[0].get(usize::from(bases.bits())).is_some_and(Option::is_some)
    }

    /// Whether the space has disclosures with this set of conditions.
    pub fn has_conditions(&self, conditions: Conditions) -> bool {
        self.places[1].get(usize::from(conditions.bits())).is_some_and(Option::is_some)
    }
}

/// The different tables met so far.
#[derive(Default)]
struct Known {
    different: Vec<(&'static Table, Disclosure)>,
    by_hash: HashMap<u64, Vec<u16>>,
    last: u16,
}

impl Known {
    /// The place of the table of a disclosure, which is judged for it.
    fn place(&mut self, disclosure: &Disclosure) -> u16 {
        let table = judge(disclosure);
        // Neighbours are alike.
        if self.different.get(usize::from(self.last)).is_none_or(|(last, _)| **last != table) {
            self.last = self.of(&table, disclosure);
        }
        self.last
    }

    fn of(&mut self, table: &Table, disclosure: &Disclosure) -> u16 {
        let mut hasher = DefaultHasher::new();
        table.hash(&mut hasher);
        let alike = self.by_hash.entry(hasher.finish()).or_default();
        let known = alike.iter().find(|place| self.different[usize::from(**place)].0 == table);
        if let Some(place) = known {
            return *place;
        }
        let place = u16::try_from(self.different.len()).expect("fewer different tables");
        alike.push(place);
        self.different.push((Box::leak(Box::new(*table)), *disclosure));
        place
    }
}

mod the_space {
    use super::*;

    /// The counts, worked out by hand: 5 x 2 x 3 facts, 66 or 1,536 sets of bases and 48 of
    /// conditions, for each of 5 or 33 purposes.
    #[test]
    fn holds_every_disclosure_that_is_not_an_error() {
        let space = space();
        println!(
            "{} disclosures, {} pairs of a disclosure and a patient, {} different tables",
            space.len(),
            space.len() * 256,
            space.different().len()
        );
        assert_eq!(space.bases.len(), if is_small() { 1 + 11 + 55 - 1 } else { 2048 - 512 });
        assert_eq!(space.conditions.len(), 64 - 16);
        assert_eq!(space.len(), if is_small() { 475_200 } else { 72_990_720 });
        assert_eq!(consistent_bases().count(), 2048 - 512);
        assert_eq!(patients().len(), 144);
        let different: std::collections::BTreeSet<_> = patients().iter().collect();
        assert_eq!(different.len(), 144);
    }

    /// The table that is kept for a disclosure is the one that is judged for it, at both ends of the
    /// space and at places between.
    #[test]
    fn finds_each_table_by_its_disclosure() {
        let space = space();
        let mut looked_at = 0;
        for facts in facts(space.purposes) {
            for (bases, conditions) in space.bases.iter().zip(space.conditions.iter().cycle()) {
                let disclosure = Disclosure { bases: *bases, conditions: *conditions, ..facts };
                assert!(*space.table(&disclosure) == judge(&disclosure), "{disclosure:?}");
                looked_at += 1;
            }
        }
        assert_eq!(looked_at, space.len() / space.conditions.len());
    }

    /// Each different table is found where it occurs, and only there.
    #[test]
    fn says_which_tables_occur_where() {
        let space = space();
        let everywhere = space.tables_where(|_| true);
        assert_eq!(everywhere.len(), space.different().len());
        assert!(space.distinct(|_| None).is_empty());
        let same = space.pairs(|disclosure| Some(*disclosure));
        assert_eq!(same.len(), space.different().len());
        assert!(same.iter().all(|(one, other, of)| {
            std::ptr::eq(*one, *other) && std::ptr::eq(space.table(of), *one)
        }));
    }
}
