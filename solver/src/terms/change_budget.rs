//! At most so many assignments of the base plan are not kept: `Σ_base x ≥ lines - budget`, in lines.
//!
//! A line that eligibility stops by now is not kept, whatever the plan. The row counts pairs across
//! people and needs, so it is in neither of the two nested families of a network: where the rule binds,
//! the general model solves. And unlike all other rules it asks for something in every plan, so with
//! pins there may be no plan at all.
//!
//! Example: the base plan sends p1 and p2 to n1, and the budget is 1. `x(p1, n1) + x(p2, n1) ≥ 2 - 1`, so
//! one of them stays there at least. A budget of 2 asks for nothing.

use super::{Kind, Rule, Term};
use crate::instance::Instance;
use crate::market::Market;
use crate::program::Limit;
use crate::rulebook::{Clauses, Scope};

pub(crate) const TERM: Term = Term {
    id: "change_budget",
    kind: Kind::Rule(Rule::breaking(
        write,
        |problem| problem.policy.change_budget.is_some(),
        |instance| must_keep(instance).is_some(),
    )),
};

/// How many lines must be kept, if there are any.
fn must_keep(instance: &Instance) -> Option<i64> {
    let budget = i64::from(instance.problem().policy.change_budget?);
    let lines = i64::from(crate::index(instance.base.len()));
    Some(lines - budget).filter(|&lines| lines > 0)
}

fn write(market: Market<'_>) -> Clauses<'_> {
    let instance = market.instance;
    let Some(lines) = must_keep(instance) else {
        return Clauses::none();
    };
    Clauses::counts(Scope::Name, vec![Limit::AtLeast(lines)], |pair| {
        let line = (pair.person, pair.need);
        instance.base.contains_key(&line).then_some(0)
    })
}

#[cfg(test)]
mod tests {
    use crate::support::{base, general, infeasible, land_people, need, network, pairs, pin};

    #[test]
    fn a_seat_more_is_not_worth_two_changes() {
        // p1 alone can serve n2, and p2 can take over n1: that changes p1's line
        let mut problem = land_people(1, 2);
        problem.people[0].skills[0].level = 3;
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u1", "land", 1)];
        problem.needs[1].min_level = 3;
        problem.base = vec![base("p1", "n1")];
        problem.policy.change_budget = Some(1);
        assert_eq!(pairs(&network(&problem)), "p2→n1 p1→n2");
        problem.policy.change_budget = Some(0);
        assert_eq!(pairs(&general(&problem)), "p1→n1");
    }

    #[test]
    fn who_is_away_by_now_uses_the_budget_up() {
        let mut problem = land_people(1, 2);
        problem.needs = vec![need("n1", "u1", "land", 2)];
        problem.base = vec![base("p1", "n1"), base("p2", "n1")];
        problem.people[0].conflicts = vec!["u1".into()];
        problem.policy.change_budget = Some(1);
        assert_eq!(pairs(&network(&problem)), "p2→n1");
        problem.policy.change_budget = Some(0);
        assert_eq!(infeasible(&problem), ["change_budget"]);
    }

    #[test]
    fn pins_and_a_budget_that_contradict_each_other_are_both_named() {
        // the pin takes the seat that the base plan gave to p2
        let mut problem = land_people(1, 3);
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u1", "land", 1)];
        problem.base = vec![base("p2", "n1")];
        problem.pins = vec![pin("p3", "n2"), pin("p1", "n1")];
        problem.policy.change_budget = Some(0);
        assert_eq!(infeasible(&problem), ["p1→n1, change_budget"]);
    }
}
