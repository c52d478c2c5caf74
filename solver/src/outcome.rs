//! What a solve ends in, how it is limited, and what it tells along the way.

use crate::binding::Contradictions;
use crate::codes::codes;
use crate::plan::{Plan, Proof, Tier, Value};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The limits and the seed of one solve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Wall-clock milliseconds after which the best plan so far comes back.
    pub time_limit_ms: u64,
    /// Memory in MiB. Where the estimate of what the tiers need exceeds it, one cost stands for them; what
    /// exceeds it even so is refused before it is built.
    pub memory_limit_mib: u64,
    /// Seed of the engine and of the published tie-break.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            time_limit_ms: 60_000,
            memory_limit_mib: 2_048,
            seed: 1,
        }
    }
}

impl Settings {
    /// The time limit as a duration.
    #[must_use]
    pub fn time_limit(&self) -> Duration {
        Duration::from_millis(self.time_limit_ms)
    }
}

/// How a solve ended. Invalid input never gets here: it is an error of
/// [`Problem::parse`](crate::Problem::parse).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// A plan with every tier proven.
    Solved {
        /// The plan, checked.
        plan: Plan,
        /// Which engine found and proved it.
        engine: Engine,
        /// Wall-clock seconds.
        seconds: f64,
    },
    /// A plan that obeys every rule but is not proven best: the time ran out, the memory would have, or
    /// the engine misbehaved.
    LimitReached {
        /// The best plan found, checked.
        plan: Plan,
        /// The first tier without proof. Its gap, and every other, is value against bound in the
        /// plan's score.
        open_tier: Tier,
        /// Which engine was at work.
        engine: Engine,
        /// Wall-clock seconds.
        seconds: f64,
        /// What the engine did wrong, where that and not the time ended the search.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<Failure>,
        /// What stood for the tiers, where all of them, one after the other, would not have fitted into
        /// memory.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one_cost: Option<OneCost>,
    },
    /// No plan keeps all rules: some pins, or the change budget, contradict the others.
    Infeasible {
        /// What can't be kept together.
        contradictions: Contradictions,
        /// Wall-clock seconds.
        seconds: f64,
    },
    /// It would not fit into memory, so it was not built.
    Refused {
        /// What the model would need, in MiB.
        estimate_mib: u64,
        /// What the settings allow, in MiB.
        limit_mib: u64,
        /// The number of pairs that the estimate rests on.
        eligible_pairs: u64,
    },
    /// The engine misbehaved, or the time ran out, before there was any plan.
    Failed {
        /// What went wrong.
        code: FailureCode,
        /// The same in words.
        message: String,
    },
}

/// One whole-number cost of the pairs chosen, which stood for the tiers: seats by their priority, fit, journeys
/// and lines of the base plan that are kept, in one sum (`solver/src/general/one_cost.rs`). Of balance, wishes and burden it knows
/// nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneCost {
    /// What the tiers would need, in MiB.
    pub estimate_mib: u64,
    /// What the settings allow, in MiB.
    pub limit_mib: u64,
    /// What the plan costs; the less, the better.
    pub cost: i64,
    /// No plan that keeps every rule costs less.
    pub bound: i64,
    /// How sure that is where the plan costs no more: by whole numbers, or by HiGHS's word. Open as long as it
    /// costs more.
    pub proof: Proof,
}

impl OneCost {
    /// How much more the plan costs than the best one at most, in parts of what that costs: 0 when none costs
    /// less. `None` when the bound is too far away to say anything.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a gap needs a few digits")]
    pub fn gap(&self) -> Option<f64> {
        if self.cost == self.bound {
            return Some(0.0);
        }
        // the best costs something between the two, and the part is largest where it is the bound
        let same_sign = self.bound > 0 || (self.bound < 0 && self.cost <= 0);
        same_sign.then(|| self.cost.abs_diff(self.bound) as f64 / self.bound.unsigned_abs() as f64)
    }
}

/// What went wrong within a solve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// Which kind of fault.
    pub code: FailureCode,
    /// The same in words.
    pub message: String,
}

/// Which engine solved a problem; the crate decides by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Engine {
    /// The network core: whole numbers throughout, no pair is built before it is of interest.
    Network,
    /// The general model: rows and columns, solved by HiGHS and recomputed in whole numbers.
    General,
}

impl Outcome {
    /// The plan, if there is one.
    #[must_use]
    pub fn plan(&self) -> Option<&Plan> {
        match self {
            Self::Solved { plan, .. } | Self::LimitReached { plan, .. } => Some(plan),
            Self::Infeasible { .. } | Self::Refused { .. } | Self::Failed { .. } => None,
        }
    }

    /// This outcome; or, where it failed, the best plan that was told of before ([`crate::Event::so_far`]),
    /// with the failure beside it.
    #[must_use]
    pub fn or_best(self, best: Option<Self>) -> Self {
        match (self, best) {
            (
                Self::Failed { code, message },
                Some(Self::LimitReached {
                    plan,
                    open_tier,
                    engine,
                    seconds,
                    one_cost,
                    ..
                }),
            ) => Self::LimitReached {
                plan,
                open_tier,
                engine,
                seconds,
                failure: Some(Failure { code, message }),
                one_cost,
            },
            (outcome, _) => outcome,
        }
    }
}

codes! {
    /// Why a solve failed.
    FailureCode {
        /// HiGHS called a model infeasible or unbounded that has a feasible, bounded solution by
        /// construction.
        EngineContradiction => "engine_contradiction",
        /// HiGHS ended in an error of its own.
        EngineError => "engine_error",
        /// HiGHS returned numbers that are not whole within its own tolerance, even from a MILP.
        FractionalSolution => "fractional_solution",
        /// A tier came back with a value worse than one already in hand.
        WorseThanIncumbent => "worse_than_incumbent",
        /// The time ran out before any plan was found that keeps the pins and the change budget.
        NoPlanInTime => "no_plan_in_time",
        /// The independent checker does not agree with the plan.
        CheckerDisagreement => "checker_disagreement",
    }
}

/// What a solve tells while it runs; seconds count from its start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// The eligible pairs are known, the model is about to be built.
    Started {
        /// Pairs that no rule forbids.
        eligible_pairs: u64,
        /// Memory estimate in MiB.
        estimate_mib: u64,
        /// Seconds since the start.
        seconds: f64,
    },
    /// The tiers would not fit into memory, and from here on one cost stands for them.
    OneCostStarted {
        /// What the tiers would need, in MiB.
        estimate_mib: u64,
        /// What the settings allow, in MiB.
        limit_mib: u64,
        /// Seconds since the start.
        seconds: f64,
    },
    /// A tier is being solved.
    TierStarted {
        /// Which tier.
        tier: Tier,
        /// Seconds since the start.
        seconds: f64,
    },
    /// A better plan is in hand.
    Incumbent {
        /// The tier being solved.
        tier: Tier,
        /// Its value now.
        value: Value,
        /// The bound known now.
        bound: Value,
        /// How far the bound is from the value, in parts of the value; `None` where the value is no whole number.
        gap: Option<f64>,
        /// Seconds since the start.
        seconds: f64,
    },
    /// The best plan so far, checked: what a solve that is stopped now would leave. It is told between tiers and
    /// between searches within one, not so often that it would take more than a twentieth of the time.
    BestSoFar {
        /// The plan, with all that is proven of it.
        plan: Box<Plan>,
        /// Which engine found it.
        engine: Engine,
        /// The first tier that is not proven.
        open_tier: Tier,
        /// What stands for the tiers, where they don't fit into memory.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        one_cost: Option<OneCost>,
        /// Seconds since the start.
        seconds: f64,
    },
    /// A tier is done.
    TierFinished {
        /// Which tier.
        tier: Tier,
        /// The value reached.
        value: Value,
        /// Whether that is proven best.
        proven: bool,
        /// Seconds since the start.
        seconds: f64,
    },
}

impl Event {
    /// What is left of a solve that somebody stops after this event; `None` if it tells of no plan.
    #[must_use]
    pub fn so_far(self) -> Option<Outcome> {
        let Self::BestSoFar {
            plan,
            engine,
            open_tier,
            one_cost,
            seconds,
        } = self
        else {
            return None;
        };
        Some(Outcome::LimitReached {
            plan: *plan,
            open_tier,
            engine,
            seconds,
            failure: None,
            one_cost,
        })
    }
}
