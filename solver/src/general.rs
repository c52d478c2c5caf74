//! The general model: every rule as rows over columns, one tier after the other, each on the optimal
//! face of those above. It takes what the network core can't.
//!
//! The core has solved the problem without the rules that break the network. So its values are
//! bounds, and a tier in which the general model reaches the same value, after doing so in all
//! tiers above, is proven in whole numbers without asking HiGHS.

mod choices;
mod conflict;
mod model;
#[cfg(test)]
mod parity;
mod rungs;
mod start;

use crate::census::Census;
use crate::eligibility::Pair;
use crate::market::Market;
use crate::milp::{self, Failure, Limits};
use crate::plan::{Proof, Tier, Value};
use crate::problem::{Balance, Mode};
use crate::program::cost;
use crate::rulebook::Rulebook;
use crate::score::{Found, Score, TierFound};
use crate::tier_cost::{self, TierCost};
use crate::watch::Watch;
use model::Model;

pub(crate) use conflict::Conflict;

/// How a solve of the general model ends.
pub(crate) enum End {
    Found(Found),
    /// No plan keeps all rules.
    Infeasible(Conflict),
    /// The time ran out before there was any plan that keeps the pins and the change budget.
    NoPlanInTime,
}

/// Solves every tier in force. `relaxed` is the core's answer without the breaking rules, if it
/// had one.
pub(crate) fn solve(
    market: Market<'_>,
    census: &Census,
    relaxed: Option<&Found>,
    watch: &mut Watch<'_>,
) -> Result<End, Failure> {
    let limits = Limits {
        deadline: watch.deadline,
        seed: market.seed,
    };
    let book = Rulebook::new(market);
    let mut pairs = Vec::new();
    market.instance.each_eligible_pair(|pair| pairs.push(pair));
    let first = match start::find(market, &book, &pairs, limits)? {
        start::Start::Plan(chosen) => chosen,
        start::Start::Infeasible(conflict) => return Ok(End::Infeasible(conflict)),
        start::Start::TimeUp => return Ok(End::NoPlanInTime),
    };
    let score = &Score::new(market, census);
    let model = Model::new(market, census, book, pairs);
    let mut driver = Driver {
        x: model.point(&first),
        model,
        score,
        relaxed: relaxed.map_or(&[], |found| found.tiers.as_slice()),
        limits,
        watch,
        tiers: Vec::new(),
    };
    let choosing = market.instance.problem().policy.mode == Mode::ConstrainedPriority;
    let mut quality_floor = None;
    for tier in score.tiers() {
        driver.watch.tier_started(tier);
        if choosing && quality_floor.is_none() && matches!(tier, Tier::Preference | Tier::Fit) {
            quality_floor = driver.choices()?;
        }
        match tier {
            Tier::Preference if choosing => {}
            Tier::Balance => driver.balance()?,
            _ => driver.sum(tier)?,
        }
    }
    let mut found = Found {
        chosen: driver.model.chosen(&driver.x),
        tiers: driver.tiers,
        quality_floor,
    };
    for tier in &mut found.tiers {
        tier.value = score.value(tier.tier, &found.chosen);
        if choosing && tier.tier == Tier::Preference && tier.proof != Proof::Open {
            // units' lists decide nothing, so their part of the tier is known only now
            tier.bound = tier.value.clone();
        }
    }
    Ok(End::Found(found))
}

struct Driver<'d, 'p> {
    /// Narrowed after every tier to the points that are optimal in it.
    model: Model<'d>,
    score: &'d Score<'d>,
    /// The core's tiers, as long as they have the values found here.
    relaxed: &'d [TierFound],
    /// The plan in hand; the model admits it at all times.
    x: Vec<i64>,
    limits: Limits,
    watch: &'d mut Watch<'p>,
    tiers: Vec<TierFound>,
}

impl Driver<'_, '_> {
    /// What the core found for a tier, if that is a bound: it found the same in all tiers above.
    fn bound_of(&self, tier: Tier) -> Option<Value> {
        let relaxed = self.relaxed.get(self.tiers.len())?;
        (relaxed.tier == tier && relaxed.proof == Proof::Certified).then(|| relaxed.value.clone())
    }

    fn chosen(&self) -> Vec<Pair> {
        self.model.chosen(&self.x)
    }

    /// A tier whose value is a sum over assignments.
    fn sum(&mut self, tier: Tier) -> Result<(), Failure> {
        let costs = self.model.costs(&TierCost::new(self.model.market.instance, tier));
        let before = cost(&costs, &self.x);
        let floor = match self.bound_of(tier) {
            Some(Value::Integer(value)) => tier_cost::sign(tier) * value,
            _ => i64::MIN,
        };
        let mut answer = milp::minimise(&self.model.program, &costs, &self.x, floor, self.limits)?;
        let (value, bound) = (in_sense(tier, answer.cost), in_sense(tier, answer.bound));
        if answer.cost < before {
            self.watch.incumbent(tier, value.clone(), bound.clone());
        }
        match answer.multipliers.take() {
            Some(multipliers) => self.model.program.narrow_to_face(&costs, &multipliers),
            None => self.model.program.narrow_to_cost(&costs, answer.cost),
        }
        self.x = answer.x;
        self.finish_tier(tier, value, bound, answer.proof);
        Ok(())
    }

    /// The balance tier, threshold by threshold: how many units reach the lowest coverage above
    /// nothing, how many the next, and so on. That order is leximin: at the first place where two
    /// sorted lists of coverage differ, more units reach the better one's ratio.
    fn balance(&mut self) -> Result<(), Failure> {
        let quick = self.model.market.instance.problem().policy.balance == Balance::MaxMin;
        let target = self.bound_of(Tier::Balance);
        let mut proof = Proof::Certified;
        for reach in self.model.reaches() {
            let all = i64::try_from(reach.columns.len()).unwrap_or(i64::MAX);
            let costs = self.model.reach_costs(&reach);
            let known = -cost(&costs, &self.x);
            if target.as_ref() == Some(&self.score.value(Tier::Balance, &self.chosen())) {
                // nothing lies above what the core found, so the counts are what they can be
                if quick && !(reach.everyone && known == all) {
                    break;
                }
                self.model.program.narrow_to_cost(&costs, -known);
                continue;
            }
            let answer = milp::minimise(&self.model.program, &costs, &self.x, -all, self.limits)?;
            let reached = -answer.cost;
            if answer.proof == Proof::Open {
                proof = Proof::Open;
                self.x = answer.x;
                break;
            }
            if answer.proof == Proof::Engine {
                proof = Proof::Engine;
            }
            if quick && !(reach.everyone && reached == all) {
                break;
            }
            self.model.program.narrow_to_cost(&costs, answer.cost);
            self.x = answer.x;
            if reached > known {
                let value = self.score.value(Tier::Balance, &self.chosen());
                self.watch
                    .incumbent(Tier::Balance, value, self.score.ceiling(Tier::Balance));
            }
        }
        let value = self.score.value(Tier::Balance, &self.chosen());
        let bound = match (proof, target) {
            (Proof::Open, Some(target)) => target,
            (Proof::Open, None) => self.score.ceiling(Tier::Balance),
            _ => value.clone(),
        };
        if value == bound && proof == Proof::Open {
            proof = Proof::Certified;
        }
        self.finish_tier(Tier::Balance, value, bound, proof);
        Ok(())
    }

    fn finish_tier(&mut self, tier: Tier, value: Value, bound: Value, proof: Proof) {
        self.watch
            .tier_finished(tier, value.clone(), proof != Proof::Open);
        if self.bound_of(tier).as_ref() != Some(&value) {
            self.relaxed = &[];
        }
        self.tiers.push(TierFound {
            tier,
            value,
            bound,
            proof,
        });
    }
}

/// What two proofs are worth together.
fn proof_of(one: Proof, other: Proof) -> Proof {
    match (one, other) {
        (Proof::Open, _) | (_, Proof::Open) => Proof::Open,
        (Proof::Engine, _) | (_, Proof::Engine) => Proof::Engine,
        _ => Proof::Certified,
    }
}

fn in_sense(tier: Tier, cost: i64) -> Value {
    Value::Integer(tier_cost::sign(tier) * cost)
}
