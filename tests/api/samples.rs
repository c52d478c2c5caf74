//! One sample per kind of record, for the scope test in [`crate::registry`]: how to make a record in a place that the
//! caller may not see, and what the routes below its id take. **A slice with a `{id}` in a route adds its entry here.**

use crate::harness::{Account, Server};
use cadre::auth::Role;
use cadre::ids::UnitCode;
use serde_json::{Value, json};

/// Where a sample is made.
pub struct Place<'a> {
    pub server: &'a Server,
    pub province: &'static str,
    pub unit: UnitCode,
}

impl Place<'_> {
    /// Posts as someone of this role there; gives the id of what was made.
    pub fn post(&self, role: Role, path: &str, body: Value) -> String {
        let made = self
            .server
            .signed_in_at(self.province, role)
            .post(path, body)
            .created();
        made["id"]
            .as_str()
            .unwrap_or_else(|| panic!("no id in {made}"))
            .to_owned()
    }
}

/// A kind of record.
pub struct Sample {
    /// The path's word before `{id}`: `users`.
    pub resource: &'static str,
    /// Whether callers who are tied to units see those of their own units only.
    pub of_units: bool,
    /// Makes one, gives its id.
    pub make: fn(&Place<'_>) -> String,
    /// For the routes below `{id}` that don't take `{}`: what they take, as `("POST /needs/{id}/review", body)`.
    pub bodies: fn() -> Vec<(&'static str, Value)>,
}

/// Every kind.
pub const SAMPLES: &[Sample] = &[
    Sample {
        resource: "users",
        of_units: false,
        make: user,
        bodies: Vec::new,
    },
    Sample {
        resource: "rounds",
        of_units: false,
        make: round,
        bodies: Vec::new,
    },
    Sample {
        resource: "needs",
        of_units: true,
        make: need,
        bodies: review,
    },
];

/// Words before a parameter that is no record's id, each with the reason why there is nothing to hide.
pub const NOT_RECORDS: &[(&str, &str)] = &[("reports", "the name of a report is the same for everyone")];

fn user(place: &Place<'_>) -> String {
    let Account { id, .. } = place.server.make_account(place.province, Role::Leader, &[]);
    id.to_string()
}

fn round(place: &Place<'_>) -> String {
    let name = format!("round for {}", place.unit);
    place.post(
        Role::Hr,
        "/rounds",
        json!({"name": name, "start_date": "2026-02-01", "end_date": "2026-04-30"}),
    )
}

fn need(place: &Place<'_>) -> String {
    let round = round(place);
    let field = "land";
    place.post(
        Role::Hr,
        "/needs",
        json!({"round": round, "unit": place.unit, "field": field, "headcount": 1, "reason": "Hồ sơ tồn đọng"}),
    )
}

fn review() -> Vec<(&'static str, Value)> {
    vec![("POST /needs/{id}/review", json!({"decision": "accept"}))]
}
