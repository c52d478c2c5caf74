//! Secondments in force: arrival, return, and who has a say in which.

use crate::harness::{Answer, Client};
use crate::stage::{Stage, id, items};
use cadre::auth::Role;
use chrono::TimeDelta;
use serde_json::{Value, json};

const ABSENT: &str = "/secondments/01980000-0000-7000-8000-000000000000";

/// One person who serves in the first unit; gives the secondment's path too.
fn one_in_force() -> (Stage, String) {
    let stage = Stage::new();
    stage.person("land", 3);
    stage.need(0, "land", 1);
    stage.in_force();
    let path = format!("/secondments/{}", id(&items(&stage.hr(), "/secondments")[0]));
    (stage, path)
}

fn arrive(client: &Client, path: &str, day: &str) -> Answer {
    let etag = client.get(path).etag();
    client.step(&format!("{path}/arrival"), &etag, json!({"arrived_on": day}))
}

fn complete(client: &Client, path: &str, body: Value) -> Answer {
    let etag = client.get(path).etag();
    client.step(&format!("{path}/completion"), &etag, body)
}

/// Lets the clock run to the morning of a day of 2026 in Vietnam.
fn until(stage: &Stage, day: &str) {
    let morning = format!("{day}T01:00:00Z").parse::<chrono::DateTime<chrono::Utc>>();
    stage.server.pass(morning.unwrap() - stage.server.now());
}

#[test]
fn the_unit_says_when_its_guest_has_come() {
    let (stage, path) = one_in_force();
    let secretary = stage.server.signed_in(Role::CommuneSecretary);
    arrive(&secretary, &path, "2026-02-01")
        .problem(422, "validation_failed")
        .at("/arrived_on", "in_future");
    until(&stage, "2026-02-03");
    let secretary = stage.server.signed_in(Role::CommuneSecretary);
    for (day, code) in [
        ("2026-01-31", "outside_term"),
        ("2026-05-01", "outside_term"),
        ("2026-02-04", "in_future"),
        ("2026-02-30", "invalid_value"),
    ] {
        arrive(&secretary, &path, day)
            .problem(422, "validation_failed")
            .at("/arrived_on", code);
    }
    arrive(&stage.hr(), &path, "2026-02-03").problem(403, "forbidden");
    let before = secretary.get(&path).etag();
    secretary
        .post(&format!("{path}/arrival"), json!({"arrived_on": "2026-02-03"}))
        .problem(428, "precondition_required");
    assert_eq!(
        arrive(&secretary, &path, "2026-02-03").ok()["arrived_on"],
        "2026-02-03"
    );
    // Once, and told as such even with the old version in hand.
    let again = json!({"arrived_on": "2026-02-02"});
    for etag in [secretary.get(&path).etag(), before] {
        secretary
            .step(&format!("{path}/arrival"), &etag, again.clone())
            .problem(409, "invalid_transition");
    }
}

#[test]
fn a_neighbour_has_no_say_and_can_not_even_tell_that_there_is_someone() {
    let (stage, path) = one_in_force();
    until(&stage, "2026-02-03");
    let body = json!({"arrived_on": "2026-02-03"});
    for role in [Role::CommuneSecretary, Role::Evaluator] {
        let neighbour = stage.server.signed_in_for(role, &stage.units[1..2]);
        assert_eq!(items(&neighbour, "/secondments"), Vec::<Value>::new());
        let unit = format!("/secondments?unit={}", stage.units[0]);
        assert_eq!(items(&neighbour, &unit), Vec::<Value>::new());
        let mut pairs = vec![(neighbour.get(&path), neighbour.get(ABSENT))];
        if role == Role::CommuneSecretary {
            let call = |path: &str| neighbour.step(&format!("{path}/arrival"), "\"1\"", body.clone());
            pairs.push((call(&path), call(ABSENT)));
        }
        for (hidden, absent) in pairs {
            assert_eq!((hidden.status, absent.status), (404, 404), "{hidden}");
            assert_eq!(hidden.body, absent.body);
            assert_eq!(hidden.lasting_headers(), absent.lasting_headers());
        }
    }
    assert_eq!(stage.hr().get(&path).ok()["arrived_on"], Value::Null);
}

#[test]
fn a_secondment_ends_when_hr_ends_it_with_the_post_to_return_to() {
    let (stage, path) = one_in_force();
    let post = json!({"return_post": "  Chuyên viên, phòng Đất đai "});
    until(&stage, "2026-04-29");
    complete(&stage.hr(), &path, post.clone()).problem(409, "invalid_transition");
    until(&stage, "2026-04-30");
    let hr = stage.hr();
    for body in [json!({}), json!({"return_post": " \t"})] {
        complete(&hr, &path, body)
            .problem(422, "rule_violation")
            .at("/return_post", "return-post");
    }
    for (value, code) in [
        (json!("x".repeat(201)), "invalid_value"),
        (json!("two\nlines"), "invalid_value"),
        (json!(7), "wrong_type"),
        (json!(null), "wrong_type"),
    ] {
        complete(&hr, &path, json!({"return_post": value}))
            .problem(422, "validation_failed")
            .at("/return_post", code);
    }
    let secretary = stage.server.signed_in(Role::CommuneSecretary);
    complete(&secretary, &path, post.clone()).problem(403, "forbidden");
    hr.step(&format!("{path}/completion"), "\"9\"", post.clone())
        .problem(412, "stale_version");
    let ended = complete(&hr, &path, post.clone()).ok();
    assert_eq!(
        (&ended["state"], &ended["return_post"]),
        (&json!("completed"), &json!("Chuyên viên, phòng Đất đai"))
    );
    complete(&hr, &path, post).problem(409, "invalid_transition");
    arrive(&secretary, &path, "2026-02-01").problem(409, "invalid_transition");
}

#[test]
fn nothing_ends_by_the_calendar_alone() {
    let (stage, path) = one_in_force();
    stage.server.pass(TimeDelta::days(1_000));
    assert_eq!(stage.hr().get(&path).ok()["state"], "active");
    let rows = |query: &str| items(&stage.hr(), &format!("/secondments?{query}")).len();
    assert_eq!((rows("state=active"), rows("state=completed")), (1, 0));
    let here = format!("round={}&unit={}&field=land", stage.round, stage.units[0]);
    assert_eq!((rows(&here), rows("field=justice")), (1, 0));
    stage
        .hr()
        .get("/secondments?state=lost")
        .problem(400, "malformed_request")
        .at("?state", "bad_parameter");
}
