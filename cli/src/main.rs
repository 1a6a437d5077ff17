//! The `optout` command: decides whether a patient's data may be disclosed, and says why.

mod args;
mod assess;
mod audit;
mod check;
mod code;
mod decide;
mod error;
mod explain;
mod filter;
mod flows;
mod handbook;
mod input;
mod leftovers;
mod output;
mod request;
mod request_file;
mod screen;
mod standard;
mod stop;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::args::{Args, Command};
use crate::error::Error;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(error::fault));
    stop::not_on_file_limits();
    let Args { command, color } = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return error::usage(&error),
    };
    color.write_global();
    let done = match command {
        Command::Decide(args) => decide::run(&args),
        Command::Assess(args) => assess::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Flows(args) => flows::run(&args),
        Command::Filter(args) => filter::run(&args),
        Command::Audit(args) => audit::run(&args),
        Command::Handbook(args) => handbook::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Completions { shell } => {
            // Written here first, because the generator panics when it cannot write.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "optout", &mut script);
            output::to_stdout(|out| out.write_all(&script))
        }
    };
    done.unwrap_or_else(Error::report)
}
