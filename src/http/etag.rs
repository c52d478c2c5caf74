//! Versions as strong ETags: a change names the version it was based on.

use crate::error::{Code, Error, Result};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};

/// The version in `If-Match`. Without the header the change is refused with 428.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(i32);

impl IfMatch {
    /// Refuses with 412 when the record is at another version by now.
    pub fn check(self, version: i32) -> Result<()> {
        if self.0 == version {
            Ok(())
        } else {
            Err(Error::of(Code::StaleVersion))
        }
    }

    /// The version that the change is based on.
    pub fn version(self) -> i32 {
        self.0
    }
}

/// The ETag of a version.
pub(super) fn etag(version: i32) -> String {
    format!("\"{version}\"")
}

impl FromRequest for IfMatch {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match request.headers().get(header::IF_MATCH) {
            None => Err(Error::of(Code::PreconditionRequired)),
            Some(value) => value
                .to_str()
                .ok()
                .and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok())
                .map(Self)
                .ok_or_else(|| Error::of(Code::StaleVersion)),
        })
    }
}
