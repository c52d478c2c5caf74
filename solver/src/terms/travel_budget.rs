//! All journeys together take at most so long: `Σ minutes · x ≤ budget`, in minutes one way.
//!
//! Minutes differ from pair to pair, so this is a knapsack and not a count: where it binds, the
//! relaxation sends a part of a person somewhere nearer, and the general model solves.
//!
//! Example: p1 and p2 travel 117 minutes each, and the budget is 233. `117 · x(p1) + 117 · x(p2) ≤ 233`, so
//! one of them stays at home. A budget of 234 is enough for both.

use super::{Kind, Rule, Term};
use crate::instance::Instance;
use crate::market::Market;
use crate::program::Limit;
use crate::rulebook::{Clauses, Scope};

pub(crate) const TERM: Term = Term {
    id: "travel_budget",
    kind: Kind::Rule(Rule::breaking(
        write,
        |problem| problem.policy.travel_budget_minutes.is_some(),
        binds,
    )),
};

fn budget(instance: &Instance) -> Option<i64> {
    let minutes = instance.problem().policy.travel_budget_minutes?;
    i64::try_from(minutes).ok()
}

fn write(market: Market<'_>) -> Clauses<'_> {
    let Some(budget) = budget(market.instance) else {
        return Clauses::none();
    };
    let mut clauses = Clauses::blank(Scope::Journey);
    clauses.limits.push(Limit::AtMost(budget));
    clauses.of_pair = Box::new(|pair, entries| {
        if pair.minutes > 0 {
            entries.push((0, i64::from(pair.minutes)));
        }
    });
    clauses
}

/// Whether everybody's longest journey would take more than there is.
fn binds(instance: &Instance) -> bool {
    let Some(budget) = budget(instance) else {
        return false;
    };
    let mut longest = vec![0_i64; instance.people.len()];
    instance.each_eligible_pair(|pair| {
        let own = &mut longest[pair.person as usize];
        *own = (*own).max(i64::from(pair.minutes));
    });
    longest.iter().sum::<i64>() > budget
}

#[cfg(test)]
mod tests {
    use crate::support::{general, land_people, need, network, pairs};

    #[test]
    fn the_better_fit_is_too_far_for_the_budget() {
        // p1 fits better but travels 117 minutes, p2 lives at the door
        let mut problem = land_people(1, 2);
        problem.people[0].lat += 0.5;
        problem.people[0].skills[0].level = 4;
        problem.needs = vec![need("n1", "u1", "land", 1)];
        assert_eq!(pairs(&network(&problem)), "p1→n1");
        problem.policy.travel_budget_minutes = Some(117);
        assert_eq!(pairs(&network(&problem)), "p1→n1");
        problem.policy.travel_budget_minutes = Some(116);
        assert_eq!(pairs(&general(&problem)), "p2→n1");
    }

    #[test]
    fn a_seat_stays_empty_when_only_one_journey_is_paid() {
        let mut problem = land_people(1, 2);
        (problem.people.iter_mut()).for_each(|person| person.lat += 0.5);
        problem.needs = vec![need("n1", "u1", "land", 2)];
        problem.policy.travel_budget_minutes = Some(233);
        assert_eq!(general(&problem).assignments.len(), 1);
        problem.policy.travel_budget_minutes = Some(234);
        assert_eq!(network(&problem).assignments.len(), 2);
    }
}
