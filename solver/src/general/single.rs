//! Every rule under one cost instead of tiers: what peers can be compared on.

use super::model::Model;
use super::start::{self, Start};
use crate::eligibility::Pair;
use crate::market::Market;
use crate::milp::{self, Failure, Limits, Question, Session};
use crate::plan::Proof;
use crate::rulebook::Rulebook;

/// The best plan found under one cost.
pub(crate) struct Single {
    pub(crate) chosen: Vec<Pair>,
    pub(crate) cost: i64,
    /// No plan costs less.
    pub(crate) bound: i64,
    pub(crate) proof: Proof,
}

/// Minimises a cost of pairs under every rule. `floor` is a known bound. `None` when there is no
/// plan, or none was found in time.
pub(crate) fn minimise(
    market: Market<'_>,
    cost_of: impl Fn(&Pair) -> i64,
    floor: i64,
    limits: Limits,
) -> Result<Option<Single>, Failure> {
    let book = Rulebook::new(market);
    let pairs = market.instance.eligible_pairs();
    let Start::Plan(first) = start::find(market, &book, &pairs, limits)? else {
        return Ok(None);
    };
    let mut model = Model::new(market, book, &pairs);
    let costs = model.costs_by(cost_of);
    let question = Question {
        costs: &costs,
        guide: &vec![0.0; costs.len()],
        incumbent: &model.point(&first),
        floor,
        most: usize::MAX,
    };
    let answer = milp::minimise(&mut Session::default(), &mut model.program, question, limits)?;
    Ok(Some(Single {
        chosen: model.chosen(&answer.x),
        cost: answer.cost,
        bound: answer.bound,
        proof: answer.proof,
    }))
}
