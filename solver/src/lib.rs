//! Exact matching of people to the needs of communes, with a proof and an independent check.
#![warn(missing_docs)]

mod eligibility;
mod ids;
mod invalid;
mod outcome;
mod plan;
mod problem;

pub use eligibility::Reason;
pub use ids::{DepartmentId, FieldId, NeedId, PersonId, UnitId};
pub use invalid::{ErrorCode, Invalid, ProblemError};
pub use outcome::{Event, FailureCode, Outcome, Settings};
pub use plan::{
    Assignment, Counts, Fit, PLAN_FORMAT, Plan, Proof, Ratio, Sense, TermScore, Tier, TierScore, UnmetNeed,
    UnservableUnit, Value,
};
pub use problem::{
    Absence, Bar, Category, Department, FORMAT, Field, MAX_LEVEL, Need, Person, Pin, Policy, Priority,
    PriorityWeights, Problem, Prohibition, Skill, Term, TravelMatrix, TravelPolicy, Unit,
};

/// Largest weight a policy may give to a term or a priority.
pub const MAX_WEIGHT: u32 = 100;
