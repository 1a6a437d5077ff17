//! Whether every engine answers as `optout` does.

use optout::{Reason, Route, assess};
use serde_json::{Value, json};

use crate::Fault;
use crate::sample::{Question, Random};

/// What an engine said.
pub struct Said {
    pub allowed: bool,
    /// Where the engine can say it.
    pub reason: Option<Reason>,
}

impl Said {
    /// From the code of a reason.
    pub fn reason(code: &str) -> Result<Self, Fault> {
        let reason = Reason::from_code(code)?;
        Ok(Self { allowed: reason == Reason::Permitted, reason: Some(reason) })
    }
}

/// An engine that answers a question from its own encoding of the policy.
pub trait Peer {
    fn name(&self) -> &'static str;
    fn answer(&mut self, question: &Question) -> Result<Said, Fault>;
}

/// Asks every engine the same questions; the first difference stops the run.
pub fn check(peers: &mut [Box<dyn Peer>], sample: usize) -> Result<Value, Fault> {
    let mut random = Random(42);
    let (mut reasons, mut routes) = ([0_usize; 12], [0_usize; 12]);
    let mut with_reason = vec![0_usize; peers.len()];
    for _ in 0..sample {
        let disclosure = random.disclosure();
        // One in eight from all bytes, of which near half are invalid.
        let patient =
            if random.below(8) == 0 { random.any_patient() } else { random.valid_patient() };
        let question = Question { disclosure, patient };
        let decision = assess(&disclosure)?.decide(patient);
        reasons[usize::from(decision.reason().number())] += 1;
        routes[decision.route().map_or(0, |route| usize::from(route.number()))] += 1;
        for (peer, with_reason) in peers.iter_mut().zip(&mut with_reason) {
            let said = peer.answer(&question).map_err(|fault| {
                format!("{} cannot answer {}: {fault}", peer.name(), question.document())
            })?;
            let differs = said.reason.is_some_and(|reason| reason != decision.reason());
            if said.allowed != decision.is_allowed() || differs {
                return Err(Fault::from(format!(
                    "{} and optout differ\nquestion: {:#}\noptout: {decision:?}\n{}: {}, {}",
                    peer.name(),
                    question.document(),
                    peer.name(),
                    if said.allowed { "allow" } else { "deny" },
                    said.reason.map_or("no reason given", Reason::code),
                )));
            }
            *with_reason += usize::from(said.reason.is_some());
        }
    }
    println!("Agreement: {sample} random questions, no difference.\n");
    println!("| engine | verdicts agreed | reasons agreed |\n|---|---|---|");
    for (peer, with_reason) in peers.iter().zip(&with_reason) {
        println!("| {} | {sample} | {with_reason} |", peer.name());
    }
    let reason = |reason: &Reason| (reason.code(), reasons[usize::from(reason.number())]);
    let reasons: Vec<_> = Reason::PRECEDENCE.iter().map(reason).collect();
    let route = |route: &Route| (route.code(), routes[usize::from(route.number())]);
    let routes: Vec<_> = Route::ALL.iter().map(route).collect();
    for (what, counts) in [("Reasons", &reasons), ("Permitting routes", &routes)] {
        let counts: Vec<String> = counts.iter().map(|(code, n)| format!("{code} {n}")).collect();
        println!("\n{what} in the sample: {}.", counts.join(", "));
    }
    if sample >= 20_000
        && let Some((code, _)) = reasons.iter().chain(&routes).find(|(_, count)| *count == 0)
    {
        return Err(Fault::from(format!("the sample never met `{code}`: it proves too little")));
    }
    println!();
    let engines = peers.iter().zip(&with_reason).map(|(peer, with_reason)| {
        json!({ "engine": peer.name(), "verdicts": sample, "reasons": with_reason })
    });
    Ok(Value::from(engines.collect::<Vec<_>>()))
}
