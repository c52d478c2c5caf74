//! Two scores, tier by tier.

use crate::codes::codes;
use crate::plan::{Plan, Sense, Tier, Value};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// One tier in both plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierDifference {
    /// Which tier.
    pub tier: Tier,
    /// Which direction is better.
    pub sense: Sense,
    /// The first plan's value; absent where the tier is not in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Value>,
    /// The second plan's value; absent where the tier is not in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<Value>,
    /// Second less first, where both are whole numbers that can be compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difference: Option<i64>,
    /// Which plan is better in this tier.
    pub better: Better,
}

codes! {
    /// Which of two plans is better.
    Better {
        /// The first.
        First => "first",
        /// The second.
        Second => "second",
        /// Neither.
        Same => "same",
        /// They cannot be compared: the tier is not in force in both, it counts other units, or it
        /// is the lottery of another seed.
        Incomparable => "incomparable",
    }
}

/// Every tier in force in one of the plans, in the order of the second.
pub(super) fn differences(first: &Plan, second: &Plan) -> Vec<TierDifference> {
    // a policy's mode may change the order of the tiers, so it is read off the plans
    let mut tiers: Vec<Tier> = second.score.iter().map(|score| score.tier).collect();
    let only_first = first.score.iter().map(|score| score.tier);
    tiers.extend(only_first.filter(|&tier| second.tier(tier).is_none()));
    let differences = tiers.into_iter().map(|tier| {
        let value = |plan: &Plan| plan.tier(tier).map(|score| score.value.clone());
        let (one, other) = (value(first), value(second));
        // two seeds are two lotteries
        let comparable = tier != Tier::TieBreak || first.seed == second.seed;
        let order = match (&one, &other) {
            (Some(one), Some(other)) if comparable && units(one) == units(other) => {
                other.against(one, tier.sense())
            }
            _ => None,
        };
        TierDifference {
            tier,
            sense: tier.sense(),
            difference: difference(&one, &other).filter(|_| order.is_some()),
            better: match order {
                Some(Ordering::Less) => Better::First,
                Some(Ordering::Greater) => Better::Second,
                Some(Ordering::Equal) => Better::Same,
                None => Better::Incomparable,
            },
            first: one,
            second: other,
        }
    });
    differences.collect()
}

/// How many units a ladder tells of: ladders of other units say nothing about each other.
fn units(value: &Value) -> u64 {
    match value {
        Value::Ladder(rungs) => rungs.iter().map(|rung| rung.units).sum(),
        Value::Integer(_) | Value::Ratio(_) => 0,
    }
}

/// What to call two plans when no tier prefers one.
pub(super) fn undecided(tiers: &[TierDifference]) -> Better {
    if tiers.iter().all(|tier| tier.better == Better::Same) {
        Better::Same
    } else {
        Better::Incomparable
    }
}

fn difference(first: &Option<Value>, second: &Option<Value>) -> Option<i64> {
    match (first, second) {
        (Some(Value::Integer(first)), Some(Value::Integer(second))) => second.checked_sub(*first),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Better, differences, undecided};
    use crate::support::{land_people, need, solved};
    use crate::{Ratio, Tier, Value};

    #[test]
    fn less_travel_is_better_and_another_seed_is_another_lottery() {
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        let first = solved(&problem);
        let mut second = first.clone();
        second.seed = 2;
        assert_eq!(undecided(&differences(&first, &second)), Better::Incomparable);
        for score in &mut second.score {
            match score.tier {
                Tier::Travel => score.value = Value::Integer(3),
                Tier::Balance => score.value = Value::ladder([Ratio::new(1, 2)]),
                _ => {}
            }
        }
        let tiers = differences(&first, &second);
        let tier = |tier: Tier| tiers.iter().find(|row| row.tier == tier).unwrap();
        assert_eq!(
            (tier(Tier::Travel).better, tier(Tier::Travel).difference),
            (Better::First, Some(3))
        );
        assert_eq!(
            (tier(Tier::Balance).better, tier(Tier::Balance).difference),
            (Better::First, None)
        );
        assert_eq!(tier(Tier::TieBreak).better, Better::Incomparable);
        assert!(
            tiers.iter().all(|row| row.tier != Tier::Burden),
            "not in force in either"
        );
        let balance = second.score.iter_mut().find(|score| score.tier == Tier::Balance);
        balance.unwrap().value = Value::ladder([Ratio::new(1, 1), Ratio::new(1, 1)]);
        let tiers = differences(&first, &second);
        let balance = tiers.iter().find(|row| row.tier == Tier::Balance).unwrap();
        assert_eq!(balance.better, Better::Incomparable, "two units are not one");
    }
}
