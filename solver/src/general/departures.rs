//! Who leaves: what departments release, where people go together or not at all.
//!
//! A department releases so many people and a group keeps so many; a team of three takes three of
//! those places or none. The relaxation fills what is left with a third of a team, and over a country
//! that adds up to more people than can ever go. Departments that teams tie together are few, so
//! their part of the program is small enough to be cut to its whole points.

use super::placements::Placements;
use crate::eligibility::Pair;
use crate::market::Market;
use crate::milp::{Cut, Failure, Hull, separate};
use crate::program::{Limit, Row};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// With more parties than this, too many of their choices would have to be tried.
const PARTIES: usize = 12;

/// Every part of the departments that is tied together by people who go together.
pub(super) struct Departures {
    parts: Vec<Part>,
}

/// Departments whose people can go together with each other's, and with nobody else's.
struct Part {
    /// How many may leave: of departments, and of groups in them.
    quotas: Vec<i64>,
    /// People who go together or not at all: how many of them count against which quota.
    parties: Vec<BTreeMap<usize, i64>>,
    /// Everybody else.
    crowds: Vec<Crowd>,
    /// The columns that count one for each party, then for each person of a crowd.
    columns: Vec<Vec<u32>>,
}

/// People that count against the same quotas.
struct Crowd {
    people: i64,
    quotas: Vec<usize>,
}

impl Departures {
    pub(super) fn new(market: Market<'_>, placements: &Placements) -> Self {
        let instance = market.instance;
        let mut columns: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (column, pairs) in (0_u32..).zip(placements.iter()) {
            for Pair { person, .. } in pairs {
                columns.entry(*person).or_default().push(column);
            }
        }
        let mut people = Links::new(instance.people.len());
        let mut departments = Links::new(instance.departments.len());
        for team in &instance.teams {
            for two in team.members.windows(2) {
                people.tie(two[0], two[1]);
                let [one, other] = [two[0], two[1]].map(|member| instance.person(member).department);
                departments.tie(one, other);
            }
        }
        let in_team: BTreeSet<u32> = instance
            .teams
            .iter()
            .flat_map(|team| &team.members)
            .copied()
            .collect();
        let mut parts: BTreeMap<u32, Draft> = BTreeMap::new();
        for member in &in_team {
            parts
                .entry(departments.root(instance.person(*member).department))
                .or_default();
        }
        for (&person, columns) in &columns {
            let row = instance.person(person);
            let Some(part) = parts.get_mut(&departments.root(row.department)) else {
                continue;
            };
            let quotas = part.quotas_of(market, person);
            if in_team.contains(&person) {
                let party = part.parties.entry(people.root(person)).or_default();
                quotas
                    .into_iter()
                    .for_each(|quota| *party.0.entry(quota).or_default() += 1);
                // all of a party go, so the first tells
                if party.1.is_empty() {
                    party.1.clone_from(columns);
                }
            } else if !quotas.is_empty() {
                let crowd = part.crowds.entry(quotas).or_default();
                crowd.0 += 1;
                crowd.1.extend(columns);
            }
        }
        let parts = parts.into_values().filter(|part| part.parties.len() <= PARTIES);
        Self {
            parts: parts.map(Draft::finish).collect(),
        }
    }
}

/// A part that is being read.
#[derive(Default)]
struct Draft {
    quotas: Vec<i64>,
    /// By department, and by department and field.
    known: BTreeMap<(u32, Option<u32>), usize>,
    /// By any member.
    parties: BTreeMap<u32, (BTreeMap<usize, i64>, Vec<u32>)>,
    /// By quotas.
    crowds: BTreeMap<Vec<usize>, (i64, Vec<u32>)>,
}

impl Draft {
    /// The quotas that somebody counts against.
    fn quotas_of(&mut self, market: Market<'_>, person: u32) -> Vec<usize> {
        let row = market.instance.person(person);
        let department = &market.instance.departments[row.department as usize];
        let group = (department.group_quotas.iter()).find(|(field, _)| *field == row.primary_field);
        let quotas = [
            department.release_cap.map(|cap| (None, cap)),
            group.map(|&(field, quota)| (Some(field), quota)),
        ];
        let mut number = |(group, quota): (Option<u32>, u32)| {
            *(self.known.entry((row.department, group))).or_insert_with(|| {
                self.quotas.push(i64::from(quota));
                self.quotas.len() - 1
            })
        };
        quotas.into_iter().flatten().map(&mut number).collect()
    }

    fn finish(self) -> Part {
        let (parties, of_parties): (Vec<_>, Vec<_>) = self.parties.into_values().unzip();
        let (crowds, of_crowds): (Vec<_>, Vec<_>) = (self.crowds.into_iter())
            .map(|(quotas, (people, columns))| (Crowd { people, quotas }, columns))
            .unzip();
        Part {
            quotas: self.quotas,
            parties,
            crowds,
            columns: of_parties.into_iter().chain(of_crowds).collect(),
        }
    }
}

impl Departures {
    /// Rows that all whole points obey, and a point of the relaxation breaks.
    pub(super) fn broken(&self, x: &[f64]) -> Result<Vec<Row>, Failure> {
        let mut rows = Vec::new();
        for part in &self.parts {
            let sum = |columns: &Vec<u32>| columns.iter().map(|&column| x[column as usize]).sum();
            let point: Vec<f64> = part.columns.iter().map(sum).collect();
            let split = |value: &f64| (value - value.round()).abs() > 1e-6;
            if point[..part.parties.len()].iter().any(split)
                && let Some(cut) = separate(part, &point)?
            {
                rows.push(part.row(&cut));
            }
        }
        Ok(rows)
    }
}

impl Part {
    fn row(&self, cut: &Cut) -> Row {
        let mut entries: BTreeMap<u32, i64> = BTreeMap::new();
        for (columns, &weight) in self.columns.iter().zip(&cut.weights) {
            for &column in columns.iter().filter(|_| weight != 0) {
                *entries.entry(column).or_default() += weight;
            }
        }
        Row {
            entries: entries.into_iter().collect(),
            limit: Limit::AtMost(cut.most),
        }
    }

    /// Tries every choice of parties from one on, and keeps the best with the crowds that still fit.
    fn try_parties(&self, choice: &mut Choice<'_>, from: usize) {
        if let Some(party) = self.parties.get(from) {
            let fits = party.iter().all(|(&quota, &people)| choice.left[quota] >= people);
            if fits && choice.weights[from] > 0 {
                party
                    .iter()
                    .for_each(|(&quota, people)| choice.left[quota] -= people);
                choice.point[from] = 1;
                self.try_parties(choice, from + 1);
                choice.point[from] = 0;
                party
                    .iter()
                    .for_each(|(&quota, people)| choice.left[quota] += people);
            }
            self.try_parties(choice, from + 1);
            return;
        }
        // quotas nest, so whoever weighs most goes first (Edmonds 1970)
        let mut left = choice.left.clone();
        for &at in &choice.order {
            let crowd = &self.crowds[at];
            let room = crowd.quotas.iter().map(|&quota| left[quota]).min();
            let go = crowd.people.min(room.unwrap_or(crowd.people));
            crowd.quotas.iter().for_each(|&quota| left[quota] -= go);
            choice.point[self.parties.len() + at] = go;
        }
        let weight = choice
            .point
            .iter()
            .zip(choice.weights)
            .map(|(value, weight)| value * weight)
            .sum();
        if weight > choice.best.0 {
            choice.best = (weight, choice.point.clone());
        }
    }
}

/// A choice that is being made.
struct Choice<'c> {
    weights: &'c [i64],
    /// Crowds of a positive weight, the greatest first.
    order: Vec<usize>,
    left: Vec<i64>,
    point: Vec<i64>,
    best: (i64, Vec<i64>),
}

impl Hull for Part {
    fn best(&self, weights: &[i64]) -> (i64, Vec<i64>) {
        let weight_of = |at: usize| weights[self.parties.len() + at];
        let mut order: Vec<usize> = (0..self.crowds.len()).filter(|&at| weight_of(at) > 0).collect();
        order.sort_by_key(|&at| Reverse(weight_of(at)));
        let mut choice = Choice {
            weights,
            order,
            left: self.quotas.clone(),
            point: vec![0; weights.len()],
            best: (0, vec![0; weights.len()]),
        };
        self.try_parties(&mut choice, 0);
        choice.best
    }
}

/// What is tied together, by number (union-find).
struct Links(Vec<u32>);

impl Links {
    fn new(number: usize) -> Self {
        Self((0..crate::index(number)).collect())
    }

    fn root(&mut self, mut at: u32) -> u32 {
        while self.0[at as usize] != at {
            let above = self.0[self.0[at as usize] as usize];
            self.0[at as usize] = above;
            at = above;
        }
        at
    }

    fn tie(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one as usize] = other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Together;
    use crate::support::{land_people, need, team};

    /// A department of six releases four; three of them go together, and two.
    #[test]
    fn a_third_of_a_team_does_not_fill_what_a_department_has_left() {
        let mut problem = land_people(1, 6);
        problem.needs = vec![need("n1", "u1", "land", 6)];
        problem.departments[0].release_cap = Some(4);
        problem.teams = vec![
            team("t1", &["p1", "p2", "p3"], Together::AllOrNone),
            team("t2", &["p4", "p5"], Together::AllOrNone),
        ];
        let instance = problem.compile().unwrap();
        let market = Market {
            instance: &instance,
            seed: 1,
        };
        let pairs = instance.eligible_pairs();
        let departures = Departures::new(market, &Placements::new(market, &pairs));
        let rows = departures.broken(&[1.0, 1.0, 1.0, 0.5, 0.5, 0.0]).unwrap();
        let [row] = rows.as_slice() else {
            panic!("{rows:?}")
        };
        let sum = |x: [i64; 6]| -> i64 {
            (row.entries.iter())
                .map(|&(column, amount)| amount * x[column as usize])
                .sum()
        };
        let Limit::AtMost(most) = row.limit else {
            panic!("{row:?}")
        };
        assert!(sum([1, 1, 1, 1, 1, 0]) > most, "not both teams");
        for lawful in [[1, 1, 1, 0, 0, 1], [0, 0, 0, 1, 1, 1], [0; 6]] {
            assert!(sum(lawful) <= most, "{row:?}");
        }
    }
}
