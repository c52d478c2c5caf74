//! Fit: the share of the need's preferred languages that the person speaks, in quarters, rounded
//! down: `⌊4 · spoken / preferred⌋`. A need without preferences gives 0 to everyone.
//!
//! It counts in tier 6, `Σ priority weight · weight · part · x`, in points × both weights. A cost per
//! pair, as every term of fit, so the model stays a network.
//!
//! Example: 2 of 3 preferred languages, in a need of normal priority. The part is ⌊4 · 2 / 3⌋ = 2, and by
//! the default weights it is worth 2 · 1 · 2 = 4.

use super::{Kind, Term, always};
use crate::eligibility::Pair;
use crate::instance::Instance;

pub(crate) const TERM: Term = Term {
    id: "fit_language",
    kind: Kind::Fit {
        default_weight: 1,
        told: always,
        part,
    },
};

fn part(instance: &Instance, pair: &Pair) -> u8 {
    let wanted = &instance.need(pair.need).preferred_languages;
    let spoken = wanted.intersection(&instance.person(pair.person).languages);
    let quarters = (4 * spoken.count()).checked_div(wanted.len()).unwrap_or(0);
    u8::try_from(quarters).unwrap_or(4)
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, solved};

    #[test]
    fn two_of_three_preferred_languages_give_2() {
        // 4 × 2 / 3 = 2.67, rounded down
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        problem.needs[0].preferred_languages = ["mnong", "koho", "cham"].map(String::from).to_vec();
        problem.people[0].languages = ["koho", "cham", "english"].map(String::from).to_vec();
        assert_eq!(solved(&problem).assignments[0].fit.parts["fit_language"], 2);
    }

    #[test]
    fn without_preferences_everyone_gets_0() {
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        problem.people[0].languages = vec!["koho".to_owned()];
        assert_eq!(solved(&problem).assignments[0].fit.parts["fit_language"], 0);
    }
}
