//! Who sees which needs: a commune its own, the province all.

use crate::harness::Client;
use crate::needs::{need, secretary};
use crate::stage::{Stage, id, items};
use cadre::auth::Role;
use serde_json::{Value, json};

/// An id that nothing has.
const ABSENT: &str = "/needs/01980000-0000-7000-8000-000000000000";

#[test]
fn a_sibling_communes_need_can_not_be_told_from_one_that_is_not_there() {
    let stage = Stage::new();
    let secretary = secretary(&stage);
    let sibling = stage
        .server
        .signed_in_for(Role::CommuneSecretary, &stage.units[1..2]);
    let theirs = sibling.post("/needs", need(&stage)).status(201);
    let same = |method: &str, tail: &str, body: Option<Value>| {
        let ask = |path: &str| {
            let request = secretary
                .request(method, &format!("{path}{tail}"))
                .header("If-Match", &theirs.etag());
            match &body {
                Some(body) => request.json(body).send(),
                None => request.send(),
            }
        };
        let (hidden, absent) = (ask(&theirs.location()), ask(ABSENT));
        assert_eq!(
            (hidden.status, absent.status),
            (404, 404),
            "{method} {tail}: {hidden}"
        );
        assert_eq!(hidden.body, absent.body, "{method} {tail}");
        assert_eq!(
            hidden.lasting_headers(),
            absent.lasting_headers(),
            "{method} {tail}"
        );
    };
    same("GET", "", None);
    same("PATCH", "", Some(json!({"headcount": 5})));
    same("PATCH", "", Some(json!({"field": "alchemy"})));
    same("POST", "/submission", Some(json!({})));
    same("POST", "/withdrawal", Some(json!({})));
    assert_eq!(
        sibling.get(&theirs.location()).ok(),
        theirs.json(),
        "it is untouched"
    );
}

#[test]
fn lists_show_what_one_may_see_and_filters_only_narrow() {
    let stage = Stage::new();
    let mine = id(&secretary(&stage).post("/needs", need(&stage)).created());
    let theirs = stage.need(1, "justice", 1);
    let ids = |client: &Client, query: &str| -> Vec<String> {
        let mut ids: Vec<_> = items(client, &format!("/needs?{query}")).iter().map(id).collect();
        ids.sort();
        ids
    };
    let (secretary, hr) = (secretary(&stage), stage.hr());
    assert_eq!(ids(&secretary, ""), [mine.as_str()]);
    assert_eq!(ids(&secretary, &format!("unit={}", stage.units[1])), [""; 0]);
    let mut both = [mine.clone(), theirs.clone()];
    both.sort();
    assert_eq!(ids(&hr, &format!("round={}", stage.round)), both);
    assert_eq!(ids(&hr, &format!("unit={}", stage.units[1])), [theirs.as_str()]);
    assert_eq!(ids(&hr, "state=accepted&field=justice"), [theirs.as_str()]);
    assert_eq!(ids(&hr, "field=justice&state=draft"), [""; 0]);
    for (query, pointer) in [("state=lost", "?state"), ("round=first", "?round")] {
        hr.get(&format!("/needs?{query}"))
            .problem(400, "malformed_request")
            .at(pointer, "bad_parameter");
    }
}
