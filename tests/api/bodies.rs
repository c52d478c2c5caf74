//! Requests that can't be read or that say something wrong: bodies, query strings, cursors, addresses.

use crate::harness::{Answer, ELSEWHERE, Server};
use cadre::auth::Role;
use serde_json::json;

/// A body that would do, and more.
const TRAILING: &str = r#"{"code": "x1", "position": 1, "name_vi": "a", "name_en": "b"} and more"#;
const JSON: &str = "application/json";

fn post_field(server: &Server, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
    server
        .signed_in(Role::Hr)
        .request("POST", "/fields")
        .body(content_type, body)
        .send()
}

#[test]
fn what_is_not_json_is_a_400() {
    let server = Server::start();
    let deep = "[".repeat(10_000);
    for body in [
        "",
        "{",
        "{]",
        "nul",
        TRAILING,
        "\u{feff}{}",
        deep.as_str(),
        "{'code': 'x'}",
    ] {
        post_field(&server, JSON, body).problem(400, "malformed_request");
    }
    post_field(&server, JSON, b"{\"code\": \"\xff\"}".to_vec()).problem(400, "malformed_request");
    let closed = format!("{{\"code\": {}{}}}", "[".repeat(5_000), "]".repeat(5_000));
    assert!((400..=422).contains(&post_field(&server, JSON, closed).status));
}

#[test]
fn what_json_says_wrong_is_a_422_with_its_place() {
    let server = Server::start();
    let hr = server.signed_in(Role::Hr);
    let right = json!({"code": "x1", "position": 15, "name_vi": "Lĩnh vực mới", "name_en": "New field"});
    for (key, value, code) in [
        ("code", json!("Not A Code"), "invalid_value"),
        ("code", json!(7), "wrong_type"),
        ("position", json!("15"), "wrong_type"),
        ("position", json!(-1), "invalid_value"),
        ("position", json!(1.5), "wrong_type"),
        ("position", json!(1e300), "wrong_type"),
        ("name_vi", json!("   "), "invalid_value"),
        ("name_vi", json!("two\nlines"), "invalid_value"),
        ("name_en", json!("x".repeat(201)), "invalid_value"),
        ("name_en", json!(null), "wrong_type"),
        ("province", json!(ELSEWHERE), "unknown_key"),
    ] {
        let mut body = right.clone();
        body[key] = value;
        hr.post("/fields", body)
            .problem(422, "validation_failed")
            .at(&format!("/{key}"), code);
    }
    hr.post("/fields", json!({}))
        .problem(422, "validation_failed")
        .at("/code", "missing");
    for body in [json!([]), json!("text"), json!(null)] {
        hr.post("/fields", body)
            .problem(422, "validation_failed")
            .at("", "wrong_type");
    }
    let twice = r#"{"code":"x1","code":"x2","position":1,"name_vi":"a","name_en":"b"}"#;
    post_field(&server, JSON, twice).problem(422, "validation_failed");
    hr.post("/fields", right).created();
}

#[test]
fn other_kinds_of_body_are_a_415() {
    let server = Server::start();
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonx",
        "text/json",
        "",
    ] {
        post_field(&server, content_type, "{}").problem(415, "unsupported_media_type");
    }
    post_field(&server, "application/json; charset=utf-8", "{}").problem(422, "validation_failed");
    post_field(&server, "APPLICATION/JSON", "{}").problem(422, "validation_failed");
}

#[test]
fn a_large_body_is_a_413() {
    let server = Server::start();
    let large = format!("{{\"code\": \"{}\"}}", "x".repeat(64 * 1024));
    post_field(&server, JSON, large.clone()).problem(413, "payload_too_large");
    // Without a length: the server notices while it reads.
    let chunked = server.signed_in(Role::Hr).request("POST", "/fields");
    let chunked = chunked
        .header("Transfer-Encoding", "chunked")
        .body(JSON, large)
        .send();
    chunked.problem(413, "payload_too_large");
    // Anonymous callers don't even get that far.
    let password = json!({"login": "someone", "password": "x".repeat(1_000_000)});
    server
        .anonymous()
        .post("/auth/tokens", password)
        .problem(413, "payload_too_large");
}

#[test]
fn problems_speak_the_callers_language() {
    let server = Server::start();
    let told = |language: &str| {
        let request = server
            .signed_in(Role::Hr)
            .request("POST", "/fields")
            .json(&json!({}));
        request.header("Accept-Language", language).send()
    };
    let vietnamese = told("vi-VN,vi;q=0.9,en;q=0.8");
    assert_eq!(vietnamese.header("Content-Language"), Some("vi"));
    let problem = vietnamese
        .problem(422, "validation_failed")
        .at("/code", "missing");
    assert_eq!(problem.value["title"], "Dữ liệu không hợp lệ");
    assert_eq!(problem.value["errors"][0]["detail"], "thiếu `code`; hãy bổ sung");
    for language in ["en", "fr", "", "vi;q=0.1,en", "*"] {
        let english = told(language);
        assert_eq!(english.header("Content-Language"), Some("en"), "{language}");
        assert_eq!(
            english.problem(422, "validation_failed").value["title"],
            "The input breaks a rule"
        );
    }
    let unknown = server
        .anonymous()
        .request("GET", "/nothing")
        .header("Accept-Language", "vi")
        .send();
    assert_eq!(unknown.problem(404, "not_found").value["title"], "Không tìm thấy");
}

#[test]
fn a_query_that_is_not_understood_is_a_400() {
    let server = Server::start();
    let hr = server.signed_in(Role::Hr);
    for (query, pointer) in [
        ("limt=5", "?limt"),
        ("province=66", "?province"),
        ("limit=0", "?limit"),
        ("limit=201", "?limit"),
        ("limit=1000000", "?limit"),
        ("cursor=x", "?cursor"),
        ("cursor=", "?cursor"),
        ("limit=-1", "?limit"),
        ("limit=x", "?limit"),
        ("limit=", "?limit"),
        ("limit=99999999999", "?limit"),
        ("limit=1&limit=2", "?limit"),
        ("kind=village", "?kind"),
    ] {
        hr.get(&format!("/units?{query}"))
            .problem(400, "malformed_request")
            .at(pointer, "bad_parameter");
    }
    for limit in [1, 200] {
        hr.get(&format!("/units?limit={limit}")).ok();
    }
}

#[test]
fn a_cursor_serves_its_own_list_in_its_own_province() {
    let server = Server::start();
    let hr = server.signed_in(Role::Hr);
    let cursor = hr.get("/units?limit=1").ok()["next_cursor"]
        .as_str()
        .unwrap()
        .to_owned();
    hr.get(&format!("/units?cursor={cursor}")).ok();
    let elsewhere = server.signed_in_at(ELSEWHERE, Role::Hr);
    let refused = elsewhere.get(&format!("/units?cursor={cursor}"));
    refused
        .problem(400, "malformed_request")
        .at("?cursor", "bad_parameter");
    let other_list = server
        .signed_in(Role::Admin)
        .get(&format!("/users?cursor={cursor}"));
    other_list
        .problem(400, "malformed_request")
        .at("?cursor", "bad_parameter");
}

#[test]
fn unknown_addresses_and_methods_are_problems_too() {
    let server = Server::start();
    let admin = server.signed_in(Role::Admin);
    for path in [
        "/nothing",
        "/users/not-a-key",
        "/users/",
        "/../users",
        "/users/01980000-0000-7000-8000-000000000000",
    ] {
        admin.get(path).problem(404, "not_found");
    }
    let refused = admin.request("DELETE", "/users").send();
    assert_eq!(refused.header("Allow"), Some("GET, POST"), "{refused}");
    refused.problem(405, "method_not_allowed");
    server
        .anonymous()
        .outside("/api/v2/users")
        .problem(404, "not_found");
    server
        .anonymous()
        .outside("/problems/no_such_code")
        .problem(404, "not_found");
    // A path that means a route only after decoding gets nobody past the gate.
    for path in ["/%75sers", "/users%2f", "//users", "/us%65rs?limit=1"] {
        let answer = server.anonymous().get(path);
        assert!([401, 404].contains(&answer.status), "{answer}");
    }
}

#[test]
fn every_answer_carries_the_security_headers_and_a_trace() {
    let server = Server::start();
    let anonymous = server.anonymous();
    for answer in [
        anonymous.outside("/healthz"),
        anonymous.get("/me"),
        anonymous.get("/nothing"),
        anonymous.outside("/readyz"),
    ] {
        for (name, value) in [
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
            ("X-Frame-Options", "DENY"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{name} of {answer}");
        }
        assert!(
            answer.header("Trace-Id").is_some_and(|id| id.len() == 36),
            "{answer}"
        );
    }
}

#[test]
fn every_code_is_explained() {
    let server = Server::start();
    for code in cadre::error::Code::ALL {
        let told = server
            .anonymous()
            .outside(&format!("/problems/{}", code.name()))
            .ok();
        assert_eq!(told["status"], code.status());
        assert!(
            told["advice"]["vi"].as_str().is_some_and(|text| !text.is_empty()),
            "{told}"
        );
    }
}
