//! Catalogues over HTTP.

use super::dto::{DepartmentDto, FieldDto, NewDepartment, NewField, UnitDto, UnitsQuery};
use super::{service, store};
use crate::error::Result;
use crate::http::page::{Page, PageDto};
use crate::http::{Call, Json, Query, Reply};
use actix_web::{get, post};

/// The province's fields of work, in their order.
#[utoipa::path(responses((status = 200, body = PageDto<FieldDto>)))]
#[get("/fields")]
pub async fn list_fields(call: Call) -> Result<Reply<PageDto<FieldDto>>> {
    let fields = call.read(|db, caller| store::fields(db, caller.scope())).await?;
    Ok(Reply::ok(PageDto {
        items: fields.into_iter().map(FieldDto::from).collect(),
        next_cursor: None,
    }))
}

/// Add a field of work to the province.
#[utoipa::path(request_body = NewField, responses((status = 201, body = FieldDto), (status = 409)))]
#[post("/fields")]
pub async fn create_field(call: Call, body: Json<NewField>) -> Result<Reply<FieldDto>> {
    let field = super::model::Field::from(body.0);
    let field = call
        .write(move |db, caller| service::create_field(db, caller, field.clone()))
        .await?;
    Ok(Reply::created(field.into(), "/fields"))
}

/// The province's commune-level units, by code.
#[utoipa::path(params(UnitsQuery), responses((status = 200, body = PageDto<UnitDto>)))]
#[get("/units")]
pub async fn list_units(call: Call, query: Query<UnitsQuery>) -> Result<Reply<PageDto<UnitDto>>> {
    let query = query.0;
    let page = Page::new(call.caller(), "units", query.limit, query.cursor.as_deref())?;
    let asked = page.clone();
    let units = call
        .read(move |db, caller| store::units_page(db, caller.scope(), query.kind, &asked))
        .await?;
    Ok(Reply::page(page.dto(
        units,
        |unit| unit.code.clone(),
        UnitDto::from,
    )))
}

/// The province's departments, by code.
#[utoipa::path(responses((status = 200, body = PageDto<DepartmentDto>)))]
#[get("/departments")]
pub async fn list_departments(call: Call) -> Result<Reply<PageDto<DepartmentDto>>> {
    let all = call
        .read(|db, caller| store::departments(db, caller.scope()))
        .await?;
    Ok(Reply::ok(PageDto {
        items: all.into_iter().map(DepartmentDto::from).collect(),
        next_cursor: None,
    }))
}

/// Add a department to the province.
#[utoipa::path(request_body = NewDepartment, responses((status = 201, body = DepartmentDto), (status = 409)))]
#[post("/departments")]
pub async fn create_department(call: Call, body: Json<NewDepartment>) -> Result<Reply<DepartmentDto>> {
    let department = super::model::Department::from(body.0);
    let department = call
        .write(move |db, caller| service::create_department(db, caller, department.clone()))
        .await?;
    Ok(Reply::created(department.into(), "/departments"))
}
