//! Rows and queries of plans.

use super::failure::PlanFailure;
use super::model::{Assignment, Plan, PlanResult, PlanState, Progress, UnmetNeed};
use crate::auth::{Caller, Scope};
use crate::error::{Code, Error, Result};
use crate::http::page::Page;
use crate::ids::{AssignmentId, NeedId, PlanId, ProvinceCode, RoundId, StaffId, UserId};
use crate::store::schema::{assignments, plan_documents, plan_unmet_needs, plans, secondments};
use crate::store::{Db, INSERT_CHUNK};
use crate::{per_engine, say};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = plans)]
struct Row {
    id: PlanId,
    province_code: ProvinceCode,
    round_id: RoundId,
    state: PlanState,
    request: String,
    progress: Option<String>,
    problem_hash: Option<String>,
    result: Option<String>,
    failure: Option<String>,
    proposed_by: UserId,
    decided_by: Option<UserId>,
    decision_note: Option<String>,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

fn from_text<T: DeserializeOwned>(text: Option<String>) -> Result<Option<T>> {
    text.map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(Error::internal)
}

fn to_text(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

impl TryFrom<Row> for Plan {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            round: row.round_id,
            state: row.state,
            request: serde_json::from_str(&row.request).map_err(Error::internal)?,
            progress: from_text(row.progress)?,
            problem_hash: row.problem_hash,
            result: from_text(row.result)?,
            failure: from_text(row.failure)?,
            proposed_by: row.proposed_by,
            decided_by: row.decided_by,
            decision_note: row.decision_note,
            version: row.version,
            created_at: row.created_at.and_utc(),
        })
    }
}

/// Stores a new plan.
pub(super) fn insert(db: &mut Db, caller: &Caller, plan: &Plan) -> Result<()> {
    let row = Row {
        id: plan.id,
        province_code: caller.scope().province().clone(),
        round_id: plan.round,
        state: plan.state,
        request: to_text(&plan.request)?,
        progress: None,
        problem_hash: None,
        result: None,
        failure: None,
        proposed_by: plan.proposed_by,
        decided_by: None,
        decision_note: None,
        version: plan.version,
        created_at: plan.created_at.naive_utc(),
        updated_at: plan.created_at.naive_utc(),
    };
    diesel::insert_into(plans::table).values(&row).execute(db)?;
    Ok(())
}

/// One plan of the caller's province.
pub(super) fn find(db: &mut Db, scope: &Scope, id: PlanId) -> Result<Plan> {
    let row: Option<Row> = plans::table
        .find(id)
        .filter(plans::province_code.eq(scope.province()))
        .select(Row::as_select())
        .first(db)
        .optional()?;
    row.ok_or_else(Error::not_found)?.try_into()
}

/// A page of the province's plans.
pub(super) fn list(
    db: &mut Db,
    scope: &Scope,
    round: Option<RoundId>,
    page: &Page<PlanId>,
) -> Result<Vec<Plan>> {
    let mut query = plans::table
        .filter(plans::province_code.eq(scope.province()))
        .order(plans::id)
        .limit(page.fetch())
        .select(Row::as_select())
        .into_boxed();
    if let Some(round) = round {
        query = query.filter(plans::round_id.eq(round));
    }
    if let Some(after) = page.after {
        query = query.filter(plans::id.gt(after));
    }
    let rows: Vec<Row> = query.load(db)?;
    rows.into_iter().map(Plan::try_from).collect()
}

/// Moves a plan on, if it stands in one of `from` (and, where `version` is given, at that version).
pub(super) fn transition(
    db: &mut Db,
    caller: &Caller,
    id: PlanId,
    version: Option<i32>,
    from: &[PlanState],
    to: PlanState,
) -> Result<Plan> {
    let before = find(db, caller.scope(), id)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Error::of(Code::StaleVersion));
    }
    if !from.contains(&before.state) {
        let state = before.state;
        return Err(Error::new(
            Code::InvalidTransition,
            say!(
                "the plan is `{state}`, and that state does not allow this step",
                "phương án đang ở trạng thái `{state}`, không thực hiện được bước này"
            ),
        ));
    }
    let changed = diesel::update(
        plans::table
            .find(id)
            .filter(plans::version.eq(before.version))
            .filter(plans::state.eq(before.state)),
    )
    .set((
        plans::state.eq(to),
        plans::version.eq(plans::version + 1),
        plans::updated_at.eq(caller.now().naive_utc()),
    ))
    .execute(db)?;
    if changed == 0 {
        return Err(Error::of(Code::StaleVersion));
    }
    Ok(Plan {
        state: to,
        version: before.version + 1,
        ..before
    })
}

/// Keeps what the solver last said. Progress is no business record: it changes neither version nor audit log.
pub(super) fn set_progress(db: &mut Db, id: PlanId, progress: &Progress) -> Result<()> {
    diesel::update(plans::table.find(id).filter(plans::state.eq(PlanState::Solving)))
        .set(plans::progress.eq(to_text(progress)?))
        .execute(db)?;
    Ok(())
}

/// Keeps why there is no result, or no proof of it.
pub(super) fn set_failure(db: &mut Db, id: PlanId, failure: &PlanFailure) -> Result<()> {
    diesel::update(plans::table.find(id))
        .set(plans::failure.eq(to_text(failure)?))
        .execute(db)?;
    Ok(())
}

/// Keeps a result and the hash of the problem that it answers.
pub(super) fn set_result(db: &mut Db, id: PlanId, problem_hash: &str, result: &PlanResult) -> Result<()> {
    diesel::update(plans::table.find(id))
        .set((
            plans::problem_hash.eq(problem_hash),
            plans::result.eq(to_text(result)?),
        ))
        .execute(db)?;
    Ok(())
}

/// Keeps what was solved and what came out, whole.
pub(super) fn insert_documents(
    db: &mut Db,
    id: PlanId,
    problem: &cadre_solver::Problem,
    plan: &cadre_solver::Plan,
) -> Result<()> {
    diesel::insert_into(plan_documents::table)
        .values((
            plan_documents::plan_id.eq(id),
            plan_documents::problem.eq(to_text(problem)?),
            plan_documents::plan.eq(to_text(plan)?),
        ))
        .execute(db)?;
    Ok(())
}

/// What was solved and what came out, as JSON; nothing while a plan has no result. The plan itself was found in the
/// caller's scope before.
pub(super) fn documents(db: &mut Db, id: PlanId) -> Result<Option<(String, String)>> {
    let row = plan_documents::table
        .find(id)
        .select((plan_documents::problem, plan_documents::plan))
        .first(db);
    Ok(row.optional()?)
}

/// Keeps who decided, and what they said.
pub(super) fn set_decision(db: &mut Db, id: PlanId, by: UserId, note: Option<&str>) -> Result<()> {
    diesel::update(plans::table.find(id))
        .set((plans::decided_by.eq(by), plans::decision_note.eq(note)))
        .execute(db)?;
    Ok(())
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = assignments)]
struct AssignmentRow {
    id: AssignmentId,
    plan_id: PlanId,
    staff_id: StaffId,
    need_id: NeedId,
    seat_no: i32,
    travel_minutes: i32,
    fit: i32,
}

/// Stores a plan's assignments.
pub(super) fn insert_assignments(db: &mut Db, plan: PlanId, all: &[Assignment]) -> Result<()> {
    let rows: Vec<AssignmentRow> = all
        .iter()
        .map(|a| AssignmentRow {
            id: a.id,
            plan_id: plan,
            staff_id: a.staff,
            need_id: a.need,
            seat_no: a.seat_no,
            travel_minutes: a.travel_minutes,
            fit: a.fit,
        })
        .collect();
    for chunk in rows.chunks(INSERT_CHUNK) {
        per_engine!(db, c => diesel::insert_into(assignments::table).values(chunk).execute(c))?;
    }
    Ok(())
}

impl From<AssignmentRow> for Assignment {
    fn from(row: AssignmentRow) -> Self {
        Self {
            id: row.id,
            staff: row.staff_id,
            need: row.need_id,
            seat_no: row.seat_no,
            travel_minutes: row.travel_minutes,
            fit: row.fit,
        }
    }
}

/// A page of a plan's assignments, or all of them. The plan itself was found in the caller's scope before.
pub(super) fn assignments(
    db: &mut Db,
    plan: PlanId,
    page: Option<&Page<AssignmentId>>,
) -> Result<Vec<Assignment>> {
    let mut query = assignments::table
        .filter(assignments::plan_id.eq(plan))
        .order(assignments::id)
        .select(AssignmentRow::as_select())
        .into_boxed();
    if let Some(page) = page {
        query = query.limit(page.fetch());
        if let Some(after) = page.after {
            query = query.filter(assignments::id.gt(after));
        }
    }
    let rows: Vec<AssignmentRow> = query.load(db)?;
    Ok(rows.into_iter().map(Assignment::from).collect())
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = plan_unmet_needs)]
struct UnmetRow {
    plan_id: PlanId,
    need_id: NeedId,
    missing: i32,
    eligible: i32,
    reasons: String,
}

/// Stores a plan's unmet needs.
pub(super) fn insert_unmet(db: &mut Db, plan: PlanId, all: &[UnmetNeed]) -> Result<()> {
    let rows: Vec<UnmetRow> = all
        .iter()
        .map(|unmet| {
            Ok(UnmetRow {
                plan_id: plan,
                need_id: unmet.need,
                missing: unmet.missing,
                eligible: unmet.eligible,
                reasons: to_text(&unmet.reasons)?,
            })
        })
        .collect::<Result<_>>()?;
    for chunk in rows.chunks(INSERT_CHUNK) {
        per_engine!(db, c => diesel::insert_into(plan_unmet_needs::table).values(chunk).execute(c))?;
    }
    Ok(())
}

/// A page of a plan's unmet needs. The plan itself was found in the caller's scope before.
pub(super) fn unmet(db: &mut Db, plan: PlanId, page: &Page<NeedId>) -> Result<Vec<UnmetNeed>> {
    let mut query = plan_unmet_needs::table
        .filter(plan_unmet_needs::plan_id.eq(plan))
        .order(plan_unmet_needs::need_id)
        .limit(page.fetch())
        .select(UnmetRow::as_select())
        .into_boxed();
    if let Some(after) = page.after {
        query = query.filter(plan_unmet_needs::need_id.gt(after));
    }
    let rows: Vec<UnmetRow> = query.load(db)?;
    rows.into_iter()
        .map(|row| {
            Ok(UnmetNeed {
                need: row.need_id,
                missing: row.missing,
                eligible: row.eligible,
                reasons: serde_json::from_str(&row.reasons).map_err(Error::internal)?,
            })
        })
        .collect()
}

/// The seats that secondments of the round have taken, by need.
pub(super) fn taken_seats(db: &mut Db, scope: &Scope, round: RoundId) -> Result<HashMap<NeedId, Vec<i32>>> {
    let rows: Vec<(NeedId, i32)> = secondments::table
        .filter(secondments::province_code.eq(scope.province()))
        .filter(secondments::round_id.eq(round))
        .select((secondments::need_id, secondments::seat_no))
        .load(db)?;
    let mut taken: HashMap<NeedId, Vec<i32>> = HashMap::new();
    for (need, seat) in rows {
        taken.entry(need).or_default().push(seat);
    }
    Ok(taken)
}

/// The last day of everyone's latest secondment, from which the rest window runs.
pub(super) fn last_secondment_ends(db: &mut Db, scope: &Scope) -> Result<HashMap<StaffId, NaiveDate>> {
    let rows: Vec<(StaffId, Option<NaiveDate>)> = secondments::table
        .filter(secondments::province_code.eq(scope.province()))
        .group_by(secondments::staff_id)
        .select((secondments::staff_id, diesel::dsl::max(secondments::end_date)))
        .load(db)?;
    Ok(rows
        .into_iter()
        .filter_map(|(staff, end)| Some((staff, end?)))
        .collect())
}
