//! Audit entries on the wire.

use super::model::Action;
use super::store::Row;
use crate::ids::{AuditId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// One change: who did what to which record, and when.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEvent)]
pub struct AuditEventDto {
    id: AuditId,
    at: DateTime<Utc>,
    /// The account; absent for the operator and the service's worker.
    actor_id: Option<UserId>,
    /// The account's login, `operator` or `worker`.
    actor: String,
    action: Action,
    /// The kind of record.
    resource: String,
    /// Which record.
    resource_id: String,
    /// What it became, without personal data.
    detail: serde_json::Value,
}

impl From<Row> for AuditEventDto {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            at: row.at.and_utc(),
            actor_id: row.actor_id,
            actor: row.actor_login,
            action: row.action,
            resource: row.resource,
            resource_id: row.resource_id,
            detail: serde_json::from_str(&row.detail).unwrap_or_default(),
        }
    }
}

/// Which page of the log to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Rows per page, 1 to 200; 50 unless told.
    pub limit: Option<u32>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}
