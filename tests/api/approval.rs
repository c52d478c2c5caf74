//! Approval: a proposed plan becomes secondments, by someone else's decision, all of it or nothing.

use crate::harness::{Engine, HOME, Server};
use crate::stage::{Stage, id, items};
use cadre::auth::Role;
use serde_json::{Value, json};
use std::thread;

/// Two people, three seats in two units.
fn small_round(engine: Engine) -> Stage {
    let stage = Stage::on(engine);
    stage.person("land", 4);
    stage.person("land", 3);
    stage.need(0, "land", 2);
    stage.need(1, "land", 1);
    stage
}

#[test]
fn an_approval_makes_each_assignment_a_secondment_with_its_evaluation() {
    let stage = small_round(Engine::Sqlite);
    let plan = stage.proposed(json!({}));
    assert_eq!(items(&stage.hr(), "/secondments"), Vec::<Value>::new());
    let approver = stage.server.signed_in(Role::Approver);
    let note = json!({"note": "Đồng ý"});
    let approved = approver.step(&format!("{}/approval", plan.0), &plan.1, note).ok();
    assert_eq!(
        (
            &approved["state"],
            &approved["decision_note"],
            &approved["decided_by"]
        ),
        (
            &json!("approved"),
            &json!("Đồng ý"),
            &json!(stage.account(Role::Approver).id.to_string())
        )
    );
    assert_eq!(approved["proposed_by"], stage.account(Role::Hr).id.to_string());

    let secondments = items(&stage.hr(), "/secondments");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut pairs: Vec<_> = secondments
        .iter()
        .map(|secondment| (text(&secondment["staff"]), text(&secondment["need"])))
        .collect();
    pairs.sort();
    assert_eq!(pairs, stage.pairs(&plan.0));
    let evaluations = items(&stage.hr(), "/evaluations");
    assert_eq!(evaluations.len(), 2);
    for secondment in &secondments {
        assert_eq!(
            (&secondment["start"], &secondment["end"], &secondment["state"]),
            (&json!("2026-02-01"), &json!("2026-04-30"), &json!("active"))
        );
        assert!(plan.0.ends_with(secondment["plan"].as_str().unwrap()));
        assert!(
            secondment["staff_name"]
                .as_str()
                .unwrap()
                .starts_with("Người Thử")
        );
        let its = evaluations
            .iter()
            .filter(|evaluation| evaluation["secondment"] == secondment["id"]);
        let its: Vec<_> = its.collect();
        assert_eq!(its.len(), 1);
        assert_eq!(
            (&its[0]["unit"], &its[0]["due_from"], &its[0]["state"]),
            (&secondment["unit"], &json!("2026-05-01"), &json!("pending"))
        );
    }
}

#[test]
fn who_proposes_does_not_decide() {
    let stage = small_round(Engine::Sqlite);
    let (path, etag) = stage.proposed(json!({}));
    for (tail, body) in [("approval", json!({})), ("rejection", json!({"note": "Không"}))] {
        let own = stage.hr().step(&format!("{path}/{tail}"), &etag, body.clone());
        own.problem(403, "forbidden");
    }
    // No role may do both, so only a record that says otherwise shows that the person counts and not the role alone.
    let login = stage.account(Role::Approver).login;
    let user = format!("(SELECT id FROM users WHERE login = '{login}')");
    stage
        .server
        .tamper(&format!("UPDATE plans SET proposed_by = {user}"));
    let approver = stage.server.signed_in(Role::Approver);
    for (tail, body) in [("approval", json!({})), ("rejection", json!({"note": "Không"}))] {
        approver
            .step(&format!("{path}/{tail}"), &etag, body)
            .problem(403, "forbidden")
            .at("", "separation");
    }
    assert_eq!(approver.get(&path).ok()["state"], "submitted");
    let another = stage.server.signed_in_for(Role::Approver, &[]);
    another.step(&format!("{path}/approval"), &etag, json!({})).ok();
}

#[test]
fn only_what_is_proposed_can_be_decided() {
    let stage = small_round(Engine::Sqlite);
    let (hr, approver) = (stage.hr(), stage.server.signed_in(Role::Approver));
    let (path, _) = stage.solved(json!({}));
    let draft = hr.get(&path).etag();
    for (tail, body) in [("approval", json!({})), ("rejection", json!({"note": "Không"}))] {
        approver
            .step(&format!("{path}/{tail}"), &draft, body)
            .problem(409, "invalid_transition");
    }
    hr.step(&format!("{path}/cancellation"), &draft, json!({}))
        .problem(409, "invalid_transition");
    let proposed = hr.step(&format!("{path}/submission"), &draft, json!({}));
    let proposed = proposed.status(200).etag();
    approver
        .post(&format!("{path}/approval"), json!({}))
        .problem(428, "precondition_required");
    approver
        .step(&format!("{path}/approval"), &draft, json!({}))
        .problem(412, "stale_version");
    approver
        .step(&format!("{path}/rejection"), &proposed, json!({}))
        .problem(422, "validation_failed")
        .at("/note", "missing");
    let rejected = approver.step(
        &format!("{path}/rejection"),
        &proposed,
        json!({"note": "Thiếu người"}),
    );
    let last = rejected.etag();
    let rejected = rejected.ok();
    assert_eq!(
        (&rejected["state"], &rejected["decision_note"]),
        (&json!("rejected"), &json!("Thiếu người"))
    );
    approver
        .step(&format!("{path}/approval"), &last, json!({}))
        .problem(409, "invalid_transition");
    hr.step(&format!("{path}/submission"), &last, json!({}))
        .problem(409, "invalid_transition");
    assert_eq!(items(&hr, "/secondments"), Vec::<Value>::new());
}

#[test]
fn a_plan_whose_people_or_needs_have_changed_is_not_approved() {
    let stage = small_round(Engine::Sqlite);
    let plan = stage.proposed(json!({}));
    let person = stage.pairs(&plan.0)[0].0.clone();
    let skills = format!("/staff/{person}/skills");
    let read = stage.hr().get(&skills).status(200);
    let less = json!({"skills": [{"field": "land", "level": 1, "years": 5, "verified": true}]});
    let changed = stage.hr().put(&skills, &read.etag(), less).status(200).etag();
    let refused = |what: &str| {
        stage.approve(&plan).problem(409, "plan_inputs_changed");
        let now = stage.hr().get(&plan.0).status(200);
        assert_eq!(
            (now.etag(), &now.json()["state"]),
            (plan.1.clone(), &json!("submitted")),
            "{what}"
        );
        for list in ["/secondments", "/evaluations"] {
            assert_eq!(items(&stage.hr(), list), Vec::<Value>::new(), "{what}");
        }
    };
    refused("a skill");
    let back = read.json();
    stage.hr().put(&skills, &changed, back).ok();
    stage.need(2, "justice", 1);
    refused("a need more");
    stage
        .server
        .tamper("UPDATE needs SET state = 'returned' WHERE field_code = 'justice'");
    // As it was: the inputs count, not that somebody touched them.
    stage.approve(&plan).ok();
}

#[test]
fn a_second_plan_takes_the_seats_and_the_people_that_are_left() {
    let stage = small_round(Engine::Sqlite);
    let first = stage.in_force();
    let served: Vec<String> = stage.pairs(&first).into_iter().map(|(staff, _)| staff).collect();
    stage.person("land", 2);
    stage.person("land", 2);
    let plan = stage.proposed(json!({}));
    let result = stage.hr().get(&plan.0).ok()["result"].clone();
    assert_eq!((&result["seats"], &result["filled"]), (&json!(1), &json!(1)));
    let pairs = stage.pairs(&plan.0);
    assert!(!served.contains(&pairs[0].0), "{pairs:?}");
    stage.approve(&plan).ok();
    let mut seats: Vec<(String, i64)> = items(&stage.hr(), "/secondments")
        .iter()
        .map(|row| {
            (
                row["need"].as_str().unwrap().to_owned(),
                row["seat_no"].as_i64().unwrap(),
            )
        })
        .collect();
    seats.sort();
    let all = seats.len();
    seats.dedup();
    assert_eq!((all, seats.len()), (3, 3), "each seat once: {seats:?}");
    // Of two plans that were proposed side by side, the other has lost its ground.
    let (_, plan) = stage.solved(json!({}));
    assert_eq!(plan["result"]["seats"], 0);
}

#[test]
fn two_approvals_at_once_make_one() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let stage = small_round(engine);
        let (path, etag) = stage.proposed(json!({}));
        let twin = stage.proposed(json!({}));
        let approvers: Vec<_> = (0..4)
            .map(|_| stage.server.signed_in_for(Role::Approver, &[]))
            .collect();
        let mut statuses: Vec<u16> = thread::scope(|scope| {
            let calls: Vec<_> = approvers
                .iter()
                .map(|approver| {
                    let (path, etag) = (format!("{path}/approval"), &etag);
                    scope.spawn(move || approver.step(&path, etag, json!({})).status)
                })
                .collect();
            calls.into_iter().map(|call| call.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses[0], 200, "{engine:?}: {statuses:?}");
        assert!(
            statuses[1..].iter().all(|status| [409, 412].contains(status)),
            "{engine:?}: {statuses:?}"
        );
        assert_eq!(items(&stage.hr(), "/secondments").len(), 2, "{engine:?}");
        assert_eq!(items(&stage.hr(), "/evaluations").len(), 2, "{engine:?}");
        stage.approve(&twin).problem(409, "plan_inputs_changed");
    }
}

#[test]
fn nobody_is_seconded_twice_at_a_time() {
    let stage = small_round(Engine::Sqlite);
    stage.in_force();
    // Half a year later the terms are over, but nobody has ended the secondments.
    let later = stage.next_round("2026-10-01", "2026-12-31");
    later.need(0, "land", 2);
    let plan = later.proposed(json!({}));
    let told = later
        .approve(&plan)
        .problem(409, "conflict")
        .at("", "already_seconded");
    assert_eq!(told.value["errors"].as_array().unwrap().len(), 2);
    later.server.pass(chrono::TimeDelta::days(120));
    for secondment in items(&later.hr(), "/secondments") {
        let path = format!("/secondments/{}", id(&secondment));
        let etag = later.hr().get(&path).etag();
        let post = json!({"return_post": "Chuyên viên"});
        later.hr().step(&format!("{path}/completion"), &etag, post).ok();
    }
    later.approve(&plan).ok();
    assert_eq!(items(&later.hr(), "/secondments").len(), 4);
}

#[test]
fn plans_are_read_by_those_who_decide_and_those_who_lead() {
    let server = Server::start();
    for role in [Role::Approver, Role::Leader, Role::Hr] {
        assert_eq!(
            items(&server.signed_in_at(HOME, role), "/plans"),
            Vec::<Value>::new()
        );
    }
}
