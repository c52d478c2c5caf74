//! The authorisation matrix, over every route that is registered: who is let in, and that what lies out of sight can't be
//! told from what does not exist. A new route is in it by being registered; a new kind of record adds to
//! [`crate::samples`].

use crate::harness::{Answer, Client, ELSEWHERE, HOME, Server};
use crate::samples::{NOT_RECORDS, Place, SAMPLES, Sample};
use cadre::auth::Role;
use cadre::http::registry::{Access, BASE, Registered, Registry};
use serde_json::{Value, json};

/// An id that nothing has.
const ABSENT: &str = "01980000-0000-7000-8000-000000000000";

fn name(registered: &Registered) -> String {
    let path = registered.pattern.strip_prefix(BASE).unwrap();
    format!("{} {path}", registered.method)
}

fn call(client: &Client, registered: &Registered, id: &str, body: &Value) -> Answer {
    let mut path = String::new();
    for (i, piece) in registered.pattern.split(['{', '}']).enumerate() {
        path += match (i % 2, piece) {
            (0, text) => text,
            (_, "id") => id,
            _ => ABSENT,
        };
    }
    if registered.method == "GET" {
        let keys = body.as_object().into_iter().flatten();
        let query: Vec<_> = keys
            .map(|(key, value)| format!("{key}={}", value.as_str().unwrap()))
            .collect();
        path += &format!("?{}", query.join("&"));
    }
    let request = client
        .request(registered.method.as_str(), &path)
        .header("If-Match", "\"1\"");
    match registered.method.as_str() {
        "GET" | "DELETE" => request.send(),
        _ => request.json(body).send(),
    }
}

#[test]
fn each_role_is_let_into_its_routes_and_no_others() {
    let server = Server::start();
    for registered in Registry::get().all() {
        let name = name(registered);
        let attempt = |client: &Client| call(client, registered, ABSENT, &json!({}));
        let anonymous = attempt(&server.anonymous());
        let Access::Roles(roles) = registered.route.access else {
            assert!(
                ![401, 403].contains(&anonymous.status),
                "{name} is public: {anonymous}"
            );
            continue;
        };
        assert!(!roles.is_empty(), "nobody may call {name}");
        anonymous.problem(401, "unauthenticated");
        for &role in Role::ALL {
            let answer = attempt(&server.signed_in(role));
            if roles.contains(&role) {
                assert!(
                    ![401, 403].contains(&answer.status),
                    "{name} is for {role}: {answer}"
                );
                assert!(answer.status < 500, "{name} fails: {answer}");
            } else {
                answer.problem(403, "forbidden");
            }
        }
    }
}

#[test]
fn only_signing_in_is_public() {
    let public: Vec<String> = Registry::get()
        .all()
        .iter()
        .filter(|registered| registered.route.access == Access::Public)
        .map(name)
        .collect();
    assert_eq!(
        public,
        ["POST /auth/tokens"],
        "a public route needs a reason; add it here with one"
    );
}

#[test]
fn what_is_out_of_sight_answers_like_what_is_absent() {
    let server = Server::start();
    let theirs = server.units(ELSEWHERE)[0].clone();
    // The harness's secretary and evaluator have the first unit.
    let sibling = server.units(HOME)[1].clone();
    for sample in SAMPLES {
        let elsewhere = (sample.make)(&Place {
            server: &server,
            province: ELSEWHERE,
            unit: theirs.clone(),
        });
        check(&server, sample, &elsewhere, |_| true);
        if sample.of_units {
            let beside = (sample.make)(&Place {
                server: &server,
                province: HOME,
                unit: sibling.clone(),
            });
            check(&server, sample, &beside, Role::sees_own_units_only);
        }
    }
}

fn check(server: &Server, sample: &Sample, id: &str, confined: fn(Role) -> bool) {
    let bodies = (sample.bodies)();
    for registered in Registry::get().all() {
        let Access::Roles(roles) = registered.route.access else {
            continue;
        };
        if record(registered).as_deref() != Some(sample.resource) {
            continue;
        }
        let name = name(registered);
        let body = bodies
            .iter()
            .find(|(route, _)| *route == name)
            .map_or_else(|| json!({}), |(_, body)| body.clone());
        for &role in roles.iter().filter(|role| confined(**role)) {
            let client = server.signed_in(role);
            let hidden = call(&client, registered, id, &body);
            let absent = call(&client, registered, ABSENT, &body);
            assert_eq!(
                absent.status, 404,
                "{name} as {role} does not get as far as looking for the record; give it a body in samples.rs: {absent}"
            );
            assert_eq!(hidden.status, 404, "{name} as {role}: {hidden}");
            assert_eq!(hidden.body, absent.body, "{name} as {role}");
            assert_eq!(
                hidden.lasting_headers(),
                absent.lasting_headers(),
                "{name} as {role}"
            );
        }
    }
}

/// The word before the path's first parameter.
fn record(registered: &Registered) -> Option<String> {
    let path = registered.pattern.strip_prefix(BASE)?;
    let (before, _) = path.split_once("/{")?;
    Some(before.rsplit('/').next()?.to_owned())
}

#[test]
fn every_kind_of_record_has_a_sample() {
    let kinds: Vec<String> = Registry::get().all().iter().filter_map(record).collect();
    for kind in &kinds {
        let known = SAMPLES.iter().any(|sample| sample.resource == kind)
            || NOT_RECORDS
                .iter()
                .any(|(resource, reason)| resource == kind && !reason.is_empty());
        assert!(
            known,
            "routes below /{kind}/{{…}} have no sample: add one to tests/api/samples.rs"
        );
    }
    for sample in SAMPLES {
        assert!(
            kinds.iter().any(|kind| kind == sample.resource),
            "no route is below /{}/{{…}}",
            sample.resource
        );
    }
}
