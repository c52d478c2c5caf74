//! The roster in use: how people are found, and how their records change.

use crate::harness::{ELSEWHERE, Engine};
use crate::stage::{Stage, encoded, id, items};
use cadre::auth::Role;
use serde_json::{Value, json};

#[test]
fn people_are_found_by_words_of_their_name_and_by_what_they_are() {
    found_on(Engine::Sqlite);
    found_on(Engine::Postgres);
}

fn found_on(engine: Engine) {
    let stage = Stage::on(engine);
    let hr = stage.hr();
    for (name, field, category) in [
        ("Đặng Thị Ánh", "land", "civil_servant"),
        ("Nguyễn Văn Đạt", "land", "public_employee"),
        ("K’Brểu 100% _", "justice", "support"),
    ] {
        let mut person = stage.record(field, 3, 3);
        person["full_name"] = json!(name);
        person["category"] = json!(category);
        hr.post("/staff", person).created();
    }
    let found = |query: &str| -> Vec<String> {
        let people = items(&hr, &format!("/staff?{query}"));
        let names = people.iter().map(|person| person["full_name"].as_str().unwrap());
        names
            .map(|name| name.split(' ').next().unwrap().to_owned())
            .collect()
    };
    for (text, names) in [
        ("dang", &["Đặng"][..]),
        ("ÁNH đặng", &["Đặng"]),
        ("DA", &["Đặng", "Nguyễn"]),
        ("nguyễn đat", &["Nguyễn"]),
        ("k’breu", &["K’Brểu"]),
        ("100%", &["K’Brểu"]),
        ("%", &["K’Brểu"]),
        ("_", &["K’Brểu"]),
        ("ang%anh", &[]),
        ("", &["Đặng", "Nguyễn", "K’Brểu"]),
    ] {
        let mut found = found(&format!("q={}", encoded(text)));
        let mut names = names.to_vec();
        found.sort();
        names.sort();
        assert_eq!(found, names, "{text}");
    }
    assert_eq!(found("field=justice"), ["K’Brểu"]);
    assert_eq!(found("category=public_employee"), ["Nguyễn"]);
    assert_eq!(found("field=land&category=support").len(), 0);
    assert_eq!(found("department=so-noi-vu&field=land").len(), 2);
    assert_eq!(found("department=so-nowhere").len(), 0);
    for (query, pointer) in [
        ("category=boss", "?category"),
        ("field=Not A Code", "?field"),
        ("name=x", "?name"),
    ] {
        let query = query.replace(' ', "+");
        hr.get(&format!("/staff?{query}"))
            .problem(400, "malformed_request")
            .at(pointer, "bad_parameter");
    }
}

#[test]
fn a_change_is_based_on_the_version_that_was_read() {
    let stage = Stage::new();
    let hr = stage.hr();
    let made = hr.post("/staff", stage.record("land", 3, 3));
    let (path, first) = (made.location(), made.etag());
    let change = json!({"full_name": "Trần Thị Bích", "volunteer": true});
    let without = hr.request("PATCH", &path).json(&change).send();
    without.problem(428, "precondition_required");
    let changed = hr.patch(&path, &first, change.clone()).status(200);
    let (second, changed) = (changed.etag(), changed.json());
    assert_eq!(
        (&changed["full_name"], &changed["category"], &changed["volunteer"]),
        (&json!("Trần Thị Bích"), &json!("civil_servant"), &json!(true))
    );
    hr.patch(&path, &first, change).problem(412, "stale_version");
    assert_eq!(
        items(&hr, "/staff?q=bich").len(),
        1,
        "the new name is the one found"
    );
    assert_eq!(items(&hr, "/staff?q=thu").len(), 0);
    // Null would take a value away that a person can't be without; the number stays for good.
    for (key, code) in [
        ("full_name", "wrong_type"),
        ("staff_number", "unknown_key"),
        ("skills", "unknown_key"),
    ] {
        hr.patch(&path, &second, json!({key: null}))
            .problem(422, "validation_failed")
            .at(&format!("/{key}"), code);
    }
    hr.patch(
        &path,
        &second,
        json!({"home_unit": stage.server.units(ELSEWHERE)[0]}),
    )
    .problem(422, "validation_failed")
    .at("/home_unit", "unknown_unit");
    assert_eq!(hr.get(&path).ok(), changed);
}

#[test]
fn skills_and_absences_are_replaced_as_a_whole() {
    let stage = Stage::new();
    let hr = stage.hr();
    let made = hr.post("/staff", stage.record("land", 3, 3));
    let (path, etag) = (made.location(), made.etag());
    let skills = json!({"skills": [{"field": "justice", "level": 1, "years": 2, "last_worked": "2023-05-31", "verified": false}]});
    let put = hr
        .put(&format!("{path}/skills"), &etag, skills.clone())
        .status(200);
    assert_eq!(put.json(), skills);
    hr.put(&format!("{path}/skills"), &etag, skills)
        .problem(412, "stale_version");
    let absences =
        json!({"absences": [{"reason": "maternity", "from": "2026-01-01", "until": "2026-06-30"}]});
    let put = hr.put(&format!("{path}/absences"), &put.etag(), absences.clone());
    let etag = put.status(200).etag();
    let person = hr.get(&path).ok();
    assert_eq!(person["skills"].as_array().unwrap().len(), 1);
    assert_eq!(person["absences"], absences["absences"]);
    hr.put(
        &format!("{path}/skills"),
        &etag,
        json!({"skills": [{"field": "alchemy", "level": 1}]}),
    )
    .problem(422, "validation_failed")
    .at("/skills/0/field", "unknown_field");
    hr.put(&format!("{path}/absences"), &etag, json!({}))
        .problem(422, "validation_failed")
        .at("/absences", "missing");
    hr.put(&format!("{path}/skills"), &etag, json!({"skills": []}))
        .ok();
    assert_eq!(hr.get(&path).ok()["skills"], json!([]));
    assert_eq!(items(&hr, "/staff?field=justice"), Vec::<Value>::new());
}

#[test]
fn the_roster_is_read_in_pages() {
    let stage = Stage::new();
    let hr = stage.hr();
    let mut made: Vec<String> = (0..5).map(|_| stage.person("land", 2)).collect();
    let (mut read, mut path) = (Vec::new(), "/staff?limit=2&field=land".to_owned());
    loop {
        let page = hr.get(&path).ok();
        read.extend(page["items"].as_array().unwrap().iter().map(id));
        let Some(cursor) = page["next_cursor"].as_str() else {
            break;
        };
        path = format!("/staff?limit=2&field=land&cursor={cursor}");
    }
    made.sort();
    assert_eq!(read, made);
    let elsewhere = stage.server.signed_in_at(ELSEWHERE, Role::Hr);
    assert_eq!(items(&elsewhere, "/staff"), Vec::<Value>::new());
}
