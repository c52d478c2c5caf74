//! The roster: what a person's record takes, how people are found, and how their records change.

use crate::harness::{ELSEWHERE, Server};
use crate::stage::{Stage, encoded, id, items, with};
use cadre::auth::Role;
use serde_json::{Value, json};

#[test]
fn a_person_is_added_whole_with_skills_and_absences() {
    let stage = Stage::new();
    let hr = stage.hr();
    let mut person = with(&stage.record("land", 4, 3), "full_name", json!("  Đặng Thị Ánh "));
    person["skills"] = json!([
        {"field": "land", "level": 4, "years": 12, "verified": true},
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
            {"field": "justice", "level": 2, "years": 0, "verified": false},
            {"field": "land", "level": 4, "years": 12, "verified": true},
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
    let stage = Stage::new();
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

#[test]
fn people_are_found_by_words_of_their_name_and_by_what_they_are() {
    let stage = Stage::new();
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
        (found.sort(), names.sort());
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
    let skills = json!({"skills": [{"field": "justice", "level": 1, "years": 2, "verified": false}]});
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
    let elsewhere = Server::signed_in_at(&stage.server, ELSEWHERE, Role::Hr);
    assert_eq!(items(&elsewhere, "/staff"), Vec::<Value>::new());
}
