//! The same policy in other engines, beside `optout`: whether each answers as it does, and what an
//! answer costs. See `README.md` in this folder.

mod agreement;
#[path = "../../decide/by_hand.rs"]
mod by_hand;
mod casbin;
mod cedar;
mod machine;
mod own;
mod rego;
mod sample;
mod timing;

use std::env;
use std::fs;
use std::process::ExitCode;

use agreement::Peer;
use timing::Contender;

/// What stops the run; every engine has errors of its own, and here they are only read by a person.
type Fault = Box<dyn std::error::Error>;

const USAGE: &str = "usage: optout-peers [--sample QUESTIONS] [--rounds ROUNDS] [--json FILE]";

struct Options {
    sample: usize,
    rounds: usize,
    json: Option<String>,
}

impl Options {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, Fault> {
        let mut options = Self { sample: 200_000, rounds: 31, json: None };
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or(USAGE)?;
            match name.as_str() {
                "--sample" => options.sample = value.parse().map_err(|_| USAGE)?,
                "--rounds" => options.rounds = value.parse::<usize>().map_err(|_| USAGE)?.max(1),
                "--json" => options.json = Some(value),
                _ => return Err(USAGE.into()),
            }
        }
        Ok(options)
    }
}

fn run() -> Result<(), Fault> {
    let options = Options::read(env::args().skip(1))?;
    println!("{}\n", machine::description());

    let mut peers: Vec<Box<dyn Peer>> = vec![
        Box::new(own::ByHand),
        Box::new(rego::Machine::new()?),
        Box::new(rego::Interpreter::new()?),
        Box::new(rego::Compiled::new()?),
        Box::new(cedar::Cedar::new()?),
        Box::new(casbin::Expression::new()?),
        Box::new(casbin::Rows::new()?),
    ];
    let agreed = agreement::check(&mut peers, options.sample)?;
    drop(peers);

    let questions = sample::Repeated::new(timing::STREAM, timing::DISCLOSURES);
    let mut contenders: Vec<Contender> = own::contenders(&questions)?;
    contenders.extend(rego::contenders(&questions)?);
    contenders.extend(casbin::contenders(&questions)?);
    contenders.extend(cedar::contenders(&questions)?);
    let costs = timing::measure(&mut contenders, &questions, options.rounds)?;
    timing::print(&costs);

    if let Some(file) = options.json {
        let report = serde_json::json!({
            "machine": machine::machine(),
            "versions": machine::versions(),
            "rounds": options.rounds,
            "agreement": agreed,
            "costs": costs,
        });
        fs::write(&file, format!("{report:#}\n")).map_err(|error| format!("{file}: {error}"))?;
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}
