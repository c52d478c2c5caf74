//! Rounds over HTTP.

use super::dto::{NewRound, RoundChange, RoundDto, RoundsQuery};
use super::model::{Round, RoundTerm};
use super::service::{self, RoundInput};
use crate::error::Result;
use crate::http::page::{Page, PageDto};
use crate::http::{Call, IfMatch, Json, Query, Reply};
use crate::ids::RoundId;
use actix_web::web::Path;
use actix_web::{get, patch, post};

/// The province's rounds, oldest first.
#[utoipa::path(params(RoundsQuery), responses((status = 200, body = PageDto<RoundDto>)))]
#[get("/rounds")]
pub async fn list(call: Call, query: Query<RoundsQuery>) -> Result<Reply<PageDto<RoundDto>>> {
    let page = Page::new(call.caller(), "rounds", query.0.limit, query.0.cursor.as_deref())?;
    let asked = page.clone();
    let rounds = call
        .read(move |db, caller| service::list(db, caller, &asked))
        .await?;
    Ok(Reply::page(page.dto(rounds, |round| round.id, RoundDto::from)))
}

/// Make a round.
#[utoipa::path(request_body = NewRound, responses((status = 201, body = RoundDto), (status = 409, description = "The name is taken")))]
#[post("/rounds")]
pub async fn create(call: Call, body: Json<NewRound>) -> Result<Reply<RoundDto>> {
    let NewRound {
        name,
        start_date,
        end_date,
        fields,
        policy,
    } = body.0;
    let term = RoundTerm {
        start: start_date,
        end: end_date,
    };
    let round = call
        .write(move |db, caller| service::create(db, caller, name.as_str(), term, fields.as_deref(), &policy))
        .await?;
    let (path, version) = (format!("/rounds/{}", round.id), round.version);
    Ok(Reply::created(round.into(), &path).version(version))
}

/// One round.
#[utoipa::path(responses((status = 200, body = RoundDto)))]
#[get("/rounds/{id}")]
pub async fn read(call: Call, id: Path<RoundId>) -> Result<Reply<RoundDto>> {
    let id = id.into_inner();
    Ok(versioned(
        call.read(move |db, caller| service::find(db, caller.scope(), id))
            .await?,
    ))
}

/// Change a round. Its dates are fixed once people serve in it.
#[utoipa::path(request_body = RoundChange, responses((status = 200, body = RoundDto), (status = 409, description = "People serve in it already")))]
#[patch("/rounds/{id}")]
pub async fn update(
    call: Call,
    id: Path<RoundId>,
    based_on: IfMatch,
    body: Json<RoundChange>,
) -> Result<Reply<RoundDto>> {
    let id = id.into_inner();
    let change = RoundInput {
        name: body.0.name.map(|name| name.into_string()),
        start: body.0.start_date,
        end: body.0.end_date,
        fields: body.0.fields,
        policy: body.0.policy,
    };
    Ok(versioned(
        call.write(move |db, caller| service::update(db, caller, id, based_on, &change))
            .await?,
    ))
}

fn versioned(round: Round) -> Reply<RoundDto> {
    let version = round.version;
    Reply::ok(round.into()).version(version)
}
