//! The OpenAPI document: checked in, served, and complete.

use crate::harness::Server;
use cadre::http::openapi;
use cadre::http::registry::{Access, BASE, Registry};
use serde_json::Value;

fn document() -> Value {
    serde_json::from_str(&openapi::text().unwrap()).unwrap()
}

/// Every operation with its method and path.
fn operations(document: &Value) -> Vec<(String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &Value)| {
        let item = item.as_object().unwrap();
        item.iter()
            .map(|(method, operation)| (format!("{method} {path}"), operation.clone()))
            .collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

#[test]
fn the_document_checked_in_is_the_programs() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/api-spec/openapi.json");
    let stored = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        stored == openapi::text().unwrap(),
        "api-spec/openapi.json is not what the code says; run `make openapi` and look at the difference"
    );
}

#[test]
fn the_document_is_served() {
    let server = Server::start();
    let served = server.anonymous().outside("/openapi.json").status(200);
    assert_eq!(
        String::from_utf8(served.body.clone()).unwrap(),
        openapi::text().unwrap()
    );
    assert_eq!(server.anonymous().outside("/docs/").status, 200);
}

#[test]
fn every_route_is_described() {
    let document = document();
    assert_eq!(operations(&document).len(), Registry::get().all().len());
    let mut ids = Vec::new();
    for (name, operation) in operations(&document) {
        assert!(
            operation["summary"].as_str().is_some_and(|text| text.len() > 5),
            "no summary: {name}"
        );
        ids.push(
            operation["operationId"]
                .as_str()
                .unwrap_or_else(|| panic!("no id: {name}"))
                .to_owned(),
        );
        let responses = operation["responses"].as_object().unwrap();
        assert!(
            responses.keys().any(|status| status.starts_with('2')),
            "no success: {name}"
        );
        for (status, response) in responses {
            let place = format!("{status} of {name}");
            assert!(
                response["description"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty()),
                "no description: {place}"
            );
            if !status.starts_with('2') {
                let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
                assert_eq!(schema, "#/components/schemas/Problem", "{place}");
            }
        }
    }
    ids.sort();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "operation ids are unique");
}

#[test]
fn the_header_if_match_is_asked_for_where_the_document_says_so() {
    let server = Server::start();
    let document = document();
    for registered in Registry::get().all() {
        let path = registered.pattern.strip_prefix(BASE).unwrap();
        let method = registered.method.as_str().to_lowercase();
        let operation = &document["paths"][path][&method];
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let described = parameters.iter().any(|parameter| parameter["name"] == "If-Match");
        let Access::Roles(roles) = registered.route.access else {
            continue;
        };
        let path = path.replace("{id}", "01980000-0000-7000-8000-000000000000");
        let request = server
            .signed_in(roles[0])
            .request(registered.method.as_str(), &path);
        let answer = match method.as_str() {
            "get" | "delete" => request.send(),
            _ => request.json(&serde_json::json!({})).send(),
        };
        assert_eq!(answer.status == 428, described, "{method} {path}: {answer}");
    }
}

#[test]
fn parameters_are_those_of_the_path_and_say_their_bounds() {
    for (name, operation) in operations(&document()) {
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let mut in_path: Vec<&str> = parameters
            .iter()
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| parameter["name"].as_str().unwrap())
            .collect();
        let mut expected: Vec<&str> = name
            .split('{')
            .skip(1)
            .map(|rest| rest.split('}').next().unwrap())
            .collect();
        in_path.sort();
        expected.sort();
        assert_eq!(in_path, expected, "{name}");
        for parameter in parameters.iter().filter(|parameter| parameter["name"] == "limit") {
            let schema = &parameter["schema"];
            assert_eq!(
                (&schema["minimum"], &schema["maximum"]),
                (&1.into(), &200.into()),
                "{name}"
            );
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(target)) = map.get("$ref") {
                    found.push(target.clone());
                }
                map.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = document();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for target in found {
        let there = document.pointer(target.trim_start_matches('#'));
        assert!(there.is_some(), "{target}");
    }
    assert_eq!(document["servers"][0]["url"], BASE);
}
