//! Rows and queries of needs.

use super::model::{Need, NeedContent, NeedFilter, NeedState, Priority};
use crate::auth::{Caller, Scope};
use crate::error::{Code, Error, Result};
use crate::http::page::Page;
use crate::ids::{FieldCode, NeedId, ProvinceCode, RoundId, UnitCode, UserId};
use crate::say;
use crate::store::schema::needs;
use crate::store::{Db, MultiBackend};
use crate::values::{Count, Headcount, Level};
use chrono::NaiveDateTime;
use diesel::prelude::*;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = needs)]
struct Row {
    id: NeedId,
    province_code: ProvinceCode,
    round_id: RoundId,
    unit_code: UnitCode,
    field_code: FieldCode,
    headcount: i32,
    min_level: i32,
    languages: String,
    priority: Priority,
    authority_seat: bool,
    reason: String,
    driver: Option<String>,
    backlog: Option<i32>,
    internal_first: bool,
    state: NeedState,
    review_note: Option<String>,
    created_by: UserId,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl TryFrom<Row> for Need {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let stored = |refusal: crate::values::Refusal| Error::internal(refusal.0.en);
        Ok(Self {
            id: row.id,
            round: row.round_id,
            unit: row.unit_code,
            content: NeedContent {
                field: row.field_code,
                headcount: Headcount::try_from(i64::from(row.headcount)).map_err(stored)?,
                min_level: Level::try_from(i64::from(row.min_level)).map_err(stored)?,
                languages: serde_json::from_str(&row.languages).map_err(Error::internal)?,
                priority: row.priority,
                authority_seat: row.authority_seat,
                reason: row.reason,
                driver: row.driver,
                backlog: row
                    .backlog
                    .map(|n| Count::try_from(i64::from(n)).map_err(stored))
                    .transpose()?,
                internal_first: row.internal_first,
            },
            state: row.state,
            review_note: row.review_note,
            version: row.version,
            created_at: row.created_at.and_utc(),
        })
    }
}

/// The needs that a scope covers: every query of this slice starts here.
fn visible(scope: &Scope) -> needs::BoxedQuery<'_, MultiBackend> {
    let mut query = needs::table
        .filter(needs::province_code.eq(scope.province()))
        .into_boxed();
    if let Some(units) = scope.units() {
        query = query.filter(needs::unit_code.eq_any(units));
    }
    query
}

/// Stores a new need.
pub(super) fn insert(db: &mut Db, caller: &Caller, need: &Need) -> Result<()> {
    let content = &need.content;
    let row = Row {
        id: need.id,
        province_code: caller.scope().province().clone(),
        round_id: need.round,
        unit_code: need.unit.clone(),
        field_code: content.field.clone(),
        headcount: content.headcount.get(),
        min_level: content.min_level.get(),
        languages: serde_json::to_string(&content.languages).map_err(Error::internal)?,
        priority: content.priority,
        authority_seat: content.authority_seat,
        reason: content.reason.clone(),
        driver: content.driver.clone(),
        backlog: content.backlog.map(Count::get),
        internal_first: content.internal_first,
        state: need.state,
        review_note: None,
        created_by: caller.person()?,
        version: need.version,
        created_at: need.created_at.naive_utc(),
        updated_at: need.created_at.naive_utc(),
    };
    diesel::insert_into(needs::table).values(&row).execute(db)?;
    Ok(())
}

/// One need, if the scope covers it.
pub fn find(db: &mut Db, scope: &Scope, id: NeedId) -> Result<Need> {
    let row: Option<Row> = visible(scope)
        .filter(needs::id.eq(id))
        .select(Row::as_select())
        .first(db)
        .optional()?;
    row.ok_or_else(Error::not_found)?.try_into()
}

/// A page of the needs that the scope covers.
pub(super) fn list(
    db: &mut Db,
    scope: &Scope,
    filter: &NeedFilter,
    page: &Page<NeedId>,
) -> Result<Vec<Need>> {
    let mut query = visible(scope).order(needs::id).limit(page.fetch());
    if let Some(after) = page.after {
        query = query.filter(needs::id.gt(after));
    }
    if let Some(round) = filter.round {
        query = query.filter(needs::round_id.eq(round));
    }
    if let Some(unit) = &filter.unit {
        query = query.filter(needs::unit_code.eq(unit));
    }
    if let Some(field) = &filter.field {
        query = query.filter(needs::field_code.eq(field));
    }
    if let Some(state) = filter.state {
        query = query.filter(needs::state.eq(state));
    }
    let rows: Vec<Row> = query.select(Row::as_select()).load(db)?;
    rows.into_iter().map(Need::try_from).collect()
}

/// The round's accepted needs by key: what its plans try to fill.
pub fn accepted(db: &mut Db, scope: &Scope, round: RoundId) -> Result<Vec<Need>> {
    let rows: Vec<Row> = visible(scope)
        .filter(needs::round_id.eq(round))
        .filter(needs::state.eq(NeedState::Accepted))
        .order(needs::id)
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter().map(Need::try_from).collect()
}

/// Replaces what a need asks for, while it is open to its commune and at the version that was read.
pub(super) fn update(
    db: &mut Db,
    caller: &Caller,
    id: NeedId,
    version: i32,
    content: &NeedContent,
) -> Result<Need> {
    let changed = diesel::update(
        needs::table
            .find(id)
            .filter(needs::province_code.eq(caller.scope().province()))
            .filter(needs::version.eq(version))
            .filter(needs::state.eq_any(NeedState::OPEN)),
    )
    .set((
        needs::field_code.eq(&content.field),
        needs::headcount.eq(content.headcount.get()),
        needs::min_level.eq(content.min_level.get()),
        needs::languages.eq(serde_json::to_string(&content.languages).map_err(Error::internal)?),
        needs::priority.eq(content.priority),
        needs::authority_seat.eq(content.authority_seat),
        needs::reason.eq(&content.reason),
        needs::driver.eq(&content.driver),
        needs::backlog.eq(content.backlog.map(Count::get)),
        needs::internal_first.eq(content.internal_first),
        needs::version.eq(needs::version + 1),
        needs::updated_at.eq(caller.now().naive_utc()),
    ))
    .execute(db)?;
    after_change(db, caller.scope(), id, version, changed)
}

/// Moves a need to another state, if it stands in one of `from` and at the version that was read.
pub(super) fn transition(
    db: &mut Db,
    caller: &Caller,
    id: NeedId,
    version: i32,
    from: &[NeedState],
    to: NeedState,
    note: Option<&str>,
) -> Result<Need> {
    let changed = diesel::update(
        needs::table
            .find(id)
            .filter(needs::province_code.eq(caller.scope().province()))
            .filter(needs::version.eq(version))
            .filter(needs::state.eq_any(from)),
    )
    .set((
        needs::state.eq(to),
        needs::review_note.eq(note),
        needs::version.eq(needs::version + 1),
        needs::updated_at.eq(caller.now().naive_utc()),
    ))
    .execute(db)?;
    after_change(db, caller.scope(), id, version, changed)
}

/// The need after an UPDATE, or why the UPDATE did not apply.
fn after_change(db: &mut Db, scope: &Scope, id: NeedId, version: i32, changed: usize) -> Result<Need> {
    let need = find(db, scope, id)?;
    if changed > 0 {
        return Ok(need);
    }
    if need.version != version {
        return Err(Error::of(Code::StaleVersion));
    }
    let state = need.state;
    Err(Error::new(
        Code::InvalidTransition,
        say!(
            "the need is `{state}`, and that state does not allow this step; read it again to see where it stands",
            "nhu cầu đang ở trạng thái `{state}`, không thực hiện được bước này; hãy đọc lại để biết trạng thái"
        ),
    ))
}
