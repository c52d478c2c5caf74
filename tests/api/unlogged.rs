//! What the audit log does not tell: refusals, which change nothing; and there is nothing else.

use crate::harness::Engine;
use crate::stage::{Stage, items};
use cadre::auth::Role;
use serde_json::json;

#[test]
fn what_is_refused_leaves_no_line() {
    let stage = Stage::new();
    let lines = || stage.server.count("audit_events");
    let hr = stage.hr();
    let draft = stage.draft(0, "land", 1);
    let before = lines();
    hr.post("/staff", json!({})).status(422);
    hr.post(
        "/rounds",
        json!({"name": "Đợt 1", "start_date": "2026-02-01", "end_date": "2026-04-30"}),
    )
    .status(409);
    hr.patch(&draft.location(), "\"9\"", json!({"headcount": 2}))
        .status(412);
    stage
        .server
        .signed_in(Role::CommuneSecretary)
        .post("/staff", json!({}))
        .status(403);
    hr.get("/needs").status(200);
    // The accounts that the harness made along the way are the only news.
    assert_eq!(lines(), before + 1);
}

#[test]
fn a_change_that_can_not_be_logged_is_not_made() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let stage = Stage::on(engine);
        stage.person("land", 3);
        stage.need(0, "land", 1);
        let draft = stage.draft(1, "land", 1);
        let plan = stage.proposed(json!({}));
        stage.server.stop_workers();
        let approver = stage.server.signed_in(Role::Approver);
        let hr = stage.hr();
        let rounds = items(&hr, "/rounds");
        stage.server.tamper("ALTER TABLE audit_events RENAME TO lost");
        let round = json!({"name": "Đợt 9", "start_date": "2026-02-01", "end_date": "2026-04-30"});
        hr.post("/rounds", round.clone()).problem(500, "internal");
        hr.patch(&draft.location(), &draft.etag(), json!({"headcount": 7}))
            .problem(500, "internal");
        hr.post(&format!("/rounds/{}/plans", stage.round), json!({}))
            .problem(500, "internal");
        let approval = format!("{}/approval", plan.0);
        approver
            .step(&approval, &plan.1, json!({}))
            .problem(500, "internal");
        // Reading goes on, and shows what was before.
        assert_eq!(items(&hr, "/rounds"), rounds, "{engine:?}");
        assert_eq!(hr.get(&draft.location()).ok(), draft.json(), "{engine:?}");
        assert_eq!(hr.get(&plan.0).ok()["state"], "submitted", "{engine:?}");
        for table in ["secondments", "evaluations", "jobs WHERE state <> 'done'"] {
            assert_eq!(stage.server.count(table), 0, "{table} on {engine:?}");
        }
        stage.server.tamper("ALTER TABLE lost RENAME TO audit_events");
        hr.post("/rounds", round).created();
        approver.step(&approval, &plan.1, json!({})).ok();
    }
}
