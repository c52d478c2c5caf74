//! Fit: full years of work in the field. None or unknown 0, from 1 year 1, from 3 years 2, from 6
//! years 3, from 10 years 4.
//!
//! It counts in tier 6, `Σ priority weight · weight · part · x`, in points × both weights. A cost per
//! pair, as every term of fit, so the model stays a network.
//!
//! Example: 7 years, in a need of normal priority. The part is 3, and by the default weights it is worth
//! 2 · 1 · 3 = 6.

use super::{Kind, Term, always};
use crate::eligibility::Pair;
use crate::instance::Instance;

pub(crate) const TERM: Term = Term {
    id: "fit_experience",
    kind: Kind::Fit {
        default_weight: 1,
        told: always,
        part,
    },
};

fn part(_: &Instance, pair: &Pair) -> u8 {
    match pair.years {
        0 => 0,
        1..=2 => 1,
        3..=5 => 2,
        6..=9 => 3,
        10.. => 4,
    }
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, solved};

    #[test]
    fn years_count_in_five_steps() {
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        let mut steps = Vec::new();
        for years in [
            None,
            Some(0),
            Some(1),
            Some(2),
            Some(3),
            Some(5),
            Some(6),
            Some(9),
            Some(10),
            Some(99),
        ] {
            problem.people[0].skills[0].years = years;
            steps.push(solved(&problem).assignments[0].fit.parts["fit_experience"]);
        }
        assert_eq!(steps, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
    }
}
