//! `cadre replay`: whoever gets a plan sees for themselves where it came from.

use crate::{PROBLEM, ended, run};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The example's plan under another seed than the usual one, in a file, after `spoil` had its way with it.
fn plan(spoil: impl FnOnce(&mut Value)) -> (TempDir, PathBuf) {
    let solve = run(&["solve", PROBLEM, "--seed", "7", "--format", "json"]);
    let mut plan: Value = serde_json::from_str(&ended(&solve, 0).0).unwrap();
    spoil(&mut plan);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.json");
    std::fs::write(&path, plan.to_string()).unwrap();
    (folder, path)
}

fn replay(problem: &str, plan: &Path, more: &[&str], code: i32) -> (String, String) {
    let arguments = [&["replay", problem, plan.to_str().unwrap()], more].concat();
    ended(&run(&arguments), code)
}

#[test]
fn a_stored_plan_comes_out_once_more() {
    let (_folder, plan) = plan(|_| {});
    let (told, err) = replay(PROBLEM, &plan, &[], 0);
    assert!(told.starts_with("Reproduced: ") && err.is_empty(), "{told}{err}");
    let (told, _) = replay(PROBLEM, &plan, &["--lang", "vi"], 0);
    assert!(told.starts_with("Tái lập được: "), "{told}");
    let found: Value = serde_json::from_str(&replay(PROBLEM, &plan, &["--format", "json"], 0).0).unwrap();
    assert_eq!(found["verdict"], "reproduced", "{found}");
    assert_eq!(found["plan_hash"]["agrees"], json!(true), "{found}");
    assert_eq!(found["status"], json!("solved"), "{found}");
}

#[test]
fn a_plan_that_somebody_changed_is_found_out() {
    // the checker knows the place
    let (_folder, spoilt) = plan(|plan| drop(plan["assignments"].as_array_mut().unwrap().pop()));
    let (told, err) = replay(PROBLEM, &spoilt, &[], 3);
    assert!(
        told.is_empty() && err.contains("the checker does not agree"),
        "{told}{err}"
    );
    // a seed that is not its own is no fault in itself, but it gives another plan
    let (_folder, spoilt) = plan(|plan| {
        let other = run(&["solve", PROBLEM, "--seed", "8", "--format", "json"]);
        *plan = serde_json::from_str(&ended(&other, 0).0).unwrap();
        plan["solver_version"] = json!("0.0.1");
        plan["seed"] = json!(7);
    });
    let (told, _) = replay(PROBLEM, &spoilt, &[], 3);
    assert!(told.contains("Take version 0.0.1"), "{told}");
}

#[test]
fn a_plan_of_another_problem_is_told_without_a_solve() {
    let (_folder, plan) = plan(|_| {});
    let other = concat!(env!("CARGO_MANIFEST_DIR"), "/data/examples/clinic-nurses.json");
    let (told, err) = replay(other, &plan, &[], 3);
    assert!(told.contains("another problem") && err.is_empty(), "{told}{err}");
}

#[test]
fn where_nothing_comes_out_stderr_says_why() {
    let (_folder, plan) = plan(|_| {});
    let (told, err) = replay(PROBLEM, &plan, &["--memory-limit-mib", "0"], 4);
    assert!(
        told.contains("came to no plan") && err.contains("MiB"),
        "{told}{err}"
    );
}
