//! Batches of any size and order (law 11), by `proptest`.

use optout::{Bases, Decision, LengthError, Patient, Reason, Verdict, assess};
use proptest::prelude::*;

use crate::matrix::any_disclosure;
use crate::space::{OF_EACH_CLASS, facts};

fn rows() -> impl Strategy<Value = Vec<Patient>> {
    prop::collection::vec(any::<u8>().prop_map(Patient::from_byte), 0..600)
}

/// Some decision to stand in memory before: one that allows, where there is one.
fn stale() -> Decision {
    let anonymous = facts(&OF_EACH_CLASS).nth(2).expect("anonymous data");
    let stale = assess(&anonymous).expect("no contradiction").decide(Patient::UNKNOWN);
    assert!(stale.is_allowed());
    stale
}

proptest! {
    /// Whatever the rows and their order, each is decided as it is alone, and none is left out.
    #[test]
    fn order_repeats_and_neighbours_change_nothing(
        disclosure in any_disclosure().prop_filter("an error", |it| it.check().is_ok()),
        rows in rows(),
    ) {
        let ruling = assess(&disclosure).expect("checked");
        let mut decisions = vec![stale(); rows.len()];
        let mut verdicts = vec![Verdict::Allow; rows.len()];
        prop_assert_eq!(ruling.decide_many(&rows, &mut decisions), Ok(()));
        prop_assert_eq!(ruling.verdicts(&rows, &mut verdicts), Ok(()));
        for ((patient, decision), verdict) in rows.iter().zip(&decisions).zip(&verdicts) {
            prop_assert_eq!(*decision, ruling.decide(*patient));
            prop_assert_eq!(*verdict, decision.verdict());
            prop_assert_ne!(decision.reason(), Reason::NotDecided);
        }
    }

    /// Where the two lengths differ nothing is decided, and whatever stood there is set to deny.
    #[test]
    fn a_batch_of_another_length_than_its_answers_denies_everything(
        disclosure in any_disclosure().prop_filter("an error", |it| it.check().is_ok()),
        rows in rows(),
        room in 0..600_usize,
    ) {
        prop_assume!(room != rows.len());
        let ruling = assess(&disclosure).expect("checked");
        let error = LengthError { patients: rows.len(), decisions: room };
        let mut decisions = vec![stale(); room];
        prop_assert_eq!(ruling.decide_many(&rows, &mut decisions), Err(error));
        prop_assert!(decisions.iter().all(|decision| *decision == Decision::NOT_DECIDED));
        let mut verdicts = vec![Verdict::Allow; room];
        prop_assert_eq!(ruling.verdicts(&rows, &mut verdicts), Err(error));
        prop_assert!(verdicts.iter().all(|verdict| *verdict == Verdict::Deny));
    }

    /// Where consent alone is relied on, a batch allows exactly the rows that hold it.
    #[test]
    fn one_patients_consent_never_serves_another(rows in rows()) {
        let research = facts(&OF_EACH_CLASS).nth(6).expect("identifiable data for research");
        let bases = Bases::EXPLICIT_CONSENT;
        let ruling = assess(&optout::Disclosure { bases, ..research }).expect("no contradiction");
        let mut verdicts = vec![Verdict::Allow; rows.len()];
        ruling.verdicts(&rows, &mut verdicts).expect("one length");
        for (patient, verdict) in rows.iter().zip(verdicts) {
            let holds = patient.is_valid() && patient.has_explicit_consent();
            prop_assert_eq!(verdict == Verdict::Allow, holds);
        }
    }
}

/// The error says how many there were of each, and what became of the answers.
#[test]
fn a_length_error_names_both_lengths() {
    let error = LengthError { patients: 3, decisions: 2 }.to_string();
    assert!(error.contains("3 patients") && error.contains("2 decisions"), "{error}");
    assert!(error.contains("deny"), "{error}");
}
