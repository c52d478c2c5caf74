//! What a plan is like for those whom it concerns: communes, people who go, departments that stay
//! behind.
//!
//! None of it steers the solver; these are the figures by which people judge a plan or choose
//! between two. They are worked out from the problem and the plan alone, and each is exact: a share is
//! two counts, and what has to be rounded is a whole number of thousandths, rounded half up (a gap: up).
//! So the same plan has the same figures, byte for byte, on every machine.

mod burden;
mod churn;
mod coverage;
mod fit;
mod preferences;
mod proof;
mod share;
mod travel;
mod volunteers;

use crate::index;
use crate::instance::Instance;
use crate::plan::{Assignment, Plan};
use crate::problem::{Need, Person};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

pub use burden::{BurdenMeasures, Depletion};
pub use churn::{Churn, Fate};
pub use coverage::{CoverageMeasures, UnitShare};
pub use fit::FitMeasures;
pub use preferences::PreferenceMeasures;
pub use proof::ProofMeasures;
pub use share::Share;
pub use travel::TravelMeasures;
pub use volunteers::{Split, VolunteerMeasures};

/// The figures of one plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measures {
    /// How far what was asked for is given.
    pub coverage: CoverageMeasures,
    /// How well people fit their needs.
    pub fit: FitMeasures,
    /// How far people's own wishes are met.
    pub preferences: PreferenceMeasures,
    /// How many go because they offered to.
    pub volunteers: VolunteerMeasures,
    /// How far people travel.
    pub travel: TravelMeasures,
    /// What is asked of people who served before, and of the departments.
    pub burden: BurdenMeasures,
    /// What changes for those in the base plan; absent when the problem has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub churn: Option<Churn>,
    /// How far the plan is shown to be the best there is.
    pub proof: ProofMeasures,
}

/// Measures a plan.
///
/// The plan should be one that [`check()`](crate::check()) agrees with, or one made for an earlier
/// state of the same problem: assignments whose person or need the problem no longer has are left
/// out.
#[must_use]
pub fn measures(instance: &Instance, plan: &Plan) -> Measures {
    let view = View::new(instance, plan);
    Measures {
        coverage: coverage::measure(&view),
        fit: fit::measure(&view),
        preferences: preferences::measure(&view),
        volunteers: volunteers::measure(&view),
        travel: travel::measure(&view),
        burden: burden::measure(&view),
        churn: churn::measure(&view),
        proof: proof::measure(plan),
    }
}

/// A plan's assignments with the records that they name.
struct View<'v> {
    instance: &'v Instance,
    placed: Vec<Placed<'v>>,
}

/// One assignment.
struct Placed<'v> {
    assignment: &'v Assignment,
    /// Position in the problem's list.
    person: u32,
    need: u32,
}

impl<'v> View<'v> {
    fn new(instance: &'v Instance, plan: &'v Plan) -> Self {
        let problem = instance.problem();
        let people: HashMap<_, _> = (problem.people.iter().enumerate())
            .map(|(at, row)| (&row.id, index(at)))
            .collect();
        let needs: HashMap<_, _> = (problem.needs.iter().enumerate())
            .map(|(at, row)| (&row.id, index(at)))
            .collect();
        let placed = plan.assignments.iter().filter_map(|assignment| {
            Some(Placed {
                assignment,
                person: *people.get(&assignment.person)?,
                need: *needs.get(&assignment.need)?,
            })
        });
        Self {
            placed: placed.collect(),
            instance,
        }
    }

    /// How many of those placed pass a test.
    fn count(&self, test: impl Fn(&Placed<'_>) -> bool) -> u64 {
        self.placed.iter().filter(|placed| test(placed)).count() as u64
    }

    /// The same as a share of all who are placed.
    fn share(&self, test: impl Fn(&Placed<'_>) -> bool) -> Share {
        Share::new(self.count(test), self.placed.len() as u64)
    }

    fn person(&self, placed: &Placed<'_>) -> &'v Person {
        &self.instance.problem().people[placed.person as usize]
    }

    fn need(&self, placed: &Placed<'_>) -> &'v Need {
        &self.instance.problem().needs[placed.need as usize]
    }

    /// The position of the unit that a person is sent to.
    fn unit(&self, placed: &Placed<'_>) -> u32 {
        self.instance.need(placed.need).unit
    }
}
