//! Successful answers: a JSON body, its ETag, and where a new record lives.

use super::etag;
use super::page::PageDto;
use super::registry::BASE;
use crate::error::Language;
use actix_web::body::BoxBody;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;

/// An answer under way.
#[derive(Debug)]
pub struct Reply<T> {
    body: T,
    status: StatusCode,
    version: Option<i32>,
    location: Option<String>,
    next: Option<String>,
    language: Option<Language>,
}

impl<T: Serialize> Reply<T> {
    /// 200 with this body.
    pub fn ok(body: T) -> Self {
        Self {
            body,
            status: StatusCode::OK,
            version: None,
            location: None,
            next: None,
            language: None,
        }
    }

    /// 201: the record that was made, and its path below the API's base.
    pub fn created(body: T, path: &str) -> Self {
        Self {
            status: StatusCode::CREATED,
            location: Some(format!("{BASE}{path}")),
            ..Self::ok(body)
        }
    }

    /// 202: the work goes on; its state can be read at this path below the API's base.
    pub fn accepted(body: T, path: &str) -> Self {
        Self {
            status: StatusCode::ACCEPTED,
            ..Self::created(body, path)
        }
    }

    /// The same answer, with the record's version as its ETag.
    #[must_use]
    pub fn version(mut self, version: i32) -> Self {
        self.version = Some(version);
        self
    }

    /// The same answer, which has sentences in the language that the caller reads.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }
}

impl<T: Serialize> Reply<PageDto<T>> {
    /// 200 with a page, and a `Link` to the next one.
    pub fn page(page: PageDto<T>) -> Self {
        let next = page.next_cursor.clone();
        Self {
            next,
            ..Self::ok(page)
        }
    }
}

impl<T: Serialize> Responder for Reply<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        if let Some(version) = self.version {
            response.insert_header((header::ETAG, etag::etag(version)));
        }
        if let Some(location) = self.location {
            response.insert_header((header::LOCATION, location));
        }
        if let Some(cursor) = self.next {
            response.insert_header((header::LINK, next_link(request, &cursor)));
        }
        if let Some(language) = self.language {
            response.insert_header((header::CONTENT_LANGUAGE, language.tag()));
            response.insert_header((header::VARY, "Accept-Language"));
        }
        response.json(self.body)
    }
}

/// The present address with its cursor replaced, as a `Link` to the next page (RFC 8288).
fn next_link(request: &HttpRequest, cursor: &str) -> String {
    let others = request
        .query_string()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let query: Vec<&str> = others.collect();
    let query = if query.is_empty() {
        String::new()
    } else {
        format!("{}&", query.join("&"))
    };
    format!("<{}?{query}cursor={cursor}>; rel=\"next\"", request.path())
}
