//! Times the core's repair after somebody withdraws beside a solve from nothing: `replan PROBLEM
//! [SAMPLE]`. Prints one line of JSON with the seconds of each.
//!
//! Withdrawals follow each other, as they do in a round.
#![expect(clippy::print_stdout, reason = "the runner reads it")]

use cadre_bench::{Fault, command};
use cadre_solver::base_model::BaseModel;
use serde_json::json;
use std::time::Instant;

fn main() -> Result<(), Fault> {
    let (instance, sample) = command::problem::<usize>("replan PROBLEM [SAMPLE]")?;
    let sample = sample.unwrap_or(20);
    let start = Instant::now();
    let model = BaseModel::new(&instance).ok_or("journeys too long for the core")?;
    let mut session = model.session();
    let cold = start.elapsed().as_secs_f64();
    let placed: Vec<u32> = session
        .solution()
        .pairs
        .iter()
        .map(|&(person, _)| person)
        .collect();
    let leaving: Vec<u32> = (placed.iter().copied())
        .step_by(placed.len().div_ceil(sample).max(1))
        .collect();
    let mut seconds = Vec::new();
    for &person in &leaving {
        let start = Instant::now();
        session.withdraw(person);
        seconds.push(start.elapsed().as_secs_f64());
    }
    let repaired = session.solution().cost;
    println!(
        "{}",
        json!({ "cold_seconds": cold, "seconds": seconds, "cost": repaired })
    );
    Ok(())
}
