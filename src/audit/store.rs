//! Rows of the audit log: written beside the change they tell of, never changed.

use super::model::{Action, Entry};
use crate::auth::{Caller, Scope};
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::{AuditId, UserId};
use crate::per_engine;
use crate::store::schema::audit_events;
use crate::store::{Db, INSERT_CHUNK};
use chrono::NaiveDateTime;
use diesel::prelude::*;

#[derive(Insertable, Queryable, Selectable, Debug)]
#[diesel(table_name = audit_events)]
pub(super) struct Row {
    pub(super) id: AuditId,
    pub(super) province_code: String,
    pub(super) at: NaiveDateTime,
    pub(super) actor_id: Option<UserId>,
    pub(super) actor_login: String,
    pub(super) action: Action,
    pub(super) resource: String,
    pub(super) resource_id: String,
    pub(super) detail: String,
}

/// Writes the entries of one change.
pub fn record(db: &mut Db, caller: &Caller, entries: &[Entry]) -> Result<()> {
    let at = caller.now().naive_utc();
    let rows: Vec<Row> = entries
        .iter()
        .map(|entry| Row {
            id: AuditId::new(caller.clock()),
            province_code: caller.scope().province().to_string(),
            at,
            actor_id: caller.user(),
            actor_login: caller.login().to_owned(),
            action: entry.action,
            resource: entry.resource.to_owned(),
            resource_id: entry.resource_id.clone(),
            detail: entry.detail.to_string(),
        })
        .collect();
    for chunk in rows.chunks(INSERT_CHUNK) {
        per_engine!(db, c => diesel::insert_into(audit_events::table).values(chunk).execute(c))?;
    }
    Ok(())
}

/// A page of the province's log, oldest first.
pub(super) fn list(db: &mut Db, scope: &Scope, page: &Page<AuditId>) -> Result<Vec<Row>> {
    let mut query = audit_events::table
        .filter(audit_events::province_code.eq(scope.province()))
        .order(audit_events::id)
        .limit(page.fetch())
        .select(Row::as_select())
        .into_boxed();
    if let Some(after) = page.after {
        query = query.filter(audit_events::id.gt(after));
    }
    Ok(query.load(db)?)
}
