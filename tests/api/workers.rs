//! Workers when things go wrong: solvers that crash, lie, hang or babble, and jobs that change hands.

use crate::harness::real_solver;
use crate::stage::{Stage, id, items};
use cadre::auth::Role;
use serde_json::{Value, json};
use std::thread;
use std::time::{Duration, Instant};

/// The real solver, whose plan looks as if its last tier were not proven, and comes as what stands for `{}`.
const UNPROVEN: &str = r#"$CADRE $1 | sed -u -e 's/"optimal":true/"optimal":false/; s/\(.*\)"proof":"certified"/\1"proof":"open"/' -e 's/^{"outcome":{"status":"solved",/{}/'"#;

/// A plan as news, and no outcome yet.
fn plan_as_news() -> String {
    UNPROVEN.replace(
        "{}",
        r#"{"event":{"event":"best_so_far","open_tier":"tie_break","#,
    )
}

/// One person and one seat, and a plan that waits for a worker.
fn one_seat() -> (Stage, String) {
    one_seat_within(60)
}

/// The same; the solver is stopped a few seconds past its limit.
fn one_seat_within(seconds: u32) -> (Stage, String) {
    let stage = Stage::new();
    stage.person("land", 3);
    stage.need(0, "land", 1);
    let asked = json!({"time_limit_seconds": seconds});
    let path = stage.ask(asked).status(202).location();
    (stage, path)
}

/// The plan after this solver was let loose on it, which must not be solved; nothing may have been stored.
fn failed(stage: &Stage, path: &str, script: &str) -> Value {
    let server = &stage.server;
    server.start_worker(server.stand_in(script));
    let plan = server.ended(&stage.hr(), path).json();
    assert_eq!(
        (&plan["state"], &plan["result"]),
        (&json!("failed"), &Value::Null),
        "{plan}"
    );
    for list in ["assignments", "unmet-needs"] {
        assert_eq!(items(&stage.hr(), &format!("{path}/{list}")), Vec::<Value>::new());
    }
    stage
        .hr()
        .get(&format!("{path}/verification"))
        .problem(409, "invalid_transition");
    assert_eq!(server.count("plan_documents"), 0);
    assert_eq!(server.count("jobs WHERE state = 'done'"), 1);
    plan["failure"].clone()
}

#[test]
fn a_solver_that_keeps_crashing_is_given_up_after_three_attempts() {
    let (stage, path) = one_seat();
    let failure = failed(&stage, &path, "echo attempt >>$HERE/attempts; kill -SEGV $$");
    assert_eq!(failure["code"], "solver_crashed", "{failure}");
    assert_eq!(stage.server.told_by_stand_in("attempts").lines().count(), 3);
    // The queue goes on, and so does the service.
    stage.server.stop_workers();
    let (_, plan) = stage.solved(json!({}));
    assert_eq!(plan["result"]["filled"], 1);
}

#[test]
fn a_solver_that_recovers_gets_its_plan_stored_once() {
    let (stage, path) = one_seat();
    let script =
        "echo attempt >>$HERE/attempts; [ $(wc -l <$HERE/attempts) -lt 3 ] && kill -KILL $$; exec $CADRE $1";
    stage.server.start_worker(stage.server.stand_in(script));
    let plan = stage.server.ended(&stage.hr(), &path).json();
    assert_eq!(plan["state"], "solved", "{plan}");
    assert_eq!(stage.server.told_by_stand_in("attempts").lines().count(), 3);
    assert_eq!(stage.pairs(&path).len(), 1);
    assert_eq!(stage.server.count("jobs WHERE attempt = 3 AND state = 'done'"), 1);
}

#[test]
fn a_plan_that_was_tampered_with_is_not_believed() {
    for (what, tampering) in [
        (
            "a shorter way",
            r#"s/"travel_minutes":[0-9][0-9]*/"travel_minutes":1/"#,
        ),
        ("a better score", r#"s/"value":1,"bound":1/"value":2,"bound":2/"#),
        (
            "someone left out",
            r#"s/"assignments":\[{[^]]*\]/"assignments":[]/"#,
        ),
    ] {
        let (stage, path) = one_seat();
        let script = format!("$CADRE $1 | sed -e '{tampering}'");
        let failure = failed(&stage, &path, &script);
        assert_eq!(failure["code"], "checker_disagreement", "{what}: {failure}");
        for message in ["message_en", "message_vi"] {
            let told = failure[message].as_str().unwrap();
            assert!(
                told.contains("/assignments") || told.contains("score"),
                "{what}: {told}"
            );
        }
    }
}

#[test]
fn a_solver_that_hangs_is_stopped_past_its_limit() {
    let (stage, path) = one_seat_within(1);
    let failure = failed(&stage, &path, "echo $$ >$HERE/pid; exec sleep 300");
    assert_eq!(failure["code"], "solver_late", "{failure}");
    let pid = stage.server.told("pid", 1);
    assert!(!std::path::Path::new(&format!("/proc/{}", pid.trim())).exists());
}

/// The plan of one seat is over, and its result is what the solver told before; gives what went wrong then.
fn kept(stage: &Stage, path: &str) -> Value {
    let plan = stage.server.ended(&stage.hr(), path).json();
    assert_eq!(
        (&plan["state"], &plan["result"]["filled"]),
        (&json!("solved"), &json!(1)),
        "{plan}"
    );
    assert_eq!(plan["result"]["proof"], "open", "{plan}");
    assert_eq!(stage.pairs(path).len(), 1);
    plan["failure"].clone()
}

#[test]
fn what_a_solver_had_before_it_hung_is_kept() {
    let (stage, path) = one_seat_within(3);
    let script = format!("{}; exec sleep 300", plan_as_news());
    stage.server.start_worker(stage.server.stand_in(&script));
    assert_eq!(kept(&stage, &path)["code"], "solver_late");
}

#[test]
fn what_a_solver_had_before_it_crashed_for_the_last_time_is_kept() {
    let (stage, path) = one_seat();
    let script = format!("echo attempt >>$HERE/attempts; {}; kill -SEGV $$", plan_as_news());
    stage.server.start_worker(stage.server.stand_in(&script));
    assert_eq!(kept(&stage, &path)["code"], "solver_crashed");
    assert_eq!(stage.server.told_by_stand_in("attempts").lines().count(), 3);
}

#[test]
fn what_a_solver_had_before_its_engine_failed_is_kept() {
    let (stage, path) = one_seat();
    let failed = r#"{"outcome":{"status":"limit_reached","open_tier":"tie_break","failure":{"code":"engine_error","message":"it coughs"},"#;
    let script = UNPROVEN.replace("{}", failed);
    stage.server.start_worker(stage.server.stand_in(&script));
    assert_eq!(
        kept(&stage, &path),
        json!({
            "code": "engine_error",
            "message_en": "the engine failed: it coughs",
            "message_vi": "bộ giải gặp sự cố: it coughs",
        })
    );
}

#[test]
fn that_one_cost_stood_for_the_tiers_is_told_with_its_plan() {
    let (stage, path) = one_seat();
    let roughly = r#"{"outcome":{"status":"limit_reached","open_tier":"tie_break","one_cost":{"estimate_mib":9000,"limit_mib":10,"cost":-989,"bound":-1000,"proof":"open"},"#;
    let script = UNPROVEN.replace("{}", roughly);
    stage.server.start_worker(stage.server.stand_in(&script));
    let failure = kept(&stage, &path);
    assert_eq!(failure["code"], "tiers_out_of_memory");
    for (message, gap) in [("message_en", "1.1 %"), ("message_vi", "1,1 %")] {
        let told = failure[message].as_str().unwrap();
        let parts = ["9000 MiB", "10 MiB", gap];
        assert!(parts.iter().all(|part| told.contains(part)), "{told}");
    }
}

#[test]
fn what_a_solver_had_before_its_last_plan_was_wrong_is_kept() {
    let (stage, path) = one_seat();
    let wrong =
        json!({"outcome": {"status": "failed", "code": "checker_disagreement", "message": "/score: 1 is 2"}});
    let script = format!("{}; echo '{wrong}'", plan_as_news());
    stage.server.start_worker(stage.server.stand_in(&script));
    let failure = kept(&stage, &path);
    assert_eq!(failure["code"], "checker_disagreement");
    for message in ["message_en", "message_vi"] {
        assert!(
            failure[message].as_str().unwrap().ends_with(": /score: 1 is 2"),
            "{failure}"
        );
    }
}

#[test]
fn records_that_changed_since_the_plan_was_asked_for_are_named() {
    let stage = Stage::new();
    let (person, need) = (stage.person("land", 3), stage.need(0, "land", 1));
    let asked = json!({"pins": [{"need": need, "staff": person}]});
    let path = stage.ask(asked).status(202).location();
    let skills = format!("/staff/{person}/skills");
    let etag = stage.hr().get(&format!("/staff/{person}")).etag();
    stage.hr().put(&skills, &etag, json!({"skills": []})).status(200);
    let plan = stage.server.solve(&stage.hr(), &path).json();
    assert_eq!(
        (&plan["state"], &plan["failure"]["code"]),
        (&json!("failed"), &json!("pin_conflict")),
        "{plan}"
    );
    for message in ["message_en", "message_vi"] {
        let told = plan["failure"][message].as_str().unwrap();
        assert!(told.contains("\n  /pins/0: "), "{told}");
    }
}

#[test]
fn what_a_solver_says_of_itself_is_kept_with_the_plan() {
    for (line, code) in [
        (json!({"invalid": "no such thing"}), "invalid_problem"),
        (
            json!({"outcome": {"status": "refused", "estimate_mib": 9000, "limit_mib": 10, "eligible_pairs": 5}}),
            "out_of_memory",
        ),
        (
            json!({"outcome": {"status": "infeasible", "contradictions": {
                "found": [{"pins": [], "rules": [{"rule": "change_budget"}], "minimal": true}], "more": false,
            }, "seconds": 0.1}}),
            "infeasible",
        ),
        (
            json!({"outcome": {"status": "failed", "code": "engine_error", "message": "it coughs"}}),
            "engine_error",
        ),
    ] {
        let (stage, path) = one_seat();
        let failure = failed(&stage, &path, &format!("read -r request; echo '{line}'"));
        assert_eq!(failure["code"], code, "{failure}");
        assert_ne!(failure["message_en"], failure["message_vi"], "{failure}");
    }
}

/// Cancels a plan as it stands and gives its state then.
fn cancelled(stage: &Stage, path: &str) -> Value {
    loop {
        let etag = stage.hr().get(path).etag();
        let answer = stage.hr().step(&format!("{path}/cancellation"), &etag, json!({}));
        // The version moves when the worker takes the plan up, so the first attempt may come with the one before.
        if answer.status != 412 {
            return answer.ok()["state"].clone();
        }
    }
}

#[test]
fn a_plan_can_be_cancelled_while_it_is_solved() {
    let (stage, path) = one_seat();
    let server = &stage.server;
    server.start_worker(server.stand_in("echo $$ >$HERE/pid; exec sleep 300"));
    server.once(&stage.hr(), &path, |state| state == "solving");
    let pid = server.told("pid", 1);
    assert_eq!(cancelled(&stage, &path), "stopping");
    // The worker ends it, long before it would have been late, and is free again for the next plan.
    assert_eq!(server.ended(&stage.hr(), &path).json()["state"], "cancelled");
    server.stop_workers();
    let next = stage.ask(json!({})).status(202).location();
    assert_eq!(server.solve(&stage.hr(), &next).json()["state"], "solved");
    assert_eq!(server.count("jobs WHERE state <> 'done'"), 0);
    assert!(!std::path::Path::new(&format!("/proc/{}", pid.trim())).exists());
}

#[test]
fn what_a_solver_had_before_it_was_cancelled_is_kept() {
    let (stage, path) = one_seat();
    let server = &stage.server;
    let script = format!("{}; echo yes >$HERE/told; exec sleep 300", plan_as_news());
    server.start_worker(server.stand_in(&script));
    server.told("told", 1);
    assert_eq!(cancelled(&stage, &path), "stopping");
    // It was stopped by somebody: nothing went wrong.
    assert_eq!(kept(&stage, &path), Value::Null);
    assert_eq!(server.count("jobs WHERE state <> 'done'"), 0);
}

#[test]
fn a_plan_that_is_stopping_ends_without_its_worker() {
    for by_worker in [true, false] {
        let (stage, path) = one_seat();
        let server = &stage.server;
        // What the worker leaves that is killed before it has noticed.
        server.tamper("UPDATE plans SET state = 'stopping'");
        if by_worker {
            server.start_worker(real_solver());
            assert_eq!(server.ended(&stage.hr(), &path).json()["state"], "cancelled");
        } else {
            assert_eq!(cancelled(&stage, &path), "cancelled");
            server.start_worker(real_solver());
        }
        // The queue goes on.
        let next = stage.ask(json!({})).status(202).location();
        assert_eq!(server.ended(&stage.hr(), &next).json()["state"], "solved");
        assert_eq!(stage.hr().get(&path).ok()["state"], "cancelled");
        assert_eq!(server.count("jobs WHERE state <> 'done'"), 0);
        assert_eq!(server.count("audit_events WHERE action = 'cancel'"), 1);
    }
}

#[test]
fn a_worker_whose_lease_was_lost_stores_nothing() {
    let (stage, path) = one_seat();
    let server = &stage.server;
    // It answers once it is told to, with a right answer, and then stays: the worker ends it.
    let script =
        "while [ ! -e $HERE/go ]; do sleep 0.02; done; $CADRE $1; echo yes >$HERE/answered; exec sleep 300";
    server.start_worker(server.stand_in(script));
    server.once(&stage.hr(), &path, |state| state == "solving");
    server.tamper("UPDATE jobs SET attempt = attempt + 1, worker = 'another'");
    server.tell_stand_in("go");
    let began = Instant::now();
    // Or it is ended before it can answer, because the worker has noticed by then.
    while server.told_by_stand_in("answered").is_empty() && began.elapsed() < Duration::from_secs(3) {
        thread::park_timeout(Duration::from_millis(10));
    }
    thread::park_timeout(Duration::from_millis(300));
    server.stop_workers();
    assert_eq!(
        stage.hr().get(&path).ok()["state"],
        "solving",
        "it is the other worker's to end"
    );
    assert_eq!(server.count("assignments"), 0);
    // That one dies too; when its time is over a third one does the work.
    server.tamper("UPDATE jobs SET lease_until = '2020-01-01 00:00:00'");
    server.start_worker(real_solver());
    assert_eq!(server.ended(&stage.hr(), &path).json()["state"], "solved");
    assert_eq!(server.count("assignments"), 1);
    let log = items(&server.signed_in(Role::Leader), "/audit-events?limit=200");
    let plan = id(&stage.hr().get(&path).ok());
    let completions = log
        .iter()
        .filter(|entry| entry["action"] == "complete" && entry["resource_id"] == plan.as_str());
    assert_eq!(completions.count(), 1);
}
