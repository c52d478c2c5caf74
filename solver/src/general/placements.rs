//! What a column stands for: somebody in a seat, or people who serve together in theirs.
//!
//! A couple has no columns of its own people, but one for every two seats of a unit that it could
//! take. So half a couple is nowhere, and the rows that would keep it together say nothing any more:
//! for each unit, member by member, they would be most rows of the program.

use crate::eligibility::Pair;
use crate::market::Market;
use crate::problem::Together;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Most placements of one team; a team of more stays people in seats, and rows keep it together.
const MOST: usize = 20_000;

/// The couples whose members have no placements of their own.
pub(super) struct Couples {
    pub(super) members: HashSet<u32>,
    /// For each couple, every way to seat it in one unit.
    pub(super) ways: Vec<Vec<Vec<Pair>>>,
    /// No couple has too many ways, so none is left to be kept together by rows.
    pub(super) are_all: bool,
}

impl Couples {
    /// The couples among people with these eligible pairs, as far as there is one placement for each
    /// way to seat them.
    pub(super) fn of(market: Market<'_>, pairs: &[Pair]) -> Self {
        let mut own: HashMap<u32, Vec<Pair>> = (market.instance.teams.iter())
            .filter(|team| team.together == Together::SameUnit)
            .flat_map(|team| &team.members)
            .map(|&member| (member, Vec::new()))
            .collect();
        for pair in pairs {
            if let Some(own) = own.get_mut(&pair.person) {
                own.push(*pair);
            }
        }
        let mut couples = Self {
            members: HashSet::new(),
            ways: Vec::new(),
            are_all: true,
        };
        for team in (market.instance.teams.iter()).filter(|team| team.together == Together::SameUnit) {
            let members: Vec<&[Pair]> = (team.members.iter())
                .filter_map(|member| own.get(member).map(Vec::as_slice))
                .collect();
            if let Some(ways) = in_one_unit(market, &members) {
                couples.members.extend(&team.members);
                couples.ways.push(ways);
            } else {
                couples.are_all = false;
            }
        }
        couples
    }
}

/// Placements by number, each of one pair or more.
#[derive(Default)]
pub(super) struct Placements {
    pairs: Vec<Pair>,
    /// Where the pairs of a placement end.
    ends: Vec<usize>,
}

impl Placements {
    /// Eligible pairs, those of couples put together.
    pub(super) fn new(market: Market<'_>, pairs: &[Pair]) -> Self {
        let couples = Couples::of(market, pairs);
        let mut placements = Self {
            pairs: Vec::with_capacity(pairs.len()),
            ends: Vec::with_capacity(pairs.len()),
        };
        for pair in pairs
            .iter()
            .filter(|pair| !couples.members.contains(&pair.person))
        {
            placements.push(&[*pair]);
        }
        couples
            .ways
            .iter()
            .flatten()
            .for_each(|pairs| placements.push(pairs));
        placements
    }

    /// Adds one at the end.
    pub(super) fn push(&mut self, pairs: &[Pair]) {
        self.pairs.extend_from_slice(pairs);
        self.ends.push(self.pairs.len());
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The pairs of every placement.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[Pair]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        (starts.zip(&self.ends)).map(|(start, &end)| &self.pairs[start..end])
    }

    /// The pairs of the placements that a point uses.
    pub(super) fn chosen(&self, x: &[i64]) -> Vec<Pair> {
        (self.iter().zip(x))
            .filter(|&(_, &value)| value > 0)
            .flat_map(|(pairs, _)| pairs)
            .copied()
            .collect()
    }

    /// Which placements a plan uses.
    pub(super) fn used(&self, chosen: &[Pair]) -> impl Iterator<Item = bool> {
        let set: HashSet<(u32, u32)> = chosen.iter().map(|pair| (pair.person, pair.need)).collect();
        self.iter()
            .map(move |pairs| pairs.iter().all(|pair| set.contains(&(pair.person, pair.need))))
    }
}

/// Every way to seat all members in one unit, or `None` where there are too many.
fn in_one_unit(market: Market<'_>, members: &[&[Pair]]) -> Option<Vec<Vec<Pair>>> {
    let mut ways: Vec<Vec<Pair>> = vec![Vec::new()];
    let mut by_unit: Vec<BTreeMap<u32, Vec<Pair>>> = Vec::new();
    for own in members {
        let mut units: BTreeMap<u32, Vec<Pair>> = BTreeMap::new();
        for pair in *own {
            units.entry(market.unit_of(pair)).or_default().push(*pair);
        }
        by_unit.push(units);
    }
    for units in &by_unit {
        let mut longer = Vec::new();
        for way in &ways {
            let here = match way.first() {
                Some(first) => units.get(&market.unit_of(first)).into_iter().collect(),
                None => units.values().collect::<Vec<_>>(),
            };
            for pair in here.into_iter().flatten() {
                let beside = way.iter().filter(|other| other.need == pair.need).count();
                if beside < market.instance.need(pair.need).headcount as usize {
                    longer.push(way.iter().copied().chain([*pair]).collect());
                }
            }
            if longer.len() > MOST {
                return None;
            }
        }
        ways = longer;
    }
    Some(ways)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::{land_people, need, team};

    #[test]
    fn a_couple_has_a_column_for_every_two_seats_of_a_unit() {
        let mut problem = land_people(2, 3);
        problem.needs = vec![
            need("n1", "u1", "land", 2),
            need("n2", "u1", "land", 1),
            need("n3", "u2", "land", 1),
        ];
        problem.teams = vec![team("t1", &["p1", "p2"], Together::SameUnit)];
        let instance = problem.compile().unwrap();
        let market = Market {
            instance: &instance,
            seed: 1,
        };
        let pairs = instance.eligible_pairs();
        let placements = Placements::new(market, &pairs);
        let told: Vec<Vec<(u32, u32)>> = (placements.iter())
            .map(|pairs| pairs.iter().map(|pair| (pair.person, pair.need)).collect())
            .collect();
        let alone: Vec<_> = (0..3).map(|need| vec![(2, need)]).collect();
        // both in n1, or one in each; not both in n2's only seat, and nothing in u2
        let together = [[(0, 0), (1, 0)], [(0, 0), (1, 1)], [(0, 1), (1, 0)]].map(|both| both.to_vec());
        assert_eq!(told, [alone, together.to_vec()].concat());
        let chosen = placements.chosen(&[0, 0, 1, 0, 1, 0]);
        assert_eq!(
            placements.used(&chosen).collect::<Vec<_>>(),
            [false, false, true, false, true, false]
        );
    }
}
