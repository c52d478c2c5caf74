//! Fields, units and departments.

use crate::harness::{ELSEWHERE, HOME, Server};
use cadre::auth::Role;
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn a_province_begins_with_the_shipped_catalogue() {
    let server = Server::start();
    let leader = server.signed_in(Role::Leader);
    let fields = leader.get("/fields").ok();
    let fields = fields["items"].as_array().unwrap();
    assert_eq!(fields.len(), 14);
    let positions: Vec<i64> = fields
        .iter()
        .map(|field| field["position"].as_i64().unwrap())
        .collect();
    assert!(positions.is_sorted(), "{positions:?}");
    assert!(
        fields
            .iter()
            .all(|field| field["name_vi"] != "" && field["name_en"] != "")
    );
    assert_eq!(
        leader.get("/departments").ok()["items"].as_array().unwrap().len(),
        15
    );
    let elsewhere = server.signed_in_at(ELSEWHERE, Role::Leader);
    assert_eq!(elsewhere.get("/departments").ok()["items"], json!([]));
}

#[test]
fn the_pages_of_units_join_to_the_whole() {
    let server = Server::start();
    let hr = server.signed_in(Role::Hr);
    let mut path = "/units?limit=50".to_owned();
    let (mut sizes, mut codes) = (Vec::new(), Vec::new());
    loop {
        let answer = hr.get(&path).status(200);
        let page = answer.json();
        let items = page["items"].as_array().unwrap();
        sizes.push(items.len());
        codes.extend(items.iter().map(|unit| unit["code"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["next_cursor"].as_str() else {
            assert_eq!(answer.header("Link"), None);
            break;
        };
        // The header says the same, and keeps the other parameters.
        let link = answer.header("Link").unwrap();
        assert_eq!(
            link,
            format!("</api/v1/units?limit=50&cursor={cursor}>; rel=\"next\"")
        );
        path = link[1..link.find('>').unwrap()].to_owned();
    }
    assert_eq!(sizes, [50, 50, 24]);
    assert!(codes.is_sorted());
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 124);
    assert_eq!(
        codes,
        server
            .units(HOME)
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    );
}

#[test]
fn units_can_be_listed_by_kind() {
    let server = Server::start();
    let hr = server.signed_in(Role::Hr);
    let count = |kind: &str| {
        let page = hr.get(&format!("/units?limit=200&kind={kind}")).ok();
        let items = page["items"].as_array().unwrap().clone();
        assert!(items.iter().all(|unit| unit["kind"] == kind));
        items.len()
    };
    let counts = ["commune", "ward", "special_zone"].map(count);
    assert_eq!(counts.iter().sum::<usize>(), 124, "{counts:?}");
    assert!(counts.iter().all(|&count| count > 0), "{counts:?}");
}

#[test]
fn a_province_adds_its_own_fields_and_departments_once() {
    let server = Server::start();
    let hr = server.signed_in(Role::Hr);
    let field = json!({"code": "border_trade", "position": 15, "name_vi": "Thương mại biên giới", "name_en": "Border trade"});
    let department =
        json!({"code": "so-thu", "name_vi": "Sở Thử", "name_en": "Department of Trials", "release_cap": 3});
    for (path, body) in [("/fields", field), ("/departments", department)] {
        let made = hr.post(path, body.clone()).created();
        assert_eq!(made["code"], body["code"]);
        let again = hr.post(path, body.clone());
        again.problem(409, "conflict").at("/code", "duplicate");
        let lists = |client: crate::harness::Client| {
            let items = client.get(path).ok()["items"].as_array().unwrap().clone();
            items.contains(&made)
        };
        assert!(lists(server.signed_in(Role::CommuneSecretary)), "{path}");
        assert!(!lists(server.signed_in_at(ELSEWHERE, Role::Hr)), "{path}");
    }
}
