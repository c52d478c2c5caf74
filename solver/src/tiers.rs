//! The lexicographic driver: one tier after the other, each on the optimal face of those above.

use crate::market::Market;
use crate::milp::{self, Failure, Limits};
use crate::plan::{Proof, Ratio, Sense, Tier, Value};
use crate::problem::{Balance, Priority};
use crate::program::{Answer, Program, cost};
use crate::terms::unit_balance::{self, Coverage};
use crate::terms::{self, Kind, REGISTRY};
use crate::{index, watch::Watch};

/// A chosen point and what is proven about it.
#[derive(Debug)]
pub(crate) struct Found {
    /// One 0 or 1 per pair.
    pub(crate) x: Vec<i64>,
    /// The tiers in force, most important first.
    pub(crate) tiers: Vec<TierFound>,
}

/// A tier's value, in the tier's own sense, and the bound on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TierFound {
    pub(crate) tier: Tier,
    pub(crate) value: Value,
    pub(crate) bound: Value,
    pub(crate) proof: Proof,
}

/// Solves every tier in force.
pub(crate) fn solve(market: &Market<'_>, seed: u64, watch: &mut Watch<'_>) -> Result<Found, Failure> {
    let rows = (REGISTRY.iter())
        .filter_map(|term| match term.kind {
            Kind::Rule(rows) => Some(rows(market)),
            _ => None,
        })
        .flatten()
        .collect();
    let program = Program::binary(market.pairs.len(), rows);
    let mut driver = Driver {
        x: program.greedy(&critical_first(market)),
        market,
        program,
        limits: Limits {
            deadline: watch.deadline,
            seed,
        },
        watch,
        tiers: Vec::new(),
    };
    for tier in Tier::ALL {
        match tier {
            Tier::Balance => driver.balance()?,
            _ => driver.sum(tier)?,
        }
    }
    Ok(Found {
        x: driver.x,
        tiers: driver.tiers,
    })
}

struct Driver<'d, 'i, 'p> {
    market: &'d Market<'i>,
    /// Narrowed after every tier to the points that are optimal in it.
    program: Program,
    /// The plan in hand; the program admits it at all times.
    x: Vec<i64>,
    limits: Limits,
    watch: &'d mut Watch<'p>,
    tiers: Vec<TierFound>,
}

impl Driver<'_, '_, '_> {
    /// A tier whose value is a sum over assignments.
    fn sum(&mut self, tier: Tier) -> Result<(), Failure> {
        self.watch.tier_started(tier);
        let costs = costs(self.market, tier);
        let before = cost(&costs, &self.x);
        let answer = milp::minimise(&self.program, &costs, &self.x, self.limits)?;
        let (value, bound) = (in_sense(tier, answer.cost), in_sense(tier, answer.bound));
        if answer.cost < before {
            self.watch.incumbent(tier, value, bound);
        }
        match &answer.multipliers {
            Some(multipliers) => self.program.narrow_to_face(&costs, multipliers),
            None => self.program.narrow_to_cost(&costs, answer.cost),
        }
        self.finish_tier(tier, value, bound, answer.proof);
        self.x = answer.x;
        Ok(())
    }

    /// The balance tier: bisects over the finitely many ratios of a worst-served unit.
    fn balance(&mut self) -> Result<(), Failure> {
        let coverages = unit_balance::coverages(self.market);
        let reached = unit_balance::worst(&coverages, &self.x);
        let ceiling = unit_balance::ceiling(&coverages);
        let in_force = self.market.instance.problem().policy.balance != Balance::Off;
        let (Some(mut reached), Some(mut ceiling), true) = (reached, ceiling, in_force) else {
            return Ok(());
        };
        self.watch.tier_started(Tier::Balance);
        let mut proof = Proof::Certified;
        let mut candidates = unit_balance::candidates(&coverages, reached, ceiling);
        while let Some(&ratio) = candidates.get(candidates.len().saturating_sub(1) / 2) {
            let answer = self.try_ratio(&coverages, ratio)?;
            if answer.cost == 0 {
                self.x = answer.x;
                self.x.truncate(self.market.pairs.len());
                reached = unit_balance::worst(&coverages, &self.x).unwrap_or(ratio);
                let (value, bound) = (Value::Ratio(reached), Value::Ratio(ceiling));
                self.watch.incumbent(Tier::Balance, value, bound);
                candidates.retain(|&ratio| ratio > reached);
            } else if answer.bound > 0 {
                if answer.proof == Proof::Engine {
                    proof = Proof::Engine;
                }
                candidates.retain(|&below| below < ratio);
                ceiling = candidates.last().copied().unwrap_or(reached);
            } else {
                proof = Proof::Open;
                break;
            }
        }
        unit_balance::add_floors(&mut self.program, &coverages, reached);
        let (value, bound) = (Value::Ratio(reached), Value::Ratio(ceiling));
        self.finish_tier(Tier::Balance, value, bound, proof);
        Ok(())
    }

    /// Asks for a plan in which every unit reaches a ratio: cost 0 is one.
    fn try_ratio(&self, coverages: &[Coverage], ratio: Ratio) -> Result<Answer, Failure> {
        let (elastic, costs) = unit_balance::with_elastic_floors(&self.program, coverages, ratio);
        let start = unit_balance::with_missing(coverages, ratio, &self.x);
        milp::minimise(&elastic, &costs, &start, self.limits)
    }

    fn finish_tier(&mut self, tier: Tier, value: Value, bound: Value, proof: Proof) {
        self.watch.tier_finished(tier, value, proof != Proof::Open);
        self.tiers.push(TierFound {
            tier,
            value,
            bound,
            proof,
        });
    }
}

/// What each pair adds to a tier, negated where more is better.
fn costs(market: &Market<'_>, tier: Tier) -> Vec<i64> {
    let fit = terms::fit_terms(market.instance);
    let goals: Vec<_> = (REGISTRY.iter())
        .filter_map(|term| match term.kind {
            Kind::Goal { tier: of, measure } if of == tier => Some(measure),
            _ => None,
        })
        .collect();
    (market.pairs.iter())
        .map(|pair| {
            let mut value: i64 = goals.iter().map(|measure| measure(market, pair)).sum();
            if tier == Tier::Fit {
                let score: u32 = (fit.iter())
                    .map(|term| term.weight * u32::from((term.part)(market.instance, pair)))
                    .sum();
                value += i64::from(terms::priority_weight(market.instance, pair.need) * score);
            }
            sign(tier) * value
        })
        .collect()
}

fn sign(tier: Tier) -> i64 {
    match tier.sense() {
        Sense::Maximise => -1,
        Sense::Minimise => 1,
    }
}

fn in_sense(tier: Tier, cost: i64) -> Value {
    Value::Integer(sign(tier) * cost)
}

/// The order in which the first plan is filled.
fn critical_first(market: &Market<'_>) -> Vec<u32> {
    let mut order: Vec<u32> = (0..index(market.pairs.len())).collect();
    let critical = |pair: u32| market.instance.need(market.pairs[pair as usize].need).priority;
    order.sort_by_key(|&pair| critical(pair) != Priority::Critical);
    order
}
