//! Rows and queries of evaluations.

use super::model::{Evaluation, EvaluationState, EvaluationStatus, NewEvaluation, Rating, Submission};
use crate::auth::{Caller, Scope};
use crate::error::{Code, Error, Result};
use crate::http::page::Page;
use crate::ids::{EvaluationId, FieldCode, ProvinceCode, RoundId, SecondmentId, StaffId, UnitCode, UserId};
use crate::per_engine;
use crate::store::schema::{evaluations, secondments, staff};
use crate::store::{Db, INSERT_CHUNK};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

/// What is written when an evaluation opens; the rest is still nothing.
#[derive(Insertable)]
#[diesel(table_name = evaluations)]
struct NewRow<'a> {
    id: EvaluationId,
    province_code: &'a ProvinceCode,
    secondment_id: SecondmentId,
    unit_code: &'a UnitCode,
    due_from: NaiveDate,
    state: EvaluationState,
    version: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = evaluations)]
struct Row {
    id: EvaluationId,
    secondment_id: SecondmentId,
    unit_code: UnitCode,
    due_from: NaiveDate,
    state: EvaluationState,
    rating: Option<Rating>,
    comment: Option<String>,
    evaluated_by: Option<UserId>,
    evaluated_at: Option<NaiveDateTime>,
    version: i32,
}

/// An evaluation with what it borrows from its secondment and its person.
type Joined = (Row, RoundId, FieldCode, StaffId, String);

fn evaluation((row, round, field, staff, staff_name): Joined) -> Evaluation {
    Evaluation {
        id: row.id,
        secondment: row.secondment_id,
        round,
        unit: row.unit_code,
        field,
        staff,
        staff_name,
        due_from: row.due_from,
        state: row.state,
        rating: row.rating,
        comment: row.comment,
        evaluated_by: row.evaluated_by,
        evaluated_at: row.evaluated_at.map(|at| at.and_utc()),
        version: row.version,
    }
}

/// What both reads begin with: the evaluations in the scope, with secondment and person.
macro_rules! in_scope {
    ($scope:expr) => {{
        let mut query = evaluations::table
            .inner_join(secondments::table.inner_join(staff::table))
            .filter(evaluations::province_code.eq($scope.province()))
            .select((
                Row::as_select(),
                secondments::round_id,
                secondments::field_code,
                secondments::staff_id,
                staff::full_name,
            ))
            .into_boxed();
        if let Some(units) = $scope.units() {
            query = query.filter(evaluations::unit_code.eq_any(units));
        }
        query
    }};
}

/// An evaluation that the caller may see.
pub(super) fn find(db: &mut Db, scope: &Scope, id: EvaluationId) -> Result<Evaluation> {
    let found: Option<Joined> = in_scope!(scope)
        .filter(evaluations::id.eq(id))
        .first(db)
        .optional()?;
    found.map(evaluation).ok_or_else(Error::not_found)
}

/// A page of the evaluations that the caller may see.
pub(super) fn list(
    db: &mut Db,
    scope: &Scope,
    status: Option<EvaluationStatus>,
    round: Option<RoundId>,
    today: NaiveDate,
    page: &Page<EvaluationId>,
) -> Result<Vec<Evaluation>> {
    let mut query = in_scope!(scope).order(evaluations::id).limit(page.fetch());
    let state = status.map(|status| match status {
        EvaluationStatus::Due | EvaluationStatus::Pending => EvaluationState::Pending,
        EvaluationStatus::Submitted => EvaluationState::Submitted,
    });
    if let Some(state) = state {
        query = query.filter(evaluations::state.eq(state));
    }
    if status == Some(EvaluationStatus::Due) {
        query = query.filter(evaluations::due_from.le(today));
    }
    if let Some(round) = round {
        query = query.filter(secondments::round_id.eq(round));
    }
    if let Some(after) = page.after {
        query = query.filter(evaluations::id.gt(after));
    }
    let found: Vec<Joined> = query.load(db)?;
    Ok(found.into_iter().map(evaluation).collect())
}

/// Stores new evaluations; gives their keys in the same order.
pub(super) fn insert(db: &mut Db, caller: &Caller, new: &[NewEvaluation]) -> Result<Vec<EvaluationId>> {
    let rows: Vec<NewRow<'_>> = new
        .iter()
        .map(|new| NewRow {
            id: EvaluationId::new(caller.clock()),
            province_code: caller.scope().province(),
            secondment_id: new.secondment,
            unit_code: &new.unit,
            due_from: new.due_from,
            state: EvaluationState::Pending,
            version: 1,
        })
        .collect();
    for chunk in rows.chunks(INSERT_CHUNK) {
        per_engine!(db, c => diesel::insert_into(evaluations::table).values(chunk).execute(c))?;
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Puts the rating to a pending evaluation as it was read.
pub(super) fn submit(
    db: &mut Db,
    caller: &Caller,
    evaluation: &Evaluation,
    submission: &Submission,
) -> Result<Evaluation> {
    let changed = diesel::update(
        evaluations::table
            .find(evaluation.id)
            .filter(evaluations::province_code.eq(caller.scope().province()))
            .filter(evaluations::version.eq(evaluation.version))
            .filter(evaluations::state.eq(EvaluationState::Pending)),
    )
    .set((
        evaluations::state.eq(EvaluationState::Submitted),
        evaluations::rating.eq(Some(submission.rating)),
        evaluations::comment.eq(submission.comment.as_deref()),
        evaluations::evaluated_by.eq(Some(caller.person()?)),
        evaluations::evaluated_at.eq(Some(caller.now().naive_utc())),
        evaluations::version.eq(evaluations::version + 1),
    ))
    .execute(db)?;
    if changed == 0 {
        return Err(Error::of(Code::StaleVersion));
    }
    find(db, caller.scope(), evaluation.id)
}
