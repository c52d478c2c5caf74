//! Tier 3: assignments of the base plan that are kept, `Σ_base weight · x`, in lines × weight.
//!
//! Everyone who was told already counts under `kept_announced`, everyone else under `kept_planned`;
//! the weights say how much more a broken promise costs than a change on paper. A person who is new
//! to the plan changes nothing for anybody and counts nothing. A cost per pair, so the model stays a
//! network; a limit on changes does not (`change_budget.rs`).

use super::{Goal, Kind, Measure, Term};
use crate::eligibility::Pair;
use crate::market::Market;
use crate::plan::Tier;

pub(crate) const ANNOUNCED: Term = Term {
    id: "kept_announced",
    kind: Kind::Goal(Goal {
        tier: Tier::Changes,
        weight: Some(10),
        measure: Measure::Pair(announced),
    }),
};

pub(crate) const PLANNED: Term = Term {
    id: "kept_planned",
    kind: Kind::Goal(Goal {
        tier: Tier::Changes,
        weight: Some(1),
        measure: Measure::Pair(planned),
    }),
};

fn announced(market: &Market<'_>, pair: &Pair) -> i64 {
    kept(market, pair, true)
}

fn planned(market: &Market<'_>, pair: &Pair) -> i64 {
    kept(market, pair, false)
}

fn kept(market: &Market<'_>, pair: &Pair, announced: bool) -> i64 {
    i64::from(market.instance.base.get(&(pair.person, pair.need)) == Some(&announced))
}

#[cfg(test)]
mod tests {
    use crate::support::{base, land_people, need, pairs, solved};
    use crate::{BaseAssignment, Tier, Value};

    #[test]
    fn who_was_told_stays_although_another_fits_better() {
        let mut problem = land_people(1, 2);
        problem.people[1].skills[0].level = 4;
        problem.needs = vec![need("n1", "u1", "land", 1)];
        assert_eq!(pairs(&solved(&problem)), "p2→n1");
        problem.base = vec![BaseAssignment {
            announced: true,
            ..base("p1", "n1")
        }];
        let plan = solved(&problem);
        assert_eq!(pairs(&plan), "p1→n1");
        assert_eq!(plan.tier(Tier::Changes).unwrap().value, Value::Integer(10));
    }

    #[test]
    fn one_promise_outweighs_nine_lines_on_paper() {
        // p1 was told to serve n1, the others were planned for it; all ten seats but one are gone
        let mut problem = land_people(1, 2);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        problem.base = vec![
            BaseAssignment {
                announced: true,
                ..base("p2", "n1")
            },
            base("p1", "n1"),
        ];
        assert_eq!(pairs(&solved(&problem)), "p2→n1");
    }

    #[test]
    fn a_seat_is_worth_more_than_a_promise() {
        // p1 alone can serve n2, and p2 can take over n1
        let mut problem = land_people(1, 2);
        problem.people[0].skills[0].level = 3;
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u1", "land", 1)];
        problem.needs[1].min_level = 3;
        problem.base = vec![BaseAssignment {
            announced: true,
            ..base("p1", "n1")
        }];
        assert_eq!(pairs(&solved(&problem)), "p2→n1 p1→n2");
    }

    #[test]
    fn without_a_base_plan_there_is_no_such_tier() {
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        assert_eq!(solved(&problem).tier(Tier::Changes), None);
    }
}
