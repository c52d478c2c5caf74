//! A caller of the service over HTTP, with one account's token.

use crate::error::{Error, Language, Result};
use serde_json::{Value, json};
use std::time::Duration;
use ureq::Agent;
use ureq::http::Response;

/// A signed-in caller.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    base: String,
    language: Language,
    authorization: Option<String>,
}

/// An answer: its JSON and its ETag.
pub(super) struct Answer {
    pub(super) json: Value,
    pub(super) etag: Option<String>,
}

impl Client {
    /// A caller of the service at `base` (`http://127.0.0.1:8080`) who reads this language and has not signed in.
    pub fn new(base: &str, language: Language) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into();
        Self {
            agent,
            base: format!("{base}/api/v1"),
            language,
            authorization: None,
        }
    }

    /// The same service, as someone else.
    pub fn sign_in(&self, login: &str, password: &str) -> Result<Self> {
        let answer = self.post("/auth/tokens", &json!({"login": login, "password": password}))?;
        let token = answer.json["access_token"].as_str().unwrap_or_default();
        Ok(Self {
            authorization: Some(format!("Bearer {token}")),
            ..self.clone()
        })
    }

    /// GET.
    pub(super) fn get(&self, path: &str) -> Result<Answer> {
        let mut request = self
            .agent
            .get(self.address(path))
            .header("Accept-Language", self.language.tag());
        if let Some(authorization) = &self.authorization {
            request = request.header("Authorization", authorization);
        }
        read("GET", path, request.call())
    }

    /// GET as CSV: a row for each line, the headings first.
    pub(super) fn table(&self, path: &str) -> Result<Vec<Vec<String>>> {
        let mut request = self
            .agent
            .get(self.address(path))
            .header("Accept", "text/csv")
            .header("Accept-Language", self.language.tag());
        if let Some(authorization) = &self.authorization {
            request = request.header("Authorization", authorization);
        }
        let (text, _) = text("GET", path, request.call())?;
        csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes())
            .deserialize()
            .collect::<Result<_, _>>()
            .map_err(Error::internal)
    }

    /// Every item of a list, page after page.
    pub(super) fn all(&self, path: &str) -> Result<Vec<Value>> {
        let joint = if path.contains('?') { '&' } else { '?' };
        let first = format!("{path}{joint}limit=200");
        let mut items = Vec::new();
        let mut next = Some(first.clone());
        while let Some(path) = next {
            let mut page = self.get(&path)?.json;
            if let Some(rows) = page["items"].as_array_mut() {
                items.append(rows);
            }
            next = page["next_cursor"]
                .as_str()
                .map(|cursor| format!("{first}&cursor={cursor}"));
        }
        Ok(items)
    }

    /// POST.
    pub(super) fn post(&self, path: &str, body: &Value) -> Result<Answer> {
        self.send(path, body, None)
    }

    /// POST on a record that was read at this version.
    pub(super) fn step(&self, path: &str, etag: &str, body: &Value) -> Result<Answer> {
        self.send(path, body, Some(etag))
    }

    fn send(&self, path: &str, body: &Value, etag: Option<&str>) -> Result<Answer> {
        let mut request = self.agent.post(self.address(path));
        if let Some(authorization) = &self.authorization {
            request = request.header("Authorization", authorization);
        }
        if let Some(etag) = etag {
            request = request.header("If-Match", etag);
        }
        read("POST", path, request.send_json(body))
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

fn read(method: &str, path: &str, answer: Result<Response<ureq::Body>, ureq::Error>) -> Result<Answer> {
    let (text, etag) = text(method, path, answer)?;
    Ok(Answer {
        json: serde_json::from_str(&text).map_err(Error::internal)?,
        etag,
    })
}

fn text(
    method: &str,
    path: &str,
    answer: Result<Response<ureq::Body>, ureq::Error>,
) -> Result<(String, Option<String>)> {
    let mut response = answer.map_err(|cause| Error::internal(format!("{method} {path}: {cause}")))?;
    let text = response.body_mut().read_to_string().map_err(Error::internal)?;
    if !response.status().is_success() {
        return Err(Error::internal(format!(
            "{method} {path} was answered {}: {text}",
            response.status()
        )));
    }
    let etag = response
        .headers()
        .get("etag")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    Ok((text, etag))
}
