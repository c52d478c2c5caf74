//! Tiers as costs: what one assignment adds, taken apart by what it depends on.

use super::choices::Granted;
use super::journeys::Journeys;
use super::listing::Looks;
use crate::eligibility::Pair;
use crate::instance::Instance;
use crate::market::Market;
use crate::plan::Tier;
use crate::terms;
use crate::tier_cost::TierCost;
use std::rc::Rc;

/// Prices are sums of costs along a path through the tree, and comparisons add a few more.
const REACH: i64 = 1 << 60;

/// What the measure of a tier depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nature {
    /// The need alone.
    Need,
    /// The kinds of person and need.
    Kinds,
    /// Whether the document names the pair.
    Named,
    /// The journey.
    Journey,
    /// Person and need, one by one.
    Lottery,
}

fn nature(tier: Tier) -> Nature {
    match tier {
        Tier::Critical | Tier::Headcount | Tier::Priority | Tier::Balance => Nature::Need,
        Tier::Fit | Tier::Burden => Nature::Kinds,
        Tier::Changes | Tier::Preference => Nature::Named,
        Tier::Travel => Nature::Journey,
        Tier::TieBreak => Nature::Lottery,
    }
}

/// A tier with what packing needs to know of it.
pub(super) struct Part {
    pub(super) cost: TierCost,
    nature: Nature,
    /// No assignment costs less than minus this, or more than this.
    most: i64,
}

impl Part {
    pub(super) fn new(instance: &Instance, journeys: &Journeys, tier: Tier) -> Self {
        let cost = TierCost::new(instance, tier);
        let weights: i64 = cost.goals.iter().map(|term| i64::from(term.weight)).sum();
        let urgency =
            (0..crate::index(instance.needs.len())).map(|need| terms::priority_weight(instance, need));
        let urgency = i64::from(urgency.max().unwrap_or(0));
        let most = match tier {
            Tier::Critical | Tier::Headcount | Tier::Balance => 1,
            Tier::Changes => weights,
            Tier::Priority => urgency,
            Tier::Fit => urgency * 4 * cost.fit.iter().map(|term| i64::from(term.weight)).sum::<i64>(),
            Tier::Burden => {
                let history = instance
                    .people
                    .iter()
                    .map(|person| person.history)
                    .max()
                    .unwrap_or(0);
                let hardship = instance.units.iter().map(|unit| unit.hardship).max().unwrap_or(0);
                weights * i64::from(history.max(hardship.into()))
            }
            Tier::Preference => 4 * weights,
            Tier::Travel => weights * i64::from(journeys.longest()),
            Tier::TieBreak => weights << 20,
        };
        Self {
            cost,
            nature: nature(tier),
            most,
        }
    }

    pub(super) fn tier(&self) -> Tier {
        self.cost.tier
    }
}

/// What costs must leave room for.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// How many people can be sent at most.
    pub(super) assignments: i64,
    pub(super) nodes: i64,
    /// Whether prizes come on top.
    pub(super) prizes: bool,
}

/// Several tiers in one whole number: each is multiplied by more than all below it can ever add up
/// to, so that one solve settles them all in their order.
#[derive(Clone)]
pub(super) struct Pack {
    /// (factor, tier), most important first.
    parts: Rc<[(i64, Part)]>,
    /// More than all parts can ever add up to.
    above: i64,
    /// Who earns that by serving in which unit.
    prizes: Granted,
}

impl Pack {
    /// As many of the tiers, from the first on, as fit into the numbers; at least one. `None` when
    /// not even one does. The lottery goes alone: it can't be read off kinds.
    pub(super) fn fill(tiers: &mut Vec<Part>, room: Room) -> Option<Self> {
        let Room {
            assignments,
            nodes,
            prizes,
        } = room;
        let fits = |count: usize| {
            let mut factor = 1_i64;
            let mut sum = 0_i64;
            for part in tiers[..count].iter().rev() {
                sum = sum.checked_add(factor.checked_mul(part.most)?)?;
                factor = factor.checked_mul(
                    part.most
                        .checked_mul(assignments)?
                        .checked_mul(2)?
                        .checked_add(1)?,
                )?;
            }
            if prizes {
                sum = sum.checked_add(factor)?;
            }
            (sum.checked_mul(nodes)? < REACH).then_some(())
        };
        let alone = |part: &Part| part.nature == Nature::Lottery;
        let limit = tiers
            .iter()
            .skip(1)
            .position(alone)
            .map_or(tiers.len(), |at| at + 1);
        let limit = if tiers.first().is_some_and(alone) {
            1
        } else {
            limit
        };
        let count = (1..=limit).rev().find(|&count| fits(count).is_some())?;
        let mut factor = 1;
        let mut parts: Vec<_> = (tiers.drain(..count).rev())
            .map(|part| {
                let own = factor;
                factor *= 2 * part.most * assignments + 1;
                (own, part)
            })
            .collect();
        parts.reverse();
        Some(Self {
            parts: parts.into(),
            above: factor,
            prizes: Granted::new(),
        })
    }

    /// The same tiers below prizes for serving in a unit.
    pub(super) fn with_prizes(&self, prizes: Granted) -> Self {
        Self {
            prizes,
            ..self.clone()
        }
    }

    pub(super) fn tiers(&self) -> impl Iterator<Item = Tier> {
        self.parts.iter().map(|(_, part)| part.tier())
    }

    fn sum(&self, natures: &[Nature], cost: impl Fn(&Part) -> i64) -> i64 {
        (self.parts.iter())
            .filter(|(_, part)| natures.contains(&part.nature))
            .map(|(factor, part)| factor * cost(part))
            .sum()
    }

    pub(super) fn of_need(&self, market: &Market<'_>, need: u32) -> i64 {
        self.sum(&[Nature::Need], |part| part.cost.of_need(market, need))
    }

    pub(super) fn of_kinds(&self, market: &Market<'_>, pair: &Pair) -> i64 {
        self.sum(&[Nature::Kinds], |part| part.cost.of_pair(market, pair))
    }

    /// Of a pair beyond what its need costs everyone.
    pub(super) fn of_pair(&self, market: &Market<'_>, pair: &Pair) -> i64 {
        let beyond_need = [Nature::Kinds, Nature::Named, Nature::Journey, Nature::Lottery];
        let prize = (self.prizes.get(&pair.person)).is_some_and(|&unit| unit == market.unit_of(pair));
        let earned = if prize { self.above } else { 0 };
        self.sum(&beyond_need, |part| part.cost.of_pair(market, pair)) - earned
    }

    /// Of one started bucket of travel.
    pub(super) fn of_bucket(&self) -> i64 {
        self.sum(&[Nature::Journey], |part| {
            part.cost.goals.iter().map(|term| i64::from(term.weight)).sum()
        })
    }

    /// What the costs by kind look at.
    pub(super) fn looks(&self) -> Looks {
        let has = |tier| self.parts.iter().any(|(_, part)| part.tier() == tier);
        Looks {
            fit: has(Tier::Fit),
            burden: has(Tier::Burden),
        }
    }

    /// Whether the cost of a pair is its need's and what is said of it by name.
    pub(super) fn is_blank(&self) -> bool {
        (self.parts.iter()).all(|(_, part)| matches!(part.nature, Nature::Need | Nature::Named))
    }
}
