//! The rules that a problem sets, each with the edits that lift it, and which of them no plan can keep
//! together.

use crate::edit::Edit;
use crate::ids::{DepartmentId, FieldId, NeedId, PersonId, TeamId, UnitId};
use crate::problem::{Pin, Problem, Together, Unit};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// A rule that can be lifted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// The round's cap on secondments.
    MaxSecondments,
    /// A department's release cap.
    ReleaseCap {
        /// Which department.
        department: DepartmentId,
    },
    /// How many of a field a department keeps.
    FieldFloor {
        /// Which department.
        department: DepartmentId,
        /// Whose primary field.
        field: FieldId,
    },
    /// How many people a unit absorbs.
    UnitCap {
        /// Which unit.
        unit: UnitId,
    },
    /// The rest window.
    RestDays,
    /// The travel limit.
    TravelLimit,
    /// How many serve needs of a field in all.
    FieldCap {
        /// Which field.
        field: FieldId,
    },
    /// The limit on all journeys together.
    TravelBudget,
    /// The limit on changes of the base plan.
    ChangeBudget,
    /// The speakers that a unit asks for.
    Speakers {
        /// Which unit.
        unit: UnitId,
    },
    /// That juniors serve beside seniors.
    Seniors,
    /// That a team goes together.
    Team {
        /// Which team.
        team: TeamId,
    },
    /// One pin.
    Pin {
        /// Whose.
        person: PersonId,
    },
    /// All pins together, where there are several.
    Pins,
}

/// Pins and rules of which no plan keeps all, as people, needs, rest and travel limits stand: what may
/// follow from these, nobody's choice alone, may be part of it as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contradiction {
    /// The pins that take part.
    pub pins: Vec<Pin>,
    /// The rules that take part.
    pub rules: Vec<Rule>,
    /// Of each need for which more of these pins are than it has seats: how many it has.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub seats: BTreeMap<NeedId, u32>,
    /// Whether all of them are needed for it: without any one, a plan could keep the others. `false` when
    /// time or memory did not suffice to make sure; then some may take no part.
    pub minimal: bool,
}

/// Contradictions that share no pin: of each, something has to be given up. A pin that stands against
/// several rules is told with one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contradictions {
    /// One at least.
    pub found: Vec<Contradiction>,
    /// Whether there may be others that share no pin with these: they are too many, one of these has no
    /// pin, or time or memory did not suffice to look for them.
    pub more: bool,
}

/// A rule and the edits that lift it.
pub(crate) type Lifting = (Rule, Vec<Edit>);

impl Rule {
    /// Every rule that a problem sets, in a fixed order, but for its pins.
    pub(crate) fn set_by(problem: &Problem) -> Vec<Lifting> {
        let mut rules = quotas(problem);
        rules.extend(caps(problem));
        rules.extend(policy(problem));
        rules.extend(company(problem));
        rules
    }

    /// The term that writes it; none for what decides who is eligible, and for pins.
    pub(crate) fn term(&self, problem: &Problem) -> Option<&'static str> {
        Some(match self {
            Self::MaxSecondments => "max_secondments",
            Self::ReleaseCap { .. } => "department_release",
            Self::FieldFloor { .. } => "field_floor",
            Self::UnitCap { .. } => "unit_cap",
            Self::FieldCap { .. } => "field_cap",
            Self::TravelBudget => "travel_budget",
            Self::ChangeBudget => "change_budget",
            Self::Speakers { .. } => "speaker",
            Self::Seniors => "senior",
            Self::Team { team } => {
                let row = problem.teams.iter().find(|row| row.id == *team)?;
                match row.together {
                    Together::SameUnit => "couples",
                    Together::AllOrNone => "teams",
                }
            }
            Self::RestDays | Self::TravelLimit | Self::Pin { .. } | Self::Pins => return None,
        })
    }
}

/// How many may leave.
fn quotas(problem: &Problem) -> Vec<Lifting> {
    let mut rules = Vec::new();
    for row in problem.departments.iter().filter(|row| row.release_cap.is_some()) {
        let department = row.id.clone();
        let edit = Edit::ReleaseCap {
            department: department.clone(),
            cap: None,
        };
        rules.push((Rule::ReleaseCap { department }, vec![edit]));
    }
    for row in &problem.departments {
        for (field, _) in row.field_floors.iter().filter(|&(_, &floor)| floor > 0) {
            let (department, field) = (row.id.clone(), field.clone());
            let edit = Edit::FieldFloor {
                department: department.clone(),
                field: field.clone(),
                floor: 0,
            };
            rules.push((Rule::FieldFloor { department, field }, vec![edit]));
        }
    }
    if problem.policy.max_secondments.is_some() {
        rules.push((Rule::MaxSecondments, vec![Edit::MaxSecondments { cap: None }]));
    }
    rules
}

/// How many units absorb, where that is less than they ask for.
fn caps(problem: &Problem) -> Vec<Lifting> {
    let mut requested: HashMap<&UnitId, u64> = HashMap::new();
    for need in &problem.needs {
        *requested.entry(&need.unit).or_default() += u64::from(need.headcount);
    }
    let asked = |row: &Unit| requested.get(&row.id).copied().unwrap_or(0);
    let of_all = problem.policy.unit_cap;
    (problem.units.iter())
        .filter(|row| {
            let cap = row.cap.or(of_all);
            cap.is_some_and(|cap| u64::from(cap) < asked(row))
        })
        .map(|row| {
            let edit = Edit::UnitCap {
                unit: row.id.clone(),
                cap: u32::try_from(asked(row)).unwrap_or(u32::MAX),
            };
            (Rule::UnitCap { unit: row.id.clone() }, vec![edit])
        })
        .collect()
}

/// What the policy says of everybody.
fn policy(problem: &Problem) -> Vec<Lifting> {
    let policy = &problem.policy;
    let mut rules = Vec::new();
    if policy.rest_days > 0 {
        rules.push((Rule::RestDays, vec![Edit::RestDays { days: 0 }]));
    }
    if policy.travel.limit_minutes.is_some() {
        rules.push((Rule::TravelLimit, vec![Edit::TravelLimit { minutes: None }]));
    }
    for field in policy.field_caps.keys() {
        let edit = Edit::FieldCap {
            field: field.clone(),
            cap: None,
        };
        rules.push((Rule::FieldCap { field: field.clone() }, vec![edit]));
    }
    if policy.travel_budget_minutes.is_some() {
        rules.push((Rule::TravelBudget, vec![Edit::TravelBudget { minutes: None }]));
    }
    if policy.change_budget.is_some() {
        rules.push((Rule::ChangeBudget, vec![Edit::ChangeBudget { cap: None }]));
    }
    rules
}

/// Speakers, seniors and teams.
fn company(problem: &Problem) -> Vec<Lifting> {
    let mut rules = Vec::new();
    for row in problem.units.iter().filter(|row| !row.speaker.is_empty()) {
        let unit = row.id.clone();
        let edit = Edit::Speakers {
            unit: unit.clone(),
            languages: Vec::new(),
        };
        rules.push((Rule::Speakers { unit }, vec![edit]));
    }
    let seniors: Vec<Edit> = (problem.needs.iter())
        .filter(|row| row.senior_from.is_some())
        .map(|row| Edit::SeniorFrom {
            need: row.id.clone(),
            level: None,
        })
        .collect();
    if !seniors.is_empty() {
        rules.push((Rule::Seniors, seniors));
    }
    for row in &problem.teams {
        let team = row.id.clone();
        rules.push((Rule::Team { team: team.clone() }, vec![Edit::Disband { team }]));
    }
    rules
}
