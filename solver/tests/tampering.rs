//! Spoilt plans: whatever is changed in a plan, the checker says so.
#![allow(
    clippy::allow_attributes,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a helper that fails fails its test"
)]

mod support;

use cadre_solver::{
    Balance, Disagreement, Finding, Instance, Mode, Plan, Priority, Problem, Proof, QualityFloor, Ratio,
    Rung, Sense, Settings, Tier, Value, check, solve,
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

/// The best plan for two people, a seat in one unit and two in another, and for what a change makes of them.
fn small(change: impl FnOnce(&mut Problem)) -> (Instance, Plan) {
    let mut problem = support::land_people(2, 2);
    problem.needs = vec![
        support::need("n1", "u1", "land", 1),
        support::need("n2", "u2", "land", 2),
    ];
    change(&mut problem);
    let plan = support::solved(&problem);
    (problem.compile().unwrap(), plan)
}

/// The urgent need fits p1 best, who would rather serve the other. Of the best fit of 4 · 2 · 4 + 2 · 2 · 2
/// the wish leaves 4 · 2 · 2 + 2 · 2 · 4, which is just the share that the policy asks for.
fn choosing() -> (Instance, Plan) {
    small(|problem| {
        problem.needs[0].priority = Priority::High;
        problem.people[0].skills[0].level = 4;
        problem.people[0].preferences = vec!["u2".into()];
        problem.policy.mode = Mode::ConstrainedPriority;
        problem.policy.quality_floor_percent = 80;
    })
}

/// Lets a tier be open, as where the time ran out before it was proven.
fn open(plan: &mut Plan, at: usize) {
    plan.score[at].proof = Proof::Open;
    plan.optimal = false;
}

/// The only thing that is found.
#[track_caller]
fn only(instance: &Instance, plan: &Plan) -> Disagreement {
    let findings = check(instance, plan).err().unwrap_or_default();
    let [only] = &findings[..] else {
        panic!("not one finding: {findings:#?}");
    };
    only.clone()
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
fn a_tier_turned_round() {
    let (instance, plan) = district_office();
    for at in 0..plan.score.len() {
        let mut spoilt = plan.clone();
        let (turned, said) = match plan.score[at].sense {
            Sense::Maximise => (Sense::Minimise, "the plan says Minimise"),
            Sense::Minimise => (Sense::Maximise, "the plan says Maximise"),
        };
        spoilt.score[at].sense = turned;
        let only = only(&instance, &spoilt);
        assert_eq!(
            (only.finding, only.pointer),
            (Finding::WrongScore, format!("/score/{at}"))
        );
        assert!(only.message.contains(said), "{}", only.message);
    }
}

/// The bound is put on a tier that nobody calls proven, so that only the bound itself can be wrong.
#[track_caller]
fn bound((instance, plan): &(Instance, Plan), tier: Tier, bound: Value, is_beaten: bool) {
    let mut spoilt = plan.clone();
    let at = plan.score.iter().position(|score| score.tier == tier).unwrap();
    spoilt.score[at].bound = bound;
    open(&mut spoilt, at);
    if is_beaten {
        let only = only(instance, &spoilt);
        assert_eq!(
            (only.finding, only.pointer),
            (Finding::ProofInconsistent, format!("/score/{at}"))
        );
        assert!(only.message.contains("beats its bound"), "{}", only.message);
    } else {
        assert_eq!(check(instance, &spoilt).err(), None);
    }
}

fn ladder(rungs: &[(u64, u64, u64)]) -> Value {
    let rung = |&(filled, requested, units): &(u64, u64, u64)| Rung {
        filled,
        requested,
        units,
    };
    Value::Ladder(rungs.iter().map(rung).collect())
}

#[test]
fn a_ladder_beats_a_lower_one() {
    let plan = small(|_| {});
    let value = ladder(&[(1, 2, 1), (1, 1, 1)]);
    assert_eq!(plan.1.tier(Tier::Balance).unwrap().value, value);
    for (lower, is_beaten) in [
        (ladder(&[(0, 1, 1), (1, 1, 1)]), true),
        // the same at the bottom, lower above
        (ladder(&[(1, 2, 2)]), true),
        // higher at the bottom, whatever is above
        (ladder(&[(2, 3, 2)]), false),
        (ladder(&[(1, 1, 2)]), false),
        (value, false),
    ] {
        bound(&plan, Tier::Balance, lower, is_beaten);
    }
}

#[test]
fn a_ratio_beats_a_lower_one() {
    let plan = small(|problem| problem.policy.balance = Balance::MaxMin);
    let value = Value::Ratio(Ratio::new(1, 2));
    assert_eq!(plan.1.tier(Tier::Balance).unwrap().value, value);
    for (filled, requested, is_beaten) in [(0, 1, true), (1, 3, true), (1, 2, false), (2, 3, false)] {
        let ratio = Value::Ratio(Ratio::new(filled, requested));
        bound(&plan, Tier::Balance, ratio, is_beaten);
    }
}

#[test]
fn a_bound_of_another_kind_than_the_value_bounds_nothing() {
    let ratio = Value::Ratio(Ratio::new(1, 1));
    let plan = small(|_| {});
    bound(&plan, Tier::Balance, Value::Integer(99), true);
    bound(&plan, Tier::Balance, ratio.clone(), true);
    bound(&plan, Tier::Headcount, ratio, true);
    bound(&plan, Tier::Headcount, ladder(&[(1, 1, 2)]), true);
    let plan = small(|problem| problem.policy.balance = Balance::MaxMin);
    bound(&plan, Tier::Balance, Value::Integer(99), true);
    bound(&plan, Tier::Balance, ladder(&[(1, 1, 2)]), true);
}

#[test]
fn a_bound_is_on_the_better_side_of_the_value() {
    let plan = small(|problem| {
        // both have to go, one of them again and the other from far away
        problem.people[0].past_secondments = 1;
        problem.people[1].lat += 0.5;
        problem.people[1].preferences = vec!["u1".into()];
        problem.needs[0].priority = Priority::Critical;
    });
    let whole = |tier| match plan.1.tier(tier).unwrap().value {
        Value::Integer(value) => value,
        ref value => panic!("{value:?}"),
    };
    for tier in [Tier::Burden, Tier::Travel, Tier::TieBreak] {
        assert!(whole(tier) > 0);
        bound(&plan, tier, Value::Integer(whole(tier) + 1), true);
        bound(&plan, tier, Value::Integer(whole(tier) - 1), false);
    }
    for tier in [
        Tier::Critical,
        Tier::Headcount,
        Tier::Priority,
        Tier::Fit,
        Tier::Preference,
    ] {
        assert!(whole(tier) > 0);
        bound(&plan, tier, Value::Integer(whole(tier) - 1), true);
        bound(&plan, tier, Value::Integer(whole(tier) + 1), false);
    }
}

/// A plan with another floor, or none.
fn on_floor(plan: &Plan, floor: Option<(i64, i64)>) -> Plan {
    let mut spoilt = plan.clone();
    spoilt.quality_floor = floor.map(|(best, floor)| QualityFloor { best, floor });
    spoilt
}

#[test]
fn a_floor_that_does_not_hold() {
    let (instance, plan) = choosing();
    assert_eq!(plan.quality_floor, Some(QualityFloor { best: 40, floor: 32 }));
    assert_eq!(plan.tier(Tier::Fit).unwrap().value, Value::Integer(32));
    for (floor, said) in [
        (None, "the plan names no floor"),
        // no share of 80 per cent, rounded up
        (Some((40, 31)), "a floor of 31 under 40"),
        (Some((40, 33)), "a floor of 33 under 40"),
        (Some((41, 32)), "a floor of 32 under 41"),
        // the share, but the fit of 32 is below it, or above what was best
        (Some((50, 40)), "a floor of 40 under 50"),
        (Some((30, 24)), "a floor of 24 under 30"),
    ] {
        let only = only(&instance, &on_floor(&plan, floor));
        assert_eq!(
            (only.finding, only.pointer.as_str()),
            (Finding::ProofInconsistent, "/quality_floor")
        );
        assert!(only.message.contains(said), "{}", only.message);
    }
}

#[test]
fn a_floor_where_nobody_chose() {
    // all of 95 per cent, rounded up, and kept: only that there is one is wrong
    let (instance, plan) = small(|_| {});
    assert_eq!(plan.tier(Tier::Fit).unwrap().value, Value::Integer(16));
    let only = only(&instance, &on_floor(&plan, Some((16, 16))));
    assert_eq!(
        (only.finding, only.pointer.as_str()),
        (Finding::ProofInconsistent, "/quality_floor")
    );
}

#[test]
fn a_floor_of_a_plan_that_is_not_proven() {
    // the time may run out before people choose, or before a fit above the floor is found
    let (instance, mut plan) = choosing();
    let last = plan.score.len() - 1;
    open(&mut plan, last);
    for floor in [None, Some((50, 40))] {
        assert_eq!(check(&instance, &on_floor(&plan, floor)).err(), None);
    }
    // but it is the policy's share all the same
    let only = only(&instance, &on_floor(&plan, Some((40, 31))));
    assert_eq!(only.pointer, "/quality_floor");
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
