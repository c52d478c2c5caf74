//! Volunteers: who goes because they offered to, and who is directed.

use super::View;
use serde::{Deserialize, Serialize};

/// How many go because they offered to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VolunteerMeasures {
    /// Everyone who is placed.
    pub all: Split,
    /// Those of them who are sent to hard units: units of a hardship above 0.
    pub in_hard_units: Split,
}

/// Volunteers and others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// Have volunteered.
    pub volunteers: u64,
    /// Have not, and are sent all the same.
    pub directed: u64,
}

pub(super) fn measure(view: &View<'_>) -> VolunteerMeasures {
    let split = |hard: bool| {
        let count = |volunteer: bool| {
            view.count(|placed| {
                let there = !hard || view.instance.unit(view.unit(placed)).hardship > 0;
                there && view.person(placed).volunteer == volunteer
            })
        };
        Split {
            volunteers: count(true),
            directed: count(false),
        }
    };
    VolunteerMeasures {
        all: split(false),
        in_hard_units: split(true),
    }
}

#[cfg(test)]
mod tests {
    use super::Split;
    use crate::measures;
    use crate::support::{land_people, need, plan_of};

    #[test]
    fn two_volunteers_of_three_and_one_of_them_in_a_hard_unit() {
        let mut problem = land_people(2, 3);
        problem.units[1].hardship = 1;
        problem.people[0].volunteer = true;
        problem.people[1].volunteer = true;
        problem.needs = vec![need("n1", "u1", "land", 3), need("n2", "u2", "land", 3)];
        let instance = problem.compile().unwrap();
        let plan = plan_of(&instance, &[("p1", "n1"), ("p2", "n2"), ("p3", "n2")]);
        let split = |volunteers, directed| Split { volunteers, directed };
        let found = measures(&instance, &plan).volunteers;
        assert_eq!((found.all, found.in_hard_units), (split(2, 1), split(1, 1)));
        let nobody = measures(&instance, &plan_of(&instance, &[])).volunteers;
        assert_eq!((nobody.all, nobody.in_hard_units), (split(0, 0), split(0, 0)));
    }
}
