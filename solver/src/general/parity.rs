//! The general model against the network core on problems that both can solve, and against itself
//! where a program is treated as a wide one, tier by tier and under one cost: the same plan.

use super::model::Model;
use super::one_cost::{self, Cost, Room};
use super::{End, single, solve, solve_within, start};
use crate::base_model::BaseModel;
use crate::census::Census;
use crate::eligibility::Pair;
use crate::market::Market;
use crate::milp::faults::{self, Fault};
use crate::milp::{self, Limits, Question, Session};
use crate::plan::Proof;
use crate::problem::Mode;
use crate::random;
use crate::report;
use crate::rulebook::Rulebook;
use crate::score::{Found, Score};
use crate::support;
use crate::watch::Watch;
use crate::{BaseAssignment, Better, Event, Outcome, Plan, Problem, Value, compare};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::cell::Cell;
use std::cmp::Ordering;
use std::time::{Duration, Instant};

fn for_each_of(problems: impl Strategy<Value = Problem>, same: impl Fn(Market<'_>, &Census)) {
    TestRunner::new(random::config(1_000))
        .run(&problems, |problem| {
            let instance = problem.compile().unwrap();
            let market = Market {
                instance: &instance,
                seed: 1,
            };
            same(market, &Census::take(&instance));
            Ok(())
        })
        .unwrap();
}

/// Values and bounds; what proves them may differ.
fn values(plan: &Plan) -> Vec<(&Value, &Value)> {
    (plan.score.iter())
        .map(|tier| (&tier.value, &tier.bound))
        .collect()
}

#[test]
fn without_breaking_rules_both_engines_find_the_same_plan() {
    for_each_of(random::networks(), |market, census| {
        let silent = &mut |_| {};
        let mut watch = Watch::start(Duration::from_secs(60), silent);
        let core = crate::flow::solve(market, census, &[], &mut watch).unwrap();
        // without the core's answer, or the general model would lean on it
        let Ok(End::Found(general, None)) = solve(market, census, None, &mut watch) else {
            panic!("no plan");
        };
        let [core, general] = [&core, &general].map(|found| report::plan(market, census, found));
        assert_eq!(core.assignments, general.assignments);
        assert_eq!(values(&core), values(&general));
    });
}

/// Whatever plan is said to be known, good or not even lawful: it leads to the same, only sooner.
#[test]
fn a_known_plan_changes_nothing() {
    for_each_of(random::networks(), |market, census| {
        let silent = &mut |_| {};
        let mut watch = Watch::start(Duration::from_secs(60), silent);
        let mut solve = |known: &[(u32, u32)]| {
            let found = crate::flow::solve(market, census, known, &mut watch).unwrap();
            report::plan(market, census, &found)
        };
        let people = 0..crate::index(market.instance.people.len());
        let needs = crate::index(market.instance.needs.len());
        let best = solve(&[]);
        for shift in 0..needs.min(3) {
            let known: Vec<(u32, u32)> = (people.clone())
                .map(|person| (person, (person + shift) % needs))
                .collect();
            assert_eq!(solve(&known), best);
        }
    });
}

/// A dozen people and needs of one field, each need in a unit of its own, to most of which most people
/// may not go: it is their business, or too far.
fn forbidding() -> impl Strategy<Value = Problem> {
    (8..=14_usize, 8..=14_usize).prop_flat_map(|(people, needs)| {
        let business = vec(vec(prop::bool::weighted(0.6), needs), people);
        let away = vec(0..4_u8, people);
        let base = vec(prop::option::weighted(0.6, (1..=needs, any::<bool>())), people);
        (business, away, base).prop_map(move |(business, away, base)| {
            let mut problem = support::land_people(needs, people);
            let unit = |nth: usize| format!("u{nth}");
            problem.needs = (1..=needs)
                .map(|nth| support::need(&format!("n{nth}"), &unit(nth), "land", 1))
                .collect();
            for ((person, business), away) in problem.people.iter_mut().zip(business).zip(away) {
                let units = (1..=needs).zip(business).filter(|(_, business)| *business);
                person.conflicts = units.map(|(nth, _)| unit(nth).into()).collect();
                person.lat += 0.2 * f64::from(away);
            }
            problem.policy.travel.limit_minutes = Some(60);
            let lines = problem.people.iter().zip(base);
            problem.base = lines
                .filter_map(|(person, line)| {
                    let (need, announced) = line?;
                    let line = support::base(person.id.as_str(), &format!("n{need}"));
                    Some(BaseAssignment { announced, ..line })
                })
                .collect();
            problem
        })
    })
}

/// What is forbidden hides nothing: pairs that may not be chosen can look better than all that may.
#[test]
fn where_most_is_forbidden_both_engines_find_the_same_plan_and_a_known_one_changes_nothing() {
    for_each_of(forbidding(), |market, census| {
        let silent = &mut |_| {};
        let mut watch = Watch::start(Duration::from_secs(60), silent);
        let Ok(End::Found(general, None)) = solve(market, census, None, &mut watch) else {
            panic!("no plan");
        };
        let general = report::plan(market, census, &general);
        let base: Vec<_> = market.instance.base.keys().copied().collect();
        for known in [Vec::new(), base] {
            let core = crate::flow::solve(market, census, &known, &mut watch).unwrap();
            let core = report::plan(market, census, &core);
            assert_eq!(core.assignments, general.assignments);
            assert_eq!(values(&core), values(&general));
        }
    });
}

/// Wide programs keep rows, basis and open columns that narrow ones take out; what they find is the
/// same, though not always proven.
#[test]
fn a_wide_program_finds_what_a_narrow_one_finds() {
    let proven = Cell::new(0);
    for_each_of(random::problems(), |market, census| {
        let silent = &mut |_| {};
        let mut watch = Watch::start(Duration::from_secs(60), silent);
        let narrow = Limits::new(watch.deadline, 1);
        let wide = narrow.for_large();
        let [narrow, wide] = [narrow, wide].map(|limits| {
            match solve_within(limits, market, census, None, &mut watch).unwrap() {
                End::Found(found, _) => Some(report::plan(market, census, &found)),
                End::Infeasible(_) => None,
                End::NoPlanInTime => panic!("a small problem takes no time"),
            }
        });
        assert_eq!(narrow.is_some(), wide.is_some());
        for (narrow, wide) in narrow.iter().zip(&wide) {
            assert_eq!(values(narrow), values(wide));
            assert_eq!(narrow.assignments, wide.assignments);
            proven.set(proven.get() + usize::from(wide.optimal));
        }
    });
    assert!(proven.get() > 500, "{} proven", proven.get());
}

/// Whatever the engine gets wrong once: the plan keeps every rule, and what is called proven is true.
#[test]
fn an_engine_that_fails_leaves_a_plan_and_proves_nothing_false() {
    let (failed, kept) = (Cell::new(0), Cell::new(0));
    let cases = (random::problems(), 0..Fault::ALL.len(), 0..5_u32);
    TestRunner::new(random::config(3_000))
        .run(&cases, |(problem, fault, sound)| {
            let instance = problem.compile().unwrap();
            let market = Market {
                instance: &instance,
                seed: 1,
            };
            let census = &Census::take(&instance);
            let mut so_far = None;
            let mut hear = |event: Event| so_far = event.so_far().or(so_far.take());
            let mut watch = Watch::start(Duration::from_secs(60), &mut hear);
            let run = || solve(market, census, None, &mut watch);
            let (spoilt, came) = faults::during(Fault::ALL[fault], sound, run);
            let silent = &mut |_| {};
            let mut watch = Watch::start(Duration::from_secs(60), silent);
            match (spoilt, solve(market, census, None, &mut watch).unwrap()) {
                // before there was any plan
                (Err(_), _) => assert!(came),
                (Ok(End::Found(spoilt, failure)), End::Found(best, None)) => {
                    assert!(came || failure.is_none());
                    let spoilt = report::checked(market, census, &spoilt).unwrap();
                    // nothing better was told of before
                    let told = so_far.as_ref().and_then(Outcome::plan);
                    let worse = told.map(|told| compare(&instance, told, &spoilt).better);
                    assert_ne!(worse, Some(Better::First));
                    let best = report::plan(market, census, &best);
                    for (tier, best) in spoilt.score.iter().zip(&best.score) {
                        if tier.value != best.value {
                            assert_eq!(tier.proof, Proof::Open, "{:?}", tier.tier);
                            break;
                        }
                    }
                    failed.set(failed.get() + usize::from(failure.is_some()));
                    kept.set(kept.get() + usize::from(came && failure.is_none()));
                }
                (Ok(End::Infeasible(_)), End::Infeasible(_)) => {}
                _ => panic!("whether there is a plan depends on an engine that fails"),
            }
            Ok(())
        })
        .unwrap();
    let (failed, kept) = (failed.get(), kept.get());
    assert!(failed > 50 && kept > 50, "{failed} failed, {kept} did not mind");
}

/// A wide program finds the same under one cost, too; and where there is no time left, value and bound enclose what is best.
#[test]
fn under_one_cost_a_wide_program_finds_the_same() {
    let proven = Cell::new(0);
    for_each_of(random::problems(), |market, _| {
        let base = BaseModel::new(market.instance).unwrap();
        let core = base.session();
        let floor = core.solution().cost;
        let narrow = Limits::new(Instant::now() + Duration::from_secs(60), 1);
        let Some(plan) = start::plan(market, narrow).unwrap() else {
            return;
        };
        let minimise = |limits| {
            let cost_of = |pair: &Pair| base.cost(pair);
            let (best, ended) =
                single::minimise(market, cost_of, (&core, floor), &plan, limits, &mut |_| {}).unwrap();
            ended.unwrap();
            best
        };
        let best = minimise(narrow);
        assert_eq!(best.cost, best.bound);
        let wide = minimise(narrow.for_large());
        assert_eq!(wide.cost, best.cost);
        proven.set(proven.get() + usize::from(wide.proof != Proof::Open));
        let hasty = minimise(Limits::new(Instant::now(), 1));
        assert!(hasty.bound <= best.cost && best.cost <= hasty.cost);
    });
    assert!(proven.get() > 500, "{} proven", proven.get());
}

/// The least cost with every pair as a column, from a plan.
fn least_of_whole(market: Market<'_>, cost: &Cost<'_>, plan: &[Pair]) -> i64 {
    let pairs = market.instance.eligible_pairs();
    let mut model = Model::new(market, Rulebook::new(market), &pairs);
    let costs = model.costs_by(|pair| cost.of(pair));
    let question = Question {
        costs: &costs,
        guide: &vec![0.0; costs.len()],
        incumbent: &model.point(plan),
        floor: i64::MIN,
        most: usize::MAX,
    };
    let limits = Limits::new(Instant::now() + Duration::from_secs(60), 1);
    let session = &mut Session::default();
    let (answer, ended) = milp::minimise(session, &mut model.program, question, limits, &mut |_| {});
    ended.unwrap();
    assert_ne!(answer.proof, Proof::Open);
    answer.cost
}

/// Where one cost stands for the tiers, the plan costs least, the checker agrees with it, and what is said of a
/// tier is so: proven values are the best, and no better plan goes beyond a bound. Whatever the core had time for.
#[test]
fn what_is_said_of_the_tiers_under_one_cost_is_so() {
    let (decided, open) = (Cell::new(0), Cell::new(0));
    let room = Room {
        estimate_mib: 2,
        limit_mib: 1,
    };
    for_each_of(random::problems(), |market, census| {
        if market.instance.problem().policy.mode == Mode::ConstrainedPriority {
            return;
        }
        let (mut silent, mut quiet) = (|_| {}, |_| {});
        let mut watch = Watch::start(Duration::from_secs(60), &mut silent);
        let core = crate::flow::solve(market, census, &[], &mut watch).unwrap();
        let relaxed = (Some(&core), Some(&core.chosen[..]));
        let mut hasty_core = core.tiers.clone();
        hasty_core.truncate(1);
        let Some((rough, failure)) = one_cost::solve(market, census, relaxed, room, &mut watch) else {
            return;
        };
        assert!(failure.is_none());
        let cost = Cost::new(market).unwrap();
        let told = rough.one_cost.unwrap();
        assert_eq!(told.cost, told.bound);
        assert_eq!(told.cost, least_of_whole(market, &cost, &rough.chosen));
        assert_ne!(told.proof, Proof::Open);
        // without time there is a plan, and a bound that holds
        let mut over = Watch::start(Duration::ZERO, &mut quiet);
        let (hasty, _) = one_cost::solve(market, census, relaxed, room, &mut over).unwrap();
        let of_hasty = hasty.one_cost.unwrap();
        assert!(of_hasty.bound <= told.cost && told.cost <= of_hasty.cost);
        report::checked(market, census, &hasty).unwrap();
        let Ok(End::Found(best, None)) = solve(market, census, Some(&core), &mut watch) else {
            panic!("there is a plan");
        };
        let best = report::plan(market, census, &best);
        let score = Score::new(market, census);
        let mut under_hasty = Found {
            tiers: score.bounded_by(&hasty_core, &rough.chosen),
            chosen: rough.chosen.clone(),
            quality_floor: None,
            one_cost: None,
        };
        score.complete(&mut under_hasty);
        for found in [&rough, &under_hasty] {
            let rough = report::checked(market, census, found).unwrap();
            for (own, best) in rough.score.iter().zip(&best.score) {
                assert_eq!(own.tier, best.tier);
                assert_ne!(
                    best.value.against(&own.bound, best.sense),
                    Some(Ordering::Greater)
                );
                if own.proof == Proof::Open {
                    open.set(open.get() + 1);
                    // from here on the best plan is another one
                    break;
                }
                assert_eq!(own.value, best.value);
                decided.set(decided.get() + 1);
            }
        }
    });
    let (decided, open) = (decided.get(), open.get());
    assert!(decided > 1_000 && open > 100, "{decided} decided, {open} open");
}
