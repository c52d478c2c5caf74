//! `cadre explain`, `cadre solve --explain` and `cadre replan`, on the example that the solver's README tells.

use crate::{PROBLEM, ended, run};
use serde_json::{Value, json};
use std::path::PathBuf;
use tempfile::TempDir;

/// Who serves nowhere.
const AT_HOME: &str = "Dung Mẫu";

fn explain(arguments: &[&str]) -> (String, String) {
    ended(&run(&[&["explain", PROBLEM], arguments].concat()), 0)
}

fn explained(arguments: &[&str]) -> Value {
    let (json, err) = explain(&[arguments, &["--format", "json"]].concat());
    assert!(err.is_empty(), "{err}");
    serde_json::from_str(&json).unwrap()
}

#[track_caller]
fn refused(arguments: &[&str], code: i32, told: &str) {
    let (out, err) = ended(&run(arguments), code);
    assert!(out.is_empty() && err.contains(told), "{told} in {err}");
}

/// A file of this content.
fn file(content: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.json");
    std::fs::write(&path, content).unwrap();
    (folder, path)
}

/// What `cadre solve` prints as JSON, in a file.
fn plan(arguments: &[&str]) -> (TempDir, PathBuf) {
    file(
        &ended(
            &run(&[&["solve", PROBLEM, "--format", "json"], arguments].concat()),
            0,
        )
        .0,
    )
}

#[test]
fn every_empty_seat_says_what_is_in_the_way() {
    let all = explained(&[]);
    let needs: Vec<_> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|found| &found["need"])
        .collect();
    assert_eq!(needs, ["border-justice", "da-lat-finance", "tan-ha-land"]);
    let (english, _) = explain(&[]);
    for part in [
        "border-justice",
        "nobody may serve here",
        "24916 has the 2 people that it can absorb",
    ] {
        assert!(english.contains(part), "{part} in {english}");
    }
    let (vietnamese, _) = explain(&["--lang", "vi"]);
    assert!(
        vietnamese.contains("24916 đã tiếp nhận đủ 2 người"),
        "{vietnamese}"
    );
}

#[test]
fn a_need_tells_who_could_serve_and_who_does() {
    let filled = explained(&["need", "son-my-land"]);
    assert_eq!(filled["serving"], json!(["Giang Mẫu", "Khoa Mẫu"]));
    assert_eq!(
        (&filled["certificate"], &filled["funnel"]["filled"]),
        (&Value::Null, &json!(2))
    );
    let empty = explained(&["need", "tan-ha-land"]);
    assert_eq!(
        empty["certificate"]["bottlenecks"],
        json!([{"bottleneck": "unit_cap", "unit": "24916", "cap": 2}])
    );
    let (text, _) = explain(&["need", "son-my-land"]);
    assert!(text.ends_with("Serving there: Giang Mẫu, Khoa Mẫu.\n"), "{text}");
}

#[test]
fn people_are_explained_by_rules_and_by_chains_of_moves() {
    let why = explained(&["why", "An Mẫu"]);
    assert_eq!(
        (&why["place"]["need"], &why["pinned"]),
        (&json!("da-lat-it"), &json!(false))
    );
    assert_eq!(why["without"]["moves"][0]["person"], "An Mẫu");
    let chain = explained(&["why-not", "Giang Mẫu", "nam-da-land"]);
    assert_eq!(
        (&chain["answer"], &chain["person"]),
        (&json!("chain"), &json!("Giang Mẫu"))
    );
    let conflict = explained(&["why-not", "Minh Mẫu", "da-lat-finance"]);
    assert_eq!(conflict["reasons"], json!(["conflict_of_interest"]));
    let (text, _) = explain(&["why-not", "Minh Mẫu", "da-lat-finance", "--lang", "vi"]);
    assert!(text.contains("có xung đột lợi ích"), "{text}");
}

#[test]
fn rules_have_prices_and_wishes_are_counted() {
    let prices = explained(&["prices"]);
    let rules: Vec<_> = prices
        .as_array()
        .unwrap()
        .iter()
        .map(|price| &price["rule"]["rule"])
        .collect();
    assert!(
        rules.contains(&&json!("rest_days")) && rules.contains(&&json!("pin")),
        "{rules:?}"
    );
    assert_eq!(explained(&["envy"])["asked"], 0);
    let (text, _) = explain(&["prices"]);
    assert!(text.contains("The rest window: costs no seat"), "{text}");
}

#[test]
fn changes_can_be_tried_by_flags_and_from_a_file() {
    let two = ["--unit-cap", "24916", "3", "--keep", "nnmt", "land", "0"];
    let of_flags = explained(&[&["what-if", "--withdraw", "An Mẫu"], &two[..]].concat());
    assert_eq!(of_flags["gain"], json!({"tan-ha-land": 1}), "{of_flags}");
    let (_folder, edits) = file(
        &json!([
            {"edit": "withdraw", "person": "An Mẫu"},
            {"edit": "field_floor", "department": "nnmt", "field": "land", "floor": 0},
            {"edit": "unit_cap", "unit": "24916", "cap": 3},
        ])
        .to_string(),
    );
    let edits = edits.to_str().unwrap();
    assert_eq!(explained(&["what-if", "--edits", edits]), of_flags);
    for flags in [
        &["--pin", "Giang Mẫu", "nam-da-land"][..],
        &["--unpin", "Chi Mẫu"],
        &["--forbid", "An Mẫu", "da-lat-it"],
        &["--waive", "Minh Mẫu", "da-lat-finance", "travel_limit"],
        &["--release", "khcn", "none"],
        &["--max", "none"],
        &["--keep", "nnmt", "land", "2"],
        &["--headcount", "da-lat-it", "2"],
        &["--rest-days", "0"],
        &["--travel-limit", "400"],
    ] {
        explained(&[&["what-if"], flags].concat());
    }
}

#[test]
fn a_plan_that_is_given_is_explained_and_not_another() {
    let (_folder, path) = plan(&["--explain", "--seed", "7"]);
    let path = path.to_str().unwrap();
    explained(&["--plan", path, "why", "An Mẫu"]);
    explained(&["why", "An Mẫu", "--plan", path]);
    // no limit is reached where nothing is solved
    let nothing = &["--memory-limit-mib", "0"];
    explained(&[&["--plan", path, "need", "son-my-land"][..], nothing].concat());
    // what can be told without a trial is told
    let why = ["explain", PROBLEM, "--plan", path, "why", "An Mẫu"];
    let (told, _) = ended(&run(&[&why[..], nothing].concat()), 5);
    assert!(
        told.contains("fit_level") && told.contains("did not suffice"),
        "{told}"
    );
    let question = ["explain", PROBLEM, "what-if", "--withdraw", "An Mẫu"];
    refused(
        &[&question[..], &["--plan", path], nothing].concat(),
        5,
        "ran out of its time or memory",
    );
    refused(&[&question[..], nothing].concat(), 4, "MiB");
    refused(
        &[&question[..], &["--plan", PROBLEM]].concat(),
        3,
        "holds no plan",
    );
    let other = std::fs::read_to_string(path)
        .unwrap()
        .replacen("An Mẫu", "Nobody", 1);
    let (_folder, other) = file(&other);
    let other = other.to_str().unwrap();
    refused(
        &[&question[..], &["--plan", other]].concat(),
        3,
        "does not answer this problem",
    );
}

#[test]
fn questions_without_an_answer_are_refused_in_both_languages() {
    let ask = |question: &[&str], code: i32, told: &str| {
        refused(&[&["explain", PROBLEM], question].concat(), code, told);
    };
    ask(&["why", "Nobody"], 3, "no person `Nobody`");
    ask(&["why", "Nobody", "--lang", "vi"], 3, "không có người `Nobody`");
    ask(
        &["need", "nothing", "--lang", "vi"],
        3,
        "không có nhu cầu `nothing`",
    );
    ask(&["why", AT_HOME], 3, "serves nowhere");
    ask(&["why", AT_HOME, "--lang", "vi"], 3, "không được bố trí");
    ask(&["what-if", "--withdraw", "Nobody"], 3, "/edits/0/person");
    ask(
        &["what-if", "--pin", "Minh Mẫu", "da-lat-finance"],
        3,
        "conflict_of_interest",
    );
    ask(
        &["what-if", "--unit-cap", "24916", "x"],
        2,
        "--unit-cap takes a whole number",
    );
    ask(
        &["what-if", "--waive", "a", "b", "legal_bar", "--lang", "vi"],
        2,
        "--waive chỉ miễn được level_short",
    );
    ask(&["what-if", "--edits", PROBLEM], 3, "no list of changes");
    ask(&["what-if"], 2, "required arguments");
    refused(
        &["solve", PROBLEM, "--explain", "no-need"],
        3,
        "no need `no-need`",
    );
    // what can't be explained does not cost the plan
    let (out, err) = ended(&run(&["solve", PROBLEM, "--explain", "son-my-land"]), 3);
    assert!(err.contains("all 2 seats of the need are filled"), "{err}");
    assert_eq!(out, ended(&run(&["solve", PROBLEM]), 0).0);
    let asked = ["solve", PROBLEM, "--explain", "son-my-land", "--format", "json"];
    let shown: Value = serde_json::from_str(&ended(&run(&asked), 3).0).unwrap();
    assert!(
        shown["plan"]["assignments"].is_array() && shown["certificates"].is_null(),
        "{shown}"
    );
}

#[test]
fn a_solve_explains_its_empty_seats_if_asked() {
    let solve = |arguments: &[&str]| ended(&run(&[&["solve", PROBLEM], arguments].concat()), 0).0;
    let all: Value = serde_json::from_str(&solve(&["--explain", "--format", "json"])).unwrap();
    assert_eq!(all["plan"]["format"], "cadre-plan/1");
    assert!(all["engine"] == "network" && all["seconds"].is_f64(), "{all}");
    assert_eq!(all["certificates"], explained(&[]));
    let one: Value = serde_json::from_str(&solve(&["--format", "json", "--explain", "tan-ha-land"])).unwrap();
    assert_eq!(one["certificates"], json!([all["certificates"][2]]));
    let text = solve(&["--explain"]);
    assert!(text.contains("TIER") && text.contains("In the way:"), "{text}");
}

/// The plan of the example after she is gone.
fn replanned(plan: &str, arguments: &[&str]) -> String {
    let base = ["replan", PROBLEM, plan, "--withdraw", "Hà Mẫu"];
    ended(&run(&[&base[..], arguments].concat()), 0).0
}

fn assigned(replanned: &Value) -> Vec<&str> {
    let rows = replanned["plan"]["assignments"].as_array().unwrap().iter();
    rows.map(|row| row["person"].as_str().unwrap()).collect()
}

#[test]
fn a_withdrawal_is_planned_around_with_few_changes() {
    let (_folder, path) = plan(&[]);
    let path = path.to_str().unwrap();
    let after: Value = serde_json::from_str(&replanned(path, &["--format", "json"])).unwrap();
    let moves = after["changes"]["moves"].as_array().unwrap();
    assert_eq!(moves.len(), 2, "{}", after["changes"]);
    let people = assigned(&after);
    assert!(people.len() == 6 && !people.contains(&"Hà Mẫu"), "{people:?}");
    let kept = |plan: &Value| {
        let tiers = plan["score"].as_array().unwrap().iter();
        tiers.clone().find(|tier| tier["tier"] == "changes").unwrap()["value"]
            .as_i64()
            .unwrap()
    };
    let told = replanned(path, &["--announced", "--format", "json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert!(kept(&told["plan"]) > kept(&after["plan"]));
    let text = replanned(path, &["--lang", "vi"]);
    assert!(
        text.starts_with("Những thay đổi:\n") && text.contains("Hà Mẫu rời nam-da-land"),
        "{text}"
    );
    refused(&["replan", PROBLEM, path], 2, "required arguments");
    refused(&["replan", PROBLEM, PROBLEM, "--max", "1"], 3, "holds no plan");
}

#[test]
fn what_was_planned_anew_can_be_asked_about_replayed_and_planned_anew_again() {
    let (_folder, path) = plan(&[]);
    let told = replanned(path.to_str().unwrap(), &["--announced", "--format", "json"]);
    // problem and plan in one
    let (_folder, next) = file(&told);
    let next = next.to_str().unwrap();
    ended(&run(&["explain", next, "--plan", next]), 0);
    ended(&run(&["replay", next, next]), 0);
    let again = ["replan", next, next, "--withdraw", "An Mẫu", "--format", "json"];
    let again: Value = serde_json::from_str(&ended(&run(&again), 0).0).unwrap();
    // whoever was told of the first plan still is; the one who joined has not been
    let base = again["problem"]["base"].as_array().unwrap();
    let untold = base.iter().filter(|line| line["announced"] != true);
    assert_eq!((base.len(), untold.count()), (6, 1), "{base:?}");
    let people = assigned(&again);
    assert!(
        !people.contains(&"Hà Mẫu") && !people.contains(&"An Mẫu"),
        "{people:?}"
    );
    // what is wrong with the problem is told with its place in the file
    let (_folder, twice) = file(&told.replacen("\"title\":", "\"title\": \"\", \"title\":", 1));
    refused(&["solve", twice.to_str().unwrap()], 3, "/problem/title");
}

#[test]
fn in_the_middle_of_a_term_what_is_left_of_it_counts() {
    let (_folder, path) = plan(&[]);
    let path = path.to_str().unwrap();
    let rest = replanned(path, &["--from", "2026-09-10", "--format", "json"]);
    let problem = &serde_json::from_str::<Value>(&rest).unwrap()["problem"];
    assert_eq!(problem["term"]["start"], "2026-09-10");
    // whatever the order of the flags, she withdraws from what is left
    let mut people = problem["people"].as_array().unwrap().iter();
    let gone = people.find(|person| person["id"] == "Hà Mẫu").unwrap();
    assert_eq!(gone["unavailable"][0]["from"], "2026-09-10", "{gone}");
    refused(
        &["replan", PROBLEM, path, "--from", "2020-01-01"],
        3,
        "can't start earlier",
    );
}
