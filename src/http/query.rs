//! Query strings: strict; an unknown or unreadable parameter is a 400 that names it.

use crate::error::{Code, Error, Fault, Result};
use crate::say;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;
use std::future::{Ready, ready};

/// A query string, parsed.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(request.query_string()).map(Self))
    }
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T> {
    let pairs = form_urlencoded::parse(text.as_bytes());
    serde_path_to_error::deserialize(serde_urlencoded::Deserializer::new(pairs)).map_err(|error| {
        let message = error.inner().to_string();
        let name = named(&message).map_or_else(|| error.path().to_string(), str::to_owned);
        unreadable(&name, &message)
    })
}

/// The parameter that the message itself names.
fn named(message: &str) -> Option<&str> {
    ["unknown field `", "missing field `", "duplicate field `"]
        .iter()
        .find_map(|start| message.strip_prefix(start))?
        .split('`')
        .next()
}

fn unreadable(name: &str, message: &str) -> Error {
    Error::of(Code::MalformedRequest).at(vec![Fault::new(
        format!("?{name}"),
        "bad_parameter",
        say!(
            "the query can't be used: {message}",
            "tham số truy vấn không dùng được: {message}"
        ),
    )])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        word: Option<String>,
        limit: Option<u32>,
    }

    #[test]
    fn each_parameter_that_can_t_be_used_is_named() {
        for (query, pointer) in [
            ("limit=x", "?limit"),
            ("word=a&limit=-1", "?limit"),
            ("limit=", "?limit"),
            ("limit=1&limit=2", "?limit"),
            ("wrd=x", "?wrd"),
        ] {
            let error = parse::<Sample>(query).unwrap_err();
            assert_eq!(error.code(), Code::MalformedRequest);
            assert_eq!(error.faults()[0].pointer, pointer, "{query}: {error}");
        }
        let read = parse::<Sample>("word=%C4%91%E1%BA%B7ng+th%E1%BB%8B&limit=7").unwrap();
        assert_eq!((read.word.as_deref(), read.limit), (Some("đặng thị"), Some(7)));
        assert!(parse::<Sample>("").is_ok());
    }
}
