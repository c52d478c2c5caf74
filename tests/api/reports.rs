//! Reports: their figures on a small round, who gets which part, and the formats.

use crate::harness::{Client, Server};
use crate::stage::{Stage, id, items};
use cadre::auth::Role;
use chrono::TimeDelta;
use serde_json::{Value, json};

const ABSENT: &str = "01980000-0000-7000-8000-000000000000";

/// Three people who serve in three units, one of them not where four seats were asked for; and their term is over.
fn round_that_is_over() -> Stage {
    let stage = Stage::new();
    for _ in 0..3 {
        stage.person("land", 3);
    }
    stage.need(0, "land", 1);
    stage.need(1, "land", 1);
    stage.need(2, "land", 2);
    stage.need(3, "justice", 1);
    stage.draft(4, "justice", 9);
    stage.in_force();
    stage.server.pass(TimeDelta::days(120));
    stage
}

fn rate(stage: &Stage, unit: usize, rating: &str) {
    let evaluator = stage
        .server
        .signed_in_for(Role::Evaluator, &stage.units[unit..=unit]);
    for evaluation in items(&evaluator, "/evaluations?status=due") {
        let path = format!("/evaluations/{}/submission", id(&evaluation));
        evaluator.step(&path, "\"1\"", json!({"rating": rating})).ok();
    }
}

fn report(stage: &Stage, client: &Client, name: &str) -> Value {
    client.get(&format!("/reports/{name}?round={}", stage.round)).ok()
}

/// The report in this format and language, as text.
fn drawn(stage: &Stage, name: &str, accept: &str, language: &str) -> String {
    let path = format!("/reports/{name}?round={}", stage.round);
    let answer = stage
        .hr()
        .request("GET", &path)
        .header("Accept", accept)
        .header("Accept-Language", language)
        .send()
        .status(200);
    assert!(
        answer.header("Content-Type").unwrap().starts_with(accept),
        "{answer}"
    );
    assert_eq!(answer.header("Content-Language"), Some(language));
    String::from_utf8(answer.body).unwrap()
}

#[test]
fn the_evaluation_summary_counts_everyone_and_explains_its_sum() {
    let stage = round_that_is_over();
    let none = report(&stage, &stage.hr(), "evaluation-summary");
    assert_eq!(
        (
            &none["secondments"],
            &none["results"][3]["count"],
            &none["results"][3]["percent"]
        ),
        (&json!(3), &json!(3), &json!(100.0))
    );
    rate(&stage, 0, "excellent");
    rate(&stage, 1, "good");
    let summary = report(&stage, &stage.hr(), "evaluation-summary");
    let shares: Vec<(&str, i64, f64)> = summary["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|share| {
            (
                share["result"].as_str().unwrap(),
                share["count"].as_i64().unwrap(),
                share["percent"].as_f64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        shares,
        [
            ("excellent", 1, 33.3),
            ("good", 1, 33.3),
            ("complete", 0, 0.0),
            ("not_evaluated", 1, 33.3)
        ]
    );
    assert_eq!(summary["percent_sum"], 99.9);
    assert!(
        summary["note"]["vi"].as_str().unwrap().contains("99,9"),
        "{summary}"
    );
}

#[test]
fn coverage_and_skill_gap_count_seats() {
    let stage = round_that_is_over();
    let coverage = report(&stage, &stage.hr(), "coverage");
    assert_eq!(
        coverage["total"],
        json!({"asked": 5, "filled": 3, "percent": 60.0})
    );
    let codes = |key: &str| -> Vec<Value> {
        let units = coverage[key].as_array().unwrap();
        units.iter().map(|unit| unit["code"].clone()).collect()
    };
    assert_eq!(codes("units_with_nobody"), [json!(stage.units[3])]);
    assert_eq!(codes("units_not_asking").len(), stage.units.len() - 4);
    let gap = report(&stage, &stage.hr(), "skill-gap");
    let rows: Vec<_> = gap["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                &row["field"]["code"],
                &row["asked"],
                &row["filled"],
                &row["missing"],
            )
        })
        .collect();
    assert_eq!(rows.len(), 2);
    assert!(
        rows.contains(&(&json!("land"), &json!(4), &json!(3), &json!(1))),
        "{rows:?}"
    );
    assert!(
        rows.contains(&(&json!("justice"), &json!(1), &json!(0), &json!(1))),
        "{rows:?}"
    );
    let land = gap["fields"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["field"]["code"] == "land");
    assert_eq!(land.unwrap()["levels"][0]["able"], 3);
}

#[test]
fn a_secretary_gets_the_own_units_part_and_no_more() {
    let stage = round_that_is_over();
    let secretary = stage.server.signed_in(Role::CommuneSecretary);
    let coverage = report(&stage, &secretary, "coverage");
    let units = coverage["units"].as_array().unwrap();
    assert_eq!(units.len(), 1);
    assert_eq!(units[0]["unit"]["code"], json!(stage.units[0]));
    assert_eq!(
        coverage["total"],
        json!({"asked": 1, "filled": 1, "percent": 100.0})
    );
    assert_eq!(
        (&coverage["units_with_nobody"], &coverage["units_not_asking"]),
        (&json!([]), &json!([]))
    );
    let names: Vec<Value> = items(&secretary, "/reports")
        .iter()
        .map(|entry| entry["name"].clone())
        .collect();
    assert_eq!(names, ["coverage"]);
    for name in ["evaluation-summary", "skill-gap"] {
        secretary
            .get(&format!("/reports/{name}?round={}", stage.round))
            .problem(403, "forbidden");
    }
    let all = items(&stage.hr(), "/reports");
    assert_eq!(all.len(), 3);
}

#[test]
fn a_csv_opens_in_a_spreadsheet_and_runs_nothing() {
    let stage = Stage::new();
    let hr = stage.hr();
    let field =
        json!({"code": "x", "position": 20, "name_vi": "=HYPERLINK(\"http://x\")", "name_en": "@SUM(1+1)"});
    hr.post("/fields", field).created();
    let path = format!("/rounds/{}", stage.round);
    let etag = hr.get(&path).etag();
    hr.patch(&path, &etag, json!({"fields": ["x"]})).ok();
    stage.need(0, "x", 2);
    for (language, cell, heading) in [
        (
            "vi",
            "\"'=HYPERLINK(\"\"http://x\"\")\"",
            "Mã đơn vị,Đơn vị,Lĩnh vực",
        ),
        ("en", "'@SUM(1+1)", "Unit code,Unit,Field"),
    ] {
        let csv = drawn(&stage, "coverage", "text/csv", language);
        let csv = csv.strip_prefix('\u{feff}').expect("a byte order mark");
        assert!(csv.starts_with(heading), "{csv}");
        assert!(csv.ends_with("\r\n") && csv.matches('\n').count() == csv.matches("\r\n").count());
        assert!(csv.contains(&format!(",{cell},2,0,0.0\r\n")), "{csv}");
        assert!(
            !csv.contains(",=") && !csv.contains(",@") && !csv.contains(",\"="),
            "{csv}"
        );
    }
}

#[test]
fn a_drawing_is_whole_and_names_the_units() {
    let stage = round_that_is_over();
    let path = format!("/rounds/{}", stage.round);
    let etag = stage.hr().get(&path).etag();
    let name = json!({"name": "Đợt <script>alert(\"1\")</script> & more"});
    stage.hr().patch(&path, &etag, name).ok();
    let svg = drawn(&stage, "coverage", "image/svg+xml", "vi");
    let document = roxmltree::Document::parse(&svg).unwrap();
    assert_eq!(document.root_element().tag_name().name(), "svg");
    let texts: Vec<String> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "text")
        .map(|node| node.text().unwrap_or_default().to_owned())
        .collect();
    for unit in &stage.units[..4] {
        let listed = items(&stage.hr(), "/units?limit=200");
        let listed = listed.iter().find(|row| row["code"] == json!(unit)).unwrap();
        assert!(
            texts.contains(&listed["name_vi"].as_str().unwrap().to_owned()),
            "{texts:?}"
        );
    }
    for text in ["1/2", "0/1", "3/5"] {
        assert!(texts.iter().any(|found| found == text), "{text} in {texts:?}");
    }
    assert!(
        !document
            .descendants()
            .any(|node| node.tag_name().name() == "script")
    );
    // Where there is no drawing, JSON is what comes.
    let summary = format!("/reports/evaluation-summary?round={}", stage.round);
    let answer = stage
        .hr()
        .request("GET", &summary)
        .header("Accept", "image/svg+xml")
        .send();
    assert_eq!(answer.header("Content-Type"), Some("application/json"));
}

#[test]
fn reports_that_are_not_there() {
    let server = Server::start();
    let hr = server.signed_in(Role::Hr);
    hr.get(&format!("/reports/gossip?round={ABSENT}"))
        .problem(404, "not_found");
    for name in ["coverage", "skill-gap", "evaluation-summary"] {
        hr.get(&format!("/reports/{name}?round={ABSENT}"))
            .problem(404, "not_found");
        for query in ["", "?round=first", "?period=1"] {
            hr.get(&format!("/reports/{name}{query}"))
                .problem(400, "malformed_request");
        }
    }
    hr.get("/reports/coverage")
        .problem(400, "malformed_request")
        .at("?round", "bad_parameter");
}
