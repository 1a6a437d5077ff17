//! Random questions, none of which is an error, and how they are put to an engine.

use optout::{
    Bases, Boundary, Conditions, Date, Disclosure, Identifiability, Origin, Patient, Programme,
    Purpose, Type1,
};
use serde_json::{Value, json};

/// A stream that no branch predictor learns: splitmix64, seeded.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    fn one<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())]
    }

    /// A set whose members are each in with a chance of one in `chance`.
    fn set<T: Copy>(&mut self, members: &[(T, &str, &str)], chance: usize) -> Vec<T> {
        let mut set = Vec::new();
        for (member, ..) in members {
            if self.below(chance) == 0 {
                set.push(*member);
            }
        }
        set
    }

    /// Any disclosure that can be judged. Most rely on one or two bases and are identifiable: with
    /// many bases, or anonymous data, some route on which nothing binds is nearly always open.
    pub fn disclosure(&mut self) -> Disclosure {
        loop {
            let chance = self.one(&[3, 11, 11, 11]);
            let disclosure = Disclosure {
                origin: self.one(&[Origin::ALL, &[Origin::GpRecord; 3]].concat()),
                boundary: self.one(Boundary::ALL),
                identifiability: self
                    .one(&[Identifiability::ALL, &[Identifiability::Identifiable; 3]].concat()),
                purpose: self.one(Purpose::ALL),
                bases: self.set(Bases::TABLE, chance).into_iter().collect(),
                conditions: self.set(Conditions::TABLE, 3).into_iter().collect(),
                on: Date::ymd(2026, 6, 1),
            };
            if disclosure.check().is_ok() {
                return disclosure;
            }
        }
    }

    /// A byte whose fields all hold a value.
    pub fn valid_patient(&mut self) -> Patient {
        loop {
            let patient = self.any_patient();
            if patient.is_valid() {
                return patient;
            }
        }
    }

    /// Any of the 256 bytes.
    pub fn any_patient(&mut self) -> Patient {
        Patient::from_byte(self.next().to_le_bytes()[0])
    }
}

/// One question.
#[derive(Clone, Copy)]
pub struct Question {
    pub disclosure: Disclosure,
    pub patient: Patient,
}

impl Question {
    /// The question as JSON, as `optout decide` reads it; a field that means nothing is `invalid`,
    /// where `optout` has the byte.
    pub fn document(&self) -> Value {
        let Disclosure { origin, boundary, identifiability, purpose, bases, conditions, on } =
            self.disclosure;
        json!({
            "disclosure": {
                "origin": origin.code(),
                "boundary": boundary.code(),
                "identifiability": identifiability.code(),
                "purpose": purpose.code(),
                "bases": bases.codes().collect::<Vec<_>>(),
                "conditions": conditions.codes().collect::<Vec<_>>(),
                "on": on.to_string(),
            },
            "patient": {
                "type1": self.patient.type1().map_or("invalid", Type1::code),
                "national": self.patient.national().code(),
                "programme": self.patient.programme().map_or("invalid", Programme::code),
                "explicit-consent": self.patient.has_explicit_consent(),
                "care-objection": self.patient.has_care_objection(),
            },
        })
    }
}

/// A stream over a few disclosures, as a release asks: many patients each.
pub struct Repeated {
    pub disclosures: Vec<Disclosure>,
    /// Which disclosure, and the patient.
    pub stream: Vec<(u8, Patient)>,
}

impl Repeated {
    pub fn new(questions: usize, disclosures: u8) -> Self {
        let mut random = Random(7);
        let all: Vec<Disclosure> = (0..disclosures).map(|_| random.disclosure()).collect();
        let one = |_| (random.next().to_le_bytes()[0] % disclosures, random.valid_patient());
        Self { stream: (0..questions).map(one).collect(), disclosures: all }
    }

    /// The first questions of the stream.
    pub fn first(&self, count: usize) -> impl Iterator<Item = Question> {
        self.stream.iter().take(count).map(|(which, patient)| Question {
            disclosure: self.disclosures[usize::from(*which)],
            patient: *patient,
        })
    }
}
