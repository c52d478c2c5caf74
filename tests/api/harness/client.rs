//! Someone who calls the API.

use super::answer::Answer;
use serde_json::Value;
use std::net::SocketAddr;
use std::sync::LazyLock;
use std::time::Duration;
use ureq::Agent;
use ureq::http;

/// A caller with or without a token. Paths are below `/api/v1`, unless they begin with it or go to [`Client::outside`].
#[derive(Debug, Clone)]
pub struct Client {
    root: String,
    token: Option<String>,
}

impl Client {
    pub(super) fn new(address: SocketAddr, token: Option<String>) -> Self {
        let root = format!("http://{address}");
        Self { root, token }
    }

    /// GET.
    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    /// POST with a JSON body.
    pub fn post(&self, path: &str, body: Value) -> Answer {
        self.request("POST", path).json(&body).send()
    }

    /// PUT with a JSON body, based on this ETag.
    pub fn put(&self, path: &str, etag: &str, body: Value) -> Answer {
        self.request("PUT", path)
            .header("If-Match", etag)
            .json(&body)
            .send()
    }

    /// PATCH with a JSON body, based on this ETag.
    pub fn patch(&self, path: &str, etag: &str, body: Value) -> Answer {
        self.request("PATCH", path)
            .header("If-Match", etag)
            .json(&body)
            .send()
    }

    /// POST of a transition, based on this ETag.
    pub fn step(&self, path: &str, etag: &str, body: Value) -> Answer {
        self.request("POST", path)
            .header("If-Match", etag)
            .json(&body)
            .send()
    }

    /// GET of a path outside the API: `/healthz`, `/problems/…`.
    pub fn outside(&self, path: &str) -> Answer {
        self.prepare("GET", format!("{}{path}", self.root)).send()
    }

    /// Any request.
    pub fn request(&self, method: &str, path: &str) -> Request {
        let base = if path.starts_with("/api/") {
            ""
        } else {
            cadre::http::registry::BASE
        };
        self.prepare(method, format!("{}{base}{path}", self.root))
    }

    fn prepare(&self, method: &str, url: String) -> Request {
        let request = Request {
            what: format!("{method} {url}"),
            builder: http::Request::builder().method(method).uri(url),
            body: None,
        };
        match &self.token {
            Some(token) => request.header("Authorization", &format!("Bearer {token}")),
            None => request,
        }
    }
}

/// A request under way.
pub struct Request {
    what: String,
    builder: http::request::Builder,
    body: Option<Vec<u8>>,
}

impl Request {
    /// With this header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.builder = self.builder.header(name, value);
        self
    }

    /// With this JSON body.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// With this body, whatever it is.
    pub fn body(self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut request = self.header("Content-Type", content_type);
        request.body = Some(body.into());
        request
    }

    /// Sends it.
    pub fn send(self) -> Answer {
        let what = self.what.clone();
        self.try_send().unwrap_or_else(|cause| panic!("{what}: {cause}"))
    }

    /// Sends it to a server that may be gone.
    pub fn try_send(self) -> Result<Answer, ureq::Error> {
        static AGENT: LazyLock<Agent> = LazyLock::new(|| {
            Agent::config_builder()
                .http_status_as_error(false)
                .allow_non_standard_methods(true)
                .max_redirects(0)
                .proxy(None)
                .timeout_global(Some(Duration::from_secs(30)))
                // A pooled connection could be one of a server of an earlier test, on the same port.
                .max_idle_connections(0)
                .build()
                .into()
        });
        let sent = match self.body {
            Some(body) => AGENT.run(self.builder.body(body).unwrap()),
            None => AGENT.run(self.builder.body(()).unwrap()),
        };
        Answer::new(self.what, sent?)
    }
}
