//! Every rule under one cost, as the measurements ask for it, against every plan there is.
#![allow(
    clippy::allow_attributes,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    reason = "a helper that fails fails its test"
)]

#[path = "support/brute.rs"]
mod brute;
#[path = "support/random.rs"]
mod random;
mod support;

use cadre_solver::base_model::BaseModel;
use cadre_solver::bench_general::solve_single;
use cadre_solver::{Priority, Problem, Proof, Together};
use proptest::test_runner::TestRunner;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

/// What happened how often.
#[derive(Default)]
struct Tally {
    solved: usize,
    without_plan: usize,
    /// Where the rules that break the network make the optimum dearer.
    decided: usize,
}

impl Tally {
    fn agrees(&mut self, problem: &Problem) {
        let instance = problem.clone().compile().expect("no fault");
        let model = BaseModel::new(&instance).expect("short journeys");
        let mut costs = HashMap::new();
        model.each_arc(|person, need, cost| {
            costs.insert((person as usize, need as usize), cost);
        });
        let plans = brute::plans(problem);
        let cost = |plan: &[(usize, usize)]| plan.iter().map(|pair| costs[pair]).sum::<i64>();
        let least = plans.iter().map(|plan| cost(plan)).min();
        match solve_single(&instance, Duration::from_secs(60)) {
            Ok(found) => {
                let chosen = found
                    .pairs
                    .iter()
                    .map(|&(person, need)| (person as usize, need as usize));
                let chosen: BTreeSet<_> = chosen.collect();
                assert_eq!(
                    (Some(found.cost), found.bound),
                    (least, found.cost),
                    "{problem:#?}"
                );
                assert_ne!(found.proof, Proof::Open);
                let is_it =
                    |plan: &Vec<(usize, usize)>| plan.iter().copied().collect::<BTreeSet<_>>() == chosen;
                assert!(
                    plans.iter().any(is_it),
                    "no lawful plan: {chosen:?}\n{problem:#?}"
                );
                self.solved += 1;
                self.decided += usize::from(found.cost > model.solve().cost);
            }
            Err(words) => {
                assert!(least.is_none(), "{words}, but {least:?}\n{problem:#?}");
                self.without_plan += 1;
            }
        }
    }
}

#[test]
fn three_thousand_problems_have_no_cheaper_plan() {
    let tally = RefCell::new(Tally::default());
    TestRunner::new(random::config(3_000))
        .run(&random::problems(), |problem| {
            tally.borrow_mut().agrees(&problem);
            Ok(())
        })
        .unwrap();
    let Tally {
        solved,
        without_plan,
        decided,
    } = tally.into_inner();
    assert!(
        solved > 2_000 && without_plan > 20 && decided > 500,
        "{solved} {without_plan} {decided}"
    );
}

/// A team of three with 33 needs in its unit has too many ways for a placement each, so rows keep it
/// together. Needs that nobody would choose change nothing.
#[test]
fn a_team_of_too_many_ways_is_kept_together_all_the_same() {
    let few = team_of_three(0);
    let many = team_of_three(30);
    let costs = [few, many].map(|problem| {
        let instance = problem.compile().unwrap();
        let found = solve_single(&instance, Duration::from_secs(60)).unwrap();
        assert_ne!(found.proof, Proof::Open);
        assert_eq!(found.pairs.len(), 3);
        assert!(found.pairs.iter().all(|&(_, need)| need < 3), "{:?}", found.pairs);
        found.cost
    });
    assert_eq!(costs[0], costs[1]);
}

/// Unit `u1` has three needs and others of low priority; alone, one of the three would go to a critical
/// need in `u2`.
fn team_of_three(others: usize) -> Problem {
    let mut problem = support::land_people(2, 3);
    problem.teams = vec![support::team("t", &["p1", "p2", "p3"], Together::SameUnit)];
    let need = |nth: usize, unit: &str, priority| cadre_solver::Need {
        priority,
        ..support::need(&format!("n{nth}"), unit, "land", 1)
    };
    problem.needs = (0..3).map(|nth| need(nth, "u1", Priority::High)).collect();
    problem.needs.push(need(3, "u2", Priority::Critical));
    (problem.needs).extend((4..4 + others).map(|nth| need(nth, "u1", Priority::Low)));
    problem
}
