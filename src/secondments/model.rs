//! A secondment.

use crate::ids::{DepartmentCode, FieldCode, NeedId, PlanId, RoundId, SecondmentId, StaffId, UnitCode};
use crate::text_enum;
use chrono::{DateTime, NaiveDate, Utc};

text_enum! {
    /// How far a secondment is.
    pub enum SecondmentState {
        /// In force; it stays so until someone ends it, whatever the calendar says.
        Active,
        /// Ended, and the post that the person returned to is on record.
        Completed,
    }
}

/// A person who serves in a unit for a term.
#[derive(Debug, Clone)]
pub struct Secondment {
    /// Key.
    pub id: SecondmentId,
    /// The round that it belongs to.
    pub round: RoundId,
    /// The plan whose approval began it.
    pub plan: PlanId,
    /// The need that it serves.
    pub need: NeedId,
    /// Which of the need's seats, from 1.
    pub seat_no: i32,
    /// Who serves.
    pub staff: StaffId,
    /// Their name.
    pub staff_name: String,
    /// Where.
    pub unit: UnitCode,
    /// In which field.
    pub field: FieldCode,
    /// The employer, at the time of the approval.
    pub department: DepartmentCode,
    /// First day.
    pub start: NaiveDate,
    /// Last day, included.
    pub end: NaiveDate,
    /// How far it is.
    pub state: SecondmentState,
    /// The day on which the person arrived, once the unit has said so.
    pub arrived_on: Option<NaiveDate>,
    /// The post that the person returned to.
    pub return_post: Option<String>,
    /// Counts changes.
    pub version: i32,
    /// When the plan was approved.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A secondment to begin.
#[derive(Debug, Clone)]
pub struct NewSecondment {
    /// The round that it belongs to.
    pub round: RoundId,
    /// The plan that is approved.
    pub plan: PlanId,
    /// The need that it serves.
    pub need: NeedId,
    /// Which of the need's seats.
    pub seat_no: i32,
    /// Who serves.
    pub staff: StaffId,
    /// Where.
    pub unit: UnitCode,
    /// In which field.
    pub field: FieldCode,
    /// The employer.
    pub department: DepartmentCode,
    /// First day.
    pub start: NaiveDate,
    /// Last day, included.
    pub end: NaiveDate,
}

/// Which secondments to list; what is absent does not narrow.
#[derive(Debug, Clone, Default)]
pub struct SecondmentFilter {
    /// Of this round.
    pub round: Option<RoundId>,
    /// In this unit.
    pub unit: Option<UnitCode>,
    /// In this field.
    pub field: Option<FieldCode>,
    /// In this state.
    pub state: Option<SecondmentState>,
}
