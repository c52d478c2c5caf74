//! Solves a problem with all its terms under the base model's cost instead of tiers:
//! `single PROBLEM [LIMIT_MS]`. Prints one line of JSON.
#![expect(clippy::print_stdout, reason = "the runner reads it")]

use cadre_bench::{Fault, command, memory};
use cadre_solver::bench_general::solve_single;
use cadre_solver::{Proof, Value};
use serde_json::json;
use std::time::{Duration, Instant};

fn main() -> Result<(), Fault> {
    let (instance, limit) = command::problem::<u64>("single PROBLEM [LIMIT_MS]")?;
    let limit = limit.unwrap_or(60_000);
    memory::forget_peak();
    let start = Instant::now();
    let found = solve_single(&instance, Duration::from_millis(limit))?;
    let gap = Value::Integer(found.cost).gap(&Value::Integer(found.bound));
    println!(
        "{}",
        json!({
            "cost": found.cost, "bound": found.bound, "proof": found.proof,
            "proven": found.proof != Proof::Open, "gap": gap, "filled": found.pairs.len(),
            "seconds": start.elapsed().as_secs_f64(), "peak_mb": memory::peak_mb(),
        })
    );
    Ok(())
}
