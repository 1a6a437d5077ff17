//! What an answer costs: every engine in turn, round after round.

use std::hint::black_box;
use std::ops::Range;
use std::time::{Duration, Instant};

use optout::assess;
use serde::Serialize;

use crate::Fault;
use crate::sample::Repeated;

/// How many questions the fast engines cycle through: too many for a branch predictor to learn.
pub const STREAM: usize = 1 << 16;
/// How many of them, from the first, are kept in the form that a slow engine takes.
pub const PREPARED: usize = 1 << 12;
/// How many disclosures they are about.
pub const DISCLOSURES: u8 = 64;
/// How long an engine works in a round, about.
const TURN: Duration = Duration::from_millis(10);

/// The answer is the verdict alone: 0 or 1.
pub const VERDICT: &str = "verdict";
/// The answer is the reason, and with it the verdict: the number of the reason.
pub const REASON: &str = "reason";
/// The answer is a line of JSON: its length.
pub const LINE: &str = "line of JSON";
/// What an engine that fails adds to the sum: more than all answers together.
pub const FAILED: u64 = 1 << 32;

/// One way to be answered.
pub struct Contender {
    engine: &'static str,
    /// What it is asked for.
    answer: &'static str,
    /// In what form the question reaches it.
    question: &'static str,
    /// How many questions it has.
    questions: usize,
    /// Answers some of its questions.
    run: Box<dyn FnMut(Range<usize>) -> u64>,
}

impl Contender {
    /// `each` answers one question; [`VERDICT`] and [`REASON`] say what it returns.
    pub fn new<Q: 'static>(
        [engine, answer, question]: [&'static str; 3],
        questions: Vec<Q>,
        mut each: impl FnMut(&Q) -> u64 + 'static,
    ) -> Self {
        Self {
            engine,
            answer,
            question,
            questions: questions.len(),
            run: Box::new(move |range| {
                questions[range].iter().fold(0, |sum, question| sum + each(question))
            }),
        }
    }
}

/// A contender, and its nanoseconds a question.
#[derive(Serialize)]
pub struct Cost {
    engine: &'static str,
    answer: &'static str,
    question: &'static str,
    median_ns: f64,
    lowest_ns: f64,
    highest_ns: f64,
    to_optout: f64,
    to_match: f64,
}

#[expect(clippy::cast_precision_loss, reason = "a count of questions is far below 2^52")]
fn turn(contender: &mut Contender, at: &mut usize, count: usize) -> f64 {
    let mut left = count;
    let mut sum = 0_u64;
    let start = Instant::now();
    while left > 0 {
        let end = contender.questions.min(*at + left);
        sum = sum.wrapping_add((contender.run)(*at..end));
        left -= end - *at;
        *at = end % contender.questions;
    }
    let time = start.elapsed();
    black_box(sum);
    time.as_secs_f64() * 1e9 / count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a positive count of questions"
)]
pub fn measure(
    contenders: &mut [Contender],
    questions: &Repeated,
    rounds: usize,
) -> Result<Vec<Cost>, Fault> {
    for contender in contenders.iter_mut() {
        check(contender, questions)?;
    }
    let mut at = vec![0; contenders.len()];
    let mut counts = Vec::new();
    for (contender, at) in contenders.iter_mut().zip(&mut at) {
        let each = turn(contender, at, 512);
        counts.push(((TURN.as_secs_f64() * 1e9 / each) as usize).max(256));
    }
    let mut times = vec![Vec::new(); contenders.len()];
    for round in 0..rounds {
        // Nobody always follows the same neighbour out of a cold cache.
        for place in 0..contenders.len() {
            let i = (place + round) % contenders.len();
            times[i].push(turn(&mut contenders[i], &mut at[i], counts[i]));
        }
    }
    let mut costs = Vec::new();
    for (contender, mut times) in contenders.iter().zip(times) {
        times.sort_by(f64::total_cmp);
        let Contender { engine, answer, question, .. } = *contender;
        let (lowest_ns, highest_ns) = (times[0], times[times.len() - 1]);
        let median_ns = times[times.len() / 2];
        let (to_optout, to_match) = (0.0, 0.0);
        costs.push(Cost {
            engine,
            answer,
            question,
            median_ns,
            lowest_ns,
            highest_ns,
            to_optout,
            to_match,
        });
    }
    // The first two are `optout`, judged before, and the match: see `own::contenders`.
    let (optout, by_hand) = (costs[0].median_ns, costs[1].median_ns);
    for cost in &mut costs {
        cost.to_optout = cost.median_ns / optout;
        cost.to_match = cost.median_ns / by_hand;
    }
    Ok(costs)
}

/// What is timed is what agreed: an engine that failed each time would be the fastest of all.
fn check(contender: &mut Contender, questions: &Repeated) -> Result<(), Fault> {
    let mut expected = 0;
    for question in questions.first(PREPARED) {
        let decision = assess(&question.disclosure)?.decide(question.patient);
        expected += match contender.answer {
            VERDICT => u64::from(decision.is_allowed()),
            REASON => u64::from(decision.reason().number()),
            _ => return Ok(()),
        };
    }
    let found = (contender.run)(0..PREPARED);
    if found == expected {
        return Ok(());
    }
    let Contender { engine, answer, question, .. } = contender;
    let message = format!("{engine}, {answer} from {question}: the answers do not add up");
    Err(Fault::from(message))
}

pub fn print(costs: &[Cost]) {
    println!("| engine | answer | question | ns, median (lowest–highest) | × optout | × match |");
    println!("|---|---|---|---|---|---|");
    for cost in costs {
        println!(
            "| {} | {} | {} | {} ({}–{}) | {} | {} |",
            cost.engine,
            cost.answer,
            cost.question,
            figure(cost.median_ns),
            figure(cost.lowest_ns),
            figure(cost.highest_ns),
            figure(cost.to_optout),
            figure(cost.to_match),
        );
    }
}

/// Three figures are all that a shared machine gives.
fn figure(number: f64) -> String {
    if number < 10.0 {
        format!("{number:.2}")
    } else if number < 100.0 {
        format!("{number:.1}")
    } else {
        format!("{number:.0}")
    }
}
