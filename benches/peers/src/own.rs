//! `optout` itself, and the rules as a careful programmer would write them by hand.

use std::hint::black_box;

use optout::question::Judge;
use optout::{Disclosure, Patient, Reason, Ruling, assess};

use crate::Fault;
use crate::agreement::{Peer, Said};
use crate::by_hand;
use crate::sample::{Question, Repeated};
use crate::timing::{Contender, FAILED, LINE, PREPARED, REASON};

/// `benches/decide/by_hand.rs`.
pub struct ByHand;

impl Peer for ByHand {
    fn name(&self) -> &'static str {
        "match, by hand"
    }

    fn answer(&mut self, question: &Question) -> Result<Said, Fault> {
        let reason = by_hand::reason(&question.disclosure, question.patient);
        Ok(Said { allowed: reason == Reason::Permitted, reason: Some(reason) })
    }
}

/// The first two are what the others are compared with.
pub fn contenders(questions: &Repeated) -> Result<Vec<Contender>, Fault> {
    let all: Vec<Disclosure> = questions.disclosures.clone();
    let rulings = all.iter().map(assess).collect::<Result<Vec<Ruling>, _>>()?;
    let name = ["optout, judged before", REASON, "in memory"];
    let judged_before =
        Contender::new(name, questions.stream.clone(), move |(which, patient): &(u8, Patient)| {
            let decision = rulings[usize::from(*which)].decide(black_box(*patient));
            u64::from(decision.reason().number())
        });

    let disclosures = all.clone();
    let name = ["match, by hand", REASON, "in memory"];
    let by_hand =
        Contender::new(name, questions.stream.clone(), move |(which, patient): &(u8, Patient)| {
            let disclosure = &disclosures[usize::from(*which)];
            u64::from(by_hand::reason(disclosure, black_box(*patient)).number())
        });

    let name = ["optout, judged each time", REASON, "in memory"];
    let judged_each_time =
        Contender::new(name, questions.stream.clone(), move |(which, patient): &(u8, Patient)| {
            let ruling = assess(black_box(&all[usize::from(*which)]));
            ruling.map_or(FAILED, |ruling| u64::from(ruling.decide(*patient).reason().number()))
        });

    let lines: Vec<String> =
        questions.first(PREPARED).map(|question| question.document().to_string()).collect();
    let (mut judge, mut answers) = (Judge::new(), Vec::new());
    for line in &lines {
        judge.answer_line(line.as_bytes(), &mut answers)?;
    }
    let name = ["optout, `answer_line`", LINE, LINE];
    let line = Contender::new(name, lines, move |line| {
        answers.clear();
        let answered = judge.answer_line(line.as_bytes(), &mut answers);
        answered.map_or(FAILED, |()| answers.len() as u64)
    });
    Ok(vec![judged_before, by_hand, judged_each_time, line])
}
