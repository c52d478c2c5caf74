//! Spoilt plans: whatever is changed in a plan, the checker says so.
#![allow(
    clippy::allow_attributes,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a helper that fails fails its test"
)]

mod support;

use cadre_solver::{
    Disagreement, Finding, Instance, Plan, Problem, Proof, Settings, Tier, Value, check, solve,
};

fn district_office() -> (Instance, Plan) {
    let json = include_str!("../../data/examples/district-office.json");
    let mut problem: Problem = serde_json::from_str(json).unwrap();
    // so that every tier is in force
    let (person, need) = ("Chi Mẫu", &problem.pins[0].need);
    problem.base = vec![support::base(person, need.as_str())];
    problem.people[0].past_secondments = 1;
    problem.people[0].preferences = vec![problem.units[0].id.clone()];
    let instance = problem.compile().unwrap();
    let plan = solve(&instance, &Settings::default(), &mut |_| {})
        .plan()
        .unwrap()
        .clone();
    (instance, plan)
}

fn findings(spoil: impl Fn(&mut Plan)) -> Vec<Disagreement> {
    let (instance, mut plan) = district_office();
    spoil(&mut plan);
    check(&instance, &plan).err().unwrap_or_default()
}

fn at(plan: &Plan, person: &str) -> usize {
    plan.assignments
        .iter()
        .position(|row| row.person.as_str() == person)
        .unwrap()
}

#[track_caller]
fn says(finding: Finding, term: Option<&str>, spoil: impl Fn(&mut Plan)) {
    let findings = findings(spoil);
    let said = (findings.iter())
        .any(|row| row.finding == finding && (term.is_none() || row.term.as_deref() == term));
    assert!(said, "not said: {finding} {term:?}; but: {findings:#?}");
}

#[test]
fn the_plan_as_it_is_passes() {
    assert_eq!(findings(|_| {}), []);
}

#[test]
fn an_extra_seat() {
    says(Finding::RuleBroken, Some("need_headcount"), |plan| {
        let mut extra = plan.assignments[at(plan, "An Mẫu")].clone();
        extra.person = "Khoa Mẫu".into();
        plan.assignments.retain(|row| row.person.as_str() != "Khoa Mẫu");
        plan.assignments.push(extra);
    });
}

#[test]
fn a_person_sent_twice() {
    says(Finding::RuleBroken, Some("person_once"), |plan| {
        let extra = plan.assignments[0].clone();
        plan.assignments.push(extra);
    });
}

#[test]
fn a_dropped_pin() {
    says(Finding::RuleBroken, Some("pins"), |plan| {
        plan.assignments.remove(at(plan, "Chi Mẫu"));
    });
}

#[test]
fn people_who_may_not_go() {
    for person in ["Dung Mẫu", "Lan Mẫu", "Nga Mẫu", "Phúc Mẫu", "Quân Mẫu"] {
        says(Finding::Ineligible, None, |plan| {
            let at = at(plan, "Hà Mẫu");
            plan.assignments[at].person = person.into();
        });
    }
}

#[test]
fn people_and_needs_that_do_not_exist() {
    says(Finding::UnknownReference, None, |plan| {
        plan.assignments[0].person = "Nobody".into();
    });
    says(Finding::UnknownReference, None, |plan| {
        plan.assignments[0].need = "nowhere".into();
    });
}

#[test]
fn wrong_details() {
    says(Finding::WrongDetail, None, |plan| {
        plan.assignments[0].travel_minutes += 1;
    });
    says(Finding::WrongDetail, None, |plan| {
        plan.assignments[0].unit = "24697".into();
    });
    says(Finding::WrongDetail, None, |plan| {
        plan.assignments[0].pinned ^= true;
    });
    says(Finding::WrongDetail, None, |plan| {
        plan.assignments[0].fit.score += 1;
    });
    says(Finding::WrongDetail, None, |plan| {
        plan.assignments[0].fit.parts.insert("fit_level".to_owned(), 4);
    });
}

#[test]
fn every_tier_with_a_better_value_than_true() {
    for tier in Tier::ALL {
        says(Finding::WrongScore, None, |plan| {
            let score = plan.score.iter_mut().find(|score| score.tier == tier).unwrap();
            match &mut score.value {
                Value::Integer(value) => *value += 1,
                Value::Ratio(ratio) => ratio.filled += 1,
                Value::Ladder(rungs) => rungs[0].filled += 1,
            }
            score.bound = score.value.clone();
        });
    }
}

#[test]
fn a_tier_left_out() {
    says(Finding::WrongScore, None, |plan| drop(plan.score.remove(2)));
}

#[test]
fn proofs_that_do_not_go_together() {
    says(Finding::ProofInconsistent, None, |plan| plan.optimal = false);
    says(Finding::ProofInconsistent, None, |plan| {
        plan.score[0].proof = Proof::Open;
    });
    // 9 filled where a bound says 7: no bound at all
    says(Finding::ProofInconsistent, None, |plan| {
        plan.score[1].bound = Value::Integer(3);
    });
    // a bound above the value is a gap, and a gap is not a proof
    says(Finding::ProofInconsistent, None, |plan| {
        plan.score[1].bound = Value::Integer(99);
    });
}

#[test]
fn a_report_that_leaves_things_out() {
    says(Finding::WrongReport, None, |plan| drop(plan.unmet.pop()));
    says(Finding::WrongReport, None, |plan| plan.unmet[0].eligible += 1);
    says(Finding::WrongReport, None, |plan| plan.unmet[0].reasons.clear());
    says(Finding::WrongReport, None, |plan| plan.unservable_units.clear());
    says(Finding::WrongReport, None, |plan| plan.counts.eligible_pairs += 1);
}

#[test]
fn another_order_or_format_or_seed() {
    says(Finding::WrongOrder, None, |plan| plan.assignments.reverse());
    says(Finding::WrongFormat, None, |plan| {
        plan.format = "cadre-plan/0".to_owned();
    });
    says(Finding::WrongScore, Some("tie_break"), |plan| plan.seed += 1);
}

#[test]
fn every_single_assignment_dropped_or_moved() {
    let (instance, plan) = district_office();
    for at in 0..plan.assignments.len() {
        let mut spoilt = plan.clone();
        spoilt.assignments.remove(at);
        assert!(check(&instance, &spoilt).is_err());
        for need in &instance.problem().needs {
            let mut spoilt = plan.clone();
            if spoilt.assignments[at].need != need.id {
                spoilt.assignments[at].need = need.id.clone();
                assert!(check(&instance, &spoilt).is_err());
            }
        }
    }
}

#[test]
fn a_plan_under_another_problems_name() {
    let other = cadre_solver::problem_hash(&support::problem());
    says(Finding::WrongProblem, None, |plan| plan.problem_hash = other);
}
