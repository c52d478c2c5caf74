//! One round of the programme from the roster to the report, as its people live it: on each engine, with the real solver.

use crate::harness::{Client, Engine, HOME, Server};
use cadre::auth::Role;
use chrono::TimeDelta;
use serde_json::{Value, json};

#[test]
fn a_round_on_sqlite() {
    journey(Engine::Sqlite);
}

#[test]
fn a_round_on_postgresql() {
    journey(Engine::Postgres);
}

/// People, needs of two communes (one seat more than there are people for), a plan, its approval, and what follows.
fn journey(engine: Engine) {
    let server = Server::start_on(engine);
    let hr = server.signed_in(Role::Hr);
    let units = server.units(HOME);
    let department = hr.get("/departments").ok()["items"][0]["code"].clone();
    for (number, home, level) in [("CB-1", &units[5], 4), ("CB-2", &units[6], 3)] {
        let person = json!({
            "staff_number": number, "full_name": "Người Thử", "department": department, "category": "civil_servant",
            "primary_field": "land", "home_unit": home, "skills": [{"field": "land", "level": level, "verified": true}],
        });
        let made = hr.post("/staff", person);
        let skills = json!({"skills": [{"field": "land", "level": level, "years": 6, "verified": true}]});
        hr.put(&format!("{}/skills", made.location()), &made.etag(), skills)
            .ok();
        made.created();
    }
    let round = json!({"name": "Đợt 1", "start_date": "2026-02-01", "end_date": "2026-04-30"});
    let round = hr.post("/rounds", round).created()["id"]
        .as_str()
        .unwrap()
        .to_owned();

    // Secretaries ask, each for the own unit; HR accepts.
    let secretary = server.signed_in(Role::CommuneSecretary);
    let other = server.make_account(HOME, Role::CommuneSecretary, &units[1..2]);
    let other = server.with_token(&other.token);
    for (commune, seats) in [(&secretary, 1), (&other, 2)] {
        let need =
            json!({"round": round, "field": "land", "headcount": seats, "reason": "Hồ sơ đất đai tồn đọng"});
        let made = commune.post("/needs", need);
        let (path, etag) = (made.location(), made.etag());
        made.created();
        let submitted = commune.step(&format!("{path}/submission"), &etag, json!({}));
        let etag = submitted.etag();
        assert_eq!(submitted.ok()["state"], "submitted");
        let review = hr.step(&format!("{path}/review"), &etag, json!({"decision": "accept"}));
        assert_eq!(review.ok()["state"], "accepted");
    }

    // HR has a plan made and proposes it; somebody else approves it.
    let asked = hr.post(&format!("/rounds/{round}/plans"), json!({}));
    let plan = asked.location();
    asked.status(202);
    let solved = server.solve(&hr, &plan);
    let result = solved.json();
    assert_eq!(result["state"], "solved", "{result}");
    assert_eq!(
        (&result["result"]["seats"], &result["result"]["filled"]),
        (&json!(3), &json!(2))
    );
    assert_eq!(items(&hr, &format!("{plan}/unmet-needs"))[0]["missing"], 1);
    assert_eq!(hr.get(&format!("{plan}/verification")).ok()["agrees"], true);
    let approver = server.signed_in(Role::Approver);
    let early = approver.step(&format!("{plan}/approval"), &solved.etag(), json!({}));
    early.problem(409, "invalid_transition");
    let proposed = hr
        .step(&format!("{plan}/submission"), &solved.etag(), json!({}))
        .status(200);
    let approval = format!("{plan}/approval");
    hr.step(&approval, &proposed.etag(), json!({}))
        .problem(403, "forbidden");
    approver
        .step(&approval, &solved.etag(), json!({}))
        .problem(412, "stale_version");
    let approved = approver.step(&approval, &proposed.etag(), json!({"note": "Đồng ý"}));
    assert_eq!(approved.ok()["state"], "approved");

    // The communes say who came, each of its own; after three months they rate, and HR ends what is over.
    assert_eq!(items(&hr, "/secondments").len(), 2);
    server.pass(TimeDelta::days(30));
    // Tokens do not last for months: everyone signs in again.
    let secretary = server.signed_in(Role::CommuneSecretary);
    let hr = server.signed_in(Role::Hr);
    let mine = items(&secretary, "/secondments");
    assert_eq!(mine.len(), 1);
    let path = format!("/secondments/{}", mine[0]["id"].as_str().unwrap());
    let etag = secretary.get(&path).status(200).etag();
    let arrival = secretary.step(
        &format!("{path}/arrival"),
        &etag,
        json!({"arrived_on": "2026-02-02"}),
    );
    let etag = arrival.etag();
    assert_eq!(arrival.ok()["arrived_on"], "2026-02-02");
    let completion = json!({"return_post": "Chuyên viên, phòng Đất đai"});
    let early = hr.step(&format!("{path}/completion"), &etag, completion.clone());
    assert_eq!(early.status, 409, "{early}");

    server.pass(TimeDelta::days(90));
    let evaluator = server.signed_in(Role::Evaluator);
    let hr = server.signed_in(Role::Hr);
    let due = items(&evaluator, "/evaluations?status=due");
    assert_eq!(due.len(), 1);
    let evaluation = format!("/evaluations/{}", due[0]["id"].as_str().unwrap());
    let evaluation_etag = evaluator.get(&evaluation).status(200).etag();
    let submission = format!("{evaluation}/submission");
    let rated = evaluator.step(
        &submission,
        &evaluation_etag,
        json!({"rating": "good", "comment": "Làm tốt"}),
    );
    let rated_etag = rated.etag();
    assert_eq!(rated.ok()["state"], "submitted");
    let again = evaluator.step(&submission, &rated_etag, json!({"rating": "excellent"}));
    assert_eq!(again.status, 409, "{again}");
    assert_eq!(
        hr.step(&format!("{path}/completion"), &etag, completion).ok()["state"],
        "completed"
    );

    // The reports count it, and the log tells all of it.
    for report in items(&hr, "/reports") {
        let name = report["name"].as_str().unwrap().to_owned();
        hr.get(&format!("/reports/{name}?round={round}")).ok();
    }
    let log = items(
        &server.with_token(&server.make_account(HOME, Role::Leader, &[]).token),
        "/audit-events?limit=200",
    );
    for action in [
        "submit", "review", "complete", "approve", "arrive", "evaluate", "end",
    ] {
        assert!(
            log.iter().any(|entry| entry["action"] == action),
            "{action} in {log:#?}"
        );
    }
}

fn items(client: &Client, path: &str) -> Vec<Value> {
    client.get(path).ok()["items"].as_array().unwrap().clone()
}
