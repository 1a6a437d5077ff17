//! One block of rows: read, decided and reduced to what may leave.

use std::vec::Vec;

use super::census::{Census, Nameless};
use super::outcome::{Counts, Outcome, Outcomes};
#[cfg(feature = "parquet")]
use super::parquet::Fields;
use super::people::{People, Unnamed};
use crate::patient::{National, Patient};
use crate::record::list::{NotAPseudonym, pseudonym};
use crate::record::{Look, Looks, NhsNumber, NhsNumberError};
use crate::tables::input::Block;
use crate::tables::layout::Layout;
use crate::tables::quoted::{said, without_quotes};
use crate::tables::rows::Rows;
use crate::tables::{At, joined};

/// How the rows of a table are decided.
#[derive(Clone, Debug)]
pub(super) struct Plan<'a> {
    pub(super) people: People<'a>,
    pub(super) unnamed: Unnamed,
    pub(super) outcomes: Outcomes,
    /// Other rulings, under which rows are only counted.
    pub(super) compared: Vec<Outcomes>,
    /// What is counted of the fields of the table that name nobody.
    pub(super) census: Option<&'a Census>,
}

/// What a worker needs for a block, reused from block to block.
#[derive(Debug, Default)]
pub(super) struct Decider {
    rows: Rows,
    numbers: Vec<Option<NhsNumber>>,
    patients: Vec<Patient>,
    /// Rows that no look-up decides, ascending for each person, with what becomes of them.
    settled: Vec<(u32, Outcome)>,
    /// Rows in which this person's field is empty, and rows in which any person's is.
    unnamed: Vec<u32>,
    unnamed_any: Vec<u32>,
    /// What this person's other fields look like, and of all people.
    looks: Looks,
    nameless: Vec<Nameless>,
    outcomes: Vec<Outcome>,
    compared: Vec<Vec<Outcome>>,
    pub(super) counts: Counts,
    pub(super) compared_counts: Vec<Counts>,
}

impl Decider {
    /// Moves what may leave to the front of the block and returns its length.
    pub(super) fn decide(
        &mut self,
        block: &mut Block,
        layout: &Layout,
        plan: &Plan<'_>,
    ) -> Result<usize, At> {
        let records = block.records();
        self.rows.find(records, layout, block.quotes)?;
        joined::check(&self.rows, records, layout, plan.people.key())?;
        let rows = std::mem::take(&mut self.rows);
        let blanks = (&*rows.blanks, rows.blank_lines);
        self.judge(rows.ends.len(), layout.people(), blanks, plan, |person| {
            rows.fields(records, layout, person)
        });
        self.rows = rows;
        Ok(self.compact(&mut block.bytes, block.header))
    }

    /// What becomes of rows that are not text; a field for each row and person.
    #[cfg(feature = "parquet")]
    pub(super) fn outcomes(
        &mut self,
        rows: usize,
        people: &[Fields],
        plan: &Plan<'_>,
    ) -> &[Outcome] {
        self.judge(rows, people.len(), (&[], 0), plan, |person| {
            people.get(person).into_iter().flat_map(Fields::iter)
        });
        &self.outcomes
    }

    /// The lines of the last block.
    pub(super) const fn lines(&self) -> u64 {
        self.rows.lines()
    }

    fn judge<'f, F: Iterator<Item = &'f [u8]>>(
        &mut self,
        rows: usize,
        people: usize,
        blanks: (&[u32], u64),
        plan: &Plan<'_>,
        fields: impl Fn(usize) -> F,
    ) {
        self.start(rows, plan.compared.len());
        for person in 0..people {
            self.settled.clear();
            self.unnamed.clear();
            self.looks = Looks::default();
            self.patients.clear();
            self.patients.resize(rows, Patient::UNKNOWN);
            match plan.people {
                People::ByNumber(statuses) => {
                    self.read_numbers(fields(person), plan.unnamed);
                    statuses.look_up(&self.numbers, &mut self.patients);
                    if plan.unnamed == Unnamed::NoNhsNumber {
                        let unnamed = Patient::UNKNOWN.with_national(National::NoNhsNumber);
                        set(&mut self.patients, self.unnamed.iter().map(|row| (*row, unnamed)));
                    }
                }
                People::ByKey(statuses) => {
                    let fields = (0..).zip(fields(person));
                    for ((row, field), patient) in fields.zip(&mut self.patients) {
                        match pseudonym(&said(field)) {
                            Ok(key) => *patient = statuses.look_up(key),
                            Err(NotAPseudonym::Empty) => {
                                self.settled.push((row, Outcome::IdentifierEmpty));
                                self.unnamed.push(row);
                            }
                            Err(error) => {
                                self.settled.push((row, Outcome::IdentifierInvalid));
                                self.looks.count(match error {
                                    NotAPseudonym::Null => Look::Null,
                                    NotAPseudonym::Empty | NotAPseudonym::NotText => Look::Unseen,
                                });
                            }
                        }
                    }
                }
            }
            self.unnamed_any.extend_from_slice(&self.unnamed);
            // A blank line is no row, though its fields are empty.
            let empty = self.unnamed.len().saturating_sub(blanks.0.len()) as u64;
            self.nameless.push(Nameless { empty, looks: self.looks });
            let settled = &self.settled;
            join(&mut self.outcomes, &self.patients, &plan.outcomes, settled);
            for (into, outcomes) in self.compared.iter_mut().zip(&plan.compared) {
                join(into, &self.patients, outcomes, settled);
            }
        }
        self.count(blanks);
        if let Some(census) = plan.census {
            census.add(&self.nameless);
        }
    }

    fn start(&mut self, rows: usize, compared: usize) {
        self.unnamed_any.clear();
        self.nameless.clear();
        self.outcomes.clear();
        self.outcomes.resize(rows, Outcome::Kept);
        self.compared.resize_with(compared, Vec::new);
        for outcomes in &mut self.compared {
            outcomes.clear();
            outcomes.resize(rows, Outcome::Kept);
        }
        self.counts = Counts::default();
        self.compared_counts.clear();
        self.compared_counts.resize(compared, Counts::default());
    }

    fn read_numbers<'f>(&mut self, fields: impl Iterator<Item = &'f [u8]>, unnamed: Unnamed) {
        self.numbers.clear();
        for (row, field) in (0..).zip(fields) {
            let number = NhsNumber::parse(field)
                .or_else(|_| NhsNumber::parse(without_quotes(field).unwrap_or(field)));
            if let Err(error) = number {
                let outcome = match error {
                    NhsNumberError::Empty => Outcome::IdentifierEmpty,
                    NhsNumberError::Placeholder => Outcome::IdentifierPlaceholder,
                    NhsNumberError::Length
                    | NhsNumberError::NotADigit
                    | NhsNumberError::Separators
                    | NhsNumberError::CheckDigit => Outcome::IdentifierInvalid,
                };
                if outcome == Outcome::IdentifierEmpty {
                    self.unnamed.push(row);
                } else {
                    self.looks.note(without_quotes(field).unwrap_or(field));
                }
                if outcome != Outcome::IdentifierEmpty || unnamed == Unnamed::Withhold {
                    self.settled.push((row, outcome));
                }
            }
            self.numbers.push(number.ok());
        }
    }

    /// Counts what is not simply kept; blank lines are not rows.
    fn count(&mut self, (blank_rows, blank_lines): (&[u32], u64)) {
        self.unnamed_any.sort_unstable();
        self.unnamed_any.dedup();
        let blank = |row: &u32| blank_rows.binary_search(row).is_ok();
        let unnamed = self.unnamed_any.iter().filter(|row| !blank(row)).count();
        let blanks = blank_rows.len();
        let all = [(&mut self.counts, &self.outcomes)];
        let compared = self.compared_counts.iter_mut().zip(&self.compared);
        for (counts, outcomes) in all.into_iter().chain(compared) {
            for (row, outcome) in (0..).zip(outcomes) {
                if *outcome != Outcome::Kept && (blanks == 0 || !blank(&row)) {
                    counts.add(*outcome, 1);
                }
            }
            let kept = (outcomes.len() - blanks) as u64 - counts.rows();
            counts.add(Outcome::Kept, kept);
            counts.add_blank_lines(blank_lines);
            counts.add_without_identifier(unnamed as u64);
        }
        // They hold no person's data, and leave no trace of how many rows there were.
        for row in blank_rows {
            if let Some(outcome) = self.outcomes.get_mut(*row as usize) {
                *outcome = Outcome::IdentifierEmpty;
            }
        }
    }

    /// Joins the kept rows at the front, behind the header.
    fn compact(&self, bytes: &mut [u8], header: usize) -> usize {
        let (mut out, mut run, mut start) = (header, header, header);
        let mut keep = |run: usize, end: usize| {
            if out != run && run < end {
                bytes.copy_within(run..end, out);
            }
            out += end - run;
        };
        for (outcome, end) in self.outcomes.iter().zip(&self.rows.ends) {
            let end = header + *end as usize;
            if *outcome != Outcome::Kept {
                keep(run, start);
                run = end;
            }
            start = end;
        }
        keep(run, start);
        out
    }
}

fn set<T: Copy>(into: &mut [T], rows: impl Iterator<Item = (u32, T)>) {
    for (row, value) in rows {
        if let Some(place) = into.get_mut(row as usize) {
            *place = value;
        }
    }
}

/// Joins what one person makes of the rows with what others made of them.
fn join(
    into: &mut [Outcome],
    patients: &[Patient],
    outcomes: &Outcomes,
    settled: &[(u32, Outcome)],
) {
    for (row, patient) in into.iter_mut().zip(patients) {
        *row = (*row).min(outcomes.of(*patient));
    }
    for (row, outcome) in settled {
        if let Some(place) = into.get_mut(*row as usize) {
            *place = (*place).min(*outcome);
        }
    }
}
