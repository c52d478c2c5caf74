//! A plan, its states, and what was asked of the solver.

use super::failure::PlanFailure;
use crate::ids::{AssignmentId, NeedId, PlanId, RoundId, StaffId, UnitCode, UserId};
use crate::text_enum;
use cadre_solver::{Counts, Engine, TierScore};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

text_enum! {
    /// Where a plan stands.
    pub enum PlanState {
        /// Waiting for a worker.
        Queued,
        /// The solver is at it.
        Solving,
        /// Told to end; the best plan so far becomes its result, if there is one.
        Stopping,
        /// There is a result to look at.
        Solved,
        /// There is no result; `failure` says why.
        Failed,
        /// Stopped before there was a result.
        Cancelled,
        /// HR proposes it; its content is frozen.
        Submitted,
        /// In force: its assignments are secondments.
        Approved,
        /// Turned down by the approver.
        Rejected,
    }
}

impl PlanState {
    /// The states of a plan that is still being made.
    pub const UNDER_WAY: &[Self] = &[Self::Queued, Self::Solving, Self::Stopping];
}

text_enum! {
    /// How sure it is that no better plan exists.
    pub enum PlanProof {
        /// Every tier is proven.
        Optimal,
        /// A limit of time or memory, a cancellation or a fault came first; the score shows each tier's bound.
        Open,
    }
}

/// What HR asks of the solver beyond the round's policy.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PlanRequest {
    /// Assignments that every plan must contain.
    #[schema(max_items = 10_000)]
    pub pins: Vec<PinRequest>,
    /// Assignments that no plan may contain.
    #[schema(max_items = 10_000)]
    pub prohibitions: Vec<ProhibitionRequest>,
    /// Settles ties: the same inputs and seed give the same plan.
    pub seed: u64,
    /// Seconds after which the best plan so far is taken, 1 to 3,600; 60 unless told.
    #[schema(minimum = 1, maximum = 3600)]
    pub time_limit_seconds: Option<u64>,
}

/// «This person serves this need.»
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PinRequest {
    pub need: NeedId,
    pub staff: StaffId,
}

/// «This person does not serve there»: a need or a whole unit.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProhibitionRequest {
    pub staff: StaffId,
    /// One need …
    pub need: Option<NeedId>,
    /// … or every need of a unit.
    pub unit: Option<UnitCode>,
}

/// What the solver is doing: what is known, never a guessed percentage.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    /// Pairs of person and need that no rule forbids.
    pub eligible_pairs: Option<u64>,
    /// The tier being solved; none where one cost stands for the tiers.
    #[schema(value_type = Option<String>)]
    pub tier: Option<cadre_solver::Tier>,
    /// The best value of that tier so far.
    #[schema(value_type = Option<Object>)]
    pub value: Option<cadre_solver::Value>,
    /// What that tier can't exceed.
    #[schema(value_type = Option<Object>)]
    pub bound: Option<cadre_solver::Value>,
    /// Seconds since the solver began.
    pub seconds: f64,
}

/// A plan without its rows.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Key.
    pub id: PlanId,
    /// The round it is for.
    pub round: RoundId,
    /// Where it stands.
    pub state: PlanState,
    /// What was asked.
    pub request: PlanRequest,
    /// What the solver last said.
    pub progress: Option<Progress>,
    /// SHA-256 of the problem that was solved.
    pub problem_hash: Option<String>,
    /// The result, once there is one.
    pub result: Option<PlanResult>,
    /// Why there is no result, or what went wrong before it was proven.
    pub failure: Option<PlanFailure>,
    /// Who asked for it.
    pub proposed_by: UserId,
    /// Who approved or rejected it.
    pub decided_by: Option<UserId>,
    /// What they said.
    pub decision_note: Option<String>,
    /// Counts changes.
    pub version: i32,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
}

/// What a solve gave, without its rows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PlanResult {
    /// How sure it is.
    pub proof: PlanProof,
    /// The size of the problem.
    pub counts: Counts,
    /// Seats that the plan fills.
    pub filled: u64,
    /// Tier by tier, most important first.
    pub score: Vec<TierScore>,
    /// Units that nobody at all is eligible for.
    pub unservable_units: Vec<String>,
    /// Which engine found and proved it; plans that were solved before there were two don't say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<Engine>,
    /// Seconds that the solver took.
    pub seconds: f64,
}

/// One person placed on one seat.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// Key.
    pub id: AssignmentId,
    /// Who.
    pub staff: StaffId,
    /// For which need.
    pub need: NeedId,
    /// Which of the need's seats, from 1.
    pub seat_no: i32,
    /// Minutes one way.
    pub travel_minutes: i32,
    /// How well the person fits; the solver's weighted score.
    pub fit: i32,
}

/// A need with seats that stayed empty.
#[derive(Debug, Clone)]
pub struct UnmetNeed {
    /// Which need.
    pub need: NeedId,
    /// Seats that stayed empty.
    pub missing: i32,
    /// People who are eligible, whether or not they serve elsewhere.
    pub eligible: i32,
    /// Of the people in the field: how many each reason stops.
    pub reasons: BTreeMap<String, u32>,
}
