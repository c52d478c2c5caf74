//! Errors on the wire: problem documents (RFC 9457) in the caller's language.

use crate::error::{Code, Error, Language};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError};
use serde::Serialize;
use tracing_actix_web::RequestId;
use utoipa::ToSchema;

/// A failure, told in the language that `Accept-Language` prefers (English or Vietnamese).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDto {
    /// Where the code is explained.
    #[serde(rename = "type")]
    kind: String,
    /// The kind of failure, in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What happened and what to do.
    detail: String,
    /// The kind of failure, for programs.
    code: String,
    /// The places of the input that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FaultDto>,
    /// On a failure of the service: what to tell the administrator. Every answer carries it in the header `Trace-Id`
    /// too; other problems leave it out of the body, so that two refusals can't be told apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    trace_id: Option<String>,
}

/// One thing wrong at one place.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Fault)]
pub struct FaultDto {
    /// JSON pointer into the body, or `?name` for a query parameter.
    pointer: String,
    /// The kind of fault, for programs.
    code: String,
    /// What, why, and what to do.
    detail: String,
}

impl ProblemDto {
    fn new(error: &Error, language: Language, trace_id: Option<String>) -> Self {
        let code = error.code();
        Self {
            kind: format!("/problems/{}", code.name()),
            title: code.title().in_language(language).to_owned(),
            status: code.status(),
            detail: error.detail().in_language(language).to_owned(),
            code: code.name().to_owned(),
            errors: error
                .faults()
                .iter()
                .map(|fault| FaultDto {
                    pointer: fault.pointer.clone(),
                    code: fault.code.to_owned(),
                    detail: fault.detail.in_language(language).to_owned(),
                })
                .collect(),
            trace_id: trace_id.filter(|_| code.status() >= 500),
        }
    }
}

/// The answer to a request that failed; the cause goes to the log here, once.
pub(super) fn response(error: &Error, request: &HttpRequest) -> HttpResponse {
    let trace_id = trace_id(request);
    if error.code().status() >= 500 {
        tracing::error!(
            code = error.code().name(),
            trace_id,
            cause = error.cause().map(tracing::field::display),
            "request failed"
        );
    } else {
        tracing::debug!(
            code = error.code().name(),
            trace_id,
            cause = error.cause().map(tracing::field::display),
            "request refused"
        );
    }
    let header_text = request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    build(error, Language::from_header(header_text), trace_id)
}

/// The request's id in the log and in the `Trace-Id` header.
pub(super) fn trace_id(request: &HttpRequest) -> Option<String> {
    request.extensions().get::<RequestId>().map(ToString::to_string)
}

fn build(error: &Error, language: Language, trace_id: Option<String>) -> HttpResponse {
    let mut response = HttpResponse::build(error.status_code());
    response.content_type("application/problem+json");
    response.insert_header((header::CONTENT_LANGUAGE, language.tag()));
    match error.code() {
        Code::Unauthenticated | Code::TokenExpired => {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        Code::Overloaded | Code::RateLimited => {
            response.insert_header((header::RETRY_AFTER, "2"));
        }
        _ => {}
    }
    if let Some(methods) = error.allow() {
        response.insert_header((header::ALLOW, methods));
    }
    response.json(ProblemDto::new(error, language, trace_id))
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        build(self, Language::En, None)
    }
}
