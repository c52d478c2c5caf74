//! Rows and queries of secondments.

use super::model::{NewSecondment, Secondment, SecondmentFilter, SecondmentState};
use crate::auth::{Caller, Scope};
use crate::error::{Code, Error, Result};
use crate::http::page::Page;
use crate::ids::{
    DepartmentCode, FieldCode, NeedId, PlanId, ProvinceCode, RoundId, SecondmentId, StaffId, UnitCode,
};
use crate::store::schema::{secondments, staff};
use crate::store::{Db, INSERT_CHUNK};
use crate::{per_engine, say};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// What is written when a secondment begins; arrival and return are still nothing.
#[derive(Insertable)]
#[diesel(table_name = secondments)]
struct NewRow<'a> {
    id: SecondmentId,
    province_code: &'a ProvinceCode,
    round_id: RoundId,
    plan_id: PlanId,
    need_id: NeedId,
    seat_no: i32,
    staff_id: StaffId,
    unit_code: &'a UnitCode,
    field_code: &'a FieldCode,
    department_code: &'a DepartmentCode,
    start_date: NaiveDate,
    end_date: NaiveDate,
    state: SecondmentState,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = secondments)]
struct Row {
    id: SecondmentId,
    round_id: RoundId,
    plan_id: PlanId,
    need_id: NeedId,
    seat_no: i32,
    staff_id: StaffId,
    unit_code: UnitCode,
    field_code: FieldCode,
    department_code: DepartmentCode,
    start_date: NaiveDate,
    end_date: NaiveDate,
    state: SecondmentState,
    arrived_on: Option<NaiveDate>,
    return_post: Option<String>,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

fn secondment((row, staff_name): (Row, String)) -> Secondment {
    Secondment {
        id: row.id,
        round: row.round_id,
        plan: row.plan_id,
        need: row.need_id,
        seat_no: row.seat_no,
        staff: row.staff_id,
        staff_name,
        unit: row.unit_code,
        field: row.field_code,
        department: row.department_code,
        start: row.start_date,
        end: row.end_date,
        state: row.state,
        arrived_on: row.arrived_on,
        return_post: row.return_post,
        version: row.version,
        created_at: row.created_at.and_utc(),
        updated_at: row.updated_at.and_utc(),
    }
}

/// What both reads begin with: the secondments in the scope, with the person's name.
macro_rules! in_scope {
    ($scope:expr) => {{
        let mut query = secondments::table
            .inner_join(staff::table)
            .filter(secondments::province_code.eq($scope.province()))
            .select((Row::as_select(), staff::full_name))
            .into_boxed();
        if let Some(units) = $scope.units() {
            query = query.filter(secondments::unit_code.eq_any(units));
        }
        query
    }};
}

/// A secondment that the caller may see.
pub(super) fn find(db: &mut Db, scope: &Scope, id: SecondmentId) -> Result<Secondment> {
    let found: Option<(Row, String)> = in_scope!(scope)
        .filter(secondments::id.eq(id))
        .first(db)
        .optional()?;
    found.map(secondment).ok_or_else(Error::not_found)
}

/// A page of the secondments that the caller may see.
pub(super) fn list(
    db: &mut Db,
    scope: &Scope,
    filter: &SecondmentFilter,
    page: &Page<SecondmentId>,
) -> Result<Vec<Secondment>> {
    let mut query = in_scope!(scope).order(secondments::id).limit(page.fetch());
    if let Some(round) = filter.round {
        query = query.filter(secondments::round_id.eq(round));
    }
    if let Some(unit) = &filter.unit {
        query = query.filter(secondments::unit_code.eq(unit));
    }
    if let Some(field) = &filter.field {
        query = query.filter(secondments::field_code.eq(field));
    }
    if let Some(state) = filter.state {
        query = query.filter(secondments::state.eq(state));
    }
    if let Some(after) = page.after {
        query = query.filter(secondments::id.gt(after));
    }
    let found: Vec<(Row, String)> = query.load(db)?;
    Ok(found.into_iter().map(secondment).collect())
}

/// Which of these people are on a secondment now: who, which one, and when its term ends.
pub(super) fn active_of(
    db: &mut Db,
    scope: &Scope,
    people: &[StaffId],
) -> Result<Vec<(StaffId, SecondmentId, NaiveDate)>> {
    let mut found = Vec::new();
    for chunk in people.chunks(INSERT_CHUNK) {
        let some: Vec<(StaffId, SecondmentId, NaiveDate)> = secondments::table
            .filter(secondments::province_code.eq(scope.province()))
            .filter(secondments::state.eq(SecondmentState::Active))
            .filter(secondments::staff_id.eq_any(chunk))
            .order(secondments::staff_id)
            .select((secondments::staff_id, secondments::id, secondments::end_date))
            .load(db)?;
        found.extend(some);
    }
    Ok(found)
}

/// Stores new secondments, in force from their first day; gives their keys in the same order.
pub(super) fn insert(db: &mut Db, caller: &Caller, new: &[NewSecondment]) -> Result<Vec<SecondmentId>> {
    let now = caller.now().naive_utc();
    let rows: Vec<NewRow<'_>> = new
        .iter()
        .map(|new| NewRow {
            id: SecondmentId::new(caller.clock()),
            province_code: caller.scope().province(),
            round_id: new.round,
            plan_id: new.plan,
            need_id: new.need,
            seat_no: new.seat_no,
            staff_id: new.staff,
            unit_code: &new.unit,
            field_code: &new.field,
            department_code: &new.department,
            start_date: new.start,
            end_date: new.end,
            state: SecondmentState::Active,
            version: 1,
            created_at: now,
            updated_at: now,
        })
        .collect();
    for chunk in rows.chunks(INSERT_CHUNK) {
        per_engine!(db, c => diesel::insert_into(secondments::table).values(chunk).execute(c))
            .map_err(|cause| Error::from(cause).if_duplicate(taken))?;
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

fn taken() -> Error {
    Error::new(
        Code::Conflict,
        say!(
            "a seat of the plan has been filled already, or one of its people is seconded twice; nothing was stored: solve again",
            "có vị trí trong phương án đã được bố trí, hoặc có người được biệt phái hai lần; chưa có gì được lưu: hãy tính lại phương án"
        ),
    )
}

/// Puts the day of arrival to a secondment as it was read.
pub(super) fn arrive(
    db: &mut Db,
    caller: &Caller,
    secondment: &Secondment,
    day: NaiveDate,
) -> Result<Secondment> {
    let changed = diesel::update(
        secondments::table
            .find(secondment.id)
            .filter(secondments::province_code.eq(caller.scope().province()))
            .filter(secondments::version.eq(secondment.version))
            .filter(secondments::state.eq(SecondmentState::Active))
            .filter(secondments::arrived_on.is_null()),
    )
    .set((
        secondments::arrived_on.eq(Some(day)),
        secondments::version.eq(secondments::version + 1),
        secondments::updated_at.eq(caller.now().naive_utc()),
    ))
    .execute(db)?;
    changed_one(db, caller, secondment, changed)
}

/// Ends a secondment as it was read.
pub(super) fn complete(
    db: &mut Db,
    caller: &Caller,
    secondment: &Secondment,
    return_post: &str,
) -> Result<Secondment> {
    let changed = diesel::update(
        secondments::table
            .find(secondment.id)
            .filter(secondments::province_code.eq(caller.scope().province()))
            .filter(secondments::version.eq(secondment.version))
            .filter(secondments::state.eq(SecondmentState::Active)),
    )
    .set((
        secondments::state.eq(SecondmentState::Completed),
        secondments::return_post.eq(Some(return_post)),
        secondments::version.eq(secondments::version + 1),
        secondments::updated_at.eq(caller.now().naive_utc()),
    ))
    .execute(db)?;
    changed_one(db, caller, secondment, changed)
}

fn changed_one(db: &mut Db, caller: &Caller, secondment: &Secondment, changed: usize) -> Result<Secondment> {
    if changed == 0 {
        return Err(Error::of(Code::StaleVersion));
    }
    find(db, caller.scope(), secondment.id)
}
