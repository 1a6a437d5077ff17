//! Every interleaving of workers who hand blocks on: the turns of the readers, compiled against the
//! locks of a model checker. It fails where anybody waits for ever.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at once")]
#![allow(dead_code, reason = "a source file of the library, seen from outside")]

mod sync {
    pub(crate) use loom::sync::{Condvar, Mutex, MutexGuard};
}
#[path = "../../src/tables/turns.rs"]
mod turns;

use loom::sync::Arc;
use turns::Line;

/// What goes wrong, and at which block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Nothing,
    Read(u64),
    First(u64),
    Second(u64),
    /// A worker panics with its turn in hand: unwinding drops it.
    LostAtWork(u64),
    LostHalfway(u64),
}

type Handed = Vec<u64>;

fn work(line: &Line<u64, Handed, Handed, Wrong>, blocks: u64, wrong: Wrong) {
    let read = |source: &mut u64| {
        if wrong == Wrong::Read(*source) {
            return Err(wrong);
        }
        *source += 1;
        Ok(Some(*source - 1).filter(|block| *block < blocks))
    };
    while let Some((turn, block)) = line.take(read) {
        let block = match block {
            Ok(block) => block,
            Err(error) => {
                assert!(turn.first::<()>(|_| Err(error)).is_none());
                return;
            }
        };
        assert_eq!(turn.number(), block);
        if wrong == Wrong::LostAtWork(block) {
            return;
        }
        let step = |at: Wrong| {
            move |handed: &mut Handed| {
                assert_eq!(handed.len() as u64, block, "out of turn");
                handed.push(block);
                if wrong == at { Err(wrong) } else { Ok(()) }
            }
        };
        let Some((turn, ())) = turn.first(step(Wrong::First(block))) else { return };
        if wrong == Wrong::LostHalfway(block) {
            return;
        }
        if turn.second(step(Wrong::Second(block))).is_none() {
            return;
        }
    }
}

fn every_interleaving(workers: usize, blocks: u64, preemptions: Option<usize>, wrong: Wrong) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = preemptions;
    model.check(move || {
        let line = Arc::new(Line::new(0, Handed::new(), Handed::new()));
        let others: Vec<_> = (1..workers)
            .map(|_| {
                let line = Arc::clone(&line);
                loom::thread::spawn(move || work(&line, blocks, wrong))
            })
            .collect();
        work(&line, blocks, wrong);
        for other in others {
            other.join().unwrap();
        }
        let line = Arc::try_unwrap(line).ok().unwrap();
        let all: Handed = (0..blocks).collect();
        match wrong {
            Wrong::Nothing => assert_eq!(line.finish(), Ok((all.clone(), all))),
            Wrong::LostAtWork(_) | Wrong::LostHalfway(_) => assert_eq!(line.finish(), Err(None)),
            Wrong::Read(_) | Wrong::First(_) | Wrong::Second(_) => {
                assert_eq!(line.finish(), Err(Some(wrong)));
            }
        }
    });
}

fn each(blocks: u64) -> impl Iterator<Item = Wrong> {
    let kinds = [Wrong::Read, Wrong::First, Wrong::Second, Wrong::LostAtWork, Wrong::LostHalfway];
    (0..blocks).flat_map(move |block| kinds.map(|kind| kind(block))).chain([Wrong::Nothing])
}

#[test]
fn two_workers_never_wait_for_ever() {
    for wrong in each(2) {
        every_interleaving(2, 2, None, wrong);
    }
    for wrong in each(3) {
        every_interleaving(2, 3, Some(2), wrong);
    }
}

#[test]
fn three_workers_never_wait_for_ever() {
    for wrong in each(2) {
        every_interleaving(3, 2, Some(2), wrong);
    }
}
