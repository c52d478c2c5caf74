//! Every rule under one cost, where the tiers, one after the other, would not fit into memory.
//!
//! To be minimised is, over the pairs chosen, the sum of
//!
//! `−(priority weight × (1000 + fit)) + started buckets of travel − 100 − 50 × kept`:
//!
//! the base model's cost; 100 for any seat, so that none of weight 0 stays empty for a journey of less than
//! 100 buckets; and 50 for each point of the tier of changes, so that who was told stays where little is lost
//! by it.
//!
//! It knows neither balance nor wishes, burden or the lottery, and where weights are far apart a tier may
//! lose to one below. So of a tier nothing is proven but what the core's bound or counting proves.

use super::single::{self, Single};
use super::start;
use crate::base_model::BaseModel;
use crate::census::Census;
use crate::eligibility::Pair;
use crate::index;
use crate::instance::Instance;
use crate::market::Market;
use crate::milp::{Failure, Limits};
use crate::outcome::{Engine, OneCost};
use crate::plan::Tier;
use crate::report;
use crate::rulebook::Rulebook;
use crate::score::{Found, Score};
use crate::tier_cost::TierCost;
use crate::watch::Watch;

/// What any seat is worth beside its priority.
const SEAT: i64 = 100;

/// What a point of the tier of changes is worth.
const KEPT: i64 = 50;

/// What pairs cost.
pub(super) struct Cost<'i> {
    market: Market<'i>,
    base: BaseModel<'i>,
    changes: TierCost,
}

impl<'i> Cost<'i> {
    /// `None` where journeys are too long for the core's prices.
    pub(super) fn new(market: Market<'i>) -> Option<Self> {
        Some(Self {
            market,
            base: BaseModel::new(market.instance)?,
            changes: TierCost::new(market.instance, Tier::Changes),
        })
    }

    pub(super) fn of(&self, pair: &Pair) -> i64 {
        self.base.cost(pair) - SEAT - self.kept(pair)
    }

    fn kept(&self, pair: &Pair) -> i64 {
        -KEPT * self.changes.of_pair(&self.market, pair)
    }

    fn of_all(&self, plan: &[Pair]) -> i64 {
        plan.iter().map(|pair| self.of(pair)).sum()
    }

    /// What the parts beyond the base model can be worth at most.
    fn most_beyond(&self) -> i64 {
        let instance = self.market.instance;
        let seats = most_seats(instance) * SEAT;
        let base = instance.base.keys();
        let kept = base.filter_map(|&(person, need)| instance.pair(person, need));
        seats + kept.map(|pair| self.kept(&pair)).sum::<i64>()
    }
}

fn most_seats(instance: &Instance) -> i64 {
    let seats = i64::try_from(instance.seats()).unwrap_or(i64::MAX);
    seats.min(i64::from(index(instance.people.len())))
}

/// What the tiers need and what is allowed, in MiB.
#[derive(Clone, Copy)]
pub(crate) struct Room {
    pub(crate) estimate_mib: u64,
    pub(crate) limit_mib: u64,
}

/// Searches for a plan of least cost. `relaxed` is the core's answer without the breaking rules, if it had
/// one, and `plan` one of its plans, which may keep all rules. Where the engine fails, what it found before
/// that comes with the failure. `None` where journeys are too long for the core's prices, and where pins and
/// change budget ask for more than a guess.
pub(crate) fn solve(
    market: Market<'_>,
    census: &Census,
    (relaxed, plan): (Option<&Found>, Option<&[Pair]>),
    room: Room,
    watch: &mut Watch<'_>,
) -> Option<(Found, Option<Failure>)> {
    let cost = Cost::new(market)?;
    let book = Rulebook::new(market);
    let first = (start::guesses(market).chain(plan.map(<[Pair]>::to_vec)))
        .filter(|plan| book.admits(plan))
        .min_by_key(|plan| cost.of_all(plan))?;
    watch.one_cost_started(room.estimate_mib, room.limit_mib);
    let score = &Score::new(market, census);
    let known = relaxed.map_or(&[][..], |relaxed| &relaxed.tiers);
    let found = |chosen: Vec<Pair>, one_cost| Found {
        tiers: score.bounded_by(known, &chosen),
        chosen,
        quality_floor: None,
        one_cost,
    };
    let of_search = |best: Single| {
        let one_cost = OneCost {
            estimate_mib: room.estimate_mib,
            limit_mib: room.limit_mib,
            cost: best.cost,
            bound: best.bound,
            proof: best.proof,
        };
        found(best.chosen, Some(one_cost))
    };
    watch.tell_at_once();
    watch.best_so_far(Engine::General, || {
        report::so_far(score, found(first.clone(), None))
    });
    let core = cost.base.session();
    let floor = core.solution().cost - cost.most_beyond();
    let (best, ended) = single::minimise(
        market,
        |pair| cost.of(pair),
        (&core, floor),
        &first,
        Limits::new(watch.deadline, market.seed),
        &mut |best| watch.best_so_far(Engine::General, || report::so_far(score, of_search(best()))),
    )?;
    let mut found = of_search(best);
    score.complete(&mut found);
    Some((found, ended.err()))
}
