//! Plans on the wire.

use super::failure::PlanFailure;
use super::model::{Assignment, Plan, PlanProof, PlanRequest, PlanResult, PlanState, Progress, UnmetNeed};
use crate::ids::{AssignmentId, NeedId, PlanId, RoundId, StaffId, UserId};
use crate::values::Note;
use cadre_solver::{Engine, TierScore};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// A plan: where it stands, what was asked, what came out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Plan)]
pub struct PlanDto {
    id: PlanId,
    round: RoundId,
    state: PlanState,
    request: PlanRequest,
    /// What the solver last said, while and after it works.
    progress: Option<Progress>,
    /// The result, once the plan is solved.
    result: Option<PlanResultDto>,
    /// Why there is no result, if the plan failed; beside a result, why that is not proven, if not for want of time.
    failure: Option<PlanFailure>,
    proposed_by: UserId,
    decided_by: Option<UserId>,
    decision_note: Option<String>,
    created_at: DateTime<Utc>,
}

/// What a solve gave; its rows are at `/assignments` and `/unmet-needs`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlanResult)]
pub struct PlanResultDto {
    proof: PlanProof,
    /// Seats that the round's accepted needs ask for.
    seats: u64,
    /// Seats that the plan fills.
    filled: u64,
    /// People who were considered.
    people: u64,
    /// Needs that were considered.
    needs: u64,
    /// Pairs of person and need that no rule forbids.
    eligible_pairs: u64,
    /// Tier by tier, most important first: value, bound and proof of each.
    #[schema(value_type = Vec<Object>)]
    score: Vec<TierScore>,
    /// Units that nobody at all is eligible for.
    unservable_units: Vec<String>,
    /// SHA-256 of the problem that was solved: equal inputs have equal hashes.
    problem_hash: Option<String>,
    /// Which of the solver's engines found and proved it: `network`, or `general` where a rule breaks the network. Plans of
    /// older versions don't say.
    #[schema(value_type = Option<String>)]
    engine: Option<Engine>,
    /// Seconds that the solver took.
    seconds: f64,
}

impl From<Plan> for PlanDto {
    fn from(plan: Plan) -> Self {
        let problem_hash = plan.problem_hash;
        Self {
            id: plan.id,
            round: plan.round,
            state: plan.state,
            request: plan.request,
            progress: plan.progress,
            result: plan.result.map(|result| PlanResultDto::new(result, problem_hash)),
            failure: plan.failure,
            proposed_by: plan.proposed_by,
            decided_by: plan.decided_by,
            decision_note: plan.decision_note,
            created_at: plan.created_at,
        }
    }
}

impl PlanResultDto {
    fn new(result: PlanResult, problem_hash: Option<String>) -> Self {
        Self {
            proof: result.proof,
            seats: result.counts.seats,
            filled: result.filled,
            people: result.counts.people,
            needs: result.counts.needs,
            eligible_pairs: result.counts.eligible_pairs,
            score: result.score,
            unservable_units: result.unservable_units,
            problem_hash,
            engine: result.engine,
            seconds: result.seconds,
        }
    }
}

/// One person placed on one seat.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Assignment)]
pub struct AssignmentDto {
    id: AssignmentId,
    staff: StaffId,
    need: NeedId,
    /// Which of the need's seats, from 1.
    seat_no: i32,
    /// Minutes one way.
    travel_minutes: i32,
    /// How well the person fits: the solver's weighted score.
    fit: i32,
}

impl From<Assignment> for AssignmentDto {
    fn from(assignment: Assignment) -> Self {
        Self {
            id: assignment.id,
            staff: assignment.staff,
            need: assignment.need,
            seat_no: assignment.seat_no,
            travel_minutes: assignment.travel_minutes,
            fit: assignment.fit,
        }
    }
}

/// A need with seats that stayed empty, and why.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UnmetNeed)]
pub struct UnmetNeedDto {
    need: NeedId,
    /// Seats that stayed empty.
    missing: i32,
    /// People who are eligible, whether or not they serve elsewhere.
    eligible: i32,
    /// Of the people in the field: how many each reason stops. Someone stopped by several counts under each.
    #[schema(value_type = std::collections::HashMap<String, u32>)]
    reasons: BTreeMap<String, u32>,
}

impl From<UnmetNeed> for UnmetNeedDto {
    fn from(unmet: UnmetNeed) -> Self {
        Self {
            need: unmet.need,
            missing: unmet.missing,
            eligible: unmet.eligible,
            reasons: unmet.reasons,
        }
    }
}

/// What the independent checker says of a stored plan.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Verification)]
pub struct VerificationDto {
    /// Whether it finds every rule obeyed and every figure of the score right.
    agrees: bool,
    /// What it finds wrong.
    disagreements: Vec<String>,
}

impl From<Vec<String>> for VerificationDto {
    fn from(disagreements: Vec<String>) -> Self {
        Self {
            agrees: disagreements.is_empty(),
            disagreements,
        }
    }
}

/// Which plans to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlansQuery {
    /// Of this round.
    pub round: Option<RoundId>,
    /// Rows per page, 1 to 200; 50 unless told.
    pub limit: Option<u32>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

/// Which page of a plan's rows to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlanRowsQuery {
    /// Rows per page, 1 to 200; 50 unless told.
    pub limit: Option<u32>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

/// An approval.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// A remark to keep with it.
    pub note: Option<Note>,
}

/// A rejection.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rejection {
    /// Why, for whoever proposed the plan.
    pub note: Note,
}
