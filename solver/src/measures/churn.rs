//! Churn: what changes for the people of the base plan.

use super::View;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What changes for the people of the base plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Churn {
    /// Those who had been told.
    pub announced: Fate,
    /// Those who were in the plan and had not been told.
    pub planned: Fate,
    /// People who serve now and were not in the base plan.
    pub new: u64,
}

/// What became of a group of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fate {
    /// Serve the same need.
    pub kept: u64,
    /// Serve another need, be it in the same unit.
    pub moved: u64,
    /// Serve no longer.
    pub dropped: u64,
}

pub(super) fn measure(view: &View<'_>) -> Option<Churn> {
    let base = &view.instance.problem().base;
    if base.is_empty() {
        return None;
    }
    let now: HashMap<_, _> = (view.placed.iter())
        .map(|placed| (&placed.assignment.person, &placed.assignment.need))
        .collect();
    let (mut announced, mut planned, mut stayed) = (Fate::default(), Fate::default(), 0);
    for line in base {
        let fate = if line.announced {
            &mut announced
        } else {
            &mut planned
        };
        match now.get(&line.person) {
            Some(need) if **need == line.need => fate.kept += 1,
            Some(_) => fate.moved += 1,
            None => fate.dropped += 1,
        }
        stayed += u64::from(now.contains_key(&line.person));
    }
    Some(Churn {
        announced,
        planned,
        new: now.len() as u64 - stayed,
    })
}

#[cfg(test)]
mod tests {
    use super::{Churn, Fate};
    use crate::support::{base, land_people, need, plan_of};
    use crate::{BaseAssignment, measures};

    #[test]
    fn everyone_of_the_base_plan_is_kept_moved_or_dropped() {
        let mut problem = land_people(1, 5);
        problem.needs = vec![need("n1", "u1", "land", 3), need("n2", "u1", "land", 3)];
        let told = |person, need| BaseAssignment {
            announced: true,
            ..base(person, need)
        };
        problem.base = vec![
            told("p1", "n1"),
            told("p2", "n1"),
            base("p3", "n1"),
            base("p4", "n2"),
        ];
        let instance = problem.compile().unwrap();
        let plan = plan_of(
            &instance,
            &[("p1", "n1"), ("p2", "n2"), ("p4", "n2"), ("p5", "n1")],
        );
        let fate = |kept, moved, dropped| Fate { kept, moved, dropped };
        let expected = Churn {
            announced: fate(1, 1, 0),
            planned: fate(1, 0, 1),
            new: 1,
        };
        assert_eq!(measures(&instance, &plan).churn, Some(expected));
    }

    #[test]
    fn a_first_plan_has_no_churn() {
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        let instance = problem.compile().unwrap();
        assert_eq!(
            measures(&instance, &plan_of(&instance, &[("p1", "n1")])).churn,
            None
        );
    }
}
