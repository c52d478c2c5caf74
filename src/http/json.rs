//! JSON bodies: bounded, strict, and told apart into «can't be read» (400) and «says something wrong» (422, with a
//! pointer to the place).

use super::gate::BodyLimit;
use super::objects::Objects;
use super::registry::USUAL_BODY;
use crate::error::{Code, Error, Fault, Result, Text};
use crate::say;
use crate::values::Refusal;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::BytesMut;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};
use std::future::Future;
use std::pin::Pin;

/// A body, parsed.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let limit = request
            .extensions()
            .get::<BodyLimit>()
            .map_or(USUAL_BODY, |limit| limit.0);
        let json = request.content_type().eq_ignore_ascii_case("application/json");
        let announced = request
            .headers()
            .get(header::CONTENT_LENGTH)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.parse::<usize>().ok());
        let mut payload = payload.take();
        Box::pin(async move {
            if !json {
                return Err(Error::of(Code::UnsupportedMediaType));
            }
            if announced.is_some_and(|length| length > limit) {
                return Err(too_large(limit));
            }
            let mut body = BytesMut::new();
            while let Some(chunk) = payload.next().await {
                let chunk =
                    chunk.map_err(|cause| Error::of(Code::MalformedRequest).because(cause.to_string()))?;
                if body.len() + chunk.len() > limit {
                    return Err(too_large(limit));
                }
                body.extend_from_slice(&chunk);
            }
            parse(&body).map(Self)
        })
    }
}

fn too_large(limit: usize) -> Error {
    Error::new(
        Code::PayloadTooLarge,
        say!(
            "the body is larger than the {limit} bytes that this address takes; send less at a time",
            "nội dung lớn hơn {limit} byte mà địa chỉ này nhận; hãy gửi ít hơn mỗi lần"
        ),
    )
}

/// Reads a JSON object into `T`, or says where and why not.
pub fn parse<T: DeserializeOwned>(text: &[u8]) -> Result<T> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = serde_path_to_error::deserialize(Objects(&mut reader)).map_err(|error| {
        // serde_json calls some values of a wrong type malformed, and stops at the first fault; what is JSON as a whole
        // and what is not has to be found out apart.
        if let Err(malformation) = serde_json::from_slice::<serde_json::Value>(text) {
            return malformed(&malformation);
        }
        let path = error.path().clone();
        told(&path, error.inner())
    })?;
    reader.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

fn told(path: &Path, error: &serde_json::Error) -> Error {
    let message = without_position(&error.to_string());
    let mut pointer = pointer(path);
    if let Some(name) = quoted(&message, "unknown field `") {
        if !pointer.ends_with(&format!("/{name}")) {
            pointer = format!("{pointer}/{name}");
        }
        return Error::invalid_at(
            pointer,
            "unknown_key",
            say!(
                "`{name}` is not a key that is known here; remove it or correct its spelling ({message})",
                "không có khóa `{name}` ở đây; hãy bỏ hoặc sửa lại tên ({message})"
            ),
        );
    }
    if let Some(name) = quoted(&message, "missing field `") {
        return Error::invalid_at(
            format!("{pointer}/{name}"),
            "missing",
            say!("`{name}` is missing; add it", "thiếu `{name}`; hãy bổ sung"),
        );
    }
    let (code, detail) = if message.starts_with("invalid type") {
        (
            "wrong_type",
            say!(
                "the value has the wrong type: {message}; correct it",
                "giá trị sai kiểu: {message}; hãy sửa lại"
            ),
        )
    } else if message == "expected value" {
        // What serde_json says of JSON that is no text where one of several words is due.
        (
            "wrong_type",
            say!(
                "the value has the wrong type: it must be a text; correct it",
                "giá trị sai kiểu: phải là văn bản; hãy sửa lại"
            ),
        )
    } else if message.starts_with("unknown variant") {
        (
            "unknown_value",
            say!(
                "the value is not one of those known: {message}",
                "giá trị không thuộc danh sách cho phép: {message}"
            ),
        )
    } else if let Some((en, vi)) = message.split_once(Refusal::SEPARATOR) {
        let detail = Text {
            en: en.to_owned().into(),
            vi: vi.to_owned().into(),
        };
        ("invalid_value", detail)
    } else {
        (
            "invalid_value",
            say!(
                "the value is not allowed: {message}",
                "giá trị không hợp lệ: {message}"
            ),
        )
    };
    Error::invalid(vec![Fault::new(pointer, code, detail)])
}

fn malformed(error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    let message = without_position(&error.to_string());
    Error::new(Code::MalformedRequest, malformed_text(&message, line, column))
}

fn malformed_text(message: &str, line: usize, column: usize) -> Text {
    say!(
        "the body is not JSON: {message} at line {line}, column {column}; correct it and send it again",
        "nội dung không phải JSON: {message} tại dòng {line}, cột {column}; hãy sửa rồi gửi lại"
    )
}

fn without_position(message: &str) -> String {
    message
        .rsplit_once(" at line ")
        .map_or(message, |(text, _)| text)
        .to_owned()
}

fn quoted<'a>(message: &'a str, start: &str) -> Option<&'a str> {
    message.strip_prefix(start)?.split('`').next()
}

/// The path as a JSON pointer (RFC 6901).
fn pointer(path: &Path) -> String {
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only what can't be read matters here")]
    struct Sample {
        name: String,
        levels: Vec<u8>,
        inner: Option<Vec<Inner>>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[expect(dead_code, reason = "only what can't be read matters here")]
    struct Inner {
        word: String,
        kind: Option<Kind>,
    }

    #[derive(Debug, serde::Deserialize)]
    enum Kind {
        A,
    }

    fn refusal(text: &str) -> (Code, String, &'static str) {
        let error = parse::<Sample>(text.as_bytes()).unwrap_err();
        let fault = error.faults().first().cloned();
        (
            error.code(),
            fault.as_ref().map_or_else(String::new, |f| f.pointer.clone()),
            fault.map_or("", |f| f.code),
        )
    }

    #[test]
    fn each_kind_of_wrong_body_is_told_with_its_place() {
        let at = |pointer: &str, code| (Code::ValidationFailed, pointer.to_owned(), code);
        assert_eq!(
            refusal(r#"{"name":"x","levels":[1],"sex":1}"#),
            at("/sex", "unknown_key")
        );
        assert_eq!(refusal(r#"{"name":"x"}"#), at("/levels", "missing"));
        assert_eq!(refusal(r#"{"name":7,"levels":[]}"#), at("/name", "wrong_type"));
        assert_eq!(
            refusal(r#"{"name":"x","levels":[1,300]}"#),
            at("/levels/1", "invalid_value")
        );
        assert_eq!(refusal(r#"{"name":"x","levels":[]"#).0, Code::MalformedRequest);
        assert_eq!(refusal(r#"{"name":"x","levels":[]} x"#).0, Code::MalformedRequest);
        // A list in the order of the keys is no object, at any depth.
        assert_eq!(refusal(r#"["x",[],null]"#), at("", "wrong_type"));
        let inner = |inner: &str| refusal(&format!(r#"{{"name":"x","levels":[],"inner":[{inner}]}}"#));
        assert_eq!(inner(r#"{"word":"x"},["x"]"#), at("/inner/1", "wrong_type"));
        assert_eq!(inner(r#"{"word":["x"]}"#), at("/inner/0/word", "wrong_type"));
        for wrong in ["7", "null, \"word\": \"x\"", "[\"A\"]"] {
            let told = inner(&format!(r#"{{"word":"x","kind":{wrong}}}"#));
            assert_eq!(told.0, Code::ValidationFailed, "{wrong}");
        }
        assert_eq!(
            inner(r#"{"word":"x","kind":7}"#),
            at("/inner/0/kind", "wrong_type")
        );
        assert_eq!(
            inner(r#"{"word":"x","kind":"B"}"#),
            at("/inner/0/kind", "unknown_value")
        );
        assert!(parse::<Sample>(br#"{"name":"x","levels":[1],"inner":[{"word":"x","kind":"A"}]}"#).is_ok());
        assert_eq!(refusal(r#"{"name":7,"levels":[]"#).0, Code::MalformedRequest);
        assert_eq!(refusal(&"[".repeat(10_000)).0, Code::MalformedRequest);
        assert_eq!(refusal("").0, Code::MalformedRequest);
    }
}
