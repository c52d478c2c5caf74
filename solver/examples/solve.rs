//! Solves a problem file and prints the outcome as JSON: `solve FILE [TIME_LIMIT_MS]`.
//! Progress and faults go to the error stream; the exit status is 1 for faults.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line example talks to its terminal"
)]

use cadre_solver::{Problem, Settings, solve};
use std::error::Error;
use std::process::ExitCode;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: solve FILE [TIME_LIMIT_MS]")?;
    let mut settings = Settings::default();
    if let Some(limit) = arguments.next() {
        settings.time_limit_ms = limit.parse()?;
    }
    let instance = match Problem::parse(&std::fs::read_to_string(file)?) {
        Ok(instance) => instance,
        Err(invalid) => {
            eprintln!("{invalid}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let outcome = solve(&instance, &settings, &mut |event| eprintln!("{event:?}"));
    println!("{}", serde_json::to_string_pretty(&outcome)?);
    Ok(ExitCode::SUCCESS)
}
