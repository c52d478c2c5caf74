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
//! (eligible pairs) → program (whole-number rows, written by the terms) → tiers (one solve after
//! the other) → [`Plan`] → [`check()`]. The crate knows neither HTTP nor database, and the clock
//! only as a limit.
#![warn(missing_docs)]

#[doc(hidden)]
pub mod bench;
#[doc(hidden)]
pub mod bench_general;
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
mod terms;
mod tier_cost;
mod travel;
mod validate;
mod watch;

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
    Share, Split, TravelMeasures, UnitShare, VolunteerMeasures, measures,
};
pub use outcome::{Engine, Event, Failure, FailureCode, Outcome, Settings};
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

use census::Census;
use general::End;
use market::Market;
use rulebook::Rulebook;
use watch::Watch;

/// Largest weight a policy may give to a term or a priority.
pub const MAX_WEIGHT: u32 = 100;

/// The terms of fit that take a weight in [`Policy::weights`], with their defaults.
pub fn weighable_terms() -> impl Iterator<Item = (&'static str, u32)> {
    terms::weighable()
}

/// Finds the best plan, tier by tier, and has it checked before it leaves.
///
/// The network core solves the problem without the rules that break a network. A plan that keeps
/// those as well is the best one; otherwise the general model takes over.
///
/// Blocks until done or until the time limit; `progress` is called on the same thread. The time
/// limit is kept between steps and handed to HiGHS within one, which may overrun it by seconds on
/// large models: whoever needs a hard limit, or wants to stop at any time, runs the solve in a thread
/// that can be left or a process that can be killed, and keeps the last [`Event::BestSoFar`].
pub fn solve(instance: &Instance, settings: &Settings, progress: &mut dyn FnMut(Event)) -> Outcome {
    // a plan that revises another one is like it
    let base: Vec<_> = instance.base.keys().copied().collect();
    solve_near(instance, settings, &base, progress)
}

/// Finds the same plan as [`solve`], sooner if it is like a plan that is known, by person and need.
pub(crate) fn solve_near(
    instance: &Instance,
    settings: &Settings,
    known: &[(u32, u32)],
    progress: &mut dyn FnMut(Event),
) -> Outcome {
    let mut watch = Watch::start(settings.time_limit(), progress);
    let census = &Census::take(instance);
    let market = Market {
        instance,
        seed: settings.seed,
    };
    let breaking = !terms::breaking(instance).is_empty();
    let refused = |estimate_mib| Outcome::Refused {
        estimate_mib,
        limit_mib: settings.memory_limit_mib,
        eligible_pairs: census.eligible_pairs,
    };
    let (core_mib, general_mib) = (
        flow::estimate_mib(instance),
        census::estimate_mib(census.eligible_pairs),
    );
    if core_mib > settings.memory_limit_mib {
        return refused(core_mib);
    }
    watch.started(census.eligible_pairs, core_mib);
    let core = flow::solve(market, census, known, &mut watch);
    // where people choose, breaking rules lower the fit that their floor is a share of
    let choosing = instance.problem().policy.mode == Mode::ConstrainedPriority;
    let lawful =
        |found: &score::Found| !breaking || (!choosing && Rulebook::breaking(market).admits(&found.chosen));
    let (found, engine, failure) = match core {
        Some(found) if lawful(&found) => (found, Engine::Network, None),
        // the estimate was the core's, which can't do it alone
        _ if general_mib > settings.memory_limit_mib => return refused(general_mib),
        core => match general::solve(market, census, core.as_ref(), &mut watch) {
            Ok(End::Found(found, failure)) => (found, Engine::General, failure),
            Ok(End::Infeasible(conflict)) => return infeasible(instance, conflict, watch.seconds()),
            Ok(End::NoPlanInTime) => {
                return Outcome::Failed {
                    code: FailureCode::NoPlanInTime,
                    message: "the time ran out before any plan was found that keeps the pins and the change \
                              budget; allow more time"
                        .to_owned(),
                };
            }
            Err(Failure { code, message }) => return Outcome::Failed { code, message },
        },
    };
    let plan = match report::checked(market, census, &found) {
        Ok(plan) => plan,
        Err(findings) => {
            let listed: Vec<_> = findings.iter().map(ToString::to_string).collect();
            return Outcome::Failed {
                code: FailureCode::CheckerDisagreement,
                message: listed.join("; "),
            };
        }
    };
    let seconds = watch.seconds();
    match found.open_tier() {
        None => Outcome::Solved {
            plan,
            engine,
            seconds,
        },
        Some(open_tier) => Outcome::LimitReached {
            plan,
            open_tier,
            engine,
            seconds,
            failure,
        },
    }
}

fn infeasible(instance: &Instance, conflict: general::Conflict, seconds: f64) -> Outcome {
    let problem = instance.problem();
    let pin = |&(person, need): &(u32, u32)| Pin {
        person: problem.people[person as usize].id.clone(),
        need: problem.needs[need as usize].id.clone(),
    };
    Outcome::Infeasible {
        pins: conflict.pins.iter().map(pin).collect(),
        rules: conflict.rules.into_iter().map(str::to_owned).collect(),
        minimal: conflict.minimal,
        seconds,
    }
}

/// A position as an index. Lists longer than `u32::MAX` do not fit into memory as documents.
fn index(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// A key as a token of a JSON pointer (RFC 6901).
fn pointer_token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
