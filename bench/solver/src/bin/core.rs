//! Times the core on a problem's base model: `core PROBLEM [REPEATS]`. Prints one line of JSON.
//!
//! The model is built anew for each repetition, and its building counts as solving: where the peers
//! build a network arc by arc, the core only sorts lists.
#![expect(clippy::print_stdout, reason = "the runner reads it")]

use cadre_bench::{Fault, command, memory};
use cadre_solver::base_model::BaseModel;
use serde_json::json;
use std::hint::black_box;
use std::time::Instant;

fn main() -> Result<(), Fault> {
    let (instance, repeats) = command::problem::<u32>("core PROBLEM [REPEATS]")?;
    memory::forget_peak();
    let (mut seconds, mut passes, mut found) = (Vec::new(), Vec::new(), None);
    // of the first solve: the peers solve once in each process, too
    let mut peak = None;
    for _ in 0..repeats.unwrap_or(1).max(1) {
        let start = Instant::now();
        let model = BaseModel::new(&instance).ok_or("journeys too long for the core")?;
        found = Some(model.solve());
        seconds.push(start.elapsed().as_secs_f64());
        peak.get_or_insert_with(memory::peak_mb);
        let start = Instant::now();
        black_box(model.pass());
        passes.push(start.elapsed().as_secs_f64());
    }
    let found = found.ok_or("no repetition")?;
    println!(
        "{}",
        json!({
            "cost": found.cost, "filled": found.pairs.len(), "pivots": found.pivots,
            "seconds": seconds, "pass_seconds": passes, "peak_mb": peak,
        })
    );
    Ok(())
}
