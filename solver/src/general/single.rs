//! Every rule under one cost instead of tiers: what fits into memory where the tiers don't, and what
//! peers can be compared on.

use super::part::Part;
use super::prices::Prices;
use crate::eligibility::Pair;
use crate::market::Market;
use crate::milp::{Depth, Failure, Limits, Reach, Session};
use crate::plan::Proof;
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

/// Is told, on the way, how to get at the best plan so far.
pub(crate) type Ear<'e> = dyn FnMut(&dyn Fn() -> Single) + 'e;

/// Minimises a cost of pairs under every rule, which is as [`Part::new`] asks, from a plan that keeps them.
/// The first columns are the cheapest at some prices; `floor` is a known bound. Where the engine fails,
/// what it found before that is kept. `None` if the plan breaks a rule.
pub(crate) fn minimise(
    market: Market<'_>,
    cost_of: impl Fn(&Pair) -> i64,
    (first, floor): (&impl Prices, i64),
    plan: &[Pair],
    limits: Limits,
    ear: &mut Ear<'_>,
) -> Option<(Single, Result<(), Failure>)> {
    let mut part = Part::new(market, cost_of, floor);
    if !part.take(plan) {
        return None;
    }
    part.offer(first, i128::MAX);
    let mut proof = Proof::Open;
    let ended = search(&mut part, &mut proof, limits, ear);
    Some((found(&part, proof), ended))
}

fn found<C: Fn(&Pair) -> i64>(part: &Part<'_, C>, proof: Proof) -> Single {
    Single {
        chosen: part.plan(),
        cost: part.cost(),
        bound: part.bound(),
        // a bound that is met before the engine has said so is one in whole numbers
        proof: if proof == Proof::Open && part.is_proven() {
            Proof::Certified
        } else {
            proof
        },
    }
}

fn search<C: Fn(&Pair) -> i64>(
    part: &mut Part<'_, C>,
    proof: &mut Proof,
    limits: Limits,
    ear: &mut Ear<'_>,
) -> Result<(), Failure> {
    let mut session = Session::of_part();
    let mut improve = |part: &mut Part<'_, C>, session: &mut Session, reach| {
        let ended = part.improve(session, reach, limits);
        ear(&|| found(part, Proof::Open));
        ended
    };
    // no cut is worth looking for before all columns are there
    let soon = part.relax(&mut session, Depth::Draft, limits.halved())?;
    if part.is_wide(limits) {
        // a plan first, for all that follows may take longer than there is time
        improve(part, &mut session, Reach::Own)?;
    }
    if soon || part.relax(&mut session, Depth::Draft, limits)? {
        if part.is_wide(limits) {
            part.relax(&mut session, Depth::Coarse, limits)?;
            improve(part, &mut session, Reach::Near)?;
        }
        let goal = Depth::Towards(part.cost());
        if !part.is_proven() && part.relax(&mut session, goal, limits)? {
            improve(part, &mut session, Reach::Broad)?;
        }
        if part.is_proven() {
            *proof = Proof::Certified;
        } else if Instant::now() < limits.deadline && part.complete(MOST) {
            *proof = part.finish(&mut session, limits)?;
        }
    }
    Ok(())
}
