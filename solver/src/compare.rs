//! Two plans side by side: who moves, which is better in which tier, what each need gains or loses,
//! and every measure of both.
//!
//! The plans answer the same problem, or an earlier and a later state of it: then people and needs
//! are matched by id, values are compared as each plan tells them, and the problem in hand, as a rule
//! the later one, is what both are measured against.

mod moves;
mod tiers;

use crate::ids::{NeedId, UnitId};
use crate::instance::Instance;
use crate::measures::{Measures, measures};
use crate::plan::{Plan, Tier};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use moves::{Move, Post};
pub use tiers::{Better, TierDifference};

/// What is different between two plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// Whether both plans name the same problem.
    pub same_problem: bool,
    /// Which plan is better: the one that wins the first tier in which they differ. Tiers that cannot be
    /// compared are passed over.
    pub better: Better,
    /// That tier; absent when no tier says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Tier>,
    /// Every tier that is in force in one of the two: those of the second plan, most important first,
    /// then those of the first plan alone.
    pub tiers: Vec<TierDifference>,
    /// Everyone who does not serve the same need in both, by person.
    pub moves: Vec<Move>,
    /// Needs with more or fewer people in the second plan, by unit and need.
    pub needs: Vec<NeedDifference>,
    /// All measures of the first plan.
    pub first: Measures,
    /// All measures of the second.
    pub second: Measures,
}

/// A need that has another number of people in the second plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedDifference {
    /// Which need.
    pub need: NeedId,
    /// Its unit.
    pub unit: UnitId,
    /// People in the first plan.
    pub first: u64,
    /// People in the second.
    pub second: u64,
}

impl NeedDifference {
    /// Seats gained in the second plan; lost, where it is negative.
    #[must_use]
    pub fn gained(&self) -> i64 {
        // counts of people fit into memory, so they fit here
        self.second.cast_signed() - self.first.cast_signed()
    }
}

/// Compares two plans; «second» is told relative to «first».
#[must_use]
pub fn compare(instance: &Instance, first: &Plan, second: &Plan) -> Comparison {
    let tiers = tiers::differences(first, second);
    let decisive = (tiers.iter()).find(|tier| matches!(tier.better, Better::First | Better::Second));
    Comparison {
        same_problem: first.problem_hash == second.problem_hash,
        better: decisive.map_or_else(|| tiers::undecided(&tiers), |tier| tier.better),
        decided_by: decisive.map(|tier| tier.tier),
        moves: moves::between(first, second),
        needs: needs(first, second),
        first: measures(instance, first),
        second: measures(instance, second),
        tiers,
    }
}

fn needs(first: &Plan, second: &Plan) -> Vec<NeedDifference> {
    let mut seats: BTreeMap<(&UnitId, &NeedId), (u64, u64)> = BTreeMap::new();
    for row in &first.assignments {
        seats.entry((&row.unit, &row.need)).or_default().0 += 1;
    }
    for row in &second.assignments {
        seats.entry((&row.unit, &row.need)).or_default().1 += 1;
    }
    (seats.into_iter())
        .filter(|(_, (first, second))| first != second)
        .map(|((unit, need), (first, second))| NeedDifference {
            need: need.clone(),
            unit: unit.clone(),
            first,
            second,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Better, Comparison, Move, Post, compare};
    use crate::support::{land_people, need, solved};
    use crate::{Plan, Problem, Tier, Value};

    /// p3 is of level 4, n1 is in u1 and n2 in u2.
    fn small() -> Problem {
        let mut problem = land_people(2, 3);
        problem.people[2].skills[0].level = 4;
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u2", "land", 1)];
        problem
    }

    fn compared(problem: &Problem, first: &Plan, second: &Plan) -> Comparison {
        let comparison = compare(&problem.clone().compile().unwrap(), first, second);
        let json = serde_json::to_string(&comparison).unwrap();
        assert_eq!(serde_json::from_str::<Comparison>(&json).unwrap(), comparison);
        comparison
    }

    #[test]
    fn a_plan_is_like_itself() {
        let plan = solved(&small());
        let found = compared(&small(), &plan, &plan);
        assert_eq!(
            (found.better, found.decided_by, found.same_problem),
            (Better::Same, None, true)
        );
        assert!(found.moves.is_empty() && found.needs.is_empty());
        assert!(found.tiers.iter().all(|tier| tier.better == Better::Same));
        assert_eq!(found.first, found.second);
    }

    #[test]
    fn who_goes_who_joins_and_who_moves() {
        let mut before = small();
        before.pins = vec![crate::support::pin("p1", "n1"), crate::support::pin("p2", "n2")];
        let mut after = small();
        after.pins = vec![crate::support::pin("p1", "n2"), crate::support::pin("p3", "n1")];
        let (first, second) = (solved(&before), solved(&after));
        let found = compared(&small(), &first, &second);
        let post = |need: &str, unit: &str| Post {
            need: need.into(),
            unit: unit.into(),
        };
        let expected = [
            Move::Moved {
                person: "p1".into(),
                from: post("n1", "u1"),
                to: post("n2", "u2"),
            },
            Move::Left {
                person: "p2".into(),
                from: post("n2", "u2"),
            },
            Move::Joined {
                person: "p3".into(),
                to: post("n1", "u1"),
            },
        ];
        assert_eq!(found.moves, expected);
        assert!(found.needs.is_empty(), "each need keeps its one seat");
        // p3 is better by two levels of weight 2, and a seat of normal priority weighs 2
        assert_eq!(
            (found.better, found.decided_by),
            (Better::Second, Some(Tier::Fit))
        );
        let fit = found.tiers.iter().find(|tier| tier.tier == Tier::Fit).unwrap();
        assert_eq!(fit.difference, Some(8));
        assert!(!found.same_problem);
    }

    #[test]
    fn a_revised_problem_is_compared_by_ids() {
        let plan = solved(&small());
        let mut revised = small();
        revised.needs[1] = need("n3", "u2", "land", 2);
        revised.base = vec![crate::support::base("p1", "n1")];
        let second = solved(&revised);
        let found = compared(&revised, &plan, &second);
        let gained: Vec<_> = (found.needs.iter())
            .map(|need| (need.need.as_str(), need.gained()))
            .collect();
        assert_eq!(gained, [("n2", -1), ("n3", 2)]);
        // n2 is no longer asked for, so it fills nothing
        assert_eq!(found.first.coverage.seats.to_string(), "1 of 3");
        assert_eq!(found.second.coverage.seats.to_string(), "3 of 3");
        let changes = found
            .tiers
            .iter()
            .find(|tier| tier.tier == Tier::Changes)
            .unwrap();
        assert_eq!((&changes.first, changes.better), (&None, Better::Incomparable));
        assert_eq!(changes.second, Some(Value::Integer(1)));
        assert_eq!(
            (found.better, found.decided_by),
            (Better::Second, Some(Tier::Headcount))
        );
    }
}
