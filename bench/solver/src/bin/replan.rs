//! Times the core's repair after somebody withdraws beside a solve from nothing: `replan PROBLEM
//! [SAMPLE]`. Prints one line of JSON with the seconds of each.
//!
//! Withdrawals follow each other, as they do in a round.
#![expect(clippy::print_stdout, reason = "the runner reads it")]

use cadre_bench::Fault;
use cadre_solver::Problem;
use cadre_solver::bench::BaseModel;
use serde_json::json;
use std::time::Instant;

fn main() -> Result<(), Fault> {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let [problem, rest @ ..] = words.as_slice() else {
        return Err("usage: replan PROBLEM [SAMPLE]".into());
    };
    let sample: usize = rest.first().map_or(Ok(20), |sample| sample.parse())?;
    let instance =
        Problem::parse(&std::fs::read_to_string(problem)?).map_err(|invalid| invalid.to_string())?;
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
