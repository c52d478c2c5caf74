//! Why there is no plan: pins and rules that contradict each other, and none of them without need.

use super::start;
use crate::binding::{Contradiction, Contradictions, Lifting, Rule};
use crate::census::{self, Census};
use crate::edit::Edit;
use crate::ids::NeedId;
use crate::instance::Instance;
use crate::market::Market;
use crate::milp::Limits;
use crate::problem::{Pin, Problem};
use crate::rulebook::Rulebook;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::time::Instant;

/// Most contradictions that are told.
const MOST: usize = 10;

/// The part of the time left that one question may take.
const PARTS: u32 = 10;

/// What no plan of a problem can keep together, one after the other, until the pins that are left have a
/// plan. What time, memory or the engine don't suffice for stays unproven.
pub(crate) fn explain(problem: &Problem, limits: Limits, memory_limit_mib: u64) -> Contradictions {
    let mut search = Search {
        problem,
        limits,
        memory_limit_mib,
        rules: liftings(problem),
        is_sure: true,
    };
    let mut rules: Vec<usize> = (0..search.rules.len()).collect();
    let mut pins: Vec<usize> = (0..problem.pins.len()).collect();
    let (mut found, mut more) = (Vec::new(), false);
    while found.len() < MOST {
        let (own_rules, own_pins) = search.narrow(rules.clone(), pins.clone());
        found.push(search.told(&own_rules, &own_pins));
        if own_pins.is_empty() {
            // without pins nothing but the change budget asks for anything; it may stand against others, too
            more |= own_rules.len() > 1 || !pins.is_empty();
            rules.retain(|&rule| search.rules[rule].0 != Rule::ChangeBudget);
        }
        pins.retain(|pin| !own_pins.contains(pin));
        search.is_sure = true;
        if !search.contradict(&rules, &pins) {
            more |= !search.is_sure;
            return Contradictions { found, more };
        }
    }
    Contradictions { found, more: true }
}

/// The rules that bind those who are sent, a term's side by side.
fn liftings(problem: &Problem) -> Vec<Lifting> {
    let mut rules = Rule::set_by(problem);
    rules.retain(|(rule, _)| rule.term(problem).is_some());
    rules.sort_by_cached_key(|(rule, _)| rule.term(problem));
    rules
}

/// Rules and pins are told by number.
struct Search<'s> {
    problem: &'s Problem,
    limits: Limits,
    memory_limit_mib: u64,
    rules: Vec<Lifting>,
    /// Whether every answer so far was proven.
    is_sure: bool,
}

impl Search<'_> {
    /// Leaves out what a contradiction does not need, one by one (Chinneck and Dravnieks 1991); of rules all
    /// of a term are tried first, and then, as of pins, whole halves.
    fn narrow(&mut self, mut rules: Vec<usize>, pins: Vec<usize>) -> (Vec<usize>, Vec<usize>) {
        let term = |search: &Self, rule: usize| search.rules[rule].0.term(search.problem);
        let terms: BTreeSet<_> = rules.iter().map(|&rule| term(self, rule)).collect();
        for one in terms {
            let without: Vec<usize> = (rules.iter().copied())
                .filter(|&rule| term(self, rule) != one)
                .collect();
            if self.contradict(&without, &pins) {
                rules = without;
            }
        }
        let pins = needed(pins, |pins| self.contradict(&rules, pins));
        let rules = needed(rules, |rules| self.contradict(rules, &pins));
        (rules, pins)
    }

    /// Whether some rules and pins are proven to have no plan.
    fn contradict(&mut self, rules: &[usize], pins: &[usize]) -> bool {
        if Instant::now() >= self.limits.deadline {
            self.is_sure = false;
            return false;
        }
        let kept: HashSet<usize> = rules.iter().copied().collect();
        let lifted: Vec<Edit> = (self.rules.iter().enumerate())
            .filter(|(rule, _)| !kept.contains(rule))
            .flat_map(|(_, (_, edits))| edits.iter().cloned())
            .collect();
        let compiled = self.problem.edited(&lifted).and_then(|mut less| {
            less.pins = pins.iter().map(|&pin| self.problem.pins[pin].clone()).collect();
            less.compile()
        });
        let proven = match compiled {
            Ok(instance) => self.has_no_plan(&instance),
            Err(invalid) => invalid.is_of_pins().then_some(true),
        };
        self.is_sure &= proven.is_some();
        proven.unwrap_or(false)
    }

    /// Whether a problem has no plan; `None` where that is not known.
    fn has_no_plan(&self, instance: &Instance) -> Option<bool> {
        let market = Market {
            instance,
            seed: self.limits.seed,
        };
        let book = Rulebook::new(market);
        if start::guess(market, &book).is_some() {
            return Some(false);
        }
        let pairs = Census::take(instance).eligible_pairs;
        if census::estimate_mib(pairs) > self.memory_limit_mib {
            return None;
        }
        let pairs = instance.eligible_pairs();
        let columns = pairs.len() + book.flags();
        // infeasibility was proven before, so a failure here costs no more than brevity
        let answer = start::elastic(book.program(pairs.chunks(1)), columns, self.share()).ok()?;
        (answer.cost == 0 || answer.bound > 0).then_some(answer.bound > 0)
    }

    /// A part of the time that is left, so that no question takes it from all others.
    fn share(&self) -> Limits {
        let now = Instant::now();
        let left = self.limits.deadline.saturating_duration_since(now);
        Limits {
            deadline: now + left / PARTS,
            ..self.limits
        }
    }

    fn told(&self, rules: &[usize], pins: &[usize]) -> Contradiction {
        let pins: Vec<Pin> = pins.iter().map(|&pin| self.problem.pins[pin].clone()).collect();
        let mut wanted: BTreeMap<&NeedId, u32> = BTreeMap::new();
        for pin in &pins {
            *wanted.entry(&pin.need).or_default() += 1;
        }
        let seats = (self.problem.needs.iter())
            .filter(|need| wanted.get(&need.id).is_some_and(|&pins| pins > need.headcount))
            .map(|need| (need.id.clone(), need.headcount));
        Contradiction {
            seats: seats.collect(),
            rules: (rules.iter()).map(|&rule| self.rules[rule].0.clone()).collect(),
            minimal: self.is_sure,
            pins,
        }
    }
}

/// Leaves out of a list what is not needed, in ever smaller pieces, the last first.
fn needed<T: Copy + PartialEq>(mut kept: Vec<T>, mut do_contradict: impl FnMut(&[T]) -> bool) -> Vec<T> {
    let mut size = kept.len().div_ceil(2);
    while size > 0 {
        for piece in kept.clone().chunks(size).rev() {
            let without: Vec<T> = kept.iter().copied().filter(|one| !piece.contains(one)).collect();
            if do_contradict(&without) {
                kept = without;
            }
        }
        size = if size == 1 { 0 } else { size.div_ceil(2) };
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::{Kind, REGISTRY};

    /// What assignments are, and no policy's choice.
    const GIVEN: [&str; 3] = ["person_once", "need_headcount", "pins"];

    #[test]
    fn every_rule_that_a_policy_chooses_can_be_lifted() {
        let mut problem = crate::support::land_people(1, 3);
        problem.needs = vec![crate::support::need("n1", "u1", "land", 2)];
        problem.needs[0].senior_from = Some(2);
        problem.departments[0].release_cap = Some(1);
        (problem.departments[0].field_floors).insert("land".into(), 1);
        problem.units[0].speaker = vec!["km".to_owned()];
        problem.policy = crate::Policy {
            unit_cap: Some(1),
            max_secondments: Some(1),
            travel_budget_minutes: Some(1),
            change_budget: Some(0),
            field_caps: [("land".into(), 1)].into(),
            ..problem.policy
        };
        problem.teams = vec![
            crate::support::team("t1", &["p1", "p2"], crate::Together::SameUnit),
            crate::support::team("t2", &["p3", "p2"], crate::Together::AllOrNone),
        ];
        problem.teams[1].members[1] = "p4".into();
        problem.people.push(crate::Person {
            id: "p4".into(),
            ..problem.people[0].clone()
        });
        let lifted: BTreeSet<_> = (liftings(&problem).iter())
            .filter_map(|(rule, _)| rule.term(&problem))
            .collect();
        let written: BTreeSet<_> = (REGISTRY.iter())
            .filter(|term| matches!(term.kind, Kind::Rule(_)) && !GIVEN.contains(&term.id))
            .map(|term| term.id)
            .collect();
        assert_eq!(lifted, written);
    }

    /// As many pins, each against a couple of its own, as are asked for.
    fn hopeless(pins: usize) -> Problem {
        let mut problem = crate::support::land_people(1, 2 * pins);
        problem.needs = vec![crate::support::need("n1", "u1", "land", 2 * crate::index(pins))];
        for (nth, two) in problem.people.chunks_mut(2).enumerate() {
            two[1].conflicts = vec!["u1".into()];
            let (one, other) = (two[0].id.as_str(), two[1].id.as_str());
            let team = crate::support::team(&format!("t{nth}"), &[one, other], crate::Together::SameUnit);
            problem.teams.push(team);
            problem.pins.push(crate::support::pin(one, "n1"));
        }
        problem
    }

    fn within(problem: &Problem, seconds: u64, memory_limit_mib: u64) -> Contradictions {
        let deadline = Instant::now() + std::time::Duration::from_secs(seconds);
        explain(problem, Limits::new(deadline, 1), memory_limit_mib)
    }

    #[test]
    fn of_many_contradictions_ten_are_told() {
        let all = within(&hopeless(11), 60, u64::MAX);
        assert_eq!((all.found.len(), all.more), (MOST, true));
        assert!(all.found.iter().all(|one| one.minimal && one.pins.len() == 1));
        let all = within(&hopeless(9), 60, u64::MAX);
        assert_eq!((all.found.len(), all.more), (9, false));
    }

    #[test]
    fn without_time_or_memory_everything_may_take_part() {
        for (seconds, memory) in [(0, u64::MAX), (60, 0)] {
            let all = within(&hopeless(2), seconds, memory);
            let [one] = all.found.as_slice() else {
                panic!("{all:#?}")
            };
            assert_eq!(
                (one.pins.len(), one.rules.len()),
                (2, 2),
                "{seconds} s, {memory} MiB"
            );
            // that nothing else is left needs no memory
            assert_eq!((one.minimal, all.more), (false, seconds == 0));
        }
    }
}
