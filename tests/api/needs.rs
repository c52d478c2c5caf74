//! Needs: what a commune asks for, and how HR answers.

use crate::harness::{Answer, Client, ELSEWHERE};
use crate::stage::{Stage, items, with};
use cadre::auth::Role;
use serde_json::{Value, json};

/// What the first unit's secretary sends.
pub(super) fn need(stage: &Stage) -> Value {
    json!({"round": stage.round, "field": "land", "headcount": 2, "reason": "Hồ sơ đất đai tồn đọng"})
}

pub(super) fn secretary(stage: &Stage) -> Client {
    stage.server.signed_in(Role::CommuneSecretary)
}

fn step(client: &Client, before: &Answer, path: &str, name: &str, body: Value) -> Answer {
    client.step(&format!("{path}/{name}"), &before.etag(), body)
}

#[test]
fn a_need_goes_from_draft_to_return_to_acceptance() {
    let stage = Stage::new();
    let (secretary, hr) = (secretary(&stage), stage.hr());
    let draft = secretary.post("/needs", need(&stage));
    let path = draft.location();
    let written = draft.json();
    assert_eq!(
        (
            &written["state"],
            &written["unit"],
            &written["min_level"],
            &written["priority"]
        ),
        (
            &json!("draft"),
            &json!(stage.units[0]),
            &json!(2),
            &json!("normal")
        )
    );
    // The commune did not say that it moved its own people first: whoever reviews is told.
    assert_eq!(written["flags"], json!(["internal-first"]));
    let changed = secretary.patch(
        &path,
        &draft.etag(),
        json!({"internal_first": true, "headcount": 3}),
    );
    assert_eq!(changed.json()["flags"], json!([]));

    let submitted = step(&secretary, &changed, &path, "submission", json!({}));
    assert_eq!(submitted.json()["state"], "submitted");
    let nameless = step(&hr, &submitted, &path, "review", json!({"decision": "return"}));
    nameless.problem(422, "validation_failed").at("/note", "missing");
    let note = json!({"decision": "return", "note": "Nêu rõ số hồ sơ"});
    let returned = step(&hr, &submitted, &path, "review", note);
    assert_eq!(
        (&returned.json()["state"], &returned.json()["review_note"]),
        (&json!("returned"), &json!("Nêu rõ số hồ sơ"))
    );

    let corrected = secretary.patch(&path, &returned.etag(), json!({"backlog": 340}));
    let again = step(&secretary, &corrected, &path, "submission", json!({}));
    let accepted = step(&hr, &again, &path, "review", json!({"decision": "accept"}));
    let accepted = accepted.ok();
    assert_eq!(
        (&accepted["state"], &accepted["backlog"], &accepted["headcount"]),
        (&json!("accepted"), &json!(340), &json!(3))
    );
}

#[test]
fn each_state_allows_its_own_steps_and_says_which_it_is() {
    let stage = Stage::new();
    let (secretary, hr) = (secretary(&stage), stage.hr());
    let submitted = || {
        let draft = secretary.post("/needs", need(&stage)).status(201);
        let path = draft.location();
        (
            path.clone(),
            step(&secretary, &draft, &path, "submission", json!({})),
        )
    };
    let refused = |answer: Answer, state: &str| {
        let told = answer.problem(409, "invalid_transition").value["detail"].clone();
        assert!(told.as_str().unwrap().contains(&format!("`{state}`")), "{told}");
    };
    let decision = json!({"decision": "accept"});

    let draft = secretary.post("/needs", need(&stage)).status(201);
    refused(
        step(&hr, &draft, &draft.location(), "review", decision.clone()),
        "draft",
    );
    let path = draft.location();
    let withdrawn = step(&secretary, &draft, &path, "withdrawal", json!({}));
    assert_eq!(withdrawn.json()["state"], "withdrawn");
    for name in ["submission", "withdrawal"] {
        refused(step(&secretary, &withdrawn, &path, name, json!({})), "withdrawn");
    }

    let (path, answer) = submitted();
    refused(
        step(&secretary, &answer, &path, "submission", json!({})),
        "submitted",
    );
    refused(
        secretary.patch(&path, &answer.etag(), json!({"headcount": 9})),
        "submitted",
    );
    let accepted = step(&hr, &answer, &path, "review", decision.clone()).status(200);
    refused(
        step(&secretary, &accepted, &path, "withdrawal", json!({})),
        "accepted",
    );
    refused(
        secretary.patch(&path, &accepted.etag(), json!({"headcount": 9})),
        "accepted",
    );
    refused(
        step(&hr, &accepted, &path, "review", decision.clone()),
        "accepted",
    );
    // With an old version in hand the version is what is told.
    step(&hr, &answer, &path, "review", decision).problem(412, "stale_version");

    let (path, answer) = submitted();
    let withdrawn = step(&secretary, &answer, &path, "withdrawal", json!({}));
    assert_eq!(withdrawn.ok()["state"], "withdrawn");
    secretary
        .post(&format!("{path}/submission"), json!({}))
        .problem(428, "precondition_required");
}

#[test]
fn each_wrong_value_is_told_with_its_place() {
    let stage = Stage::new();
    let (secretary, body) = (secretary(&stage), need(&stage));
    for (key, value, code) in [
        ("headcount", json!(0), "invalid_value"),
        ("headcount", json!(-1), "invalid_value"),
        ("headcount", json!(101), "invalid_value"),
        ("headcount", json!(1e18), "wrong_type"),
        ("headcount", json!(u64::MAX), "invalid_value"),
        ("headcount", json!(1.5), "wrong_type"),
        ("min_level", json!(5), "invalid_value"),
        ("reason", json!("  "), "invalid_value"),
        ("reason", json!("x".repeat(2001)), "invalid_value"),
        ("priority", json!("urgent"), "unknown_value"),
        ("backlog", json!(-1), "invalid_value"),
        ("state", json!("accepted"), "unknown_key"),
        ("field", json!("alchemy"), "unknown_field"),
        (
            "round",
            json!("01980000-0000-7000-8000-000000000000"),
            "unknown_round",
        ),
        ("round", json!("first"), "invalid_value"),
        // The secretary speaks for the own unit only, whether or not the other one exists.
        ("unit", json!(stage.units[1]), "unknown_unit"),
        ("unit", json!("99999"), "unknown_unit"),
    ] {
        secretary
            .post("/needs", with(&body, key, value))
            .problem(422, "validation_failed")
            .at(&format!("/{key}"), code);
    }
    // The law asks for a reason.
    for key in ["reason", "headcount", "field", "round"] {
        secretary
            .post("/needs", with(&body, key, None))
            .problem(422, "validation_failed")
            .at(&format!("/{key}"), "missing");
    }
    let hr = stage.hr();
    hr.post("/needs", body.clone())
        .problem(422, "validation_failed")
        .at("/unit", "missing");
    let theirs = stage.server.units(ELSEWHERE)[0].clone();
    hr.post("/needs", with(&body, "unit", json!(theirs)))
        .problem(422, "validation_failed")
        .at("/unit", "unknown_unit");
    assert_eq!(items(&hr, "/needs"), Vec::<Value>::new(), "nothing was stored");
}

#[test]
fn a_need_is_in_a_field_of_its_round() {
    let stage = Stage::new();
    let round = json!({"name": "Đợt đất đai", "start_date": "2026-05-01", "end_date": "2026-07-31", "fields": ["land"]});
    let narrow = stage.hr().post("/rounds", round).created();
    let secretary = secretary(&stage);
    let body = with(&need(&stage), "round", narrow["id"].clone());
    secretary
        .post("/needs", with(&body, "field", json!("justice")))
        .problem(422, "validation_failed")
        .at("/field", "unknown_field");
    let made = secretary.post("/needs", body).status(201);
    secretary
        .patch(&made.location(), &made.etag(), json!({"field": "justice"}))
        .problem(422, "validation_failed")
        .at("/field", "unknown_field");
}

#[test]
fn null_takes_away_what_a_need_may_lack_and_nothing_else() {
    let stage = Stage::new();
    let secretary = secretary(&stage);
    let full = with(
        &with(&need(&stage), "driver", json!("Cao tốc")),
        "backlog",
        json!(12),
    );
    let made = secretary.post("/needs", full).status(201);
    let path = made.location();
    for key in ["reason", "headcount", "languages"] {
        secretary
            .patch(&path, &made.etag(), json!({key: null}))
            .problem(422, "validation_failed")
            .at(&format!("/{key}"), "wrong_type");
    }
    let less = secretary.patch(&path, &made.etag(), json!({"driver": null, "priority": "high"}));
    let less = less.ok();
    assert_eq!(
        (&less["driver"], &less["backlog"], &less["priority"]),
        (&Value::Null, &json!(12), &json!("high"))
    );
}
