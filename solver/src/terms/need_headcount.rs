//! A need gets at most as many people as it asked for, `Σ_need x ≤ headcount`, in people; what stays
//! empty is reported.
//!
//! Needs nest in units, so the model stays a network.
//!
//! Example: p1, p2 and p3 may serve a need of 2 seats. `x(p1) + x(p2) + x(p3) ≤ 2`, so one of them stays
//! at home. If p1 alone may, 1 seat is filled and 1 is reported as missing.

use super::{Kind, Rule, Term};
use crate::market::Market;
use crate::rulebook::{Clauses, Scope};

pub(crate) const TERM: Term = Term {
    id: "need_headcount",
    kind: Kind::Rule(Rule::network(write)),
};

fn write(market: Market<'_>) -> Clauses<'_> {
    let headcounts = market.instance.needs.iter().map(|need| Some(need.headcount));
    Clauses::caps(Scope::Kind, headcounts, |pair| Some(pair.need))
}

#[cfg(test)]
mod tests {
    use crate::support::{filled, land_people, need, solved};

    #[test]
    fn three_people_for_two_seats_leave_one_at_home() {
        let mut problem = land_people(1, 3);
        problem.needs = vec![need("n1", "u1", "land", 2)];
        assert_eq!(filled(&problem, &solved(&problem)), "n1:2");
    }

    #[test]
    fn one_person_for_two_seats_leaves_one_empty_and_says_so() {
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 2)];
        let plan = solved(&problem);
        assert_eq!((plan.unmet[0].filled, plan.unmet[0].missing), (1, 1));
        assert_eq!((plan.unmet[0].have_field, plan.unmet[0].eligible), (1, 1));
    }
}
