//! Times explanations beside the solve that they explain: `explain PROBLEM [SAMPLE]`. Prints one line of
//! JSON with the seconds of each.
#![expect(clippy::print_stdout, reason = "the runner reads it")]

use cadre_bench::{Fault, command, count, dice::Dice};
use cadre_solver::explain::{Explainer, WhyNot};
use cadre_solver::{Outcome, Settings, solve};
use serde_json::json;
use std::time::Instant;

fn main() -> Result<(), Fault> {
    let (instance, sample) = command::problem::<usize>("explain PROBLEM [SAMPLE]")?;
    let sample = sample.unwrap_or(20);
    let settings = Settings::default();
    let start = Instant::now();
    let Outcome::Solved { plan, .. } = solve(&instance, &settings, &mut |_event| {}) else {
        return Err("not solved".into());
    };
    let solved = start.elapsed().as_secs_f64();
    let explainer = Explainer::new(&instance, &plan, &settings).map_err(|refusal| refusal.to_string())?;
    let mut certificates = Vec::new();
    let step = plan.unmet.len().div_ceil(sample).max(1);
    for unmet in plan.unmet.iter().step_by(step) {
        let start = Instant::now();
        explainer
            .certificate(&unmet.need)
            .map_err(|refusal| refusal.to_string())?;
        certificates.push(start.elapsed().as_secs_f64());
    }
    let mut dice = Dice::new(200, "chains");
    let mut chains = Vec::new();
    let problem = instance.problem();
    while chains.len() < sample {
        let (Some(person), Some(need)) = (dice.pick(&problem.people), dice.pick(&problem.needs)) else {
            return Err("nobody or nothing".into());
        };
        let start = Instant::now();
        let told = explainer
            .why_not(&person.id, &need.id)
            .map_err(|refusal| refusal.to_string())?;
        if let WhyNot::Chain { .. } = told {
            chains.push(start.elapsed().as_secs_f64());
        }
    }
    println!(
        "{}",
        json!({
            "solve_seconds": solved, "certificate_seconds": certificates, "chain_seconds": chains,
            "unmet": count(plan.unmet.len()),
        })
    );
    Ok(())
}
