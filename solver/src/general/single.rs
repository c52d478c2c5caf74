//! Every rule under one cost instead of tiers: what peers can be compared on.

use super::part::Part;
use super::prices::Prices;
use super::start::{self, Start};
use crate::eligibility::Pair;
use crate::market::Market;
use crate::milp::{Cuts, Failure, Limits, Reach, Session};
use crate::plan::Proof;
use crate::rulebook::Rulebook;
use std::time::Instant;

/// Most columns outside that join so that the program is as good as the whole.
const MOST: usize = 100_000;

/// The best plan found under one cost.
pub(crate) struct Single {
    pub(crate) chosen: Vec<Pair>,
    pub(crate) cost: i64,
    /// No plan costs less.
    pub(crate) bound: i64,
    pub(crate) proof: Proof,
}

/// Minimises a cost of pairs under every rule, which is as [`Part::new`] asks. The first columns are the
/// cheapest at some prices; `floor` is a known bound. `None` when there is no plan, or none was found
/// in time.
pub(crate) fn minimise(
    market: Market<'_>,
    cost_of: impl Fn(&Pair) -> i64,
    first: &impl Prices,
    floor: i64,
    limits: Limits,
) -> Result<Option<Single>, Failure> {
    let mut part = Part::new(market, cost_of, floor);
    if !start::guesses(market).any(|plan| part.take(&plan)) {
        let pairs = market.instance.eligible_pairs();
        match start::find(market, &Rulebook::new(market), &pairs, limits)? {
            Start::Plan(plan) if part.take(&plan) => {}
            _ => return Ok(None),
        }
    }
    part.offer(first, i128::MAX);
    let mut session = Session::of_part();
    let mut proof = Proof::Open;
    // no cut is worth looking for before all columns are there
    let soon = part.relax(&mut session, Cuts::None, limits.halved())?;
    if part.is_wide(limits) {
        // a plan first, for all that follows may take longer than there is time
        part.improve(&mut session, Reach::Own, limits)?;
    }
    if soon || part.relax(&mut session, Cuts::None, limits)? {
        if part.is_wide(limits) {
            part.relax(&mut session, Cuts::Coarse, limits)?;
            part.improve(&mut session, Reach::Near, limits)?;
        }
        let goal = Cuts::Towards(part.cost());
        if !part.is_proven() && part.relax(&mut session, goal, limits)? {
            part.improve(&mut session, Reach::Broad, limits)?;
        }
        if part.is_proven() {
            proof = Proof::Certified;
        } else if Instant::now() < limits.deadline && part.complete(MOST) {
            proof = part.finish(&mut session, limits)?;
        }
    }
    Ok(Some(Single {
        chosen: part.plan(),
        cost: part.cost(),
        bound: part.bound(),
        proof,
    }))
}
