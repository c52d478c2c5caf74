//! Ctrl-C while a problem is being solved.

use crate::{cadre, ended};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::process::{Output, Stdio};
use std::time::Duration;

const FIELDS: [&str; 3] = ["land", "it", "health"];
const PRIORITIES: [&str; 4] = ["low", "normal", "high", "critical"];

/// Invented people and needs under rules that keep the solver busy for ten seconds.
pub(crate) fn long_problem() -> Value {
    let mut state = 7_u64;
    let mut below = |most: u64| {
        state = (state * 1_103_515_245 + 12_345) % (1 << 31);
        (state >> 8) % most
    };
    let field = |at: u64| FIELDS[usize::try_from(at % 3).unwrap()];
    let mut needs = Vec::new();
    let mut people = Vec::new();
    let mut units = Vec::new();
    let thousandths =
        |from: u64, more: u64| json!(f64::from(u32::try_from(1000 * from + more).unwrap()) / 1000.0);
    for nth in 0..40 {
        let (lat, lon) = (thousandths(11, below(1000)), thousandths(107, below(1000)));
        units.push(json!({"id": format!("u{nth}"), "lat": lat, "lon": lon}));
    }
    for nth in 0..120 {
        let (lat, lon) = (thousandths(11, below(1000)), thousandths(107, below(1000)));
        let own = below(3);
        let skill = |at, level| json!({"field": field(at), "level": level});
        people.push(json!({
            "id": format!("p{nth}"), "department": "home", "category": "civil_servant",
            "primary_field": field(own), "lat": lat, "lon": lon,
            "skills": [skill(own, below(5)), skill(own + 1, below(5))],
        }));
    }
    for nth in 0..160 {
        needs.push(json!({
            "id": format!("n{nth}"), "unit": format!("u{}", below(40)), "field": field(below(3)),
            "headcount": 1, "min_level": below(3),
            "priority": PRIORITIES[usize::try_from(below(4)).unwrap()],
        }));
    }
    let couple = |nth: usize| {
        let members = [2 * nth, 2 * nth + 1].map(|member| format!("p{member}"));
        json!({"id": format!("t{nth}"), "members": members, "together": "same_unit"})
    };
    json!({
        "format": "cadre-problem/1",
        "term": {"start": "2026-08-01", "end": "2026-10-31"},
        "fields": FIELDS.map(|id| json!({"id": id})), "departments": [{"id": "home"}],
        "units": units, "people": people, "needs": needs, "teams": (0..15).map(couple).collect::<Vec<_>>(),
        "policy": {"travel_budget_minutes": 3_600, "field_caps": {"land": 30}},
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "what is waited for is another program's"
)]
fn wait(duration: Duration) {
    std::thread::sleep(duration);
}

/// Whether a process has something to do on SIGINT.
fn listens(pid: u32) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let caught = status
        .lines()
        .find_map(|line| line.strip_prefix("SigCgt:"))
        .unwrap();
    u64::from_str_radix(caught.trim(), 16).unwrap() & 0b10 != 0
}

/// A solve on which Ctrl-C is pressed some time after it began to listen.
fn interrupted(file: &str, after: Duration) -> Output {
    let mut child = cadre(&["solve", file, "--time-limit", "600", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !listens(child.id()) {
        assert!(child.try_wait().unwrap().is_none(), "it ended at once");
        wait(Duration::from_millis(5));
    }
    wait(after);
    kill_process(Pid::from_child(&child), Signal::INT).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn ctrl_c_gives_the_best_plan_so_far() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("problem.json");
    std::fs::write(&file, long_problem().to_string()).unwrap();
    // how soon there is a plan, and then one with anybody in it, depends on the machine
    let stopped = (0..6).find_map(|doubled| {
        let output = interrupted(file.to_str().unwrap(), Duration::from_secs(1 << doubled));
        let plan: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        let placed = plan["assignments"]
            .as_array()
            .is_some_and(|placed| !placed.is_empty());
        placed.then_some((output, plan))
    });
    let (output, plan) = stopped.expect("a plan with somebody in it within half a minute");
    let (_, told) = ended(&output, 5);
    assert_eq!(
        (&plan["format"], &plan["optimal"]),
        (&json!("cadre-plan/1"), &json!(false))
    );
    assert!(told.contains("stopped; this is the best plan so far"), "{told}");
}
