//! The price of each rule and quota: what the plan would be worth without it.

use super::quotas::Quotas;
use super::{Explainer, Refusal};
use crate::binding::{Lifting, Rule};
use crate::edit::Edit;
use crate::plan::{Tier, Value};
use serde::{Deserialize, Serialize};

/// What a rule costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Which rule.
    pub rule: Rule,
    /// Seats of critical needs lost to it.
    pub critical: i64,
    /// Seats lost to it in all.
    pub seats: i64,
    /// The first tier that would be better without it; absent where it costs nothing at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_better: Option<Tier>,
    /// Time or memory did not suffice to know it; the numbers say nothing then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undecided: bool,
}

impl Price {
    fn undecided(rule: Rule) -> Self {
        Self {
            rule,
            critical: 0,
            seats: 0,
            first_better: None,
            undecided: true,
        }
    }
}

impl Explainer<'_> {
    /// The price of every rule that the problem sets, dearest first: each is lifted on its own and
    /// the problem solved again. Those for which time or memory did not suffice come last, among them
    /// all that a plan which is not proven to be the best does worse than without.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when the problem contradicts itself without a rule,
    /// [`Refusal::NotSolved`] when the engine fails.
    pub fn prices(&self) -> Result<Vec<Price>, Refusal> {
        let mut prices = Vec::new();
        for (rule, edits) in self.rules() {
            let after = match self.solve_with(&edits) {
                Ok(after) => after,
                Err(refusal) if refusal.is_of_a_limit() => {
                    prices.push(Price::undecided(rule));
                    continue;
                }
                Err(refusal) => return Err(refusal),
            };
            let gained = |tier: Tier| {
                let seats = |plan: &crate::Plan| match plan.tier(tier).map(|score| &score.value) {
                    Some(Value::Integer(seats)) => *seats,
                    _ => 0,
                };
                seats(&after) - seats(self.plan)
            };
            let first_better = (Tier::ALL.into_iter()).find(|&tier| {
                let value = |plan: &crate::Plan| plan.tier(tier).map(|score| score.value.clone());
                value(&after) != value(self.plan)
            });
            if !self.plan.optimal && first_better.is_some() {
                // it may be the plan that falls short, rather than the rule that costs
                prices.push(Price::undecided(rule));
                continue;
            }
            prices.push(Price {
                rule,
                critical: gained(Tier::Critical),
                seats: gained(Tier::Headcount),
                first_better,
                undecided: false,
            });
        }
        prices.sort_by_key(|price| {
            (
                price.undecided,
                -price.critical,
                -price.seats,
                price.first_better.is_none(),
                price.first_better,
            )
        });
        Ok(prices)
    }

    /// Every rule that could bind, and the edits that lift it. A quota with room to spare costs
    /// nothing and is left out.
    fn rules(&self) -> Vec<Lifting> {
        let full = self.full();
        let could_bind = |rule: &Rule| match rule {
            Rule::ReleaseCap { .. }
            | Rule::FieldFloor { .. }
            | Rule::MaxSecondments
            | Rule::UnitCap { .. } => full.contains(rule),
            Rule::RestDays => self.instance.people.iter().any(|person| person.resting),
            _ => true,
        };
        let mut rules = Rule::set_by(self.instance.problem());
        rules.retain(|(rule, _)| could_bind(rule));
        rules.extend(self.pins());
        rules
    }

    /// Quotas that are used up, and units that are full.
    fn full(&self) -> Vec<Rule> {
        let quotas = Quotas::of(self).one_more(self.instance);
        let mut full: Vec<Rule> = (quotas.into_iter())
            .filter_map(|(_, _, edit)| match edit {
                Edit::ReleaseCap { department, .. } => Some(Rule::ReleaseCap { department }),
                Edit::FieldFloor {
                    department, field, ..
                } => Some(Rule::FieldFloor { department, field }),
                Edit::MaxSecondments { .. } => Some(Rule::MaxSecondments),
                _ => None,
            })
            .collect();
        let mut there = vec![0; self.instance.units.len()];
        for need in self.serves.iter().flatten() {
            there[self.instance.need(*need).unit as usize] += 1;
        }
        let units = (self.instance.problem().units.iter())
            .zip(&self.instance.units)
            .zip(there);
        full.extend(
            units
                .filter(|((_, unit), there)| unit.cap.is_some_and(|cap| *there >= cap))
                .map(|((row, _), _)| Rule::UnitCap { unit: row.id.clone() }),
        );
        full
    }

    fn pins(&self) -> Vec<Lifting> {
        let pins = &self.instance.problem().pins;
        let mut rules = Vec::new();
        let mut unpinned = Vec::new();
        for pin in pins {
            let person = pin.person.clone();
            let edit = Edit::Unpin {
                person: person.clone(),
            };
            rules.push((Rule::Pin { person }, vec![edit.clone()]));
            unpinned.push(edit);
        }
        if unpinned.len() > 1 {
            rules.push((Rule::Pins, unpinned));
        }
        rules
    }
}
