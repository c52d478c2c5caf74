//! Fit: how lately the person worked in the field, by full years from the last day of work in it to
//! the first day of the term: 0 give 4, 1 gives 3, 2 give 2, 3 and 4 give 1, 5 and more give 0;
//! unknown gives 0 as well. A day yet to come counts as 0 years. It counts only where the problem
//! tells it of anybody.
//!
//! It counts in tier 6, `Σ priority weight · weight · part · x`, in points × both weights. A cost per
//! pair, as every term of fit, so the model stays a network.
//!
//! Example: worked until 2024-05-31, and the term of a need of normal priority starts on 2026-08-01. That is
//! 2 full years ago, the part is 2, and by the default weights it is worth 2 · 1 · 2 = 4.

use super::{Kind, Term};
use crate::eligibility::Pair;
use crate::instance::Instance;

pub(crate) const TERM: Term = Term {
    id: "fit_recency",
    kind: Kind::Fit {
        default_weight: 1,
        told: |instance| instance.tells_recency,
        part,
    },
};

fn part(_: &Instance, pair: &Pair) -> u8 {
    match pair.idle {
        0 => 4,
        1 => 3,
        2 => 2,
        3..=4 => 1,
        5.. => 0,
    }
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, pairs, person, solved};

    #[test]
    fn full_years_before_the_term_count_in_five_steps() {
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        // of somebody else it is told, so that it counts at all
        problem.people.push(person("p2", "it"));
        problem.people[1].skills[0].last_worked = "2026-01-31".parse().ok();
        let mut part = |last_worked: Option<&str>| {
            problem.people[0].skills[0].last_worked = last_worked.map(|day| day.parse().unwrap());
            solved(&problem).assignments[0].fit.parts["fit_recency"]
        };
        // the term starts on 2026-08-01
        for (last_worked, expected) in [
            (None, 0),
            (Some("2027-06-30"), 4),
            (Some("2026-08-01"), 4),
            (Some("2025-08-02"), 4),
            (Some("2025-08-01"), 3),
            (Some("2024-08-01"), 2),
            (Some("2023-08-01"), 1),
            (Some("2021-08-02"), 1),
            (Some("2021-08-01"), 0),
            (Some("1700-01-01"), 0),
        ] {
            assert_eq!(part(last_worked), expected, "{last_worked:?}");
        }
    }

    #[test]
    fn where_nobody_tells_it_no_plan_speaks_of_it() {
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        assert!(
            !solved(&problem).assignments[0]
                .fit
                .parts
                .contains_key("fit_recency")
        );
    }

    #[test]
    fn of_two_alike_whoever_did_it_lately_goes() {
        let mut problem = land_people(1, 2);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        problem.people[0].skills[0].last_worked = "2019-05-31".parse().ok();
        problem.people[1].skills[0].last_worked = "2024-05-31".parse().ok();
        assert_eq!(pairs(&solved(&problem)), "p2→n1");
    }
}
