//! One sample per kind of record, for the scope test in [`crate::registry`]: how to make a record in a place that the
//! caller may not see, and what the routes below its id take. **A slice with a `{id}` in a route adds its entry here.**

use crate::harness::{Account, Server};
use cadre::audit::Change;
use cadre::auth::Role;
use cadre::ids::UnitCode;
use cadre::secondments;
use cadre::secondments::model::NewSecondment;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where a sample is made.
pub struct Place<'a> {
    pub server: &'a Server,
    pub province: &'static str,
    pub unit: UnitCode,
}

impl Place<'_> {
    /// Posts as someone of this role there; gives the id of what was made.
    pub fn post(&self, role: Role, path: &str, body: Value) -> String {
        let made = self.server.signed_in_at(self.province, role).post(path, body);
        assert!([201, 202].contains(&made.status), "{made}");
        made.json()["id"]
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
    /// What those routes below `{id}` take that don't take `{}`: `("POST /needs/{id}/review", body)`; a GET takes its keys as
    /// the query.
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
        resource: "staff",
        of_units: false,
        make: person,
        bodies: || {
            vec![
                ("PUT /staff/{id}/skills", json!({"skills": []})),
                ("PUT /staff/{id}/absences", json!({"absences": []})),
            ]
        },
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
        bodies: || vec![("POST /needs/{id}/review", json!({"decision": "accept"}))],
    },
    Sample {
        resource: "plans",
        of_units: false,
        make: |place| plan(place, &round(place)),
        bodies: || {
            let nobody = json!({"staff": "01980000-0000-7000-8000-000000000000"});
            vec![
                ("POST /plans/{id}/rejection", json!({"note": "no"})),
                ("GET /plans/{id}/explanations", nobody),
            ]
        },
    },
    Sample {
        resource: "secondments",
        of_units: true,
        make: |place| secondment(place).0,
        bodies: || {
            vec![
                (
                    "POST /secondments/{id}/arrival",
                    json!({"arrived_on": "2026-02-01"}),
                ),
                (
                    "POST /secondments/{id}/completion",
                    json!({"return_post": "Chuyên viên"}),
                ),
            ]
        },
    },
    Sample {
        resource: "evaluations",
        of_units: true,
        make: |place| secondment(place).1,
        bodies: || vec![("POST /evaluations/{id}/submission", json!({"rating": "good"}))],
    },
];

/// Words before a parameter that is no record's id, each with the reason why there is nothing to hide.
pub const NOT_RECORDS: &[(&str, &str)] = &[("reports", "the name of a report is the same for everyone")];

/// A number that no other record of the test program has.
fn unique() -> usize {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    MADE.fetch_add(1, Ordering::Relaxed)
}

fn user(place: &Place<'_>) -> String {
    let Account { id, .. } = place.server.make_account(place.province, Role::Leader, &[]);
    id.to_string()
}

fn person(place: &Place<'_>) -> String {
    let hr = place.server.signed_in_at(place.province, Role::Hr);
    // There from the second time on; not every province's departments are shipped.
    hr.post(
        "/departments",
        json!({"code": "so-thu", "name_vi": "Sở Thử", "name_en": "Department of Trials"}),
    );
    let number = format!("CB-{}", unique());
    place.post(
        Role::Hr,
        "/staff",
        json!({
            "staff_number": number, "full_name": "Người Thử", "department": "so-thu", "category": "civil_servant",
            "primary_field": "land", "home_unit": place.unit, "skills": [{"field": "land", "level": 3}],
        }),
    )
}

fn round(place: &Place<'_>) -> String {
    let name = format!("round {}", unique());
    let body = json!({"name": name, "start_date": "2026-02-01", "end_date": "2026-04-30"});
    place.post(Role::Hr, "/rounds", body)
}

fn need(place: &Place<'_>) -> String {
    need_of(place, &round(place))
}

fn need_of(place: &Place<'_>, round: &str) -> String {
    let body = json!({"round": round, "unit": place.unit, "field": "land", "headcount": 1, "reason": "Hồ sơ tồn đọng"});
    place.post(Role::Hr, "/needs", body)
}

fn plan(place: &Place<'_>, round: &str) -> String {
    place.post(Role::Hr, &format!("/rounds/{round}/plans"), json!({}))
}

/// A secondment and its evaluation, without the solve and the approval that usually come before.
fn secondment(place: &Place<'_>) -> (String, String) {
    let round = round(place);
    let new = NewSecondment {
        plan: plan(place, &round).parse().unwrap(),
        need: need_of(place, &round).parse().unwrap(),
        round: round.parse().unwrap(),
        seat_no: 1,
        staff: person(place).parse().unwrap(),
        unit: place.unit.clone(),
        field: "land".parse().unwrap(),
        department: "so-thu".parse().unwrap(),
        start: "2026-02-01".parse().unwrap(),
        end: "2026-04-30".parse().unwrap(),
    };
    let entries = place.server.write_at(place.province, |db, caller| {
        let entries = secondments::service::begin(db, caller, std::slice::from_ref(&new))?;
        Ok(Change {
            value: entries.clone(),
            entries,
        })
    });
    let id = |resource: &str| {
        let entry = entries.iter().find(|entry| entry.resource == resource).unwrap();
        entry.resource_id.clone()
    };
    (id("secondment"), id("evaluation"))
}
