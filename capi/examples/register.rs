//! Writes a register of some megabytes, for the tests of memory and stack in C.
//!
//! ```text
//! cargo run --package optout-capi --example register -- FILE
//! ```

use std::error::Error;

use optout::Date;
use optout::record::register::{Answer, Builder, Sources};
use optout::record::{Existing, NhsNumber};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: register FILE")?;
    let mut builder = Builder::new();
    for nine in (943_000_000..960_000_000).step_by(7) {
        let Some(number) = NhsNumber::from_first_nine(nine) else { continue };
        builder.ask(number);
        if nine % 16 != 0 && builder.answer(number) != Answer::Clear {
            return Err("a number came back twice".into());
        }
    }
    let register = builder.finish(Date::ymd(2026, 6, 1), Sources::default())?;
    Ok(register.write(path, Existing::Replace)?)
}
