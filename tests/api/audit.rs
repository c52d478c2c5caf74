//! The audit log: every change of a record leaves its line.

use crate::harness::{Answer, Client};
use crate::stage::{Stage, id, items};
use cadre::auth::Role;
use cadre::http::registry::{BASE, Registry};
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What each route that changes something leaves in the log: action and kind of record. **A new such route adds its
/// line here**, and its step to the walk below.
const EXPECTED: &[(&str, &[(&str, &str)])] = &[
    ("POST /users", &[("create", "user")]),
    ("PATCH /users/{id}", &[("update", "user")]),
    ("POST /fields", &[("create", "field")]),
    ("POST /departments", &[("create", "department")]),
    ("POST /staff", &[("create", "staff")]),
    ("PATCH /staff/{id}", &[("update", "staff")]),
    ("PUT /staff/{id}/skills", &[("update", "staff")]),
    ("PUT /staff/{id}/absences", &[("update", "staff")]),
    ("POST /rounds", &[("create", "round")]),
    ("PATCH /rounds/{id}", &[("update", "round")]),
    ("POST /needs", &[("create", "need")]),
    ("PATCH /needs/{id}", &[("update", "need")]),
    ("POST /needs/{id}/submission", &[("submit", "need")]),
    ("POST /needs/{id}/withdrawal", &[("withdraw", "need")]),
    ("POST /needs/{id}/review", &[("review", "need")]),
    ("POST /rounds/{id}/plans", &[("create", "plan")]),
    ("POST /plans/{id}/cancellation", &[("cancel", "plan")]),
    ("POST /plans/{id}/submission", &[("submit", "plan")]),
    ("POST /plans/{id}/rejection", &[("reject", "plan")]),
    (
        "POST /plans/{id}/approval",
        &[
            ("approve", "plan"),
            ("create", "secondment"),
            ("create", "evaluation"),
        ],
    ),
    ("POST /secondments/{id}/arrival", &[("arrive", "secondment")]),
    ("POST /secondments/{id}/completion", &[("end", "secondment")]),
    ("POST /evaluations/{id}/submission", &[("evaluate", "evaluation")]),
];

/// Routes with another method than GET that change no record, each with the reason.
const WITHOUT: &[(&str, &str)] = &[(
    "POST /auth/tokens",
    "a sign-in stores nothing: the token is all there is of it",
)];

fn mutating() -> BTreeSet<String> {
    let all = Registry::get().all().iter();
    all.filter(|registered| registered.method.as_str() != "GET")
        .map(|registered| {
            format!(
                "{} {}",
                registered.method,
                registered.pattern.strip_prefix(BASE).unwrap()
            )
        })
        .collect()
}

#[test]
fn what_each_mutating_route_leaves_in_the_log_is_known() {
    let known = EXPECTED
        .iter()
        .map(|(route, _)| *route)
        .chain(WITHOUT.iter().map(|(route, _)| *route));
    let known: BTreeSet<String> = known.map(str::to_owned).collect();
    assert_eq!(known, mutating());
    assert!(WITHOUT.iter().all(|(_, reason)| !reason.is_empty()));
}

/// Makes calls and checks what each leaves in the log.
struct Walk {
    stage: Stage,
    walked: BTreeSet<String>,
}

impl Walk {
    fn log(&self) -> Vec<Value> {
        let leader = self.stage.server.signed_in(Role::Leader);
        items(&leader, "/audit-events?limit=200")
    }

    /// Calls a route as someone of this role; expects success, and in the log what the table says, by that account.
    fn call(&mut self, role: Role, route: &str, id: &str, body: Value) -> Answer {
        let client = self.stage.server.signed_in(role);
        let before: BTreeSet<String> = self.log().iter().map(crate::stage::id).collect();
        let (method, path) = route.split_once(' ').unwrap();
        let mut request = client.request(method, &path.replace("{id}", id));
        if path.contains("{id}") && !path.ends_with("/plans") {
            request = request.header("If-Match", &version(&client, path, id));
        }
        let answer = request.json(&body).send();
        assert!(answer.status < 300, "{answer}");
        let (_, expected) = EXPECTED.iter().find(|(known, _)| *known == route).unwrap();
        let mut new = self.log();
        new.retain(|entry| !before.contains(&crate::stage::id(entry)));
        let mut told: Vec<(&str, &str)> = new
            .iter()
            .map(|entry| {
                (
                    entry["action"].as_str().unwrap(),
                    entry["resource"].as_str().unwrap(),
                )
            })
            .collect();
        let mut expected = expected.to_vec();
        told.sort_unstable();
        expected.sort_unstable();
        assert_eq!(told, expected, "{route}");
        let account = self.stage.account(role);
        for entry in &new {
            assert_eq!(
                (&entry["actor"], &entry["actor_id"]),
                (&json!(account.login), &json!(account.id.to_string())),
                "{route}"
            );
            assert_eq!(entry["at"], json!(self.stage.server.now()), "{route}");
        }
        // The record that the answer shows is the one that the log names.
        let record = answer.json();
        let shown = record.get("id").or_else(|| record.get("code"));
        if let Some(shown) = shown {
            assert!(
                new.iter().any(|entry| entry["resource_id"] == *shown),
                "{route}: {new:?}"
            );
        }
        self.walked.insert(route.to_owned());
        answer
    }
}

/// The ETag of the record whose path a route begins with.
fn version(client: &Client, path: &str, id: &str) -> String {
    let (resource, _) = path.split_once("/{id}").unwrap();
    client.get(&format!("{resource}/{id}")).etag()
}

#[test]
fn a_walk_over_every_mutating_route_finds_each_in_the_log() {
    let mut walk = Walk {
        stage: Stage::new(),
        walked: BTreeSet::new(),
    };
    let (hr, admin, secretary) = (Role::Hr, Role::Admin, Role::CommuneSecretary);
    // Accounts that the walk needs are made before, so that making them is not taken for a call's doing.
    for role in Role::ALL {
        walk.stage.account(*role);
    }
    let user = json!({"login": "new.one", "password": "a password for tests", "display_name": "Người mới", "role": "leader"});
    let user = id(&walk.call(admin, "POST /users", "", user).json());
    walk.call(
        admin,
        "PATCH /users/{id}",
        &user,
        json!({"display_name": "Người khác"}),
    );
    let names = json!({"code": "x1", "name_vi": "Mới", "name_en": "New"});
    walk.call(hr, "POST /departments", "", names.clone());
    walk.call(
        hr,
        "POST /fields",
        "",
        crate::stage::with(&names, "position", json!(20)),
    );
    let record = walk.stage.record("land", 3, 10);
    let person = id(&walk.call(hr, "POST /staff", "", record).json());
    walk.call(hr, "PATCH /staff/{id}", &person, json!({"volunteer": true}));
    let skills = json!({"skills": [{"field": "land", "level": 4}]});
    walk.call(hr, "PUT /staff/{id}/skills", &person, skills);
    walk.call(hr, "PUT /staff/{id}/absences", &person, json!({"absences": []}));
    let round = json!({"name": "Đợt nữa", "start_date": "2026-02-01", "end_date": "2026-04-30"});
    walk.stage.round = id(&walk.call(hr, "POST /rounds", "", round).json());
    let round = walk.stage.round.clone();
    walk.call(hr, "PATCH /rounds/{id}", &round, json!({"name": "Đợt khác"}));

    let need = json!({"round": round, "field": "land", "headcount": 1, "reason": "Hồ sơ tồn đọng"});
    let dropped = id(&walk.call(secretary, "POST /needs", "", need.clone()).json());
    walk.call(secretary, "POST /needs/{id}/withdrawal", &dropped, json!({}));
    let need = id(&walk.call(secretary, "POST /needs", "", need).json());
    walk.call(secretary, "PATCH /needs/{id}", &need, json!({"backlog": 5}));
    walk.call(secretary, "POST /needs/{id}/submission", &need, json!({}));
    walk.call(
        hr,
        "POST /needs/{id}/review",
        &need,
        json!({"decision": "accept"}),
    );

    let plan = id(&walk.call(hr, "POST /rounds/{id}/plans", &round, json!({})).json());
    walk.call(hr, "POST /plans/{id}/cancellation", &plan, json!({}));
    for (decision, body) in [("rejection", json!({"note": "Chưa"})), ("approval", json!({}))] {
        let plan = id(&walk.call(hr, "POST /rounds/{id}/plans", &round, json!({})).json());
        let client = walk.stage.hr();
        walk.stage.server.solve(&client, &format!("/plans/{plan}"));
        walk.stage.server.stop_workers();
        walk.call(hr, "POST /plans/{id}/submission", &plan, json!({}));
        walk.call(
            Role::Approver,
            &format!("POST /plans/{{id}}/{decision}"),
            &plan,
            body,
        );
    }
    walk.stage.server.pass(TimeDelta::days(120));
    let secondment = id(&items(&walk.stage.hr(), "/secondments")[0]);
    let day = json!({"arrived_on": "2026-02-01"});
    walk.call(secretary, "POST /secondments/{id}/arrival", &secondment, day);
    let post = json!({"return_post": "Chuyên viên"});
    walk.call(hr, "POST /secondments/{id}/completion", &secondment, post);
    let evaluation = id(&items(&walk.stage.hr(), "/evaluations")[0]);
    let rating = json!({"rating": "good", "comment": "Điều riêng tư"});
    walk.call(
        Role::Evaluator,
        "POST /evaluations/{id}/submission",
        &evaluation,
        rating,
    );

    let all: BTreeSet<String> = EXPECTED.iter().map(|(route, _)| (*route).to_owned()).collect();
    assert_eq!(walk.walked, all);
    // The worker's part is told as the worker's, and what is personal stays out.
    let log = walk.log();
    let of_worker = log.iter().filter(|entry| entry["actor"] == "worker");
    let actions: BTreeSet<_> = of_worker.map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(actions, BTreeSet::from(["complete", "solve"]));
    let text = Value::from(log).to_string();
    for personal in [
        "Điều riêng tư",
        "Người Thử",
        "argon2",
        "a password for tests",
        "\"good\"",
    ] {
        assert!(!text.contains(personal), "{personal} in {text}");
    }
}
