//! Times the core on a problem's base model: `core PROBLEM [REPEATS]`. Prints one line of JSON.
//!
//! The model is built anew for each repetition, and its building counts as solving: where the peers
//! build a network arc by arc, the core only sorts lists.
#![expect(clippy::print_stdout, reason = "the runner reads it")]

use cadre_bench::{Fault, memory};
use cadre_solver::Problem;
use cadre_solver::bench::BaseModel;
use serde_json::json;
use std::hint::black_box;
use std::time::Instant;

fn main() -> Result<(), Fault> {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let [problem, rest @ ..] = words.as_slice() else {
        return Err("usage: core PROBLEM [REPEATS]".into());
    };
    let repeats: u32 = rest.first().map_or(Ok(1), |repeats| repeats.parse())?;
    let instance =
        Problem::parse(&std::fs::read_to_string(problem)?).map_err(|invalid| invalid.to_string())?;
    memory::forget_peak();
    let (mut seconds, mut passes, mut found) = (Vec::new(), Vec::new(), None);
    // of the first solve: the peers solve once in each process, too
    let mut peak = None;
    for _ in 0..repeats.max(1) {
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
