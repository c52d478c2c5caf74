//! Tier 10: a lottery among plans that are equal in everything else, `Σ draw · x`, in points drawn, 0 to
//! 2^20 - 1 each; less is better.
//!
//! Each pair draws a number from its ids and the published seed alone, and the plan with the
//! smallest sum wins. So the choice depends neither on the order of the lists nor on the engine's
//! habits, and anyone can draw again. The draw is FNV-1a (Fowler, Noll, Vo) over the text
//! `seed/person/need`, stirred by the finaliser of SplitMix64 (Steele, Lea, Flood 2014); its
//! top 20 bits count. A cost per pair, so the model stays a network.
//!
//! Example: p1 draws 28,031 for n1 if the seed is 1 (`1/p1/n1`), and 16,385 if it is 2.

use super::{Goal, Kind, Measure, Term};
use crate::eligibility::Pair;
use crate::market::Market;
use crate::plan::Tier;

pub(crate) const TERM: Term = Term {
    id: "tie_break",
    kind: Kind::Goal(Goal {
        tier: Tier::TieBreak,
        weight: None,
        measure: Measure::Pair(measure),
    }),
};

fn measure(market: &Market<'_>, pair: &Pair) -> i64 {
    let problem = market.instance.problem();
    let person = &problem.people[pair.person as usize].id;
    let need = &problem.needs[pair.need as usize].id;
    draw(&format!("{}/{person}/{need}", market.seed))
}

/// The number that a text draws, from 0 to 2^20 - 1.
pub(crate) fn draw(text: &str) -> i64 {
    let mut state = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^= state >> 31;
    i64::try_from(state >> 44).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::support::{land_people, need, pairs, solved};
    use crate::{Settings, solve};
    use std::collections::BTreeSet;

    #[test]
    fn the_lottery_is_published_arithmetic() {
        // worked out with another language's integers; a change here changes every published plan
        assert_eq!(draw("1/p1/n1"), 28_031);
        assert_eq!(draw("2/p1/n1"), 16_385);
    }

    #[test]
    fn equals_are_told_apart_by_the_seed_alone() {
        let mut problem = land_people(1, 9);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        let instance = problem.clone().compile().unwrap();
        let mut winners = BTreeSet::new();
        for seed in 0..40 {
            let settings = Settings {
                seed,
                ..Settings::default()
            };
            let outcome = solve(&instance, &settings, &mut |_| {});
            winners.insert(pairs(outcome.plan().unwrap()));
        }
        assert!(winners.len() >= 7, "{winners:?}");
        let plan = solved(&problem);
        problem.people.reverse();
        assert_eq!(solved(&problem), plan);
    }
}
