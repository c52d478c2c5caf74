//! Every registered term is checked: for each, a plan is spoilt in just the way the term forbids or
//! counts, and the checker must name that term. And every one is told: the head of its file says in
//! words what both the term and its check work out.

use super::{Disagreement, check};
use crate::plan::{Plan, Value};
use crate::support::{base, land_people, need, pin, solved, team};
use crate::terms::{Kind, REGISTRY};
use crate::{Instance, Problem, Together};
use std::collections::BTreeSet;
use std::fs;

/// Two land people, two units with one seat each, every rule just met by a plan that sends both.
fn tight() -> (Problem, Plan) {
    let mut problem = land_people(2, 2);
    problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u2", "land", 1)];
    problem.pins = vec![pin("p1", "n1")];
    problem.base = vec![base("p1", "n1")];
    problem.people[0].past_secondments = 1;
    problem.people[0].skills[0].last_worked = "2026-01-31".parse().ok();
    problem.people[0].preferences = vec!["u1".into()];
    let plan = solved(&problem);
    (problem, plan)
}

/// What the checker says when the rules are changed behind a finished plan's back.
fn after(change: impl Fn(&mut Problem, &mut Plan)) -> Vec<Disagreement> {
    let (mut problem, mut plan) = tight();
    let mut instance = compiled(&problem);
    change(&mut problem, &mut plan);
    // pins forbid to compile some of these rules, which is why the document is swapped underneath
    instance.problem = problem;
    check(&instance, &plan).err().unwrap_or_default()
}

fn compiled(problem: &Problem) -> Instance {
    problem
        .clone()
        .compile()
        .unwrap_or_else(|invalid| panic!("{invalid}"))
}

fn spoil(id: &str) -> Option<Vec<Disagreement>> {
    let miscount = |id: &str| {
        after(|_, plan| {
            for score in &mut plan.score {
                if let Some(term) = score.terms.get_mut(id) {
                    term.measure += 1;
                }
            }
        })
    };
    Some(match id {
        "person_once" => after(|_, plan| plan.assignments[1].person = "p1".into()),
        "need_headcount" => after(|_, plan| plan.assignments[1].need = "n1".into()),
        "unit_cap" => after(|problem, _| problem.units[0].cap = Some(0)),
        "department_release" => after(|problem, _| problem.departments[0].release_cap = Some(1)),
        "field_floor" => {
            after(|problem, _| problem.departments[0].field_floors = [("land".into(), 1)].into())
        }
        "max_secondments" => after(|problem, _| problem.policy.max_secondments = Some(1)),
        "speaker" => after(|problem, _| problem.units[0].speaker = vec!["mnong".into()]),
        "senior" => after(|problem, _| problem.needs[1].senior_from = Some(3)),
        "field_cap" => after(|problem, _| problem.policy.field_caps = [("land".into(), 1)].into()),
        "travel_budget" => after(|problem, plan| {
            problem.policy.travel_budget_minutes = Some(0);
            plan.assignments[0].travel_minutes = 1;
        }),
        "change_budget" => after(|problem, _| {
            problem.policy.change_budget = Some(0);
            problem.base.push(base("p2", "n1"));
        }),
        "couples" => after(|problem, _| {
            problem.teams = vec![team("t1", &["p1", "p2"], Together::SameUnit)];
        }),
        "teams" => after(|problem, plan| {
            problem.teams = vec![team("t1", &["p1", "p2"], Together::AllOrNone)];
            plan.assignments.truncate(1);
        }),
        "pins" => after(|_, plan| drop(plan.assignments.remove(0))),
        "unit_balance" => after(|_, plan| {
            for score in &mut plan.score {
                if let Value::Ladder(rungs) = &mut score.value {
                    rungs[0].units += 1;
                }
            }
        }),
        "kept_announced" | "kept_planned" | "burden_history" | "burden_hardship" | "preference_person"
        | "preference_unit" | "critical_filled" | "headcount_filled" | "priority_filled" | "fit_level"
        | "fit_verified" | "fit_experience" | "fit_recency" | "fit_language" | "travel_minutes"
        | "tie_break" => miscount(id),
        _ => return None,
    })
}

#[test]
fn every_registered_term_is_checked() {
    for term in REGISTRY {
        let findings = spoil(term.id).unwrap_or_else(|| panic!("no parity case for `{}`", term.id));
        let named = findings
            .iter()
            .any(|finding| finding.term.as_deref() == Some(term.id));
        assert!(named, "the checker does not name `{}`: {findings:#?}", term.id);
    }
}

/// What terms are counted in.
const UNITS: [&str; 7] = [
    "people",
    "seats",
    "lines",
    "points",
    "minutes",
    "secondments",
    "started buckets",
];

#[test]
fn every_registered_term_is_told_with_formula_unit_network_and_example() {
    let mut told = BTreeSet::new();
    let mut missing = Vec::new();
    for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/terms")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let head: Vec<_> = (text.lines())
            .map_while(|line| line.strip_prefix("//!"))
            .map(str::trim)
            .collect();
        let head = head.join(" ");
        let (rule, example) = head.split_once("Example: ").unwrap_or((head.as_str(), ""));
        // every other piece stands between back quotes
        let formula = (rule.split('`').skip(1).step_by(2))
            .any(|code| code.contains('x') && code.contains(['Σ', '=', '≤', '≥']));
        let unit = UNITS.iter().any(|unit| rule.contains(&format!(" in {unit}")));
        let mut expect = |what: &str, there: bool| {
            if !there {
                missing.push(format!("{}: {what}", path.display()));
            }
        };
        expect("a formula in `x`", formula);
        expect("a unit", unit);
        expect("an example", !example.is_empty());
        let is_here = |id: &str| text.contains(&format!("id: \"{id}\""));
        let terms: Vec<_> = (REGISTRY.iter()).filter(|term| is_here(term.id)).collect();
        expect("a registered term", !terms.is_empty());
        for term in terms {
            let breaks = matches!(term.kind, Kind::Rule(rule) if rule.breaks.is_some());
            let network = if breaks {
                "the general model solves"
            } else {
                "the model stays a network"
            };
            expect(network, rule.contains(network));
            told.insert(term.id);
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert_eq!(told.len(), REGISTRY.len());
}

#[test]
fn the_untouched_plan_passes() {
    assert!(after(|_, _| {}).is_empty());
}

#[test]
fn term_ids_are_unique() {
    let mut ids: Vec<_> = REGISTRY.iter().map(|term| term.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), REGISTRY.len());
}
