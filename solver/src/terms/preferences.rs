//! Tier 8: wishes that are met, `Σ weight · points · x`, in points × weight.
//!
//! `preference_person`: the first unit on the person's list counts 4, the second 3, the third 2,
//! every other 1, and a unit that is not on it nothing. `preference_unit`: a person on the unit's
//! list of those it would gladly take counts 4. A cost per pair, so the model stays a network.
//!
//! Example: p1 is sent to the second unit on the own list, which would gladly take p1. By the default
//! weights that is worth 1 · 3 + 1 · 4 = 7.

use super::{Goal, Kind, Measure, Term};
use crate::eligibility::Pair;
use crate::market::Market;
use crate::plan::Tier;

pub(crate) const PERSON: Term = Term {
    id: "preference_person",
    kind: Kind::Goal(Goal {
        tier: Tier::Preference,
        weight: Some(1),
        measure: Measure::Pair(person),
    }),
};

pub(crate) const UNIT: Term = Term {
    id: "preference_unit",
    kind: Kind::Goal(Goal {
        tier: Tier::Preference,
        weight: Some(1),
        measure: Measure::Pair(unit),
    }),
};

fn person(market: &Market<'_>, pair: &Pair) -> i64 {
    let unit = market.unit_of(pair);
    let wishes = &market.instance.person(pair.person).preferences;
    match wishes.iter().position(|&wish| wish == unit) {
        Some(0) => 4,
        Some(1) => 3,
        Some(2) => 2,
        Some(_) => 1,
        None => 0,
    }
}

fn unit(market: &Market<'_>, pair: &Pair) -> i64 {
    let unit = market.instance.unit(market.unit_of(pair));
    if unit.acceptable.contains(&pair.person) {
        4
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, pairs, solved};
    use crate::{Tier, Value};

    #[test]
    fn two_people_who_wish_for_each_others_place_swap() {
        let mut problem = land_people(2, 2);
        problem.people[0].lat += 0.5;
        problem.units[0].lat += 0.5;
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u2", "land", 1)];
        // travel alone would send each to the unit at the own door
        assert_eq!(pairs(&solved(&problem)), "p1→n1 p2→n2");
        problem.people[0].preferences = vec!["u2".into(), "u1".into()];
        problem.people[1].preferences = vec!["u1".into()];
        let plan = solved(&problem);
        assert_eq!(pairs(&plan), "p2→n1 p1→n2");
        assert_eq!(plan.tier(Tier::Preference).unwrap().value, Value::Integer(8));
    }

    #[test]
    fn the_unit_has_a_say_too() {
        let mut problem = land_people(1, 2);
        problem.people[1].lat += 0.5;
        problem.units[0].acceptable = vec!["p2".into()];
        problem.needs = vec![need("n1", "u1", "land", 1)];
        let plan = solved(&problem);
        assert_eq!(pairs(&plan), "p2→n1");
        assert_eq!(plan.tier(Tier::Preference).unwrap().value, Value::Integer(4));
    }
}
