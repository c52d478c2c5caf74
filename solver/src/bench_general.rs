//! The general model for measurements: every rule, one whole-number cost for each pair.
//!
//! Not part of the interface: it may change or go at any time. The cost of a pair is that of
//! [`base_model`](crate::base_model); the rules are those of a plan, with all that break a network. So a peer
//! which can't be given tiers can solve the same.

use crate::base_model::BaseModel;
use crate::eligibility::Pair;
use crate::general::{single, start};
use crate::instance::Instance;
use crate::market::Market;
use crate::milp::Limits;
use crate::plan::Proof;
use std::time::{Duration, Instant};

/// The best plan found under one cost.
#[derive(Clone, Debug)]
pub struct SingleSolution {
    /// The sum over all pairs chosen.
    pub cost: i64,
    /// No plan costs less.
    pub bound: i64,
    /// How sure the bound is.
    pub proof: Proof,
    /// Person and need, by position in the document.
    pub pairs: Vec<(u32, u32)>,
}

/// Minimises the base model's cost under every rule.
///
/// # Errors
/// The engine's, or that there is no plan, or none was found in time; in words.
pub fn solve_single(instance: &Instance, limit: Duration) -> Result<SingleSolution, String> {
    let limits = Limits::new(Instant::now() + limit, 1);
    let market = Market { instance, seed: 1 };
    let base = BaseModel::new(instance).ok_or("journeys too long for the core")?;
    let core = base.session();
    let floor = core.solution().cost;
    let plan = start::plan(market, limits)
        .map_err(|failure| failure.message)?
        .ok_or("no plan, or none in time")?;
    let cost_of = |pair: &Pair| base.cost(pair);
    let (found, ended) = single::minimise(market, cost_of, (&core, floor), &plan, limits, &mut |_| {})
        .ok_or("the first plan breaks a rule")?;
    ended.map_err(|failure| failure.message)?;
    let mut pairs: Vec<_> = found.chosen.iter().map(|pair| (pair.person, pair.need)).collect();
    pairs.sort_unstable();
    Ok(SingleSolution {
        cost: found.cost,
        bound: found.bound,
        proof: found.proof,
        pairs,
    })
}
