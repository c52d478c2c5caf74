//! Evaluations over HTTP.

use super::dto::{EvaluationDto, EvaluationsQuery, SubmissionDto};
use super::model::{Evaluation, Submission};
use super::service;
use crate::error::Result;
use crate::http::page::{Page, PageDto};
use crate::http::{Call, IfMatch, Json, Query, Reply};
use crate::ids::EvaluationId;
use actix_web::web::Path;
use actix_web::{get, post};

/// The evaluations that the caller may see; an evaluator sees those of their units.
#[utoipa::path(params(EvaluationsQuery), responses((status = 200, body = PageDto<EvaluationDto>)))]
#[get("/evaluations")]
pub async fn list(call: Call, query: Query<EvaluationsQuery>) -> Result<Reply<PageDto<EvaluationDto>>> {
    let query = query.0;
    let page = Page::new(call.caller(), "evaluations", query.limit, query.cursor.as_deref())?;
    let asked = page.clone();
    let evaluations = call
        .read(move |db, caller| service::list(db, caller, query.status, query.round, &asked))
        .await?;
    Ok(Reply::page(page.dto(
        evaluations,
        |evaluation| evaluation.id,
        EvaluationDto::from,
    )))
}

/// One evaluation.
#[utoipa::path(responses((status = 200, body = EvaluationDto)))]
#[get("/evaluations/{id}")]
pub async fn read(call: Call, id: Path<EvaluationId>) -> Result<Reply<EvaluationDto>> {
    let id = id.into_inner();
    Ok(versioned(
        call.read(move |db, caller| service::find(db, caller, id)).await?,
    ))
}

/// Rate a secondment whose term is over. A submitted evaluation is final.
#[utoipa::path(
    request_body = SubmissionDto,
    responses((status = 200, body = EvaluationDto), (status = 409, description = "Not due yet, or submitted already")),
)]
#[post("/evaluations/{id}/submission")]
pub async fn submit(
    call: Call,
    id: Path<EvaluationId>,
    based_on: IfMatch,
    body: Json<SubmissionDto>,
) -> Result<Reply<EvaluationDto>> {
    let id = id.into_inner();
    let submission = Submission::from(body.0);
    Ok(versioned(
        call.write(move |db, caller| service::submit(db, caller, id, based_on, &submission))
            .await?,
    ))
}

fn versioned(evaluation: Evaluation) -> Reply<EvaluationDto> {
    let version = evaluation.version;
    Reply::ok(evaluation.into()).version(version)
}
