//! The finite space of disclosures, every one of them judged once, for the laws to range over.
//!
//! Origin x boundary x identifiability x purpose x no basis, one or two x set of conditions, but for
//! the contradictions. A disclosure's table holds the decisions for all 256 patients, so a law over
//! tables is a law over all patients. Debug builds take one purpose of each class, and the one that
//! has a rule of its own; `OPTOUT_SPACE` (`small` or `full`) overrides.

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
    /// By origin, purpose, boundary, identifiability, bases, conditions; each table stored once.
    tables: Vec<&'static Table>,
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

impl Space {
    fn judge() -> Self {
        let mut space = Self {
            purposes: if is_small() { &OF_EACH_CLASS } else { Purpose::ALL },
            bases: consistent_bases().filter(|set| set.bits().count_ones() <= 2).collect(),
            conditions: consistent_conditions().collect(),
            tables: Vec::new(),
            different: Vec::new(),
        };
        let facts: Vec<Disclosure> = facts(space.purposes).collect();
        let halves: Vec<_> = std::thread::scope(|scope| {
            let space = &space;
            let threads: Vec<_> = facts
                .chunks(facts.len().div_ceil(THREADS))
                .map(|facts| scope.spawn(move || space.judge_these(facts)))
                .collect();
            threads.into_iter().map(|thread| thread.join().expect("a judged half")).collect()
        });
        for (tables, different) in halves {
            space.tables.extend(tables);
            for (table, disclosure) in different {
                if space.different.iter().all(|(known, _)| *known != table) {
                    space.different.push((table, disclosure));
                }
            }
        }
        space
    }

    /// The tables of these facts with every basis and condition, and the different ones among them.
    fn judge_these(&self, facts: &[Disclosure]) -> (Vec<&'static Table>, Different) {
        let mut tables = Vec::with_capacity(facts.len() * self.bases.len() * self.conditions.len());
        let mut different: Different = Vec::new();
        for disclosure in facts.iter().flat_map(|facts| self.with_bases_and_conditions(facts)) {
            let table = judge(&disclosure);
            let known = different.iter().position(|(known, _)| **known == table);
            if let Some(place) = known {
                // Neighbours are alike: what was found stands first for the next search.
                different.swap(0, place);
            } else {
                different.insert(0, (Box::leak(Box::new(table)), disclosure));
            }
            tables.push(different[0].0);
        }
        (tables, different)
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

    /// Calls `law` with every disclosure and its table, on two threads.
    pub fn for_each(&self, law: impl Fn(&Disclosure, &'static Table) + Sync) {
        let facts: Vec<Disclosure> = facts(self.purposes).collect();
        let size = self.bases.len() * self.conditions.len();
        let share = facts.len().div_ceil(THREADS);
        std::thread::scope(|scope| {
            for (facts, tables) in facts.chunks(share).zip(self.tables.chunks(share * size)) {
                let law = &law;
                scope.spawn(move || {
                    let disclosures =
                        facts.iter().flat_map(|facts| self.with_bases_and_conditions(facts));
                    for (disclosure, table) in disclosures.zip(tables) {
                        law(&disclosure, table);
                    }
                });
            }
        });
    }

    /// The table of a disclosure of the space.
    pub fn table(&self, disclosure: &Disclosure) -> &'static Table {
        let purpose = self.purposes.iter().position(|purpose| *purpose == disclosure.purpose);
        let place = usize::from(disclosure.origin.number() - 1);
        let place = place * self.purposes.len() + purpose.expect("a purpose of the space");
        let place = place * Boundary::ALL.len() + usize::from(disclosure.boundary.number() - 1);
        let place = place * Identifiability::ALL.len()
            + usize::from(disclosure.identifiability.number() - 1);
        let bases = self.bases.iter().position(|bases| *bases == disclosure.bases);
        let place = place * self.bases.len() + bases.expect("no basis, one or two");
        let conditions =
            self.conditions.iter().position(|conditions| *conditions == disclosure.conditions);
        self.tables[place * self.conditions.len() + conditions.expect("consistent conditions")]
    }
}

type Different = Vec<(&'static Table, Disclosure)>;

mod the_space {
    use super::*;

    /// The counts, worked out by hand: 5 x 2 x 3 facts x 66 sets of bases x 48 of conditions, for
    /// each purpose (issue, the laws over the whole space).
    #[test]
    fn holds_every_disclosure_that_is_not_an_error() {
        let space = space();
        println!(
            "{} disclosures, {} pairs of a disclosure and a patient, {} different tables",
            space.len(),
            space.len() * 256,
            space.different().len()
        );
        assert_eq!(space.bases.len(), 1 + 11 + 55 - 1);
        assert_eq!(space.conditions.len(), 64 - 16);
        assert_eq!(space.len(), if is_small() { 475_200 } else { 3_136_320 });
        assert_eq!(consistent_bases().count(), 2048 - 512);
        assert_eq!(patients().len(), 144);
        let different: std::collections::BTreeSet<_> = patients().iter().collect();
        assert_eq!(different.len(), 144);
    }

    #[test]
    fn finds_each_table_by_its_disclosure() {
        let space = space();
        let count = std::sync::atomic::AtomicUsize::new(0);
        space.for_each(|disclosure, table| {
            assert!(std::ptr::eq(space.table(disclosure), table), "{disclosure:?}");
            count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        });
        assert_eq!(count.into_inner(), space.len());
    }
}
