//! Every registered term is checked: for each, a plan is spoilt in just the way the term forbids or
//! counts, and the checker must name that term.

use super::{Disagreement, check};
use crate::plan::{Plan, Value};
use crate::support::{base, land_people, need, pin, solved, team};
use crate::terms::REGISTRY;
use crate::{Instance, Problem, Together};

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
