//! Coverage: seats filled of seats asked for, in all and by field, priority and unit.

use super::View;
use super::share::{Share, percentile, thousandths};
use crate::ids::{FieldId, UnitId};
use crate::index;
use crate::instance::Instance;
use crate::plan::Ratio;
use crate::problem::Priority;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How far what was asked for is given.
///
/// The figures of units are taken over the *servable* ones: those that ask for somebody and have at
/// least one need that somebody is eligible for. A unit's coverage is seats filled ÷ seats asked
/// for, over all its needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverageMeasures {
    /// Seats filled of all seats.
    pub seats: Share,
    /// Seats filled of those of critical needs.
    pub critical: Share,
    /// The same by field, for fields that somebody asks for.
    pub by_field: BTreeMap<FieldId, Share>,
    /// The same by priority, for priorities that occur.
    pub by_priority: BTreeMap<Priority, Share>,
    /// The servable unit with the lowest coverage, of several the first by id; absent when no unit
    /// is servable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worst_unit: Option<UnitShare>,
    /// The tenth percentile, by nearest rank, of the servable units' coverage: a tenth of them have
    /// this or less. Absent when no unit is servable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenth_percentile: Option<Ratio>,
    /// The Gini coefficient (Gini 1912) of the n servable units' coverage x, in thousandths: the
    /// mean difference of two units, Σᵢ Σⱼ |xᵢ − xⱼ| ÷ n², as a part of twice the mean. 0 when all
    /// have the same, near 1000 when one has everything; 0 too when no unit is servable or
    /// nothing is filled. Each unit counts alike, whatever it asks for.
    pub gini_thousandths: u64,
    /// Servable units that get nobody, by id.
    pub empty_units: Vec<UnitId>,
    /// Units that ask for somebody and have no need that anyone is eligible for, by id.
    pub unservable_units: Vec<UnitId>,
}

/// One unit's coverage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitShare {
    /// Which unit.
    pub unit: UnitId,
    /// Seats filled of seats it asks for.
    pub seats: Share,
}

pub(super) fn measure(view: &View<'_>) -> CoverageMeasures {
    let instance = view.instance;
    let problem = instance.problem();
    let mut filled = vec![0_u64; problem.needs.len()];
    for placed in &view.placed {
        filled[placed.need as usize] += 1;
    }
    let mut seats = Share::default();
    let mut by_field: BTreeMap<FieldId, Share> = BTreeMap::new();
    let mut by_priority: BTreeMap<Priority, Share> = BTreeMap::new();
    let mut by_unit = vec![Share::default(); problem.units.len()];
    for ((need, row), &filled) in problem.needs.iter().zip(&instance.needs).zip(&filled) {
        let asked = u64::from(need.headcount);
        seats.add(filled, asked);
        by_field.entry(need.field.clone()).or_default().add(filled, asked);
        by_priority.entry(need.priority).or_default().add(filled, asked);
        by_unit[row.unit as usize].add(filled, asked);
    }
    let servable = servable(instance);
    let mut units: Vec<(&UnitId, Share, bool)> = (problem.units.iter().zip(by_unit))
        .zip(servable)
        .map(|((unit, seats), servable)| (&unit.id, seats, servable))
        .filter(|(_, seats, _)| seats.of > 0)
        .collect();
    units.sort_by_key(|&(id, ..)| id);
    let ids = |of: &dyn Fn(Share, bool) -> bool| {
        let found = units.iter().filter(|&&(_, seats, servable)| of(seats, servable));
        found.map(|&(id, ..)| id.clone()).collect()
    };
    let mut ratios: Vec<(Ratio, &UnitId, Share)> = (units.iter())
        .filter(|(.., servable)| *servable)
        .filter_map(|&(id, seats, _)| Some((seats.ratio()?, id, seats)))
        .collect();
    ratios.sort_by_key(|&(ratio, id, _)| (ratio, id));
    CoverageMeasures {
        seats,
        critical: by_priority.get(&Priority::Critical).copied().unwrap_or_default(),
        by_field,
        by_priority,
        worst_unit: ratios.first().map(|&(_, unit, seats)| UnitShare {
            unit: unit.clone(),
            seats,
        }),
        tenth_percentile: percentile(&ratios, 10).map(|(ratio, ..)| ratio),
        gini_thousandths: gini(ratios.iter().map(|&(ratio, ..)| ratio)),
        empty_units: ids(&|seats, servable| servable && seats.count == 0),
        unservable_units: ids(&|_, servable| !servable),
    }
}

/// For each unit, whether anybody is eligible for any of its needs; the search ends at the first.
fn servable(instance: &Instance) -> Vec<bool> {
    let mut servable = vec![false; instance.units.len()];
    for (need, row) in instance.needs.iter().enumerate() {
        let known = &mut servable[row.unit as usize];
        *known = *known
            || (instance.holders_of(row.field).iter())
                .any(|holder| instance.pair(holder.person, index(need)).is_some());
    }
    servable
}

/// The Gini coefficient of ratios in ascending order, in thousandths.
///
/// With ascending x the double sum is 2 · Σ (2i − n − 1) · xᵢ, so the coefficient is
/// (2 · Σ i · xᵢ − (n + 1) · Σ xᵢ) ÷ (n · Σ xᵢ). Ratios have no common denominator of bearable size,
/// so each is taken in billionths, rounded down.
fn gini(ascending: impl Iterator<Item = Ratio>) -> u64 {
    const BILLION: u128 = 1_000_000_000;
    let (mut count, mut sum, mut ranked) = (0_u128, 0_u128, 0_u128);
    for ratio in ascending {
        count += 1;
        let share = u128::from(ratio.filled) * BILLION / u128::from(ratio.requested);
        sum += share;
        ranked += count * share;
    }
    let differences = (2 * ranked).saturating_sub((count + 1) * sum);
    thousandths(differences, count * sum).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{CoverageMeasures, Share, gini};
    use crate::support::{land_people, need, person, plan_of, problem};
    use crate::{Priority, Problem, Ratio, measures};

    fn coverage(problem: Problem, pairs: &[(&str, &str)]) -> CoverageMeasures {
        let instance = problem.compile().unwrap();
        measures(&instance, &plan_of(&instance, pairs)).coverage
    }

    fn of_halves(halves: &[u64]) -> u64 {
        gini(halves.iter().map(|&half| Ratio::new(half, 2)))
    }

    #[test]
    fn gini_by_hand() {
        // 0 and 1: the mean difference is (0 + 1 + 1 + 0) ÷ 4 = 1/2, the mean 1/2; 1/2 ÷ (2 · 1/2)
        assert_eq!(of_halves(&[0, 2]), 500);
        // 1/2 and 1: (0 + 1/2 + 1/2 + 0) ÷ 4 = 1/4; 1/4 ÷ (2 · 3/4) = 1/6
        assert_eq!(of_halves(&[1, 2]), 167);
        assert_eq!(of_halves(&[0, 0, 0, 2]), 750);
        assert_eq!(
            (of_halves(&[1, 1, 1]), of_halves(&[0, 0]), of_halves(&[])),
            (0, 0, 0)
        );
        let thirds = [1, 1, 2, 3].map(|third| Ratio::new(third, 3));
        // sums over pairs: 1-2: 2 · 1/3 each, 1-3: 2 · 2/3 each, 2-3: 2 · 1/3: 14/3; 14/3 ÷ 16 ÷ (2 · 7/12)
        assert_eq!(gini(thirds.into_iter()), 250);
    }

    #[test]
    fn seats_are_counted_in_all_and_by_field_priority_and_unit() {
        let mut problem = land_people(3, 3);
        problem.people.push(person("p4", "it"));
        problem.needs = vec![
            need("n1", "u1", "land", 2),
            need("n2", "u2", "land", 3),
            need("n3", "u2", "it", 1),
            need("n4", "u3", "land", 1),
        ];
        problem.needs[0].priority = Priority::Critical;
        let found = coverage(problem, &[("p1", "n1"), ("p2", "n1"), ("p4", "n3")]);
        assert_eq!(found.seats, Share::new(3, 7));
        assert_eq!(found.critical, Share::new(2, 2));
        assert_eq!(found.by_field[&"land".into()], Share::new(2, 6));
        assert_eq!(found.by_field[&"it".into()], Share::new(1, 1));
        assert_eq!(found.by_priority[&Priority::Normal], Share::new(1, 5));
        // u1 2/2, u2 1/4, u3 0/1
        let worst = found.worst_unit.unwrap();
        assert_eq!((worst.unit.as_str(), worst.seats), ("u3", Share::new(0, 1)));
        assert_eq!(found.tenth_percentile, Some(Ratio::new(0, 1)));
        assert_eq!(found.empty_units, ["u3".into()]);
        // 2 · (1 · 0 + 2 · 1/4 + 3 · 1) − 4 · 5/4 = 2, of 3 · 5/4
        assert_eq!(found.gini_thousandths, 533);
    }

    #[test]
    fn who_cannot_be_served_stands_apart_and_who_asks_for_nothing_nowhere() {
        let mut problem = land_people(3, 1);
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u2", "it", 4)];
        let found = coverage(problem, &[("p1", "n1")]);
        assert_eq!(found.unservable_units, ["u2".into()]);
        assert!(found.empty_units.is_empty());
        assert_eq!(found.worst_unit.unwrap().unit.as_str(), "u1");
        assert_eq!(found.gini_thousandths, 0);
    }

    #[test]
    fn nothing_asked_for_is_no_coverage_rather_than_a_full_one() {
        let found = coverage(problem(), &[]);
        assert_eq!(
            (found.seats, found.critical),
            (Share::default(), Share::default())
        );
        assert!(found.by_field.is_empty() && found.by_priority.is_empty());
        assert_eq!(
            (found.worst_unit, found.tenth_percentile, found.gini_thousandths),
            (None, None, 0)
        );
    }
}
