//! Accounts and signing in.

use crate::harness::{ELSEWHERE, HOME, PASSWORD, Server};
use cadre::auth::Role;
use chrono::TimeDelta;
use serde_json::{Value, json};

fn sign_in(server: &Server, login: &str, password: &str) -> crate::harness::Answer {
    server
        .anonymous()
        .post("/auth/tokens", json!({"login": login, "password": password}))
}

fn new_user(login: &str, role: &str, units: Value) -> Value {
    json!({"login": login, "password": PASSWORD, "display_name": "Người thử", "role": role, "units": units})
}

#[test]
fn signing_in_gives_a_token_that_works() {
    let server = Server::start();
    let account = server.account(HOME, Role::Hr);
    let token = sign_in(&server, &account.login, PASSWORD).ok();
    assert_eq!(
        (&token["token_type"], &token["expires_in"]),
        (&json!("Bearer"), &json!(600))
    );
    let me = server
        .with_token(token["access_token"].as_str().unwrap())
        .get("/me")
        .ok();
    assert_eq!(me["id"], account.id.to_string());
    assert_eq!(
        (&me["role"], &me["province"], &me["units"]),
        (&json!("hr"), &json!(HOME), &json!([]))
    );
    assert!(
        me.get("password_hash").is_none() && me.get("epoch").is_none(),
        "{me}"
    );
}

#[test]
fn a_wrong_password_and_an_unknown_login_are_told_alike() {
    let server = Server::start();
    let account = server.account(HOME, Role::Hr);
    let known = sign_in(&server, &account.login, "not the right password").problem(401, "login_failed");
    let unknown = sign_in(&server, "nobody-at-all", PASSWORD).problem(401, "login_failed");
    assert_eq!(known.answer.body, unknown.answer.body);
    assert_eq!(known.answer.lasting_headers(), unknown.answer.lasting_headers());
}

#[test]
fn an_account_can_be_made_read_and_signed_in_with() {
    let server = Server::start();
    let admin = server.signed_in(Role::Admin);
    let unit = server.units(HOME)[3].to_string();
    let made = admin.post("/users", new_user("thu.ky-1", "commune_secretary", json!([unit])));
    let (etag, location) = (made.etag(), made.location());
    let user = made.created();
    assert_eq!((&user["units"], &user["active"]), (&json!([unit]), &json!(true)));
    let read = admin.get(&location).status(200);
    assert_eq!((read.etag(), read.json()), (etag, user.clone()));
    sign_in(&server, "thu.ky-1", PASSWORD).ok();
    let logins: Vec<Value> = admin.get("/users").ok()["items"].as_array().unwrap().clone();
    assert!(logins.contains(&user));
    let again = admin.post("/users", new_user("thu.ky-1", "hr", json!([])));
    again.problem(409, "conflict").at("/login", "duplicate");
    // A login is unique in the whole service: another province may not take it, nor learn more than that.
    let elsewhere = server.signed_in_at(ELSEWHERE, Role::Admin);
    elsewhere
        .post("/users", new_user("thu.ky-1", "hr", json!([])))
        .problem(409, "conflict");
    assert_eq!(elsewhere.get("/users").ok()["items"].as_array().unwrap().len(), 1);
}

#[test]
fn units_go_with_the_role_and_the_province() {
    let server = Server::start();
    let admin = server.signed_in(Role::Admin);
    let (mine, theirs) = (server.units(HOME), server.units(ELSEWHERE));
    for (role, units, pointer, code) in [
        ("commune_secretary", json!([]), "/units", "units_of_role"),
        (
            "commune_secretary",
            json!([mine[0], mine[1]]),
            "/units",
            "units_of_role",
        ),
        ("evaluator", json!([]), "/units", "units_of_role"),
        ("hr", json!([mine[0]]), "/units", "units_of_role"),
        (
            "evaluator",
            json!([mine[0], theirs[0]]),
            "/units/1",
            "unknown_unit",
        ),
        (
            "evaluator",
            json!([mine[0], mine[1], mine[0]]),
            "/units/2",
            "duplicate",
        ),
        ("commune_secretary", json!(["1"]), "/units/0", "invalid_value"),
    ] {
        let refused = admin.post("/users", new_user("someone", role, units));
        refused.problem(422, "validation_failed").at(pointer, code);
    }
    admin
        .post(
            "/users",
            new_user("someone", "evaluator", json!([mine[0], mine[1]])),
        )
        .created();
}

#[test]
fn logins_and_passwords_have_their_bounds() {
    let server = Server::start();
    let admin = server.signed_in(Role::Admin);
    let with = |key: &str, value: Value| {
        let mut body = new_user("someone", "hr", json!([]));
        body[key] = value;
        admin.post("/users", body)
    };
    for login in ["a", "1abc", "With.Capitals", "has space", &"x".repeat(65)] {
        with("login", json!(login))
            .problem(422, "validation_failed")
            .at("/login", "invalid_value");
    }
    for password in ["too short", &"x".repeat(257)] {
        with("password", json!(password))
            .problem(422, "validation_failed")
            .at("/password", "password_length");
    }
    with("role", json!("king"))
        .problem(422, "validation_failed")
        .at("/role", "unknown_value");
    with("display_name", json!(" "))
        .problem(422, "validation_failed")
        .at("/display_name", "invalid_value");
    with("password", json!("x".repeat(65))).created();
}

#[test]
fn a_disabled_account_is_out_at_once() {
    let server = Server::start();
    let admin = server.signed_in(Role::Admin);
    let account = server.account(HOME, Role::Hr);
    let hr = server.signed_in(Role::Hr);
    hr.get("/me").ok();
    let path = format!("/users/{}", account.id);
    let etag = admin.get(&path).status(200).etag();
    let disabled = admin.patch(&path, &etag, json!({"active": false}));
    assert_ne!(disabled.etag(), etag);
    assert_eq!(disabled.ok()["active"], false);
    hr.get("/me").problem(401, "unauthenticated");
    sign_in(&server, &account.login, PASSWORD).problem(401, "login_failed");
}

#[test]
fn a_change_names_the_version_it_is_based_on() {
    let server = Server::start();
    let admin = server.signed_in(Role::Admin);
    let path = format!("/users/{}", server.account(HOME, Role::Hr).id);
    let etag = admin.get(&path).status(200).etag();
    let body = json!({"display_name": "Tên mới"});
    admin
        .request("PATCH", &path)
        .json(&body)
        .send()
        .problem(428, "precondition_required");
    assert_eq!(
        admin.patch(&path, &etag, body.clone()).ok()["display_name"],
        "Tên mới"
    );
    for stale in [etag.as_str(), "\"99\"", "W/\"2\"", "2", "*"] {
        admin
            .patch(&path, stale, body.clone())
            .problem(412, "stale_version");
    }
}

#[test]
fn a_token_lasts_its_ten_minutes() {
    let server = Server::start();
    let hr = server.signed_in(Role::Hr);
    server.pass(TimeDelta::seconds(630));
    hr.get("/me").ok();
    server.pass(TimeDelta::seconds(1));
    hr.get("/me").problem(401, "token_expired");
}

#[test]
fn a_change_of_accounts_is_in_the_audit_log_without_the_password() {
    let server = Server::start();
    let admin = server.signed_in(Role::Admin);
    let user = admin
        .post("/users", new_user("someone", "hr", json!([])))
        .created();
    let log = admin.get("/audit-events").ok();
    let entry = log["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["resource_id"] == user["id"]);
    let entry = entry.unwrap_or_else(|| panic!("{log}"));
    let actor = server.account(HOME, Role::Admin);
    assert_eq!(
        (&entry["action"], &entry["actor"]),
        (&json!("create"), &json!(actor.login))
    );
    let text = log.to_string();
    assert!(!text.contains("argon2") && !text.contains(PASSWORD), "{text}");
}
