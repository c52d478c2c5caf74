//! Evaluations: the host's side rates a secondment, once, after its term.

use crate::harness::{Answer, Client};
use crate::stage::{Stage, id, items};
use cadre::auth::Role;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

const ABSENT: &str = "/evaluations/01980000-0000-7000-8000-000000000000";

/// One person who serves in the first unit; gives the evaluation's path too.
fn one_in_force() -> (Stage, String) {
    let stage = Stage::new();
    stage.person("land", 3);
    stage.need(0, "land", 1);
    stage.in_force();
    let path = format!("/evaluations/{}", id(&items(&stage.hr(), "/evaluations")[0]));
    (stage, path)
}

fn rate(client: &Client, path: &str, body: Value) -> Answer {
    let etag = client.get(path).etag();
    client.step(&format!("{path}/submission"), &etag, body)
}

fn until(stage: &Stage, moment: &str) {
    let moment: DateTime<Utc> = moment.parse().unwrap();
    stage.server.pass(moment - stage.server.now());
}

#[test]
fn rating_opens_with_the_day_after_the_term() {
    let (stage, path) = one_in_force();
    // The last second of 30 April in Vietnam.
    until(&stage, "2026-04-30T16:59:59Z");
    let evaluator = stage.server.signed_in(Role::Evaluator);
    assert_eq!(items(&evaluator, "/evaluations?status=due"), Vec::<Value>::new());
    let early = rate(&evaluator, &path, json!({"rating": "good"})).problem(409, "evaluation_not_due");
    let told = early.value["detail"].as_str().unwrap();
    assert!(
        told.contains("2026-05-01") && told.contains("2026-04-30"),
        "{told}"
    );
    until(&stage, "2026-04-30T17:00:00Z");
    let due = items(
        &evaluator,
        &format!("/evaluations?status=due&round={}", stage.round),
    );
    assert_eq!(due.len(), 1);
    assert_eq!(due[0]["rating"], Value::Null);
    let rated = rate(&evaluator, &path, json!({"rating": "good", "comment": "Làm tốt"})).ok();
    let account = stage.account(Role::Evaluator);
    assert_eq!(
        (
            &rated["state"],
            &rated["rating"],
            &rated["comment"],
            &rated["evaluated_by"]
        ),
        (
            &json!("submitted"),
            &json!("good"),
            &json!("Làm tốt"),
            &json!(account.id.to_string())
        )
    );
    assert_eq!(rated["evaluated_at"], "2026-04-30T17:00:00Z");
    for (status, count) in [("due", 0), ("pending", 0), ("submitted", 1)] {
        assert_eq!(
            items(&evaluator, &format!("/evaluations?status={status}")).len(),
            count,
            "{status}"
        );
    }
}

#[test]
fn a_rating_is_for_good() {
    let (stage, path) = one_in_force();
    until(&stage, "2026-05-02T00:00:00Z");
    let evaluator = stage.server.signed_in(Role::Evaluator);
    let first = evaluator.get(&path).etag();
    evaluator
        .post(&format!("{path}/submission"), json!({"rating": "good"}))
        .problem(428, "precondition_required");
    evaluator
        .step(&format!("{path}/submission"), "\"7\"", json!({"rating": "good"}))
        .problem(412, "stale_version");
    rate(&evaluator, &path, json!({"rating": "complete"})).ok();
    let colleague = stage.server.signed_in_for(Role::Evaluator, &stage.units[..2]);
    for (client, etag) in [
        (&evaluator, first),
        (&evaluator, evaluator.get(&path).etag()),
        (&colleague, evaluator.get(&path).etag()),
    ] {
        client
            .step(
                &format!("{path}/submission"),
                &etag,
                json!({"rating": "excellent"}),
            )
            .problem(409, "evaluation_locked");
    }
    assert_eq!(evaluator.get(&path).ok()["rating"], "complete");
}

#[test]
fn there_are_three_ratings_and_no_others() {
    let (stage, path) = one_in_force();
    until(&stage, "2026-05-02T00:00:00Z");
    let evaluator = stage.server.signed_in(Role::Evaluator);
    for (body, pointer, code) in [
        (json!({"rating": "superb"}), "/rating", "unknown_value"),
        (json!({"rating": "not_evaluated"}), "/rating", "unknown_value"),
        (json!({"rating": 1}), "/rating", "wrong_type"),
        (json!({}), "/rating", "missing"),
        (
            json!({"rating": "good", "comment": " "}),
            "/comment",
            "invalid_value",
        ),
        (
            json!({"rating": "good", "comment": "x".repeat(2001)}),
            "/comment",
            "invalid_value",
        ),
        (
            json!({"rating": "good", "state": "pending"}),
            "/state",
            "unknown_key",
        ),
    ] {
        rate(&evaluator, &path, body)
            .problem(422, "validation_failed")
            .at(pointer, code);
    }
    assert_eq!(evaluator.get(&path).ok()["state"], "pending");
}

#[test]
fn the_host_rates_and_nobody_else() {
    let (stage, path) = one_in_force();
    until(&stage, "2026-05-02T00:00:00Z");
    let body = json!({"rating": "good"});
    // The sender's side reads, but does not rate.
    rate(&stage.hr(), &path, body.clone()).problem(403, "forbidden");
    for role in [Role::Approver, Role::CommuneSecretary, Role::Leader, Role::Admin] {
        let other = stage.server.signed_in(role);
        other
            .step(&format!("{path}/submission"), "\"1\"", body.clone())
            .problem(403, "forbidden");
    }
    let stranger = stage.server.signed_in_for(Role::Evaluator, &stage.units[1..4]);
    assert_eq!(items(&stranger, "/evaluations"), Vec::<Value>::new());
    let submit = |path: &str| stranger.step(&format!("{path}/submission"), "\"1\"", body.clone());
    for (hidden, absent) in [
        (stranger.get(&path), stranger.get(ABSENT)),
        (submit(&path), submit(ABSENT)),
    ] {
        assert_eq!((hidden.status, absent.status), (404, 404), "{hidden}");
        assert_eq!(hidden.body, absent.body);
        assert_eq!(hidden.lasting_headers(), absent.lasting_headers());
    }
    // Who has several units rates in each of them.
    let wide = stage.server.signed_in_for(Role::Evaluator, &stage.units[..3]);
    rate(&wide, &path, body).ok();
}
