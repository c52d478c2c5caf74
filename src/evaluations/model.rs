//! The rating of a secondment.

use crate::ids::{EvaluationId, FieldCode, RoundId, SecondmentId, StaffId, UnitCode, UserId};
use crate::text_enum;
use chrono::{DateTime, NaiveDate, Utc};

text_enum! {
    /// How far an evaluation is. «Not yet evaluated» is a state, never a grade.
    pub enum EvaluationState {
        /// Not yet rated.
        Pending,
        /// Rated, for good.
        Submitted,
    }
}

text_enum! {
    /// How the secondment went.
    pub enum Rating {
        /// Excellent.
        Excellent,
        /// Good.
        Good,
        /// The task was completed.
        Complete,
    }
}

/// The evaluation of one secondment.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// Key.
    pub id: EvaluationId,
    /// What is rated.
    pub secondment: SecondmentId,
    /// The round that it belongs to.
    pub round: RoundId,
    /// The unit where the person served, whose evaluators rate.
    pub unit: UnitCode,
    /// The field served in.
    pub field: FieldCode,
    /// Who served.
    pub staff: StaffId,
    /// Their name.
    pub staff_name: String,
    /// The first day on which it can be rated: the day after the secondment's end.
    pub due_from: NaiveDate,
    /// How far it is.
    pub state: EvaluationState,
    /// The rating, once submitted.
    pub rating: Option<Rating>,
    /// What the evaluator adds.
    pub comment: Option<String>,
    /// Who rated.
    pub evaluated_by: Option<UserId>,
    /// When.
    pub evaluated_at: Option<DateTime<Utc>>,
    /// Counts changes.
    pub version: i32,
}

/// An evaluation to open with its secondment.
#[derive(Debug, Clone)]
pub struct NewEvaluation {
    /// What is to be rated.
    pub secondment: SecondmentId,
    /// The unit whose evaluators rate.
    pub unit: UnitCode,
    /// The first day on which it can be rated.
    pub due_from: NaiveDate,
}

/// What an evaluator hands in.
#[derive(Debug, Clone)]
pub struct Submission {
    /// How the secondment went.
    pub rating: Rating,
    /// What the evaluator adds.
    pub comment: Option<String>,
}

/// Which evaluations to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvaluationStatus {
    /// Pending, and the term is over.
    Due,
    /// Not yet rated, due or not.
    Pending,
    /// Rated.
    Submitted,
}
