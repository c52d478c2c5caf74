//! The general model: every rule as rows over columns, one tier after the other, each on the optimal
//! face of those above. It takes what the network core can't.

use crate::census::Census;
use crate::columns::Columns;
use crate::eligibility::Pair;
use crate::market::Market;
use crate::milp::{self, Failure, Limits};
use crate::plan::{Proof, Ratio, Tier, Value};
use crate::problem::Priority;
use crate::program::{Answer, Program, cost};
use crate::score::{Found, Score, TierFound};
use crate::terms::unit_balance::{self, Coverage};
use crate::terms::{Kind, REGISTRY};
use crate::tier_cost::{self, TierCost};
use crate::{index, watch::Watch};

/// Solves every tier in force.
pub(crate) fn solve(market: Market<'_>, census: &Census, watch: &mut Watch<'_>) -> Result<Found, Failure> {
    let columns = &Columns::new(market);
    let rows = (REGISTRY.iter())
        .filter_map(|term| match term.kind {
            Kind::Rule(rows) => Some(rows(columns)),
            _ => None,
        })
        .flatten()
        .collect();
    let program = Program::binary(columns.pairs.len(), rows);
    let score = &Score::new(market, census);
    let mut driver = Driver {
        x: program.greedy(&critical_first(columns)),
        columns,
        score,
        program,
        limits: Limits {
            deadline: watch.deadline,
            seed: market.seed,
        },
        watch,
        tiers: Vec::new(),
    };
    for tier in score.tiers() {
        match tier {
            Tier::Balance => driver.balance()?,
            _ => driver.sum(tier)?,
        }
    }
    let mut found = Found {
        chosen: driver.chosen(),
        tiers: driver.tiers,
        quality_floor: None,
    };
    for tier in &mut found.tiers {
        tier.value = score.value(tier.tier, &found.chosen);
    }
    Ok(found)
}

struct Driver<'d, 'p> {
    columns: &'d Columns<'d>,
    score: &'d Score<'d>,
    /// Narrowed after every tier to the points that are optimal in it.
    program: Program,
    /// The plan in hand; the program admits it at all times.
    x: Vec<i64>,
    limits: Limits,
    watch: &'d mut Watch<'p>,
    tiers: Vec<TierFound>,
}

impl Driver<'_, '_> {
    fn chosen(&self) -> Vec<Pair> {
        (self.columns.pairs.iter().zip(&self.x))
            .filter(|&(_, &value)| value > 0)
            .map(|(pair, _)| *pair)
            .collect()
    }

    /// A tier whose value is a sum over assignments.
    fn sum(&mut self, tier: Tier) -> Result<(), Failure> {
        self.watch.tier_started(tier);
        let costs = costs(self.columns, tier);
        let before = cost(&costs, &self.x);
        let answer = milp::minimise(&self.program, &costs, &self.x, self.limits)?;
        let (value, bound) = (in_sense(tier, answer.cost), in_sense(tier, answer.bound));
        if answer.cost < before {
            self.watch.incumbent(tier, value.clone(), bound.clone());
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
        let coverages = unit_balance::coverages(self.columns);
        let reached = unit_balance::worst(&coverages, &self.x);
        let ceiling = unit_balance::ceiling(&coverages);
        let (Some(mut reached), Some(mut ceiling)) = (reached, ceiling) else {
            return Ok(());
        };
        self.watch.tier_started(Tier::Balance);
        let mut proof = Proof::Certified;
        let mut candidates = unit_balance::candidates(&coverages, reached, ceiling);
        while let Some(&ratio) = candidates.get(candidates.len().saturating_sub(1) / 2) {
            let answer = self.try_ratio(&coverages, ratio)?;
            if answer.cost == 0 {
                self.x = answer.x;
                self.x.truncate(self.columns.pairs.len());
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
        self.watch
            .tier_finished(tier, value.clone(), proof != Proof::Open);
        self.tiers.push(TierFound {
            tier,
            value,
            bound,
            proof,
        });
    }
}

/// What each pair adds to a tier, negated where more is better.
fn costs(columns: &Columns<'_>, tier: Tier) -> Vec<i64> {
    let cost = TierCost::new(columns.instance, tier);
    (columns.pairs.iter())
        .map(|pair| cost.of_pair(&columns.market, pair))
        .collect()
}

fn in_sense(tier: Tier, cost: i64) -> Value {
    Value::Integer(tier_cost::sign(tier) * cost)
}

/// The order in which the first plan is filled.
fn critical_first(columns: &Columns<'_>) -> Vec<u32> {
    let mut order: Vec<u32> = (0..index(columns.pairs.len())).collect();
    let critical = |pair: u32| columns.instance.need(columns.pairs[pair as usize].need).priority;
    order.sort_by_key(|&pair| critical(pair) != Priority::Critical);
    order
}
