//! Problems and plans in files: their measures, their comparison, their schemas, without a database.

#![expect(
    clippy::unwrap_used,
    reason = "a test that fails panics; the lint knows #[test] functions only"
)]

use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

const PROBLEM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/examples/clinic-nurses.json");

fn cadre(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cadre"));
    command.args(arguments).env_clear().output().unwrap()
}

#[track_caller]
fn ended(arguments: &[&str], code: i32) -> (String, String) {
    let output = cadre(arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "stdout: {out}\nstderr: {err}");
    (out, err)
}

fn page() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/solve-your-own.md")).unwrap()
}

/// What stands in the page's code blocks of a language.
fn blocks(language: &str) -> Vec<String> {
    let page = page();
    let fence = format!("```{language}\n");
    (page.split(&fence).skip(1))
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_page_shows_the_example_and_what_comes_out() {
    assert_eq!(blocks("json"), [fs::read_to_string(PROBLEM).unwrap()]);
    let (table, _) = ended(&["solve", PROBLEM], 0);
    assert_eq!(blocks("text"), [table]);
}

#[test]
fn measures_are_shown_beside_the_plan() {
    let (plain, _) = ended(&["solve", PROBLEM], 0);
    let (table, _) = ended(&["solve", PROBLEM, "--measures"], 0);
    let rest = table.strip_prefix(&plain).unwrap();
    for part in [
        "seats filled",
        "Gini coefficient of units",
        "rest windows broken",
        "department St Anne sends",
    ] {
        assert!(rest.contains(part), "{part} in {rest}");
    }
    let (plan, _) = ended(&["solve", PROBLEM, "--format", "json"], 0);
    let (both, _) = ended(&["solve", PROBLEM, "--measures", "--format", "json"], 0);
    let both: Value = serde_json::from_str(&both).unwrap();
    assert_eq!(both["plan"], serde_json::from_str::<Value>(&plan).unwrap());
    assert_eq!(both["measures"]["burden"]["rest_breaches"], 0);
    let parts: Vec<_> = both.as_object().unwrap().keys().collect();
    assert_eq!(parts, ["engine", "measures", "plan", "seconds"]);
}

/// The plan of the example after a change, in a file.
fn solved(
    folder: &tempfile::TempDir,
    name: &str,
    flags: &[&str],
    change: impl Fn(&mut Value),
) -> (PathBuf, PathBuf) {
    let mut problem: Value = serde_json::from_str(&fs::read_to_string(PROBLEM).unwrap()).unwrap();
    change(&mut problem);
    let (file, plan) = (
        folder.path().join(format!("{name}.json")),
        folder.path().join(format!("{name}-plan.json")),
    );
    fs::write(&file, problem.to_string()).unwrap();
    let arguments = [&["solve", file.to_str().unwrap(), "--format", "json"], flags].concat();
    fs::write(&plan, ended(&arguments, 0).0).unwrap();
    (file, plan)
}

#[test]
fn two_plans_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let (problem, first) = solved(&folder, "before", &[], |_| {});
    // the hospital lets one more midwife go
    let (revised, second) = solved(&folder, "after", &["--measures"], |problem| {
        problem["departments"][0]["field_floors"]["midwifery"] = json!(0);
    });
    let [problem, revised, first, second] =
        [&problem, &revised, &first, &second].map(|path| path.to_str().unwrap());

    let (table, err) = ended(&["compare", problem, first, first], 0);
    assert!(
        table.starts_with("better   neither\n") && err.is_empty(),
        "{table}{err}"
    );

    let (table, err) = ended(&["compare", revised, first, second], 0);
    for part in [
        "the second, by tier headcount",
        "two, matched by ids",
        "PERSON",
        "harbour-midwives",
        "+1",
    ] {
        assert!(table.contains(part), "{part} in {table}");
    }
    assert!(
        err.contains("before-plan.json answers another state") && !err.contains("after-plan"),
        "{err}"
    );
    let (json, _) = ended(&["compare", revised, first, second, "--format", "json"], 0);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&json["better"], &json["decided_by"]),
        (&json!("second"), &json!("headcount"))
    );
    assert_eq!(json["needs"][0]["second"], 2);
}

#[test]
fn a_plan_that_is_none_or_not_true_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (problem, plan) = solved(&folder, "sound", &[], |_| {});
    let [problem, plan] = [&problem, &plan].map(|path| path.to_str().unwrap());
    let (_, err) = ended(&["compare", problem, plan, problem], 3);
    assert!(err.contains("sound.json holds no plan"), "{err}");
    let mut spoilt: Value = serde_json::from_str(&fs::read_to_string(plan).unwrap()).unwrap();
    spoilt["assignments"][0]["travel_minutes"] = json!(1);
    let file = folder.path().join("spoilt.json");
    fs::write(&file, spoilt.to_string()).unwrap();
    let (_, err) = ended(&["compare", problem, plan, file.to_str().unwrap()], 3);
    assert!(err.contains("/assignments/0/travel_minutes"), "{err}");
}

#[test]
fn the_schemas_are_printed() {
    for (document, text) in [
        ("problem", cadre_solver::schema::problem()),
        ("plan", cadre_solver::schema::plan()),
    ] {
        assert_eq!(ended(&["schema", document], 0).0, text);
    }
    ended(&["schema", "decision"], 2);
}
