//! The service killed in the middle of its work (`kill -9`), and started again: the real program on a database file.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test that fails panics; and `json!` reads best where it is handed over"
)]

#[path = "../api/harness/answer.rs"]
#[expect(dead_code, reason = "the API tests use more of it")]
mod answer;
#[path = "../api/harness/client.rs"]
#[expect(dead_code, reason = "the API tests use more of it")]
mod client;
mod service;

use client::Client;
use serde_json::{Value, json};
use service::{Home, eventually, go_on, gone};
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;

/// Every row of a list, page by page.
fn all(client: &Client, list: &str) -> Vec<Value> {
    let (mut rows, mut path) = (Vec::new(), format!("{list}?limit=200"));
    loop {
        let page = client.get(&path).ok();
        rows.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(cursor) = page["next_cursor"].as_str() else {
            return rows;
        };
        path = format!("{list}?limit=200&cursor={cursor}");
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn round(hr: &Client) -> String {
    let round = json!({"name": "Đợt 1", "start_date": "2027-02-01", "end_date": "2027-04-30"});
    text(&hr.post("/rounds", round).created()["id"])
}

/// A round with enough in it that its solve can be seen: many people who could all do many things.
fn large_round(hr: &Client) -> String {
    let mut fields: Vec<String> = all(hr, "/fields")
        .iter()
        .map(|field| text(&field["code"]))
        .collect();
    fields.truncate(5);
    let units = all(hr, "/units");
    let round = round(hr);
    for (number, home) in units.iter().enumerate().take(70) {
        let skills: Vec<Value> = (0..fields.len())
            .map(|field| json!({"field": fields[field], "level": 1 + (number * 7 + field * 3) % 4}))
            .collect();
        let person = json!({
            "staff_number": format!("CB-{number}"), "full_name": "Người Thử", "department": "so-noi-vu",
            "category": "civil_servant", "primary_field": fields[0], "home_unit": home["code"],
            "skills": skills,
        });
        hr.post("/staff", person).created();
    }
    for number in 0..40_usize {
        let need = json!({
            "round": round, "unit": units[number * 3]["code"], "field": fields[number % fields.len()],
            "headcount": 1 + number % 3, "reason": "Hồ sơ tồn đọng",
        });
        let draft = hr.post("/needs", need);
        let path = draft.location();
        let submitted = hr.step(&format!("{path}/submission"), &draft.etag(), json!({}));
        let review = json!({"decision": "accept"});
        hr.step(&format!("{path}/review"), &submitted.etag(), review).ok();
    }
    round
}

#[test]
fn a_plan_that_was_being_solved_is_finished_once_after_a_restart() {
    let home = Home::new();
    let mut service = home.serve();
    let (hr_token, leader_token) = (service.sign_in("hr"), service.sign_in("leader"));
    let round = large_round(&service.client(&hr_token));
    // Solving takes a moment only. It may be over before it is seen; then the next plan is tried.
    let interrupted = (0..20).find_map(|_| {
        let hr = service.client(&hr_token);
        let path = hr
            .post(&format!("/rounds/{round}/plans"), json!({}))
            .status(202)
            .location();
        let solver = service.seized_solver(|| {
            let state = text(&hr.get(&path).ok()["state"]);
            !["queued", "solving", "stopping"].contains(&state.as_str())
        })?;
        service.child.kill().unwrap();
        service.child.wait().unwrap();
        go_on(solver);
        let id = path.rsplit('/').next().unwrap().to_owned();
        let key = format!("x'{}'", id.replace('-', ""));
        let left = home.count(&format!("plans WHERE id = {key} AND state = 'solving'"));
        eventually("end of the solver", || gone(solver));
        let running = format!("jobs WHERE plan_id = {key} AND state = 'running'");
        assert_eq!(home.count(&running), left);
        service = home.serve();
        (left == 1).then_some((path, id, key))
    });
    let (path, id, key) = interrupted.expect("a plan that is still being solved when the service is killed");
    let hr = service.client(&hr_token);
    let plan = eventually("plan", || {
        let plan = hr.get(&path).ok();
        (!["queued", "solving", "stopping"].contains(&plan["state"].as_str().unwrap())).then_some(plan)
    });
    assert_eq!(plan["state"], "solved", "{plan}");
    let filled = plan["result"]["filled"].as_i64().unwrap();
    assert!(filled > 20, "{plan}");
    let of_plan = |table: &str| home.count(&format!("{table} WHERE plan_id = {key}"));
    assert_eq!((of_plan("plan_documents"), of_plan("assignments")), (1, filled));
    assert_eq!(hr.get(&format!("{path}/verification")).ok()["agrees"], true);
    let done = format!("jobs WHERE plan_id = {key} AND state = 'done' AND attempt = 2");
    assert_eq!(home.count(&done), 1);
    let log = all(&service.client(&leader_token), "/audit-events");
    let told = |action: &str| {
        log.iter()
            .filter(|entry| entry["resource_id"] == id.as_str() && entry["action"] == action)
            .count()
    };
    assert_eq!((told("create"), told("solve"), told("complete")), (1, 2, 1));
}

#[test]
fn a_need_that_was_acknowledged_is_there_and_none_is_half_there() {
    const KILLS: usize = 3;
    let home = Home::new();
    let mut service = home.serve();
    let (hr_token, leader_token) = (service.sign_in("hr"), service.sign_in("leader"));
    let round = round(&service.client(&hr_token));
    let unit = all(&service.client(&hr_token), "/units")[0]["code"].clone();
    let need =
        json!({"round": round, "unit": unit, "field": "land", "headcount": 1, "reason": "Hồ sơ tồn đọng"});
    let acknowledged = Mutex::new(BTreeSet::new());
    for kill in 1..=KILLS {
        let hr = service.client(&hr_token);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    // Until the service is gone.
                    while let Ok(answer) = hr.request("POST", "/needs").json(&need).try_send() {
                        acknowledged.lock().unwrap().insert(text(&answer.created()["id"]));
                    }
                });
            }
            eventually("needs", || {
                (acknowledged.lock().unwrap().len() >= kill * 25).then_some(())
            });
            service.child.kill().unwrap();
            service.child.wait().unwrap();
        });
        service = home.serve();
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(acknowledged.len() >= KILLS * 25);
    let ids = |rows: &[Value], key: &str| rows.iter().map(|row| text(&row[key])).collect::<BTreeSet<_>>();
    let stored = ids(&all(&service.client(&hr_token), "/needs"), "id");
    let lost: Vec<_> = acknowledged.difference(&stored).collect();
    assert!(lost.is_empty(), "{lost:?}");
    // What was stored in the moment of a kill may have gone unacknowledged, but not unlogged.
    let mut log = all(&service.client(&leader_token), "/audit-events");
    log.retain(|entry| entry["resource"] == "need");
    assert_eq!(log.len(), stored.len());
    assert_eq!(ids(&log, "resource_id"), stored);
    assert_eq!(
        home.count("pragma_integrity_check WHERE integrity_check = 'ok'"),
        1
    );
}
