//! The general model against the network core on problems that both can solve: the same plan.

use super::{End, solve};
use crate::census::Census;
use crate::market::Market;
use crate::random;
use crate::report;
use crate::watch::Watch;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::time::Duration;

#[test]
fn without_breaking_rules_both_engines_find_the_same_plan() {
    let mut runner = TestRunner::new(Config {
        cases: Config::default().cases.max(1_000),
        rng_seed: RngSeed::Fixed(20_260_802),
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&random::networks(), |problem| {
            let instance = problem.compile().unwrap();
            let census = Census::take(&instance);
            let market = Market {
                instance: &instance,
                seed: 1,
            };
            let silent = &mut |_| {};
            let mut watch = Watch::start(Duration::from_secs(60), silent);
            let core = crate::flow::solve(market, &census, &mut watch).unwrap();
            // without the core's answer, or the general model would lean on it
            let Ok(End::Found(general)) = solve(market, &census, None, &mut watch) else {
                panic!("no plan");
            };
            let (core, general) = [&core, &general]
                .map(|found| report::plan(market, &census, found))
                .into();
            assert_eq!(core.assignments, general.assignments);
            for (core, general) in core.score.iter().zip(&general.score) {
                assert_eq!((&core.value, &core.bound), (&general.value, &general.bound));
            }
            Ok(())
        })
        .unwrap();
}
