//! Exact matching of people to the needs of communes, with a proof and an independent check.
//!
//! ```
//! use cadre_solver::{Outcome, Problem, Settings, check, solve};
//!
//! let json = include_str!("../../data/examples/district-office.json");
//! let instance = Problem::parse(json).map_err(|invalid| invalid.to_string())?;
//! let outcome = solve(&instance, &Settings::default(), &mut |_event| {});
//! let Outcome::Solved { plan, .. } = outcome else {
//!     return Err("a problem this small is solved at once".to_owned());
//! };
//! assert!(plan.optimal);
//! assert!(check(&instance, &plan).is_ok());
//! # Ok::<(), String>(())
//! ```
//!
//! The way data goes: [`Problem`] (a document) → [`Instance`] (checked, in numbers) → market
//! (eligible pairs) → tiers (one solve after the other) → [`Plan`] → [`check()`]. A tier is solved by
//! the network core on arcs that it prices without listing them, or, where a rule breaks the network, as
//! a program (whole-number rows, written by the terms). The crate knows neither HTTP nor database, and
//! the clock only as a limit.
#![warn(missing_docs)]

#[doc(hidden)]
pub mod base_model;
#[doc(hidden)]
pub mod bench_general;
mod binding;
mod census;
mod check;
mod choosers;
mod codes;
mod compare;
mod edit;
mod eligibility;
pub mod explain;
mod faults;
mod fingerprint;
mod flow;
mod general;
mod ids;
mod instance;
mod invalid;
mod market;
mod measures;
mod message;
mod milp;
mod outcome;
mod plan;
mod problem;
mod program;
mod replay;
mod report;
mod rulebook;
#[cfg(feature = "schema")]
pub mod schema;
mod score;
mod set;
mod shape;
mod solve;
mod terms;
mod tier_cost;
mod travel;
mod validate;
mod watch;

pub use binding::{Contradiction, Contradictions};
pub use check::{Disagreement, Finding, Verified, check};
pub use compare::{Better, Comparison, Move, NeedDifference, Post, TierDifference, compare};
pub use edit::Edit;
pub use eligibility::Reason;
pub use fingerprint::{Fingerprint, NotAFingerprint, SOLVER_VERSION, plan_hash, problem_hash};
pub use ids::{DepartmentId, FieldId, NeedId, PersonId, TeamId, UnitId};
pub use instance::Instance;
pub use invalid::{ErrorCode, Invalid, ProblemError};
pub use measures::{
    BurdenMeasures, Churn, CoverageMeasures, Depletion, Fate, FitMeasures, Measures, PreferenceMeasures,
    ProofMeasures, Share, Split, TravelMeasures, UnitShare, VolunteerMeasures, measures,
};
pub use message::Message;
pub use outcome::{Engine, Event, Failure, FailureCode, OneCost, Outcome, Settings};
pub use plan::{
    Assignment, Counts, Fit, PLAN_FORMAT, Plan, Proof, QualityFloor, Ratio, Rung, Sense, TermScore, Tier,
    TierScore, UnmetNeed, UnservableUnit, Value,
};
pub use problem::{
    Absence, Balance, Bar, BaseAssignment, Category, Department, FORMAT, Field, MAX_HARDSHIP, MAX_LEVEL,
    Mode, Need, Person, Pin, Policy, Priority, PriorityWeights, Problem, Prohibition, Skill, Team, Term,
    Together, TravelMatrix, TravelPolicy, Unit, Waiver,
};

pub use replay::{Replay, Status, Twice, replay};
pub use solve::solve;

#[cfg(test)]
extern crate self as cadre_solver;
#[cfg(test)]
#[path = "../tests/support/random.rs"]
#[allow(
    dead_code,
    clippy::allow_attributes,
    reason = "the tests beside the code use a part"
)]
mod random;
#[cfg(test)]
#[path = "../tests/support/mod.rs"]
mod support;

/// Largest weight a policy may give to a term or a priority.
pub const MAX_WEIGHT: u32 = 100;

/// The terms of fit that take a weight in [`Policy::weights`], with their defaults.
pub fn weighable_terms() -> impl Iterator<Item = (&'static str, u32)> {
    terms::weighable()
}

/// A position as an index. Lists longer than `u32::MAX` do not fit into memory as documents.
fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// A key as a token of a JSON pointer (RFC 6901).
fn pointer_token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
