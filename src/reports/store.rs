//! What reports read: counts, made by the database.

use super::kind::ReportRound;
use crate::auth::Scope;
use crate::error::{Error, Result};
use crate::evaluations::model::Rating;
use crate::ids::{FieldCode, RoundId, UnitCode};
use crate::needs::model::NeedState;
use crate::staff::model::StaffCategory;
use crate::store::Db;
use crate::store::schema::{evaluations, needs, rounds, secondments, staff, staff_skills};
use diesel::dsl::count_star;
use diesel::prelude::*;

/// The round, when it belongs to the caller's province.
pub(super) fn round(db: &mut Db, scope: &Scope, id: RoundId) -> Result<ReportRound> {
    let found: Option<(String, chrono::NaiveDate, chrono::NaiveDate)> = rounds::table
        .find(id)
        .filter(rounds::province_code.eq(scope.province()))
        .select((rounds::name, rounds::start_date, rounds::end_date))
        .first(db)
        .optional()?;
    let (name, start, end) = found.ok_or_else(Error::not_found)?;
    Ok(ReportRound { id, name, start, end })
}

/// How many of the round's secondments have which rating; those without one are not yet evaluated.
pub(super) fn ratings(db: &mut Db, scope: &Scope, round: RoundId) -> Result<Vec<(Option<Rating>, u32)>> {
    let mut query = evaluations::table
        .inner_join(secondments::table)
        .filter(secondments::province_code.eq(scope.province()))
        .filter(secondments::round_id.eq(round))
        .group_by(evaluations::rating)
        .select((evaluations::rating, count_star()))
        .into_boxed();
    if let Some(units) = scope.units() {
        query = query.filter(secondments::unit_code.eq_any(units));
    }
    let counts: Vec<(Option<Rating>, i64)> = query.load(db)?;
    Ok(counts
        .into_iter()
        .map(|(rating, count)| (rating, whole(count)))
        .collect())
}

/// Seats of one unit, field and minimum level.
pub(super) struct SeatCount {
    pub(super) unit: UnitCode,
    pub(super) field: FieldCode,
    pub(super) min_level: i32,
    pub(super) seats: u32,
}

/// The seats that the round's accepted needs ask for, a row for each need.
pub(super) fn asked(db: &mut Db, scope: &Scope, round: RoundId) -> Result<Vec<SeatCount>> {
    let mut query = needs::table
        .filter(needs::province_code.eq(scope.province()))
        .filter(needs::round_id.eq(round))
        .filter(needs::state.eq(NeedState::Accepted))
        .select((
            needs::unit_code,
            needs::field_code,
            needs::min_level,
            needs::headcount,
        ))
        .into_boxed();
    if let Some(units) = scope.units() {
        query = query.filter(needs::unit_code.eq_any(units));
    }
    let rows: Vec<(UnitCode, FieldCode, i32, i32)> = query.load(db)?;
    Ok(rows
        .into_iter()
        .map(|(unit, field, min_level, headcount)| SeatCount {
            unit,
            field,
            min_level,
            seats: whole(headcount.into()),
        })
        .collect())
}

/// The seats that the round's secondments have filled, under way or over, by what their needs asked for.
pub(super) fn filled(db: &mut Db, scope: &Scope, round: RoundId) -> Result<Vec<SeatCount>> {
    let mut query = secondments::table
        .inner_join(needs::table)
        .filter(secondments::province_code.eq(scope.province()))
        .filter(secondments::round_id.eq(round))
        .group_by((needs::unit_code, needs::field_code, needs::min_level))
        .select((
            needs::unit_code,
            needs::field_code,
            needs::min_level,
            count_star(),
        ))
        .into_boxed();
    if let Some(units) = scope.units() {
        query = query.filter(secondments::unit_code.eq_any(units));
    }
    let rows: Vec<(UnitCode, FieldCode, i32, i64)> = query.load(db)?;
    Ok(rows
        .into_iter()
        .map(|(unit, field, min_level, count)| SeatCount {
            unit,
            field,
            min_level,
            seats: whole(count),
        })
        .collect())
}

/// How many of the province's people have which level in which field. Armed forces are never matched, so they are not
/// counted.
pub(super) fn levels(db: &mut Db, scope: &Scope) -> Result<Vec<(FieldCode, i32, u32)>> {
    let rows: Vec<(FieldCode, i32, i64)> = staff_skills::table
        .inner_join(staff::table)
        .filter(staff::province_code.eq(scope.province()))
        .filter(staff::category.ne(StaffCategory::ArmedForces))
        .group_by((staff_skills::field_code, staff_skills::level))
        .select((staff_skills::field_code, staff_skills::level, count_star()))
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|(field, level, count)| (field, level, whole(count)))
        .collect())
}

/// Counts are never negative, and no province has four thousand million of anything.
fn whole(count: i64) -> u32 {
    u32::try_from(count).unwrap_or_default()
}
