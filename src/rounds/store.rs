//! Rows and queries of rounds.

use super::model::{Policy, Round, RoundTerm};
use crate::auth::{Caller, Scope};
use crate::error::{Code, Error, Fault, Result};
use crate::http::page::Page;
use crate::ids::{FieldCode, ProvinceCode, RoundId};
use crate::store::Db;
use crate::store::schema::{round_fields, rounds, secondments};
use crate::{per_engine, say};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::HashMap;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = rounds)]
struct Row {
    id: RoundId,
    province_code: ProvinceCode,
    name: String,
    start_date: NaiveDate,
    end_date: NaiveDate,
    policy: String,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl Row {
    fn with_fields(self, fields: Vec<FieldCode>) -> Result<Round> {
        Ok(Round {
            id: self.id,
            name: self.name,
            term: RoundTerm {
                start: self.start_date,
                end: self.end_date,
            },
            fields,
            policy: serde_json::from_str(&self.policy).map_err(Error::internal)?,
            version: self.version,
        })
    }
}

fn policy_text(policy: &Policy) -> Result<String> {
    serde_json::to_string(policy).map_err(Error::internal)
}

fn name_taken(name: &str) -> Error {
    Error::of(Code::Conflict).at(vec![Fault::new(
        "/name",
        "duplicate",
        say!(
            "a round called `{name}` exists; choose another name",
            "đã có đợt tên `{name}`; hãy chọn tên khác"
        ),
    )])
}

/// Stores a new round; its id and version are the caller's to have made.
pub(super) fn insert(db: &mut Db, caller: &Caller, round: &Round) -> Result<()> {
    let row = Row {
        id: round.id,
        province_code: caller.scope().province().clone(),
        name: round.name.clone(),
        start_date: round.term.start,
        end_date: round.term.end,
        policy: policy_text(&round.policy)?,
        version: round.version,
        created_at: caller.now().naive_utc(),
        updated_at: caller.now().naive_utc(),
    };
    diesel::insert_into(rounds::table)
        .values(&row)
        .execute(db)
        .map_err(|cause| Error::from(cause).if_duplicate(|| name_taken(&round.name)))?;
    insert_fields(db, round)
}

fn insert_fields(db: &mut Db, round: &Round) -> Result<()> {
    let rows: Vec<_> = round
        .fields
        .iter()
        .map(|field| {
            (
                round_fields::round_id.eq(round.id),
                round_fields::field_code.eq(field),
            )
        })
        .collect();
    per_engine!(db, c => diesel::insert_into(round_fields::table).values(&rows).execute(c))?;
    Ok(())
}

/// Stores a round's changes, if it is still at the version they were based on.
pub(super) fn update(db: &mut Db, caller: &Caller, round: &Round) -> Result<()> {
    let changed = diesel::update(
        rounds::table
            .find(round.id)
            .filter(rounds::province_code.eq(caller.scope().province()))
            .filter(rounds::version.eq(round.version)),
    )
    .set((
        rounds::name.eq(&round.name),
        rounds::start_date.eq(round.term.start),
        rounds::end_date.eq(round.term.end),
        rounds::policy.eq(policy_text(&round.policy)?),
        rounds::version.eq(rounds::version + 1),
        rounds::updated_at.eq(caller.now().naive_utc()),
    ))
    .execute(db)
    .map_err(|cause| Error::from(cause).if_duplicate(|| name_taken(&round.name)))?;
    if changed == 0 {
        return Err(Error::of(Code::StaleVersion));
    }
    diesel::delete(round_fields::table.filter(round_fields::round_id.eq(round.id))).execute(db)?;
    insert_fields(db, round)
}

/// A round of the caller's province.
pub(super) fn find(db: &mut Db, scope: &Scope, id: RoundId) -> Result<Round> {
    let row: Option<Row> = rounds::table
        .find(id)
        .filter(rounds::province_code.eq(scope.province()))
        .select(Row::as_select())
        .first(db)
        .optional()?;
    let fields = round_fields::table
        .filter(round_fields::round_id.eq(id))
        .order(round_fields::field_code)
        .select(round_fields::field_code)
        .load(db)?;
    row.ok_or_else(Error::not_found)?.with_fields(fields)
}

/// A page of the province's rounds.
pub(super) fn list(db: &mut Db, scope: &Scope, page: &Page<RoundId>) -> Result<Vec<Round>> {
    let mut query = rounds::table
        .filter(rounds::province_code.eq(scope.province()))
        .order(rounds::id)
        .limit(page.fetch())
        .select(Row::as_select())
        .into_boxed();
    if let Some(after) = page.after {
        query = query.filter(rounds::id.gt(after));
    }
    let rows: Vec<Row> = query.load(db)?;
    let pairs: Vec<(RoundId, FieldCode)> = round_fields::table
        .filter(round_fields::round_id.eq_any(rows.iter().map(|row| row.id).collect::<Vec<_>>()))
        .order(round_fields::field_code)
        .select((round_fields::round_id, round_fields::field_code))
        .load(db)?;
    let mut fields: HashMap<RoundId, Vec<FieldCode>> = HashMap::new();
    for (round, field) in pairs {
        fields.entry(round).or_default().push(field);
    }
    rows.into_iter()
        .map(|row| {
            let fields = fields.remove(&row.id).unwrap_or_default();
            row.with_fields(fields)
        })
        .collect()
}

/// Whether anyone has been seconded in the round.
pub(super) fn has_secondments(db: &mut Db, scope: &Scope, id: RoundId) -> Result<bool> {
    let query = secondments::table
        .filter(secondments::province_code.eq(scope.province()))
        .filter(secondments::round_id.eq(id));
    Ok(diesel::select(diesel::dsl::exists(query)).get_result(db)?)
}
