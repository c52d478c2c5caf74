//! Fit: how good people are for their needs, beyond being eligible.

use super::View;
use super::share::{Share, thousandths};
use crate::terms;
use serde::{Deserialize, Serialize};

/// How well people fit their needs.
///
/// The fit of one assignment is Σ part × weight over the terms of fit, as a share of 4 × Σ weight, the
/// most there can be; both weights and terms are the policy's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FitMeasures {
    /// The mean over those placed, in thousandths; absent when nobody is placed or the policy
    /// switches every term of fit off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean_thousandths: Option<u64>,
    /// The lowest of them, in thousandths; absent as the mean is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_thousandths: Option<u64>,
    /// Of those placed, how many have a level in the need's field that somebody verified.
    pub verified: Share,
}

pub(super) fn measure(view: &View<'_>) -> FitMeasures {
    let terms = terms::fit_terms(view.instance);
    let most: u128 = terms.iter().map(|term| 4 * u128::from(term.weight)).sum();
    let scores = view.placed.iter().map(|placed| {
        let parts = &placed.assignment.fit.parts;
        (terms.iter())
            .filter_map(|term| Some(u128::from(term.weight) * u128::from(*parts.get(term.id)?)))
            .sum::<u128>()
    });
    let scores: Vec<u128> = scores.collect();
    let placed = scores.len() as u128;
    FitMeasures {
        mean_thousandths: thousandths(scores.iter().sum(), placed * most),
        minimum_thousandths: scores.iter().min().and_then(|&score| thousandths(score, most)),
        verified: view.share(|placed| {
            let field = &view.need(placed).field;
            let skills = &view.person(placed).skills;
            skills.iter().any(|skill| skill.field == *field && skill.verified)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{FitMeasures, Share};
    use crate::support::{land_people, need, plan_of};
    use crate::{Problem, measures};

    fn fit(change: impl Fn(&mut Problem), pairs: &[(&str, &str)]) -> FitMeasures {
        let mut problem = land_people(1, 2);
        problem.needs = vec![need("n1", "u1", "land", 3)];
        change(&mut problem);
        let instance = problem.compile().unwrap();
        measures(&instance, &plan_of(&instance, pairs)).fit
    }

    #[test]
    fn the_most_there_can_be_is_one() {
        // weights 2, 1, 1, 1: at most 20. p1: level 2 of 4 above the minimum, verified: 2 · 2 + 4 = 8;
        // p2: level 2 alone: 4. The mean is 6 of 20.
        let verify = |problem: &mut Problem| problem.people[0].skills[0].verified = true;
        let found = fit(verify, &[("p1", "n1"), ("p2", "n1")]);
        let expected = FitMeasures {
            mean_thousandths: Some(300),
            minimum_thousandths: Some(200),
            verified: Share::new(1, 2),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_term_that_is_switched_off_does_not_count() {
        let level_alone = |problem: &mut Problem| {
            let off = ["fit_verified", "fit_experience", "fit_recency", "fit_language"];
            problem.policy.weights = off.map(|id| (id.to_owned(), 0)).into();
        };
        assert_eq!(fit(level_alone, &[("p1", "n1")]).mean_thousandths, Some(500));
        let nothing = |problem: &mut Problem| {
            level_alone(problem);
            problem.policy.weights.insert("fit_level".to_owned(), 0);
        };
        assert_eq!(fit(nothing, &[("p1", "n1")]).mean_thousandths, None);
    }

    #[test]
    fn nobody_placed_has_no_mean() {
        let found = fit(|_| {}, &[]);
        assert_eq!((found.mean_thousandths, found.minimum_thousandths), (None, None));
        assert_eq!(found.verified, Share::default());
    }
}
