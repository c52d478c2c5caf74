//! The roster: what a person's record takes.

use crate::harness::{ELSEWHERE, Engine};
use crate::stage::{Stage, items, with};
use cadre::auth::Role;
use serde_json::{Value, json};

#[test]
fn a_person_is_added_whole_with_skills_and_absences() {
    let stage = Stage::new();
    let hr = stage.hr();
    let mut person = with(&stage.record("land", 4, 3), "full_name", json!("  Đặng Thị Ánh "));
    person["skills"] = json!([
        {"field": "land", "level": 4, "years": 12, "last_worked": "2024-08-31", "verified": true},
        {"field": "justice", "level": 2},
    ]);
    person["absences"] = json!([
        {"reason": "study", "from": "2026-03-01", "until": "2026-03-31"},
        {"reason": "leave", "from": "2026-02-02", "until": "2026-02-02"},
    ]);
    person["languages"] = json!(["ma", "k_ho", "ma"]);
    let made = hr.post("/staff", person.clone());
    let (path, etag) = (made.location(), made.etag());
    let made = made.created();
    assert_eq!(made["full_name"], "Đặng Thị Ánh");
    assert_eq!(made["languages"], json!(["k_ho", "ma"]));
    assert_eq!(made["volunteer"], false);
    assert_eq!(
        made["skills"],
        json!([
            {"field": "justice", "level": 2, "years": 0, "last_worked": null, "verified": false},
            {"field": "land", "level": 4, "years": 12, "last_worked": "2024-08-31", "verified": true},
        ])
    );
    assert_eq!(made["absences"], person["absences"]);
    let read = hr.get(&path).status(200);
    assert_eq!((read.etag(), read.json()), (etag.clone(), made));
    // The parts have addresses of their own, and the person's version.
    for (part, length) in [("skills", 2), ("absences", 2)] {
        let answer = hr.get(&format!("{path}/{part}")).status(200);
        assert_eq!(answer.etag(), etag);
        assert_eq!(answer.json()[part].as_array().unwrap().len(), length);
    }
}

#[test]
fn nobody_is_on_the_roster_twice() {
    let stage = Stage::new();
    let hr = stage.hr();
    let person = stage.record("land", 3, 3);
    hr.post("/staff", person.clone()).created();
    let again = with(&person, "full_name", json!("Someone else by the same number"));
    hr.post("/staff", again)
        .problem(409, "duplicate_person")
        .at("/staff_number", "duplicate");
    assert_eq!(items(&hr, "/staff").len(), 1);
    // Each province numbers its own people.
    let elsewhere = stage.server.signed_in_at(ELSEWHERE, Role::Hr);
    let department = json!({"code": "so-noi-vu", "name_vi": "Sở Nội vụ", "name_en": "Home Affairs"});
    elsewhere.post("/departments", department).created();
    let there = with(&person, "home_unit", json!(stage.server.units(ELSEWHERE)[0]));
    elsewhere.post("/staff", there).created();
}

#[test]
fn what_the_catalogue_does_not_know_is_told_all_at_once() {
    let stage = Stage::new();
    let mut person = stage.record("land", 3, 3);
    person["department"] = json!("so-nowhere");
    person["home_unit"] = json!(stage.server.units(ELSEWHERE)[0]);
    person["primary_field"] = json!("astrology");
    person["skills"] = json!([{"field": "land", "level": 1}, {"field": "alchemy", "level": 1}]);
    stage
        .hr()
        .post("/staff", person)
        .problem(422, "validation_failed")
        .at("/department", "unknown_department")
        .at("/home_unit", "unknown_unit")
        .at("/primary_field", "unknown_field")
        .at("/skills/1/field", "unknown_field");
}

#[test]
fn each_wrong_value_is_told_with_its_place() {
    let stage = Stage::new();
    let (hr, person) = (stage.hr(), stage.record("land", 3, 3));
    let skill = |key: &str, value: Value| {
        let skill = with(&json!({"field": "land", "level": 2, "years": 1}), key, value);
        ("skills", json!([skill]))
    };
    let absence = |key: &str, value: Value| {
        let absence = json!({"reason": "study", "from": "2026-03-02", "until": "2026-03-31"});
        ("absences", json!([with(&absence, key, value)]))
    };
    for ((key, value), pointer, code) in [
        (skill("level", json!(5)), "/skills/0/level", "invalid_value"),
        (skill("level", json!(-1)), "/skills/0/level", "invalid_value"),
        (skill("level", json!("3")), "/skills/0/level", "wrong_type"),
        (skill("level", json!(2.5)), "/skills/0/level", "wrong_type"),
        (skill("years", json!(61)), "/skills/0/years", "invalid_value"),
        (
            skill("last_worked", json!("31/08/2024")),
            "/skills/0/last_worked",
            "invalid_value",
        ),
        (skill("grade", json!(3)), "/skills/0/grade", "unknown_key"),
        (
            ("skills", json!([["land", 3, 1, true]])),
            "/skills/0",
            "wrong_type",
        ),
        (("skills", json!({})), "/skills", "wrong_type"),
        (
            (
                "skills",
                json!([{"field": "land", "level": 1}, {"field": "land", "level": 2}]),
            ),
            "/skills/1/field",
            "duplicate",
        ),
        (
            absence("until", json!("2026-03-01")),
            "/absences/0/until",
            "before_start",
        ),
        (
            absence("until", json!("2026-02-30")),
            "/absences/0/until",
            "invalid_value",
        ),
        (
            absence("until", json!("31/03/2026")),
            "/absences/0/until",
            "invalid_value",
        ),
        (
            absence("reason", json!("cold feet")),
            "/absences/0/reason",
            "unknown_value",
        ),
        (
            absence("diagnosis", json!("x")),
            "/absences/0/diagnosis",
            "unknown_key",
        ),
        (("category", json!("boss")), "/category", "unknown_value"),
        (("full_name", json!(" ")), "/full_name", "invalid_value"),
        (("languages", json!(["K'Ho"])), "/languages/0", "invalid_value"),
        (("province", json!(ELSEWHERE)), "/province", "unknown_key"),
        (("volunteer", json!("yes")), "/volunteer", "wrong_type"),
    ] {
        hr.post("/staff", with(&person, key, value))
            .problem(422, "validation_failed")
            .at(pointer, code);
    }
    for key in [
        "staff_number",
        "full_name",
        "department",
        "category",
        "primary_field",
        "home_unit",
    ] {
        hr.post("/staff", with(&person, key, None))
            .problem(422, "validation_failed")
            .at(&format!("/{key}"), "missing");
    }
    assert_eq!(items(&hr, "/staff"), Vec::<Value>::new(), "nothing was stored");
}

#[test]
fn days_of_other_ages_do_no_harm() {
    for stage in [Stage::new(), Stage::on(Engine::Postgres)] {
        let hr = stage.hr();
        for day in [
            "-0044-03-15",
            "0001-01-01",
            "9999-12-31",
            "+10000-01-01",
            "+262142-12-31",
        ] {
            let mut person = stage.record("land", 3, 3);
            person["absences"] = json!([{"reason": "leave", "from": day, "until": day}]);
            let answer = hr.post("/staff", person);
            assert!([201, 422].contains(&answer.status), "{day}: {answer}");
            if answer.status == 201 {
                assert_eq!(hr.get(&answer.location()).ok()["absences"][0]["from"], day);
            }
        }
    }
}
