//! Secondments over HTTP.

use super::dto::{Arrival, Completion, SecondmentDto, SecondmentsQuery};
use super::model::{Secondment, SecondmentFilter};
use super::service;
use crate::error::Result;
use crate::http::page::{Page, PageDto};
use crate::http::{Call, IfMatch, Json, Query, Reply};
use crate::ids::SecondmentId;
use actix_web::web::Path;
use actix_web::{get, post};

/// The secondments that the caller may see; those tied to units see their units'.
#[utoipa::path(params(SecondmentsQuery), responses((status = 200, body = PageDto<SecondmentDto>)))]
#[get("/secondments")]
pub async fn list(call: Call, query: Query<SecondmentsQuery>) -> Result<Reply<PageDto<SecondmentDto>>> {
    let query = query.0;
    let page = Page::new(call.caller(), "secondments", query.limit, query.cursor.as_deref())?;
    let asked = page.clone();
    let filter = SecondmentFilter::from(query);
    let secondments = call
        .read(move |db, caller| service::list(db, caller, &filter, &asked))
        .await?;
    Ok(Reply::page(page.dto(
        secondments,
        |secondment| secondment.id,
        SecondmentDto::from,
    )))
}

/// One secondment.
#[utoipa::path(responses((status = 200, body = SecondmentDto)))]
#[get("/secondments/{id}")]
pub async fn read(call: Call, id: Path<SecondmentId>) -> Result<Reply<SecondmentDto>> {
    let id = id.into_inner();
    Ok(versioned(
        call.read(move |db, caller| service::find(db, caller, id)).await?,
    ))
}

/// Say that the person has arrived in the unit.
#[utoipa::path(
    request_body = Arrival,
    responses((status = 200, body = SecondmentDto), (status = 409, description = "Not in force, or the arrival is on record already")),
)]
#[post("/secondments/{id}/arrival")]
pub async fn arrive(
    call: Call,
    id: Path<SecondmentId>,
    based_on: IfMatch,
    body: Json<Arrival>,
) -> Result<Reply<SecondmentDto>> {
    let id = id.into_inner();
    let day = body.0.arrived_on;
    Ok(versioned(
        call.write(move |db, caller| service::arrive(db, caller, id, based_on, day))
            .await?,
    ))
}

/// End a secondment, from the last day of its term on, with the post that the person returns to.
#[utoipa::path(
    request_body = Completion,
    responses((status = 200, body = SecondmentDto), (status = 409, description = "The term is not over, or the secondment has ended already")),
)]
#[post("/secondments/{id}/completion")]
pub async fn complete(
    call: Call,
    id: Path<SecondmentId>,
    based_on: IfMatch,
    body: Json<Completion>,
) -> Result<Reply<SecondmentDto>> {
    let id = id.into_inner();
    let post = body.0.return_post;
    Ok(versioned(
        call.write(move |db, caller| service::complete(db, caller, id, based_on, &post))
            .await?,
    ))
}

fn versioned(secondment: Secondment) -> Reply<SecondmentDto> {
    let version = secondment.version;
    Reply::ok(secondment.into()).version(version)
}
