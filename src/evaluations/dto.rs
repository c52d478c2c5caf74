//! Evaluations on the wire.

use super::model::{Evaluation, EvaluationState, EvaluationStatus, Rating, Submission};
use crate::ids::{EvaluationId, FieldCode, RoundId, SecondmentId, StaffId, UnitCode, UserId};
use crate::values::Note;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The evaluation of one secondment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Evaluation)]
pub struct EvaluationDto {
    id: EvaluationId,
    secondment: SecondmentId,
    round: RoundId,
    /// The unit where the person served.
    unit: UnitCode,
    field: FieldCode,
    staff: StaffId,
    staff_name: String,
    /// The first day on which it can be rated: the day after the secondment's end.
    due_from: NaiveDate,
    state: EvaluationState,
    /// Absent until it is submitted.
    rating: Option<Rating>,
    comment: Option<String>,
    evaluated_by: Option<UserId>,
    evaluated_at: Option<DateTime<Utc>>,
}

impl From<Evaluation> for EvaluationDto {
    fn from(evaluation: Evaluation) -> Self {
        Self {
            id: evaluation.id,
            secondment: evaluation.secondment,
            round: evaluation.round,
            unit: evaluation.unit,
            field: evaluation.field,
            staff: evaluation.staff,
            staff_name: evaluation.staff_name,
            due_from: evaluation.due_from,
            state: evaluation.state,
            rating: evaluation.rating,
            comment: evaluation.comment,
            evaluated_by: evaluation.evaluated_by,
            evaluated_at: evaluation.evaluated_at,
        }
    }
}

/// How the secondment went.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EvaluationSubmission)]
pub struct SubmissionDto {
    rating: Rating,
    comment: Option<Note>,
}

impl From<SubmissionDto> for Submission {
    fn from(dto: SubmissionDto) -> Self {
        Self {
            rating: dto.rating,
            comment: dto.comment.map(Note::into_string),
        }
    }
}

/// Which evaluations to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EvaluationsQuery {
    /// `due`: can be rated now; `pending`: not yet rated, due or not; `submitted`: rated.
    #[param(inline)]
    pub status: Option<EvaluationStatus>,
    /// Only secondments of this round.
    pub round: Option<RoundId>,
    /// Rows per page, 1 to 200; 50 unless told.
    pub limit: Option<u32>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}
