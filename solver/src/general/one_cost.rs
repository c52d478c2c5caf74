//! Every rule under one cost, where the tiers, one after the other, would not fit into memory.
//!
//! The cost is that of the base model, less 50 for each point of the tier of changes, so that what was
//! announced stays where little is lost by it:
//!
//! `−(priority weight × (1000 + fit)) + started buckets of travel − 50 × kept`
//!
//! It knows neither balance nor wishes, burden or the lottery, and a very good fit may outweigh what a
//! tier above asks for. So nothing is proven of a tier but what the core's bound or counting proves.

use super::single::{self, Single};
use super::start;
use crate::base_model::BaseModel;
use crate::census::Census;
use crate::eligibility::Pair;
use crate::market::Market;
use crate::milp::{Failure, Limits};
use crate::outcome::Engine;
use crate::plan::{Tier, Value};
use crate::problem::Mode;
use crate::report;
use crate::rulebook::Rulebook;
use crate::score::{self, Score};
use crate::tier_cost::TierCost;
use crate::watch::Watch;

/// What a point of the tier of changes is worth beside fit and seats.
const KEPT: i64 = 50;

/// A plan under one cost.
pub(crate) struct Found {
    pub(crate) found: score::Found,
    pub(crate) cost: i64,
    /// No plan costs less.
    pub(crate) bound: i64,
    /// What the engine did wrong, if that ended the search.
    pub(crate) failure: Option<Failure>,
}

/// Searches; `relaxed` is the core's answer without the breaking rules, if it had one. `None` where people
/// choose, which no cost can do for them; where journeys are too long for the core's prices; and where
/// pins and change budget ask for more than a guess.
pub(crate) fn solve(
    market: Market<'_>,
    census: &Census,
    relaxed: Option<&score::Found>,
    watch: &mut Watch<'_>,
) -> Option<Found> {
    let instance = market.instance;
    if instance.problem().policy.mode == Mode::ConstrainedPriority {
        return None;
    }
    let base = BaseModel::new(instance)?;
    let book = Rulebook::new(market);
    let first = start::guess(market, &book)?;
    let core = base.session();
    let changes = TierCost::new(instance, Tier::Changes);
    let score = &Score::new(market, census);
    let most_kept = match score.ceiling(Tier::Changes) {
        Value::Integer(most) => most,
        _ => 0,
    };
    let known = relaxed.map_or(&[][..], |relaxed| &relaxed.tiers);
    let of_plan = |chosen: Vec<Pair>| {
        let tiers = score.bounded_by(known, &chosen);
        score::Found {
            chosen,
            tiers,
            quality_floor: None,
        }
    };
    let limits = Limits::new(watch.deadline, market.seed);
    watch.tell_at_once();
    let (best, ended) = single::minimise(
        market,
        |pair| base.cost(pair) + KEPT * changes.of_pair(&market, pair),
        (&core, core.solution().cost - KEPT * most_kept),
        &first,
        limits,
        &mut |plan| watch.best_so_far(Engine::General, || report::so_far(score, of_plan(plan()))),
    );
    let Single {
        chosen, cost, bound, ..
    } = best;
    let mut found = of_plan(chosen);
    score.complete(&mut found);
    Some(Found {
        found,
        cost,
        bound,
        failure: ended.err(),
    })
}
