//! Query strings: strict; an unknown or unreadable parameter is a 400 that names it.

use crate::error::{Code, Error, Fault, Result};
use crate::say;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use std::future::{Ready, ready};

/// A query string, parsed.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            web::Query::<T>::from_query(request.query_string())
                .map(|query| Self(query.into_inner()))
                .map_err(|cause| unreadable(&cause.to_string())),
        )
    }
}

fn unreadable(message: &str) -> Error {
    let message = message.split_once("error: ").map_or(message, |(_, text)| text);
    let name = message
        .split_once("unknown field `")
        .or_else(|| message.split_once("missing field `"))
        .and_then(|(_, rest)| rest.split('`').next())
        .unwrap_or_default();
    Error::of(Code::MalformedRequest).at(vec![Fault::new(
        format!("?{name}"),
        "bad_parameter",
        say!(
            "the query can't be used: {message}",
            "tham số truy vấn không dùng được: {message}"
        ),
    )])
}
