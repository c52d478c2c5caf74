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

use cadre_solver::bench::BaseModel;
use cadre_solver::bench_general::solve_single;
use cadre_solver::{Problem, Proof};
use proptest::test_runner::{Config, RngSeed, TestRunner};
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
    let config = Config {
        cases: Config::default().cases.max(3_000),
        rng_seed: RngSeed::Fixed(20_261_127),
        failure_persistence: None,
        ..Config::default()
    };
    let tally = RefCell::new(Tally::default());
    TestRunner::new(config)
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
