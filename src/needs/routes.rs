//! Needs over HTTP.

use super::dto::{NeedChange, NeedDto, NeedsQuery, NewNeed, Review, ReviewDecision};
use super::model::{Need, NeedContent, NeedFilter};
use super::service;
use crate::error::Result;
use crate::http::page::{Page, PageDto};
use crate::http::{Call, IfMatch, Json, Query, Reply};
use crate::ids::NeedId;
use crate::values::Note;
use actix_web::web::Path;
use actix_web::{get, patch, post};

/// Needs: a commune secretary's own, or the province's.
#[utoipa::path(params(NeedsQuery), responses((status = 200, body = PageDto<NeedDto>)))]
#[get("/needs")]
pub async fn list(call: Call, query: Query<NeedsQuery>) -> Result<Reply<PageDto<NeedDto>>> {
    let page = Page::new(call.caller(), "needs", query.0.limit, query.0.cursor.as_deref())?;
    let (asked, filter) = (page.clone(), NeedFilter::from(query.0));
    let needs = call
        .read(move |db, caller| service::list(db, caller, &filter, &asked))
        .await?;
    Ok(Reply::page(page.dto(needs, |need| need.id, NeedDto::from)))
}

/// Write down a need as a draft.
#[utoipa::path(request_body = NewNeed, responses((status = 201, body = NeedDto)))]
#[post("/needs")]
pub async fn create(call: Call, body: Json<NewNeed>) -> Result<Reply<NeedDto>> {
    let (round, unit) = (body.0.round, body.0.unit.clone());
    let content = NeedContent::from(body.0);
    let need = call
        .write(move |db, caller| service::create(db, caller, round, unit.as_ref(), &content))
        .await?;
    let (path, version) = (format!("/needs/{}", need.id), need.version);
    Ok(Reply::created(need.into(), &path).version(version))
}

/// One need.
#[utoipa::path(responses((status = 200, body = NeedDto)))]
#[get("/needs/{id}")]
pub async fn read(call: Call, id: Path<NeedId>) -> Result<Reply<NeedDto>> {
    let id = id.into_inner();
    Ok(versioned(
        call.read(move |db, caller| service::find(db, caller, id)).await?,
    ))
}

/// Change a need while it is a draft or was returned.
#[utoipa::path(request_body = NeedChange, responses((status = 200, body = NeedDto), (status = 409, description = "It was handed in already")))]
#[patch("/needs/{id}")]
pub async fn update(
    call: Call,
    id: Path<NeedId>,
    based_on: IfMatch,
    body: Json<NeedChange>,
) -> Result<Reply<NeedDto>> {
    let (id, change) = (id.into_inner(), body.0);
    let need = call
        .write(move |db, caller| {
            let change = change.clone();
            service::update(db, caller, id, based_on, |before| change.apply(before))
        })
        .await?;
    Ok(versioned(need))
}

/// Hand a need in.
#[utoipa::path(responses((status = 200, body = NeedDto), (status = 409, description = "It was handed in already")))]
#[post("/needs/{id}/submission")]
pub async fn submit(call: Call, id: Path<NeedId>, based_on: IfMatch) -> Result<Reply<NeedDto>> {
    let id = id.into_inner();
    Ok(versioned(
        call.write(move |db, caller| service::submit(db, caller, id, based_on))
            .await?,
    ))
}

/// Take a need back.
#[utoipa::path(responses((status = 200, body = NeedDto), (status = 409, description = "It was decided already")))]
#[post("/needs/{id}/withdrawal")]
pub async fn withdraw(call: Call, id: Path<NeedId>, based_on: IfMatch) -> Result<Reply<NeedDto>> {
    let id = id.into_inner();
    Ok(versioned(
        call.write(move |db, caller| service::withdraw(db, caller, id, based_on))
            .await?,
    ))
}

/// Accept a need for the round's plans, or return it with a note.
#[utoipa::path(request_body = Review, responses((status = 200, body = NeedDto), (status = 409, description = "It is not waiting for review")))]
#[post("/needs/{id}/review")]
pub async fn review(
    call: Call,
    id: Path<NeedId>,
    based_on: IfMatch,
    body: Json<Review>,
) -> Result<Reply<NeedDto>> {
    let id = id.into_inner();
    let accept = body.0.decision == ReviewDecision::Accept;
    let note = body.0.note.map(Note::into_string);
    let need = call
        .write(move |db, caller| service::review(db, caller, id, based_on, accept, note.as_deref()))
        .await?;
    Ok(versioned(need))
}

fn versioned(need: Need) -> Reply<NeedDto> {
    let version = need.version;
    Reply::ok(need.into()).version(version)
}
