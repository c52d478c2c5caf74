//! Solves a problem with all its tiers and terms: `general PROBLEM [LIMIT_MS]`. Prints one line of
//! JSON with what was proven.
#![expect(clippy::print_stdout, reason = "the runner reads it")]

use cadre_bench::{Fault, command, memory};
use cadre_solver::{OneCost, Outcome, Plan, Proof, Settings, Value, solve};
use serde_json::json;

fn main() -> Result<(), Fault> {
    let (instance, limit) = command::problem::<u64>("general PROBLEM [LIMIT_MS]")?;
    let mut settings = Settings::default();
    if let Some(limit) = limit {
        settings.time_limit_ms = limit;
    }
    memory::forget_peak();
    let told = match solve(&instance, &settings, &mut |_event| {}) {
        Outcome::Solved { plan, seconds, .. } => told(&plan, seconds, None),
        Outcome::LimitReached {
            plan,
            seconds,
            one_cost,
            ..
        } => told(&plan, seconds, one_cost),
        other => return Err(serde_json::to_string(&other)?.into()),
    };
    println!("{told}");
    Ok(())
}

fn told(plan: &Plan, seconds: f64, one_cost: Option<OneCost>) -> serde_json::Value {
    let tiers: Vec<_> = (plan.score.iter())
        .map(
            |score| json!({"tier": score.tier, "proof": score.proof, "gap": gap(&score.value, &score.bound)}),
        )
        .collect();
    let open = plan.score.iter().find(|score| score.proof == Proof::Open);
    json!({
        "proven": plan.optimal, "seconds": seconds, "filled": plan.assignments.len(),
        "open_tier": open.map(|score| score.tier),
        // what is below the first open tier was solved for a value that may still change
        "gap": open.map_or(Some(0.0), |score| gap(&score.value, &score.bound)),
        // where the tiers don't fit into memory, and one cost stands for them
        "one_cost_gap": one_cost.map(|one_cost| one_cost.gap().unwrap_or(1.0)),
        "tiers": tiers, "peak_mb": memory::peak_mb(),
    })
}

/// How far the bound is from the value, in parts of the value; none for ratios, which aren't sums.
fn gap(value: &Value, bound: &Value) -> Option<f64> {
    if value == bound {
        return Some(0.0);
    }
    let (Value::Integer(value), Value::Integer(bound)) = (value, bound) else {
        return None;
    };
    #[expect(clippy::cast_precision_loss, reason = "a gap needs a few digits")]
    let gap = value.abs_diff(*bound) as f64 / value.unsigned_abs().max(1) as f64;
    Some(gap)
}
