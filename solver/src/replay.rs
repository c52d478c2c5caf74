//! Solves a problem again and tells whether the plan in hand comes out once more.
//!
//! Whoever gets a plan need not believe it: with the problem, the same version and the plan's own
//! seed the same bytes come out on any machine.

use crate::codes::codes;
use crate::fingerprint::{Fingerprint, SOLVER_VERSION, plan_hash, problem_hash};
use crate::instance::Instance;
use crate::outcome::{Event, Outcome, Settings};
use crate::plan::Plan;
use serde::{Deserialize, Serialize};

/// What a plan says of its origin, and what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replay {
    /// The problem's hash.
    pub problem_hash: Twice<Fingerprint>,
    /// The version that solves.
    pub solver_version: Twice<String>,
    /// The hash of the plan's bytes, save for the version, which is told apart; absent when there
    /// is no second plan to compare.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_hash: Option<Twice<Fingerprint>>,
    /// How the second solve ended; absent when the plan answers another problem and nothing was
    /// solved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}

/// One fact as the plan claims it and as it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Twice<T> {
    /// What the plan says.
    pub claimed: T,
    /// What there is.
    pub found: T,
    /// Whether the two are the same.
    pub agrees: bool,
}

codes! {
    /// How a solve ended, in a word.
    Status {
        /// With every tier proven.
        Solved => "solved",
        /// The time ran out, the engine failed, or one cost stood for the tiers: another run may end elsewhere, and so
        /// may another machine.
        LimitReached => "limit_reached",
        /// No plan keeps all rules.
        Infeasible => "infeasible",
        /// It would not fit into memory.
        Refused => "refused",
        /// The engine misbehaved, or there was no plan yet when the time ran out.
        Failed => "failed",
    }
}

impl Replay {
    /// What can be told of a plan before anything is solved.
    #[must_use]
    pub fn unsolved(instance: &Instance, plan: &Plan) -> Self {
        Self {
            problem_hash: Twice::new(plan.problem_hash, problem_hash(instance.problem())),
            solver_version: Twice::new(plan.solver_version.clone(), SOLVER_VERSION.to_owned()),
            plan_hash: None,
            status: None,
        }
    }

    /// With what came out of solving the problem again; that counts only where the solve had the plan's seed.
    #[must_use]
    pub fn solved(self, plan: &Plan, outcome: &Outcome) -> Self {
        let same_bytes = |found: &Plan| {
            let found = Plan {
                solver_version: plan.solver_version.clone(),
                ..found.clone()
            };
            Twice::new(plan_hash(plan), plan_hash(&found))
        };
        Self {
            status: Some(Status::of(outcome)),
            plan_hash: outcome.plan().map(same_bytes),
            ..self
        }
    }

    /// The same problem, the same version and the same plan, to the byte.
    #[must_use]
    pub fn reproduced(&self) -> bool {
        let same_plan = self.plan_hash.is_some_and(|hash| hash.agrees);
        self.problem_hash.agrees && self.solver_version.agrees && same_plan
    }
}

impl<T: PartialEq> Twice<T> {
    fn new(claimed: T, found: T) -> Self {
        Self {
            agrees: claimed == found,
            claimed,
            found,
        }
    }
}

impl Status {
    pub(crate) fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Solved { .. } => Self::Solved,
            Outcome::LimitReached { .. } => Self::LimitReached,
            Outcome::Infeasible { .. } => Self::Infeasible,
            Outcome::Refused { .. } => Self::Refused,
            Outcome::Failed { .. } => Self::Failed,
        }
    }
}

/// Solves the problem again with the plan's own seed; of `settings` the limits count, not the seed.
///
/// A plan that answers another problem is told at once, without a solve.
pub fn replay(
    instance: &Instance,
    plan: &Plan,
    settings: &Settings,
    progress: &mut dyn FnMut(Event),
) -> Replay {
    let replay = Replay::unsolved(instance, plan);
    if !replay.problem_hash.agrees {
        return replay;
    }
    let settings = Settings {
        seed: plan.seed,
        ..*settings
    };
    replay.solved(plan, &crate::solve(instance, &settings, progress))
}
