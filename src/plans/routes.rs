//! Plans over HTTP.

use super::dto::{
    Approval, AssignmentDto, PlanDto, PlanRowsQuery, PlansQuery, Rejection, UnmetNeedDto, VerificationDto,
};
use super::explanation;
use super::explanation_dto::{CertificateDto, ExplanationDto, ExplanationQuery};
use super::model::{Plan, PlanRequest};
use super::service;
use crate::error::Result;
use crate::http::page::{Page, PageDto};
use crate::http::{Call, IfMatch, Json, Query, Reply};
use crate::ids::{NeedId, PlanId, RoundId};
use crate::jobs::protocol::Question;
use actix_web::web::Path;
use actix_web::{get, post};

/// Ask the solver for a plan of a round. The answer comes at once; read the plan until its state is `solved`.
#[utoipa::path(request_body = PlanRequest, responses((status = 202, body = PlanDto)))]
#[post("/rounds/{id}/plans")]
pub async fn request(call: Call, id: Path<RoundId>, body: Json<PlanRequest>) -> Result<Reply<PlanDto>> {
    let (round, asked) = (id.into_inner(), body.0);
    let plan = call
        .write(move |db, caller| service::request(db, caller, round, &asked))
        .await?;
    let (path, version) = (format!("/plans/{}", plan.id), plan.version);
    Ok(Reply::accepted(plan.into(), &path).version(version))
}

/// The province's plans, oldest first.
#[utoipa::path(params(PlansQuery), responses((status = 200, body = PageDto<PlanDto>)))]
#[get("/plans")]
pub async fn list(call: Call, query: Query<PlansQuery>) -> Result<Reply<PageDto<PlanDto>>> {
    let page = Page::new(call.caller(), "plans", query.0.limit, query.0.cursor.as_deref())?;
    let (asked, round) = (page.clone(), query.0.round);
    let plans = call
        .read(move |db, caller| service::list(db, caller, round, &asked))
        .await?;
    Ok(Reply::page(page.dto(plans, |plan| plan.id, PlanDto::from)))
}

/// One plan: its state, the solver's progress, and its result.
#[utoipa::path(responses((status = 200, body = PlanDto)))]
#[get("/plans/{id}")]
pub async fn read(call: Call, id: Path<PlanId>) -> Result<Reply<PlanDto>> {
    let id = id.into_inner();
    Ok(versioned(
        call.read(move |db, caller| service::find(db, caller, id)).await?,
    ))
}

/// Who goes where in a plan.
#[utoipa::path(params(PlanRowsQuery), responses((status = 200, body = PageDto<AssignmentDto>)))]
#[get("/plans/{id}/assignments")]
pub async fn assignments(
    call: Call,
    id: Path<PlanId>,
    query: Query<PlanRowsQuery>,
) -> Result<Reply<PageDto<AssignmentDto>>> {
    let id = id.into_inner();
    let page = Page::new(
        call.caller(),
        &format!("plans/{id}/assignments"),
        query.0.limit,
        query.0.cursor.as_deref(),
    )?;
    let asked = page.clone();
    let rows = call
        .read(move |db, caller| service::assignments(db, caller, id, &asked))
        .await?;
    Ok(Reply::page(page.dto(rows, |row| row.id, AssignmentDto::from)))
}

/// Which seats stay empty in a plan, and why.
#[utoipa::path(params(PlanRowsQuery), responses((status = 200, body = PageDto<UnmetNeedDto>)))]
#[get("/plans/{id}/unmet-needs")]
pub async fn unmet_needs(
    call: Call,
    id: Path<PlanId>,
    query: Query<PlanRowsQuery>,
) -> Result<Reply<PageDto<UnmetNeedDto>>> {
    let id = id.into_inner();
    let page = Page::new(
        call.caller(),
        &format!("plans/{id}/unmet-needs"),
        query.0.limit,
        query.0.cursor.as_deref(),
    )?;
    let asked = page.clone();
    let rows = call
        .read(move |db, caller| service::unmet(db, caller, id, &asked))
        .await?;
    Ok(Reply::page(page.dto(rows, |row| row.need, UnmetNeedDto::from)))
}

/// Why a need's seats stay empty in a plan, and each single change that would fill one.
///
/// The quotas in the way, and for each change who would move where; `text` says it in sentences, in the caller's language.
#[utoipa::path(
    params(("need" = NeedId, Path, description = "A need with empty seats, of `/plans/{id}/unmet-needs`")),
    responses(
        (status = 200, body = CertificateDto),
        (status = 409, description = "There is no result yet, or all seats of the need are filled"),
    ),
)]
#[get("/plans/{id}/unmet-needs/{need}/certificate")]
pub async fn certificate(call: Call, path: Path<(PlanId, NeedId)>) -> Result<Reply<CertificateDto>> {
    let ((id, need), language) = (path.into_inner(), call.language());
    let question = Question::Certificate(need.to_string().into());
    let stored = call
        .read(move |db, caller| explanation::load(db, caller, id, language))
        .await?;
    let told = call.explain(move |solver| stored.ask(solver, &question)).await?;
    Ok(Reply::ok(told.try_into()?).language(language))
}

/// Why a person serves where a plan says; or, of another need, why not there.
///
/// An answer names the rules that stop the person, the pins and rules that no plan keeps with the person there, or the
/// cheapest chain of moves: who else would go where, and what each tier would gain or lose. `text` says it in sentences, in the caller's language. Without `need` the person must serve.
#[utoipa::path(
    params(ExplanationQuery),
    responses(
        (status = 200, body = ExplanationDto),
        (status = 409, description = "There is no result yet, or the person serves nowhere"),
    ),
)]
#[get("/plans/{id}/explanations")]
pub async fn explain(
    call: Call,
    id: Path<PlanId>,
    query: Query<ExplanationQuery>,
) -> Result<Reply<ExplanationDto>> {
    let (id, language) = (id.into_inner(), call.language());
    let need = query.0.need.map(|need| need.to_string().into());
    let question = Question::Person(query.0.staff.to_string().into(), need);
    let stored = call
        .read(move |db, caller| explanation::load(db, caller, id, language))
        .await?;
    let told = call.explain(move |solver| stored.ask(solver, &question)).await?;
    Ok(Reply::ok(told.try_into()?).language(language))
}

/// Have the independent checker go over a solved plan again: eligibility, every rule, and the score.
#[utoipa::path(responses((status = 200, body = VerificationDto), (status = 409, description = "There is no result yet")))]
#[get("/plans/{id}/verification")]
pub async fn verify(call: Call, id: Path<PlanId>) -> Result<Reply<VerificationDto>> {
    let id = id.into_inner();
    Ok(Reply::ok(
        call.read(move |db, caller| service::verify(db, caller, id))
            .await?
            .into(),
    ))
}

/// Stop a plan that is still being made; while it is solved, its best plan so far becomes the result. Asked once more, it
/// has none.
#[utoipa::path(responses((status = 200, body = PlanDto), (status = 409, description = "It is over already")))]
#[post("/plans/{id}/cancellation")]
pub async fn cancel(call: Call, id: Path<PlanId>, based_on: IfMatch) -> Result<Reply<PlanDto>> {
    let id = id.into_inner();
    Ok(versioned(
        call.write(move |db, caller| service::cancel(db, caller, id, based_on))
            .await?,
    ))
}

/// Propose a solved plan for approval; its content is frozen from then on.
#[utoipa::path(responses((status = 200, body = PlanDto), (status = 409, description = "It is not solved, or was proposed already")))]
#[post("/plans/{id}/submission")]
pub async fn submit(call: Call, id: Path<PlanId>, based_on: IfMatch) -> Result<Reply<PlanDto>> {
    let id = id.into_inner();
    Ok(versioned(
        call.write(move |db, caller| service::submit(db, caller, id, based_on))
            .await?,
    ))
}

/// Approve a proposed plan: its assignments become secondments.
#[utoipa::path(request_body = Approval, responses((status = 200, body = PlanDto), (status = 409, description = "It is not proposed, or its inputs have changed")))]
#[post("/plans/{id}/approval")]
pub async fn approve(
    call: Call,
    id: Path<PlanId>,
    based_on: IfMatch,
    body: Json<Approval>,
) -> Result<Reply<PlanDto>> {
    let (id, note) = (id.into_inner(), body.0.note);
    let plan = call
        .write(move |db, caller| {
            service::approve(db, caller, id, based_on, note.as_ref().map(|note| note.as_str()))
        })
        .await?;
    Ok(versioned(plan))
}

/// Reject a proposed plan, saying why.
#[utoipa::path(request_body = Rejection, responses((status = 200, body = PlanDto), (status = 409, description = "It is not proposed")))]
#[post("/plans/{id}/rejection")]
pub async fn reject(
    call: Call,
    id: Path<PlanId>,
    based_on: IfMatch,
    body: Json<Rejection>,
) -> Result<Reply<PlanDto>> {
    let (id, note) = (id.into_inner(), body.0.note);
    let plan = call
        .write(move |db, caller| service::reject(db, caller, id, based_on, note.as_str()))
        .await?;
    Ok(versioned(plan))
}

fn versioned(plan: Plan) -> Reply<PlanDto> {
    let version = plan.version;
    Reply::ok(plan.into()).version(version)
}
