//! From text to document: malformed JSON, unknown and missing keys, wrong types, each with its
//! JSON pointer.
//!
//! serde stops at the first fault and names a line and a column. A valid document is read in one
//! go; only a faulty one is taken apart record by record, so that every record's fault is told,
//! and lines and columns are turned into pointers.

use crate::faults::Faults;
use crate::invalid::{ErrorCode, Invalid, ProblemError};
use crate::message::both;
use crate::problem::{
    BaseAssignment, Department, FORMAT, Field, Need, Person, Pin, Policy, Problem, Prohibition, Team, Term,
    Unit, Waiver,
};
use crate::validate::unsupported;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

mod locate;
mod words;

/// Reads the document; its sense is not checked here.
pub(crate) fn read(json: &str) -> Result<Problem, Invalid> {
    let error = match serde_json::from_str::<Problem>(json) {
        Ok(problem) => return Ok(problem),
        Err(error) => error,
    };
    let mut errors = Faults::default();
    match serde_json::from_str::<Value>(json) {
        Ok(value) => faults(value, &mut errors),
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            let message = both!(
                "this is not JSON: {error}; correct the text at that place",
                "đây không phải JSON: sai ở dòng {line}, cột {column}; hãy sửa tại chỗ đó",
            );
            errors.add(ErrorCode::MalformedJson, "", message);
        }
    }
    if errors.is_empty() {
        // what a `Value` cannot show, such as the same key twice
        errors.push(fault(json, "", &error));
    }
    Err(errors.into_invalid())
}

/// The faults of a document that is JSON, in the order of the format.
fn faults(mut document: Value, errors: &mut Faults) {
    if let Some(other) = document.get("format").and_then(Value::as_str)
        && other != FORMAT
    {
        // in another version every difference would look like a fault
        return errors.add(ErrorCode::UnsupportedFormat, "/format", unsupported(other));
    }
    if document.is_object() {
        // each section is read on its own and then replaced by a blank, until a frame is left
        let some_day = json!({"start": "2000-01-01", "end": "2000-01-01"});
        section::<Term>(&mut document, "term", some_day, errors);
        list::<Field>(&mut document, "fields", errors);
        list::<Department>(&mut document, "departments", errors);
        list::<Unit>(&mut document, "units", errors);
        list::<Person>(&mut document, "people", errors);
        list::<Need>(&mut document, "needs", errors);
        list::<Pin>(&mut document, "pins", errors);
        list::<Prohibition>(&mut document, "prohibitions", errors);
        list::<Waiver>(&mut document, "waivers", errors);
        list::<BaseAssignment>(&mut document, "base", errors);
        list::<Team>(&mut document, "teams", errors);
        section::<Policy>(&mut document, "policy", json!({}), errors);
    }
    record::<Problem>(document, "", errors);
}

/// The faults of every record of a list.
fn list<T: DeserializeOwned>(document: &mut Value, key: &str, errors: &mut Faults) {
    let Some(Value::Array(records)) = document.get_mut(key).map(Value::take) else {
        section::<Vec<T>>(document, key, json!([]), errors);
        return;
    };
    document[key] = json!([]);
    for (at, value) in records.into_iter().enumerate() {
        record::<T>(value, &format!("/{key}/{at}"), errors);
    }
}

/// The faults of one part of the document, which is then replaced by a blank.
fn section<T: DeserializeOwned>(document: &mut Value, key: &str, blank: Value, errors: &mut Faults) {
    if let Some(part) = document.get_mut(key) {
        record::<T>(part.take(), &format!("/{key}"), errors);
        *part = blank;
    }
}

/// The faults of one value. Each key with a fault is taken away and the rest read again, until
/// nothing is left to tell or a fault cannot be taken away.
fn record<T: DeserializeOwned>(mut value: Value, base: &str, errors: &mut Faults) {
    let mut some_taken = false;
    loop {
        let text = value.to_string();
        let Err(error) = serde_json::from_str::<T>(&text) else {
            return;
        };
        let found = fault(&text, base, &error);
        if found.code == ErrorCode::MissingKey && some_taken {
            // most likely the key that was there and has been told already
            return;
        }
        let inside = found.pointer[base.len()..].to_owned();
        let known = found.code != ErrorCode::UnknownKey;
        errors.push(found);
        if !remove(&mut value, &inside) {
            return;
        }
        some_taken |= known;
    }
}

/// Takes away what a pointer points at, if it is a key of an object.
fn remove(value: &mut Value, pointer: &str) -> bool {
    let Some((parent, token)) = pointer.rsplit_once('/') else {
        return false;
    };
    let key = token.replace("~1", "/").replace("~0", "~");
    (value.pointer_mut(parent))
        .and_then(Value::as_object_mut)
        .is_some_and(|object| object.remove(&key).is_some())
}

/// serde's message as one of our faults.
fn fault(text: &str, base: &str, error: &serde_json::Error) -> ProblemError {
    let told = error.to_string();
    // the position is one inside a fragment and would mislead
    let what = told
        .rsplit_once(" at line ")
        .map_or(told.as_str(), |(what, _)| what);
    let (code, message) = words::told(what);
    let pointer = locate::pointer(text, error.line(), error.column());
    ProblemError {
        code,
        pointer: format!("{base}{pointer}"),
        also: Vec::new(),
        message,
    }
}
