//! Solves a problem file and prints the outcome as JSON: `solve FILE [TIME_LIMIT_MS]`.
//! Progress goes to the error stream.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line example talks to its terminal"
)]

use cadre_solver::{Problem, Settings, solve};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: solve FILE [TIME_LIMIT_MS]")?;
    let mut settings = Settings::default();
    if let Some(limit) = arguments.next() {
        settings.time_limit_ms = limit.parse()?;
    }
    let instance = Problem::parse(&std::fs::read_to_string(file)?)?;
    let outcome = solve(&instance, &settings, &mut |event| eprintln!("{event:?}"));
    println!("{}", serde_json::to_string_pretty(&outcome)?);
    Ok(())
}
