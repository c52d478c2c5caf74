//! The audit log over HTTP.

use super::dto::{AuditEventDto, AuditQuery};
use super::store;
use crate::error::Result;
use crate::http::page::{Page, PageDto};
use crate::http::{Call, Query, Reply};
use actix_web::get;

/// The province's audit log, oldest first.
#[utoipa::path(params(AuditQuery), responses((status = 200, body = PageDto<AuditEventDto>)))]
#[get("/audit-events")]
pub async fn list(call: Call, query: Query<AuditQuery>) -> Result<Reply<PageDto<AuditEventDto>>> {
    let page = Page::new(
        call.caller(),
        "audit-events",
        query.0.limit,
        query.0.cursor.as_deref(),
    )?;
    let asked = page.clone();
    let rows = call
        .read(move |db, caller| store::list(db, caller.scope(), &asked))
        .await?;
    Ok(Reply::page(page.dto(rows, |row| row.id, AuditEventDto::from)))
}
