//! Secondments on the wire.

use super::model::{Secondment, SecondmentFilter, SecondmentState};
use crate::ids::{DepartmentCode, FieldCode, NeedId, PlanId, RoundId, SecondmentId, StaffId, UnitCode};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A person who serves in a unit for a term.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Secondment)]
pub struct SecondmentDto {
    id: SecondmentId,
    round: RoundId,
    /// The plan whose approval began it.
    plan: PlanId,
    need: NeedId,
    /// Which of the need's seats.
    seat_no: i32,
    staff: StaffId,
    staff_name: String,
    unit: UnitCode,
    field: FieldCode,
    /// The employer, at the time of the approval.
    department: DepartmentCode,
    /// First day.
    start: NaiveDate,
    /// Last day, included.
    end: NaiveDate,
    state: SecondmentState,
    /// The day on which the person arrived, once the unit has said so.
    arrived_on: Option<NaiveDate>,
    /// The post that the person returned to.
    return_post: Option<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<Secondment> for SecondmentDto {
    fn from(secondment: Secondment) -> Self {
        Self {
            id: secondment.id,
            round: secondment.round,
            plan: secondment.plan,
            need: secondment.need,
            seat_no: secondment.seat_no,
            staff: secondment.staff,
            staff_name: secondment.staff_name,
            unit: secondment.unit,
            field: secondment.field,
            department: secondment.department,
            start: secondment.start,
            end: secondment.end,
            state: secondment.state,
            arrived_on: secondment.arrived_on,
            return_post: secondment.return_post,
            created_at: secondment.created_at,
            updated_at: secondment.updated_at,
        }
    }
}

/// The day on which the person arrived in the unit.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Arrival {
    /// Within the term, and not in the future.
    pub arrived_on: NaiveDate,
}

/// The end of a secondment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Completion {
    /// The post that the person returns to, 1 to 200 characters. A secondment can't end without it.
    // Its absence breaks a rule that has a name, so the rule refuses it and not the reading of the body.
    #[serde(default)]
    #[schema(required, min_length = 1, max_length = 200)]
    pub return_post: String,
}

/// Which secondments to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SecondmentsQuery {
    /// Only those of this round.
    round: Option<RoundId>,
    /// Only those in this unit.
    unit: Option<UnitCode>,
    /// Only those in this field.
    field: Option<FieldCode>,
    /// Only those in this state.
    state: Option<SecondmentState>,
    /// Rows per page, 1 to 200; 50 unless told.
    pub limit: Option<u32>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

impl From<SecondmentsQuery> for SecondmentFilter {
    fn from(query: SecondmentsQuery) -> Self {
        Self {
            round: query.round,
            unit: query.unit,
            field: query.field,
            state: query.state,
        }
    }
}
