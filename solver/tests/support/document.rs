//! A sound problem as JSON, and how to spoil it.

use cadre_solver::{Problem, ProblemError};
use serde_json::{Value, json};

/// A sound document with two of everything that the cases spoil.
pub fn sound() -> Value {
    json!({
        "format": "cadre-problem/1",
        "term": {"start": "2026-08-01", "end": "2026-10-31"},
        "fields": [{"id": "land"}, {"id": "it"}],
        "departments": [{"id": "home"}, {"id": "away"}],
        "units": [{"id": "00097", "lat": 11.9, "lon": 108.4}, {"id": "24916", "lat": 11.7, "lon": 108.2}],
        "people": [
            {"id": "an", "department": "home", "category": "cadre", "primary_field": "land", "lat": 11.9, "lon": 108.4,
                "skills": [{"field": "land", "level": 3}], "unavailable": [{"from": "2027-01-01", "to": "2027-01-02", "reason": "leave"}]},
            {"id": "binh", "department": "home", "category": "cadre", "primary_field": "land", "lat": 11.9, "lon": 108.4,
                "skills": [{"field": "land", "level": 1}]}
        ],
        "needs": [
            {"id": "n1", "unit": "00097", "field": "land", "headcount": 1, "min_level": 1},
            {"id": "n2", "unit": "24916", "field": "land", "headcount": 2, "min_level": 1}
        ],
        "pins": [{"person": "an", "need": "n1"}],
        "prohibitions": [{"person": "binh", "unit": "00097"}],
        "policy": {"travel": {"matrix": {"people": ["an"], "units": ["00097"], "minutes": [[5]]}}}
    })
}

pub fn faults(document: &Value) -> Vec<ProblemError> {
    Problem::parse(&document.to_string())
        .err()
        .map_or_else(Vec::new, |invalid| invalid.errors)
}

/// Sets what a pointer names; the last token may be new, and `-` appends.
pub fn set(document: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Object(object) => drop(object.insert(key.to_owned(), value)),
        Value::Array(array) if key == "-" => array.push(value),
        Value::Array(array) => array[key.parse::<usize>().unwrap()] = value,
        other => panic!("{pointer} is in {other}"),
    }
}
