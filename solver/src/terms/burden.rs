//! Tier 7: what is asked of people who did not volunteer, `Σ_directed (weight · history +
//! weight · hardship) · x`, in secondments and points of hardship × weight; less is better.
//!
//! `burden_history` counts the past secondments of everyone who is directed to serve and the
//! hardship borne in them, so that the load goes round; `burden_hardship` counts the hardship of
//! the unit that they are directed to. Volunteers count nothing in either: whoever offers to go to
//! a hard place spares somebody else. A cost per pair, so the model stays a network.
//!
//! Example: p1 was seconded twice, bore a hardship of 3 in that, and is directed to a unit of hardship 4. By
//! the default weights that is 1 · (2 + 3) + 1 · 4 = 9; of a volunteer it is 0.

use super::{Goal, Kind, Measure, Term};
use crate::eligibility::Pair;
use crate::market::Market;
use crate::plan::Tier;

pub(crate) const HISTORY: Term = Term {
    id: "burden_history",
    kind: Kind::Goal(Goal {
        tier: Tier::Burden,
        weight: Some(1),
        measure: Measure::Pair(history),
    }),
};

pub(crate) const HARDSHIP: Term = Term {
    id: "burden_hardship",
    kind: Kind::Goal(Goal {
        tier: Tier::Burden,
        weight: Some(1),
        measure: Measure::Pair(hardship),
    }),
};

fn history(market: &Market<'_>, pair: &Pair) -> i64 {
    directed(market, pair, market.instance.person(pair.person).history)
}

fn hardship(market: &Market<'_>, pair: &Pair) -> i64 {
    let unit = market.instance.need(pair.need).unit;
    directed(market, pair, market.instance.unit(unit).hardship.into())
}

fn directed(market: &Market<'_>, pair: &Pair, load: u32) -> i64 {
    if market.instance.person(pair.person).volunteer {
        0
    } else {
        i64::from(load)
    }
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, pairs, solved};
    use crate::{Tier, Value};

    #[test]
    fn who_served_before_rests_while_another_can_go() {
        let mut problem = land_people(1, 2);
        problem.people[0].past_secondments = 2;
        problem.people[0].hardship_so_far = 3;
        problem.needs = vec![need("n1", "u1", "land", 1)];
        let plan = solved(&problem);
        assert_eq!(pairs(&plan), "p2→n1");
        assert_eq!(plan.tier(Tier::Burden).unwrap().value, Value::Integer(0));
    }

    #[test]
    fn the_volunteer_takes_the_hard_place() {
        let mut problem = land_people(2, 2);
        problem.people[1].volunteer = true;
        problem.units[0].hardship = 3;
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u2", "land", 1)];
        let plan = solved(&problem);
        assert_eq!(pairs(&plan), "p2→n1 p1→n2");
        assert_eq!(plan.tier(Tier::Burden).unwrap().value, Value::Integer(0));
    }

    #[test]
    fn where_nothing_is_a_burden_there_is_no_such_tier() {
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        assert_eq!(solved(&problem).tier(Tier::Burden), None);
    }
}
