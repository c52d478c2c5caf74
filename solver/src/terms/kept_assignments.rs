//! Tier 3: assignments of the base plan that are kept, `Σ_base weight · x`, in lines × weight.
//!
//! Everyone who was told already counts under `kept_announced`, everyone else under `kept_planned`;
//! the weights say how much more a broken promise costs than a change on paper. A person who is new
//! to the plan changes nothing for anybody and counts nothing. A cost per pair, so the model stays a
//! network; a limit on changes does not (`change_budget.rs`).
//!
//! Example: of the base plan 1 line that was told and 3 on paper are kept. By the default weights they are
//! worth 10 · 1 + 1 · 3 = 13.

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
    use crate::{BaseAssignment, Problem, Tier, Value};

    /// How many promises and how many lines on paper the best plan keeps.
    fn kept(problem: &Problem) -> (i64, i64) {
        let plan = solved(problem);
        let terms = &plan.tier(Tier::Changes).unwrap().terms;
        (terms["kept_announced"].measure, terms["kept_planned"].measure)
    }

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
        // p1 was told to serve n1; p2 was planned for n1 as well, p3 for n2 and so on, p10 for n9. People
        // may serve two needs each, their own or the one before (p1: n10), so the ten seats are filled in
        // two ways alone: all serve their own, which keeps the promise, or the one before, which keeps
        // the nine lines
        let mut problem = land_people(10, 10);
        problem.needs = (1..=10)
            .map(|n| need(&format!("n{n}"), &format!("u{n}"), "land", 1))
            .collect();
        for (own, person) in problem.people.iter_mut().enumerate() {
            let open = [own, (own + 9) % 10];
            person.conflicts = (0..10)
                .filter(|unit| !open.contains(unit))
                .map(|unit| format!("u{}", unit + 1).into())
                .collect();
        }
        problem.base = (2..=10)
            .map(|n| base(&format!("p{n}"), &format!("n{}", n - 1)))
            .collect();
        problem.base.push(BaseAssignment {
            announced: true,
            ..base("p1", "n1")
        });
        // nothing else speaks for the first way, and travel speaks for the second
        problem.people[0].lat += 0.1;
        problem.units[9].lat += 0.1;
        assert_eq!(kept(&problem), (1, 0));
        // so the weight decides: 10 against nine lines, where 9 would not be enough
        problem.policy.weights = [("kept_announced".to_owned(), 9)].into();
        assert_eq!(kept(&problem), (0, 9));
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
