//! Tier 4: the coverage of the worst-served unit, seats filled of seats requested.
//!
//! Only units with at least one eligible pair take part: one that nobody can serve would hold the
//! minimum at zero and hide all others. The value is one of finitely many ratios k/h, so the
//! driver bisects over them with coverage floors, which are rows of a network; a variable for the
//! minimum would not be, and slows HiGHS down beyond use.

use super::{Kind, Term};
use crate::columns::Columns;
use crate::plan::Ratio;
use crate::program::{Column, Limit, Program, Row};
use std::collections::BTreeSet;

pub(crate) const TERM: Term = Term {
    id: "unit_balance",
    kind: Kind::Balance,
};

/// A unit that takes part.
pub(crate) struct Coverage {
    /// The columns of its eligible pairs.
    columns: Vec<u32>,
    requested: u64,
    /// Seats it can fill at best, by its own headcounts, cap and eligible people.
    reachable: u64,
}

impl Coverage {
    fn filled(&self, x: &[i64]) -> i64 {
        (self.columns.iter()).map(|&column| x[column as usize]).sum()
    }

    /// The fewest seats that reach a ratio.
    fn floor(&self, ratio: Ratio) -> i64 {
        i64::try_from(ratio.floor_of(self.requested)).unwrap_or(i64::MAX)
    }
}

/// The units that take part.
pub(crate) fn coverages(all: &Columns<'_>) -> Vec<Coverage> {
    let instance = all.instance;
    let mut reachable = vec![0_u64; instance.units.len()];
    let by_need = all.grouped(instance.needs.len(), |pair| Some(pair.need));
    for (columns, need) in by_need.iter().zip(&instance.needs) {
        reachable[need.unit as usize] += (columns.len() as u64).min(u64::from(need.headcount));
    }
    let by_unit = all.grouped(instance.units.len(), |pair| Some(all.market.unit_of(pair)));
    (by_unit.into_iter().zip(&instance.units).zip(reachable))
        .filter(|((columns, _), _)| !columns.is_empty())
        .map(|((columns, unit), reachable)| Coverage {
            columns,
            requested: unit.requested,
            reachable: unit.cap.map_or(reachable, |cap| reachable.min(u64::from(cap))),
        })
        .collect()
}

/// The ratio of the worst-served unit in a plan; `None` when no unit takes part.
pub(crate) fn worst(coverages: &[Coverage], x: &[i64]) -> Option<Ratio> {
    (coverages.iter())
        .map(|coverage| {
            let filled = u64::try_from(coverage.filled(x)).unwrap_or(0);
            Ratio::new(filled, coverage.requested)
        })
        .min()
}

/// The ratio that no plan can beat, from each unit on its own.
pub(crate) fn ceiling(coverages: &[Coverage]) -> Option<Ratio> {
    (coverages.iter())
        .map(|coverage| Ratio::new(coverage.reachable, coverage.requested))
        .min()
}

/// Every ratio above `low` up to `high` that a worst-served unit can have, ascending.
pub(crate) fn candidates(coverages: &[Coverage], low: Ratio, high: Ratio) -> Vec<Ratio> {
    let sizes: BTreeSet<u64> = coverages.iter().map(|coverage| coverage.requested).collect();
    let ratios: BTreeSet<Ratio> = (sizes.into_iter())
        .flat_map(|size| (0..=size).map(move |filled| Ratio::new(filled, size)))
        .filter(|&ratio| low < ratio && ratio <= high)
        .collect();
    ratios.into_iter().collect()
}

/// The program with a floor under every unit, made elastic: each missing seat costs one. Floors
/// can be met exactly when the cost can be zero, so no verdict of infeasibility need be trusted.
pub(crate) fn with_elastic_floors(
    program: &Program,
    coverages: &[Coverage],
    ratio: Ratio,
) -> (Program, Vec<i64>) {
    let mut elastic = program.clone();
    let mut costs = vec![0; program.columns.len()];
    for coverage in coverages {
        let floor = coverage.floor(ratio);
        let missing = crate::index(elastic.columns.len());
        elastic.columns.push(Column {
            lower: 0,
            upper: floor,
        });
        costs.push(1);
        let columns = coverage.columns.iter().copied().chain([missing]);
        elastic.rows.push(Row::count(columns, Limit::AtLeast(floor)));
    }
    (elastic, costs)
}

/// A point of the program as one of the elastic program.
pub(crate) fn with_missing(coverages: &[Coverage], ratio: Ratio, x: &[i64]) -> Vec<i64> {
    let missing = (coverages.iter()).map(|coverage| (coverage.floor(ratio) - coverage.filled(x)).max(0));
    x.iter().copied().chain(missing).collect()
}

/// Keeps the ratio reached through all lower tiers.
pub(crate) fn add_floors(program: &mut Program, coverages: &[Coverage], ratio: Ratio) {
    for coverage in coverages {
        let floor = coverage.floor(ratio);
        if floor > 0 {
            let columns = coverage.columns.iter().copied();
            program.rows.push(Row::count(columns, Limit::AtLeast(floor)));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::support::{filled, land_people, need, skill, solved};
    use crate::{Balance, Priority, Ratio, Tier, Value};

    #[test]
    fn the_worst_unit_goes_first_and_then_the_second_worst() {
        // u1 asks for 4, u2 for 2, and four people come: 3/4 and 1/2, or 2/4 and 2/2; the worst has
        // 1/2 either way, the other unit more in the second, although u1 is more urgent
        let mut problem = land_people(2, 4);
        problem.needs = vec![need("n1", "u1", "land", 4), need("n2", "u2", "land", 2)];
        problem.needs[0].priority = Priority::High;
        let plan = solved(&problem);
        let ladder = Value::ladder([Ratio::new(2, 4), Ratio::new(2, 2)]);
        assert_eq!(plan.tier(Tier::Balance).unwrap().value, ladder);
        assert_eq!(filled(&problem, &plan), "n1:2 n2:2");
        // the quick variant looks at the worst alone, and the next tier takes what is left
        problem.policy.balance = Balance::MaxMin;
        let plan = solved(&problem);
        let worst = Value::Ratio(Ratio::new(1, 2));
        assert_eq!(plan.tier(Tier::Balance).unwrap().value, worst);
        assert_eq!(filled(&problem, &plan), "n1:3 n2:1");
    }

    #[test]
    fn switched_off_the_urgent_need_takes_all() {
        let mut problem = land_people(2, 4);
        problem.needs = vec![need("n1", "u1", "land", 4), need("n2", "u2", "land", 2)];
        problem.needs[0].priority = Priority::High;
        problem.policy.balance = Balance::Off;
        let plan = solved(&problem);
        assert_eq!(filled(&problem, &plan), "n1:4 n2:0");
        assert_eq!(plan.tier(Tier::Balance), None);
    }

    #[test]
    fn a_unit_that_nobody_can_serve_is_reported_apart() {
        let mut problem = land_people(2, 1);
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u2", "it", 3)];
        let plan = solved(&problem);
        let balance = plan.tier(Tier::Balance).unwrap();
        assert_eq!(balance.value, Value::ladder([Ratio::new(1, 1)]));
        assert_eq!(plan.unservable_units[0].unit, "u2".into());
        assert_eq!(plan.unservable_units[0].requested, 3);
    }

    #[test]
    fn balance_never_costs_a_seat() {
        // the only person who could help u2 is the only one who can fill the critical seat
        let mut problem = land_people(2, 2);
        problem.people[0].skills.push(skill("it", 3));
        problem.needs = vec![need("n1", "u1", "it", 1), need("n2", "u2", "land", 1)];
        problem.needs[0].priority = Priority::Critical;
        problem.people[1].conflicts = vec!["u2".into()];
        let plan = solved(&problem);
        assert_eq!(filled(&problem, &plan), "n1:1 n2:0");
        let balance = plan.tier(Tier::Balance).unwrap();
        assert_eq!(balance.value, Value::ladder([Ratio::new(0, 1), Ratio::new(1, 1)]));
    }
}
