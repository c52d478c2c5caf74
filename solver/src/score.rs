//! What a set of assignments is worth, tier by tier and term by term, and what it could be worth at
//! best.

use crate::census::Census;
use crate::eligibility::Pair;
use crate::index;
use crate::market::Market;
use crate::outcome::OneCost;
use crate::plan::{Proof, QualityFloor, Ratio, TermScore, Tier, Value};
use crate::problem::{Balance, Mode, Priority};
use crate::terms::{self, FitTerm};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A chosen set of pairs and what is proven about it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// In no order.
    pub(crate) chosen: Vec<Pair>,
    /// The tiers in force, most important first.
    pub(crate) tiers: Vec<TierFound>,
    /// What people's choices had to leave of the fit, if they chose.
    pub(crate) quality_floor: Option<QualityFloor>,
    /// What stood for the tiers, if they did not fit into memory.
    pub(crate) one_cost: Option<OneCost>,
}

impl Found {
    /// Whether a tier and all above are proven.
    pub(crate) fn is_proven_to(&self, last: Tier) -> bool {
        let mut above = self.tiers.iter().filter(|tier| tier.tier <= last);
        above.all(|tier| tier.proof != Proof::Open)
    }

    /// Whether it is worth more than another in the first tier in which the two differ; both are complete.
    pub(crate) fn is_better_than(&self, other: &Self) -> bool {
        let mut tiers = self.tiers.iter().zip(&other.tiers);
        let first = tiers.find_map(|(own, other)| {
            let order = own.value.against(&other.value, own.tier.sense())?;
            order.is_ne().then_some(order)
        });
        first == Some(Ordering::Greater)
    }

    /// The first tier that is not proven.
    pub(crate) fn open_tier(&self) -> Option<Tier> {
        let open = self.tiers.iter().find(|tier| tier.proof == Proof::Open);
        open.map(|found| found.tier)
    }
}

/// A tier's value, in the tier's own sense, and the bound on it.
#[derive(Clone, Debug)]
pub(crate) struct TierFound {
    pub(crate) tier: Tier,
    pub(crate) value: Value,
    pub(crate) bound: Value,
    pub(crate) proof: Proof,
}

/// Measures assignments.
pub(crate) struct Score<'s> {
    pub(crate) market: Market<'s>,
    pub(crate) census: &'s Census,
    fit: Vec<FitTerm>,
}

impl<'s> Score<'s> {
    pub(crate) fn new(market: Market<'s>, census: &'s Census) -> Self {
        Self {
            market,
            census,
            fit: terms::fit_terms(market.instance),
        }
    }

    /// The tiers in force, most important first.
    pub(crate) fn tiers(&self) -> Vec<Tier> {
        let served = self.census.servable.iter().any(|&servable| servable);
        let mut order = Tier::ALL;
        if self.market.instance.problem().policy.mode == Mode::ConstrainedPriority {
            // people choose before the best fit is looked for
            order.sort_by_key(|&tier| {
                if tier == Tier::Preference {
                    (Tier::Priority, 1)
                } else {
                    (tier, 0)
                }
            });
        }
        (order.into_iter())
            .filter(|&tier| terms::in_force(self.market.instance, tier) && (tier != Tier::Balance || served))
            .collect()
    }

    /// Says of each tier what the plan is worth in it, and adds those that were not reached, with what counting says.
    pub(crate) fn complete(&self, found: &mut Found) {
        let choosing = self.market.instance.problem().policy.mode == Mode::ConstrainedPriority;
        for tier in &mut found.tiers {
            tier.value = self.value(tier.tier, &found.chosen);
            if choosing && tier.tier == Tier::Preference && tier.proof != Proof::Open {
                // units' lists decide nothing, so their part of the tier is known only now
                tier.bound = tier.value.clone();
            }
        }
        for tier in self.tiers().into_iter().skip(found.tiers.len()) {
            let (value, bound) = (self.value(tier, &found.chosen), self.ceiling(tier));
            // counting may prove what the time did not suffice for
            let proof = if value == bound {
                Proof::Certified
            } else {
                Proof::Open
            };
            found.tiers.push(TierFound {
                tier,
                value,
                bound,
                proof,
            });
        }
    }

    /// The tiers that a relaxation says something of: it bounds a tier as long as a plan is worth the same in
    /// all above.
    pub(crate) fn bounded_by(&self, relaxed: &[TierFound], chosen: &[Pair]) -> Vec<TierFound> {
        let mut tiers: Vec<TierFound> = Vec::new();
        for known in relaxed {
            let is_met = tiers.last().is_none_or(|above| above.proof != Proof::Open);
            if !is_met || known.proof == Proof::Open {
                break;
            }
            let value = self.value(known.tier, chosen);
            tiers.push(TierFound {
                tier: known.tier,
                proof: if value == known.value {
                    Proof::Certified
                } else {
                    Proof::Open
                },
                bound: known.value.clone(),
                value,
            });
        }
        tiers
    }

    /// The value of a tier.
    pub(crate) fn value(&self, tier: Tier, chosen: &[Pair]) -> Value {
        if tier == Tier::Balance {
            return self.balance(&self.filled(chosen));
        }
        let terms = self.terms(tier, chosen);
        Value::Integer(
            (terms.values())
                .map(|term| i64::from(term.weight) * term.measure)
                .sum(),
        )
    }

    /// The terms that the value of a tier is made of.
    pub(crate) fn terms(&self, tier: Tier, chosen: &[Pair]) -> BTreeMap<String, TermScore> {
        let market = &self.market;
        let goals = terms::goals(market.instance, tier).into_iter().map(|goal| {
            let measure = chosen.iter().map(|pair| goal.measure.of(market, pair)).sum();
            (goal.id, goal.weight, measure)
        });
        let fit = if tier == Tier::Fit {
            self.fit.as_slice()
        } else {
            &[]
        };
        let fit = fit.iter().map(|term| {
            let part = |pair: &Pair| {
                let weight = terms::priority_weight(market.instance, pair.need);
                i64::from(weight * u32::from((term.part)(market.instance, pair)))
            };
            (term.id, term.weight, chosen.iter().map(part).sum())
        });
        (goals.chain(fit))
            .map(|(id, weight, measure)| (id.to_owned(), TermScore { weight, measure }))
            .collect()
    }

    /// A value that no plan beats, by counting alone: for tiers that a limit left unproven.
    pub(crate) fn ceiling(&self, tier: Tier) -> Value {
        let instance = self.market.instance;
        let seats = |of: &dyn Fn(u32) -> bool| {
            (0..index(instance.needs.len()))
                .filter(|&need| of(need))
                .map(|need| i64::from(instance.need(need).headcount))
                .sum::<i64>()
        };
        let people = i64::from(index(instance.people.len()));
        let all = seats(&|_| true).min(people);
        let weights: i64 = (terms::goals(instance, tier).iter())
            .map(|term| i64::from(term.weight))
            .sum();
        let urgency = (0..index(instance.needs.len())).map(|need| terms::priority_weight(instance, need));
        let urgency = i64::from(urgency.max().unwrap_or(0));
        let critical = |need| instance.need(need).priority == Priority::Critical;
        Value::Integer(match tier {
            Tier::Critical => seats(&critical).min(people),
            Tier::Headcount => all,
            Tier::Changes => weights * i64::from(index(instance.base.len())),
            Tier::Priority => urgency * all,
            Tier::Fit => {
                let best: i64 = self.fit.iter().map(|term| 4 * i64::from(term.weight)).sum();
                urgency * best * all
            }
            Tier::Preference => 4 * weights * all,
            Tier::Burden | Tier::Travel | Tier::TieBreak => 0,
            Tier::Balance => {
                let full: Vec<u64> = instance.units.iter().map(|unit| unit.requested).collect();
                return self.balance(&full);
            }
        })
    }

    /// The balance of seats filled by unit.
    fn balance(&self, filled: &[u64]) -> Value {
        let units = &self.market.instance.units;
        let coverage = (units.iter().zip(filled))
            .zip(&self.census.servable)
            .filter(|(_, servable)| **servable)
            .map(|((unit, &filled), _)| Ratio::new(filled, unit.requested));
        match self.market.instance.problem().policy.balance {
            Balance::Leximin => Value::ladder(coverage),
            Balance::MaxMin | Balance::Off => {
                // a problem without a servable unit has no such tier
                Value::Ratio(coverage.min().unwrap_or(Ratio::new(0, 0)))
            }
        }
    }

    /// Seats filled by unit.
    fn filled(&self, chosen: &[Pair]) -> Vec<u64> {
        let mut filled = vec![0; self.market.instance.units.len()];
        for pair in chosen {
            filled[self.market.unit_of(pair) as usize] += 1;
        }
        filled
    }
}
