//! What came back, and what a test may expect of it.

use serde_json::Value;
use ureq::Body;
use ureq::http::{HeaderMap, Response};

/// An answer of the server. The methods that expect something panic with the whole answer when it is otherwise.
#[derive(Debug)]
pub struct Answer {
    what: String,
    pub status: u16,
    headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub(super) fn new(what: String, mut response: Response<Body>) -> Result<Self, ureq::Error> {
        let body = response.body_mut().with_config().limit(64 << 20).read_to_vec()?;
        Ok(Self {
            what,
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body,
        })
    }

    /// A header, or nothing where it is absent or not text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The headers in order, without those that may differ from answer to answer; `Connection` does when the server
    /// answers before it has read a body that it has no use for.
    pub fn lasting_headers(&self) -> Vec<(String, String)> {
        let mut all: Vec<_> = self
            .headers
            .iter()
            .filter(|(name, _)| !["connection", "date", "trace-id"].contains(&name.as_str()))
            .map(|(name, value)| {
                (
                    name.to_string(),
                    String::from_utf8_lossy(value.as_bytes()).into_owned(),
                )
            })
            .collect();
        all.sort();
        all
    }

    /// The ETag, which the answer must have.
    pub fn etag(&self) -> String {
        self.header("ETag")
            .unwrap_or_else(|| panic!("no ETag in {self}"))
            .to_owned()
    }

    /// The address of what was made, which the answer must have.
    pub fn location(&self) -> String {
        self.header("Location")
            .unwrap_or_else(|| panic!("no Location in {self}"))
            .to_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|cause| panic!("{cause} in {self}"))
    }

    /// Expects this status, gives the answer on.
    #[track_caller]
    pub fn status(self, expected: u16) -> Self {
        assert_eq!(self.status, expected, "{self}");
        self
    }

    /// Expects 200, gives the JSON.
    #[track_caller]
    pub fn ok(self) -> Value {
        self.status(200).json()
    }

    /// Expects 201 with a Location, gives the JSON.
    #[track_caller]
    pub fn created(self) -> Value {
        let answer = self.status(201);
        answer.location();
        answer.json()
    }

    /// Expects a problem document (RFC 9457) of this status and code.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Problem {
        assert_eq!(self.status, status, "{self}");
        assert_eq!(
            self.header("Content-Type"),
            Some("application/problem+json"),
            "{self}"
        );
        let value = self.json();
        assert_eq!(value["status"], status, "{self}");
        assert_eq!(value["code"], code, "{self}");
        assert_eq!(value["type"], format!("/problems/{code}"), "{self}");
        for key in ["title", "detail"] {
            assert!(
                value[key].as_str().is_some_and(|text| !text.is_empty()),
                "{key} in {self}"
            );
        }
        Problem { value, answer: self }
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let body = String::from_utf8_lossy(&self.body);
        write!(f, "{} → {} {:?}\n{body}", self.what, self.status, self.headers)
    }
}

/// A problem document.
#[derive(Debug)]
pub struct Problem {
    pub value: Value,
    pub answer: Answer,
}

impl Problem {
    /// Expects a fault of this code at this pointer, gives the problem on.
    #[track_caller]
    pub fn at(self, pointer: &str, code: &str) -> Self {
        let faults = self.value["errors"].as_array().cloned().unwrap_or_default();
        let found = faults.iter().any(|fault| {
            fault["pointer"] == pointer
                && fault["code"] == code
                && fault["detail"].as_str().is_some_and(|text| !text.is_empty())
        });
        assert!(found, "no {code} at {pointer} in {}", self.answer);
        self
    }
}
