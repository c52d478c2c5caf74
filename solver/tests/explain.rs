//! What explanations say, tried: a chain costs what exhaustive search says, every change that a
//! certificate lists does fill the seat, and no other of the same kinds does.
#![allow(
    clippy::allow_attributes,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    dead_code,
    reason = "tests count small things, and a helper that fails fails its test"
)]

#[path = "support/brute.rs"]
mod brute;
#[path = "support/random.rs"]
mod random;
#[path = "support/seats.rs"]
mod seats;
mod support;

use cadre_solver::explain::{Bottleneck, Explain, Explainer, Ids, Language, Rule, Stage, WhyNot};
use cadre_solver::{Edit, Instance, Need, Outcome, Plan, Problem, Settings, Together, solve};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use std::cell::{Cell, RefCell};

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(random::config(cases))
}

fn explained<T>(instance: &Instance, plan: &Plan, ask: impl FnOnce(&Explainer<'_>) -> T) -> T {
    ask(&Explainer::new(instance, plan, &Settings::default()).unwrap())
}

#[test]
fn a_chain_costs_what_exhaustive_search_says_and_its_moves_lead_to_the_plan() {
    let chains = Cell::new(0);
    let strategy = random::networks();
    runner(700)
        .run(&strategy, |problem| {
            let plan = support::solved(&problem);
            let instance = problem.clone().compile().unwrap();
            explained(&instance, &plan, |explainer| {
                for person in &problem.people {
                    for need in &problem.needs {
                        let Ok(WhyNot::Chain { chain, .. }) = explainer.why_not(&person.id, &need.id) else {
                            continue;
                        };
                        chains.set(chains.get() + 1);
                        let edit = Edit::Pin {
                            person: person.id.clone(),
                            need: need.id.clone(),
                        };
                        let pinned = problem.edited(&[edit]).unwrap();
                        let best = brute::best(&pinned, plan.seed).unwrap();
                        let after = support::solved(&pinned);
                        assert!(brute::same(&brute::claimed(&after), &best), "{pinned:#?}");
                        for change in &chain.tiers {
                            let value = after.tier(change.tier).map(|score| &score.value);
                            assert_eq!(change.after.as_ref(), value);
                        }
                        assert_eq!(seats::moved(&plan, &chain.moves), seats::placements(&after));
                        assert_eq!(chain.moves[0].person, person.id);
                    }
                }
            });
            Ok(())
        })
        .unwrap();
    assert!(chains.get() > 400, "{} chains", chains.get());
}

/// How many changes certificates listed, and how many they did not.
#[derive(Default)]
struct Tried {
    listed: usize,
    others: usize,
}

impl Tried {
    /// Tries every change around every empty seat.
    fn all_around(&mut self, problem: &Problem, plan: &Plan) {
        let instance = problem.clone().compile().unwrap();
        explained(&instance, plan, |explainer| {
            for unmet in &plan.unmet {
                let certificate = explainer.certificate(&unmet.need).unwrap();
                let remedies: Vec<&Edit> = certificate.remedies.iter().map(|remedy| &remedy.edit).collect();
                for edit in seats::candidates(problem, &instance, &unmet.need) {
                    let told = seats::told(&remedies, &edit);
                    assert_eq!(
                        seats::fills(problem, plan, &unmet.need, &edit),
                        told,
                        "{edit:?} at {}: {certificate:#?}\n{}",
                        unmet.need,
                        serde_json::to_string(problem).unwrap()
                    );
                    self.listed += usize::from(told);
                    self.others += usize::from(!told);
                }
                for remedy in &certificate.remedies {
                    let edited = problem.edited(std::slice::from_ref(&remedy.edit)).unwrap();
                    seats::lawful(&edited, &seats::moved(plan, &remedy.moves));
                }
            }
        });
    }
}

#[test]
fn every_listed_change_fills_the_seat_and_no_other_does() {
    let tried = RefCell::new(Tried::default());
    let strategy = (
        random::networks(),
        proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..2),
    );
    runner(800)
        .run(&strategy, |(mut problem, pins)| {
            for (person, need) in pins {
                let person = problem.people[person.index(problem.people.len())].id.clone();
                let need = problem.needs[need.index(problem.needs.len())].id.clone();
                let pinned = problem.edited(&[Edit::Pin { person, need }]).unwrap();
                if pinned.clone().compile().is_ok() {
                    problem = pinned;
                }
            }
            tried
                .borrow_mut()
                .all_around(&problem, &support::solved(&problem));
            Ok(())
        })
        .unwrap();
    let tried = tried.into_inner();
    assert!(
        tried.listed > 300 && tried.others > 1_000,
        "{} listed, {} others",
        tried.listed,
        tried.others
    );
}

#[test]
fn the_same_where_rules_bind_people_or_units_together() {
    let tried = RefCell::new(Tried::default());
    runner(250)
        .run(&random::problems(), |problem| {
            let instance = problem.clone().compile().unwrap();
            if let Outcome::Solved { plan, .. } = solve(&instance, &Settings::default(), &mut |_| {}) {
                tried.borrow_mut().all_around(&problem, &plan);
            }
            Ok(())
        })
        .unwrap();
    let tried = tried.into_inner();
    assert!(
        tried.listed > 100 && tried.others > 1_000,
        "{} listed, {} others",
        tried.listed,
        tried.others
    );
}

/// Land is capped at one of two seats; elsewhere a unit asks for a speaker, which has nothing to do with it.
fn capped() -> (Instance, Plan) {
    let mut problem = support::land_people(2, 2);
    problem.needs = vec![
        support::need("n1", "u1", "land", 2),
        support::need("n2", "u2", "it", 1),
    ];
    problem.policy.field_caps = [("land".into(), 1)].into();
    problem.units[1].speaker = vec!["ede".to_owned()];
    problem
        .people
        .extend(["p3", "p4"].map(|id| support::person(id, "it")));
    problem.people[2].languages = vec!["ede".to_owned()];
    (problem.clone().compile().unwrap(), support::solved(&problem))
}

#[test]
fn only_rules_that_keep_the_seat_empty_are_named() {
    let (instance, plan) = capped();
    let certificate = explained(&instance, &plan, |explainer| explainer.certificate(&"n1".into()));
    let certificate = certificate.unwrap();
    let rule = Bottleneck::Rule {
        rule: "field_cap".to_owned(),
    };
    assert_eq!(certificate.bottlenecks, [rule]);
    let cap = Edit::FieldCap {
        field: "land".into(),
        cap: Some(2),
    };
    assert_eq!(
        (certificate.remedies.len(), &certificate.remedies[0].edit),
        (1, &cap)
    );
    assert!(certificate.undecided.is_empty());
}

#[test]
fn what_the_time_does_not_suffice_for_is_told_as_such() {
    let (instance, plan) = capped();
    let no_time = Settings {
        time_limit_ms: 0,
        ..Settings::default()
    };
    let explainer = Explainer::new(&instance, &plan, &no_time).unwrap();
    let certificate = explainer.certificate(&"n1".into()).unwrap();
    assert!(!certificate.undecided.is_empty());
    let told = certificate.text(Language::English, &Ids);
    assert!(
        told.contains("Time or memory did not suffice") && !told.contains("No single change"),
        "{told}"
    );
    let prices = explainer.prices().unwrap();
    assert!(prices.iter().any(|price| price.undecided), "{prices:?}");
    let told = prices[..].text(Language::Vietnamese, &Ids);
    assert!(told.contains("chưa đủ thời gian hoặc bộ nhớ"), "{told}");
    // What the place is worth needs no trial, and is told.
    let why = explainer.why(&plan.assignments[0].person).unwrap();
    assert!(why.undecided && why.without.is_none() && !why.parts.is_empty());
    let told = why.text(Language::English, &Ids);
    assert!(told.contains("Time or memory did not suffice"), "{told}");
}

#[test]
fn no_rule_is_blamed_for_what_an_unproven_plan_lacks() {
    let (instance, _) = capped();
    let no_time = Settings {
        time_limit_ms: 0,
        ..Settings::default()
    };
    let Outcome::LimitReached { plan, .. } = solve(&instance, &no_time, &mut |_| {}) else {
        panic!("there is always the plan that sends nobody");
    };
    let prices = explained(&instance, &plan, |explainer| explainer.prices()).unwrap();
    assert!(!prices.is_empty());
    assert!(
        prices.iter().all(|price| price.undecided && price.seats == 0),
        "{prices:?}"
    );
}

fn office() -> (Instance, Plan) {
    let problem: Problem =
        serde_json::from_str(include_str!("../../data/examples/district-office.json")).unwrap();
    (problem.clone().compile().unwrap(), support::solved(&problem))
}

#[test]
fn the_district_office_explains_itself_in_both_languages() {
    let (instance, plan) = office();
    explained(&instance, &plan, |explainer| {
        let unmet = &plan.unmet[0].need;
        let certificate = explainer.certificate(unmet).unwrap();
        let english = certificate.text(Language::English, &Ids);
        let vietnamese = certificate.text(Language::Vietnamese, &Ids);
        assert!(english.contains("have the field"), "{english}");
        assert!(vietnamese.contains("có chuyên môn"), "{vietnamese}");
        assert_eq!(english.lines().count(), vietnamese.lines().count());
        let funnel = &certificate.funnel.stages;
        assert!(funnel.is_sorted_by(|a, b| a.people >= b.people && a.stage < b.stage));
        assert_eq!(funnel[0].stage, Stage::InField);
        let person = &plan.assignments.iter().find(|row| !row.pinned).unwrap().person;
        let why = explainer.why(person).unwrap();
        assert!(why.text(Language::Vietnamese, &Ids).contains(person.as_str()));
        let prices = explainer.prices().unwrap();
        // every rule that could bind has its line; none of them alone keeps a seat empty
        let told = prices[..].text(Language::English, &Ids);
        let mut rules: Vec<_> = (told.lines())
            .filter_map(|line| Some(line.split_once(": costs no")?.0))
            .collect();
        rules.sort_unstable();
        let expected = [
            "That nnmt keeps enough people of land",
            "The limit on how many 24916 absorbs",
            "The pin of Chi Mẫu",
            "The release cap of khcn",
            "The rest window",
            "The travel limit",
        ];
        assert_eq!(rules, expected, "{told}");
        let envy = explainer.envy();
        assert_eq!((envy.asked, envy.envious), (0, 0));
    });
}

#[test]
fn pins_can_cost_together_what_none_costs_alone() {
    let mut problem = support::land_people(1, 3);
    // everybody could move one need up; a pin in the way keeps both from it
    for (person, level) in problem.people.iter_mut().zip([2, 3, 1]) {
        person.skills[0].level = level;
    }
    problem.needs = (1..=3)
        .map(|level| Need {
            min_level: level,
            ..support::need(&format!("n{level}"), "u1", "land", 1)
        })
        .collect();
    problem.pins = vec![support::pin("p1", "n1"), support::pin("p2", "n2")];
    let (instance, plan) = (problem.clone().compile().unwrap(), support::solved(&problem));
    let prices = explained(&instance, &plan, |explainer| explainer.prices().unwrap());
    let seats: Vec<_> = prices.iter().map(|price| (&price.rule, price.seats)).collect();
    let pin = |person: &str| Rule::Pin {
        person: person.into(),
    };
    let expected = [(&Rule::Pins, 1), (&pin("p1"), 0), (&pin("p2"), 0)];
    assert_eq!(seats[0], expected[0]);
    assert!(expected.iter().all(|price| seats.contains(price)), "{seats:?}");
    let told = prices[..1].text(Language::English, &Ids);
    assert_eq!(
        told.trim(),
        "All pins together: costs 1 seat, 0 of critical needs."
    );
}

/// Couples p1 and p2, who may serve in u1, and p3 and p4, of whom p4 may serve nowhere.
fn couples() -> Problem {
    let mut problem = support::land_people(2, 4);
    problem.needs = vec![
        support::need("n1", "u1", "land", 2),
        support::need("n2", "u2", "land", 1),
    ];
    problem.people[3].conflicts = vec!["u1".into(), "u2".into()];
    problem.teams = vec![
        support::team("t1", &["p1", "p2"], Together::SameUnit),
        support::team("t2", &["p3", "p4"], Together::SameUnit),
    ];
    problem
}

#[test]
fn where_no_plan_has_a_person_the_answer_is_what_stands_against_it() {
    let problem = couples();
    let (instance, plan) = (problem.clone().compile().unwrap(), support::solved(&problem));
    let told = explained(&instance, &plan, |explainer| {
        explainer.why_not(&"p3".into(), &"n2".into()).unwrap()
    });
    assert!(matches!(told, WhyNot::NoPlan { .. }), "{told:#?}");
    assert_eq!(
        told.lines(Language::English, &Ids),
        [
            "p3 may serve n2, but no plan with p3 there keeps this:",
            "  - that team t2 goes together",
        ]
    );
    let vietnamese = told.text(Language::Vietnamese, &Ids);
    assert!(
        vietnamese.contains("  - việc nhóm t2 phải đi cùng nhau\n"),
        "{vietnamese}"
    );
}

#[test]
fn a_seat_that_a_pin_gives_to_another_is_an_answer_too() {
    let mut problem = support::land_people(1, 2);
    problem.needs = vec![support::need("n1", "u1", "land", 1)];
    problem.pins = vec![support::pin("p1", "n1")];
    let (instance, plan) = (problem.clone().compile().unwrap(), support::solved(&problem));
    let told = explained(&instance, &plan, |explainer| {
        explainer.why_not(&"p2".into(), &"n1".into()).unwrap()
    });
    assert_eq!(
        told.lines(Language::English, &Ids)[1..],
        ["  - that n1 has only 1 seat", "  - the pin of p1 to n1"]
    );
    assert_eq!(
        told.lines(Language::Vietnamese, &Ids),
        [
            "p2 đủ điều kiện phục vụ n1, nhưng nếu bố trí p2 ở đó thì không phương án nào đáp ứng đồng thời các điều sau:",
            "  - giới hạn 1 vị trí của n1",
            "  - việc ấn định p1 vào n1",
        ]
    );
}

#[test]
fn whom_no_plan_can_do_without_is_told_to_be_indispensable() {
    let mut problem = couples();
    problem.pins = vec![support::pin("p1", "n1")];
    let (instance, plan) = (problem.clone().compile().unwrap(), support::solved(&problem));
    let why = explained(&instance, &plan, |explainer| explainer.why(&"p2".into()).unwrap());
    assert!(why.without.is_none() && !why.pinned && !why.undecided, "{why:#?}");
    let lines = why.lines(Language::English, &Ids);
    let end = [
        "Every plan needs p2 at n1; no plan without it keeps all of these together:",
        "  - that team t1 goes together",
        "  - the pin of p1 to n1",
    ];
    assert_eq!(lines[lines.len() - end.len()..], end);
    let vietnamese = why.text(Language::Vietnamese, &Ids);
    assert!(
        vietnamese.contains("Phương án nào cũng phải bố trí p2 tại n1; nếu không"),
        "{vietnamese}"
    );
}

#[test]
fn a_change_that_leaves_no_plan_is_refused_with_what_stands_against_it() {
    let mut problem = couples();
    problem.pins = vec![support::pin("p1", "n1")];
    let (instance, plan) = (problem.clone().compile().unwrap(), support::solved(&problem));
    let edit = Edit::Forbid {
        person: "p2".into(),
        need: "n1".into(),
    };
    let refusal = explained(&instance, &plan, |explainer| {
        explainer.what_if(&[edit]).unwrap_err()
    });
    assert_eq!(
        refusal.to_string(),
        "With people, needs, rest and travel as they are, no plan keeps all of these together, so at least one has to be \
         given up: that team t1 goes together; the pin of p1 to n1."
    );
}

#[test]
fn a_plan_of_another_problem_is_refused() {
    let (_, plan) = office();
    let other = support::land_people(1, 1).compile().unwrap();
    assert!(Explainer::new(&other, &plan, &Settings::default()).is_err());
}

#[test]
fn questions_about_nobody_are_refused_by_name() {
    let (instance, plan) = office();
    explained(&instance, &plan, |explainer| {
        let refusal = explainer.why(&"Nobody".into()).unwrap_err();
        assert!(refusal.to_string().contains("`Nobody`"));
        assert!(explainer.certificate(&"no-need".into()).is_err());
        let filled = &plan.assignments[0].need;
        if plan.unmet.iter().all(|unmet| unmet.need != *filled) {
            assert!(
                explainer
                    .certificate(filled)
                    .unwrap_err()
                    .to_string()
                    .contains("filled")
            );
        }
    });
}
