//! The roster over HTTP.

use super::dto::{AbsencesDto, NewSkills, NewStaffDto, SkillsDto, StaffChangeDto, StaffDto, StaffQuery};
use super::model::{Absence, Profile, Skill, Staff, StaffChange, StaffFilter};
use super::service;
use crate::error::Result;
use crate::http::page::{Page, PageDto};
use crate::http::{Call, IfMatch, Json, Query, Reply};
use crate::ids::StaffId;
use actix_web::web::Path;
use actix_web::{get, patch, post, put};
use serde::Serialize;

/// The province's people, by the time they were added.
#[utoipa::path(params(StaffQuery), responses((status = 200, body = PageDto<StaffDto>)))]
#[get("/staff")]
pub async fn list(call: Call, query: Query<StaffQuery>) -> Result<Reply<PageDto<StaffDto>>> {
    let query = query.0;
    let page = Page::new(call.caller(), "staff", query.limit, query.cursor.as_deref())?;
    let asked = page.clone();
    let filter = StaffFilter::from(query);
    let people = call
        .read(move |db, caller| service::list(db, caller, &filter, &asked))
        .await?;
    Ok(Reply::page(page.dto(people, |person| person.id, StaffDto::from)))
}

/// Add a person, with skills and absences.
#[utoipa::path(request_body = NewStaffDto, responses((status = 201, body = StaffDto), (status = 409, description = "The staff number is on the roster already")))]
#[post("/staff")]
pub async fn create(call: Call, body: Json<NewStaffDto>) -> Result<Reply<StaffDto>> {
    let new = Profile::from(body.0);
    let person = call
        .write(move |db, caller| service::create(db, caller, &new))
        .await?;
    let (path, version) = (format!("/staff/{}", person.id), person.version);
    Ok(Reply::created(person.into(), &path).version(version))
}

/// One person.
#[utoipa::path(responses((status = 200, body = StaffDto)))]
#[get("/staff/{id}")]
pub async fn read(call: Call, id: Path<StaffId>) -> Result<Reply<StaffDto>> {
    find(&call, id).await
}

/// Change a person; the staff number stays.
#[utoipa::path(request_body = StaffChangeDto, responses((status = 200, body = StaffDto)))]
#[patch("/staff/{id}")]
pub async fn update(
    call: Call,
    id: Path<StaffId>,
    based_on: IfMatch,
    body: Json<StaffChangeDto>,
) -> Result<Reply<StaffDto>> {
    let id = id.into_inner();
    let change = StaffChange::from(body.0);
    Ok(versioned(
        call.write(move |db, caller| service::update(db, caller, id, based_on, &change))
            .await?,
    ))
}

/// What a person can do. The ETag is the person's.
#[utoipa::path(responses((status = 200, body = SkillsDto)))]
#[get("/staff/{id}/skills")]
pub async fn read_skills(call: Call, id: Path<StaffId>) -> Result<Reply<SkillsDto>> {
    find(&call, id).await
}

/// Replace all skills of a person.
#[utoipa::path(request_body = NewSkills, responses((status = 200, body = SkillsDto)))]
#[put("/staff/{id}/skills")]
pub async fn replace_skills(
    call: Call,
    id: Path<StaffId>,
    based_on: IfMatch,
    body: Json<NewSkills>,
) -> Result<Reply<SkillsDto>> {
    let id = id.into_inner();
    let skills: Vec<Skill> = body.0.into();
    Ok(versioned(
        call.write(move |db, caller| service::replace_skills(db, caller, id, based_on, &skills))
            .await?,
    ))
}

/// When a person can't serve. The ETag is the person's.
#[utoipa::path(responses((status = 200, body = AbsencesDto)))]
#[get("/staff/{id}/absences")]
pub async fn read_absences(call: Call, id: Path<StaffId>) -> Result<Reply<AbsencesDto>> {
    find(&call, id).await
}

/// Replace all absences of a person.
#[utoipa::path(request_body = AbsencesDto, responses((status = 200, body = AbsencesDto)))]
#[put("/staff/{id}/absences")]
pub async fn replace_absences(
    call: Call,
    id: Path<StaffId>,
    based_on: IfMatch,
    body: Json<AbsencesDto>,
) -> Result<Reply<AbsencesDto>> {
    let id = id.into_inner();
    let absences: Vec<Absence> = body.0.into();
    Ok(versioned(
        call.write(move |db, caller| service::replace_absences(db, caller, id, based_on, &absences))
            .await?,
    ))
}

async fn find<T: From<Staff> + Serialize>(call: &Call, id: Path<StaffId>) -> Result<Reply<T>> {
    let id = id.into_inner();
    Ok(versioned(
        call.read(move |db, caller| service::find(db, caller, id)).await?,
    ))
}

fn versioned<T: From<Staff> + Serialize>(person: Staff) -> Reply<T> {
    let version = person.version;
    Reply::ok(person.into()).version(version)
}
