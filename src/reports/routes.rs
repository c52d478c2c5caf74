//! Reports over HTTP.

use super::csv::csv;
use super::dto::{EntryDto, ReportQuery};
use super::format::Format;
use super::registry::Report;
use super::service;
use crate::error::{Error, Language, Result};
use crate::http::page::PageDto;
use crate::http::{Call, Query, Reply};
use actix_web::http::header;
use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse, get};

/// The reports that the caller may have.
#[utoipa::path(responses((status = 200, body = PageDto<EntryDto>)))]
#[get("/reports")]
pub async fn list(call: Call) -> Result<Reply<PageDto<EntryDto>>> {
    Ok(Reply::ok(PageDto {
        items: service::list(call.caller()).map(EntryDto::from).collect(),
        next_cursor: None,
    }))
}

/// A report about one round.
///
/// JSON unless `Accept` prefers CSV or, where the report has one, the SVG drawing. Headings follow `Accept-Language`. A
/// commune secretary gets the own unit's part.
#[utoipa::path(
    params(ReportQuery),
    responses((status = 200, description = "The report", content(
        (Report = "application/json"),
        (String = "text/csv"),
        (String = "image/svg+xml"),
    ))),
)]
#[get("/reports/{name}")]
pub async fn read(
    call: Call,
    name: Path<String>,
    query: Query<ReportQuery>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let name = name.into_inner();
    let offered = service::entry(&name)?.formats();
    let round = query.0.round;
    let language = call.language();
    let report = call
        .read(move |db, caller| service::run(db, caller, &name, round))
        .await?;
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let format = Format::preferred(header(header::ACCEPT), offered);
    answer(&report, format, language)
}

fn answer(report: &Report, format: Format, language: Language) -> Result<HttpResponse> {
    let mut response = HttpResponse::Ok();
    response.insert_header((header::VARY, "Accept, Accept-Language"));
    Ok(match format {
        // The document speaks both languages.
        Format::Json => response.json(report),
        Format::Csv => response
            .content_type("text/csv; charset=utf-8")
            .insert_header((header::CONTENT_LANGUAGE, language.tag()))
            .body(csv(&report.table(), language)?),
        Format::Svg => response
            .content_type("image/svg+xml")
            .insert_header((header::CONTENT_LANGUAGE, language.tag()))
            .body(report.chart(language).ok_or_else(Error::not_found)?),
    })
}
