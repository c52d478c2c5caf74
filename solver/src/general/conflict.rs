//! Why there is no plan: pins and rules that contradict each other, and none of them without need.

use super::start;
use crate::binding::{Contradiction, Contradictions, Lifting, Rule};
use crate::census;
use crate::edit::Edit;
use crate::instance::Instance;
use crate::market::Market;
use crate::milp::{Failure, Limits};
use crate::problem::Problem;
use crate::rulebook::Rulebook;
use std::collections::BTreeSet;

/// Most contradictions that are told.
const MOST: usize = 10;

/// What no plan of a problem can keep together, one after the other, until the pins that are left have a
/// plan. Programs of more than some memory are not built, so what they would prove stays open.
pub(crate) fn explain(
    problem: &Problem,
    limits: Limits,
    memory_limit_mib: u64,
) -> Result<Contradictions, Failure> {
    let mut search = Search {
        problem,
        limits,
        memory_limit_mib,
        rules: liftings(problem),
        is_sure: true,
    };
    let mut rules: Vec<usize> = (0..search.rules.len()).collect();
    let mut pins: Vec<usize> = (0..problem.pins.len()).collect();
    let mut found = Vec::new();
    while found.len() < MOST {
        let (own_rules, own_pins) = search.narrow(rules.clone(), pins.clone())?;
        if own_pins.is_empty() {
            // nothing else asks for anything
            rules.retain(|&rule| search.rules[rule].0 != Rule::ChangeBudget);
        }
        pins.retain(|pin| !own_pins.contains(pin));
        found.push(search.told(&own_rules, &own_pins));
        search.is_sure = true;
        if !search.contradict(&rules, &pins)? {
            let more = !search.is_sure;
            return Ok(Contradictions { found, more });
        }
    }
    Ok(Contradictions { found, more: true })
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
    fn narrow(
        &mut self,
        mut rules: Vec<usize>,
        pins: Vec<usize>,
    ) -> Result<(Vec<usize>, Vec<usize>), Failure> {
        let term = |search: &Self, rule: usize| search.rules[rule].0.term(search.problem);
        let terms: BTreeSet<_> = rules.iter().map(|&rule| term(self, rule)).collect();
        for one in terms {
            let without: Vec<usize> = (rules.iter().copied())
                .filter(|&rule| term(self, rule) != one)
                .collect();
            if self.contradict(&without, &pins)? {
                rules = without;
            }
        }
        let pins = needed(pins, |pins| self.contradict(&rules, pins))?;
        let rules = needed(rules, |rules| self.contradict(rules, &pins))?;
        Ok((rules, pins))
    }

    /// Whether some rules and pins are proven to have no plan.
    fn contradict(&mut self, rules: &[usize], pins: &[usize]) -> Result<bool, Failure> {
        let lifted: Vec<Edit> = (self.rules.iter().enumerate())
            .filter(|(rule, _)| !rules.contains(rule))
            .flat_map(|(_, (_, edits))| edits.iter().cloned())
            .collect();
        let compiled = self.problem.edited(&lifted).and_then(|mut less| {
            less.pins = pins.iter().map(|&pin| self.problem.pins[pin].clone()).collect();
            less.compile()
        });
        match compiled {
            Ok(instance) => self.has_no_plan(&instance),
            Err(invalid) => {
                let is_proven = invalid.is_of_pins();
                self.is_sure &= is_proven;
                Ok(is_proven)
            }
        }
    }

    fn has_no_plan(&mut self, instance: &Instance) -> Result<bool, Failure> {
        let pairs = instance.eligible_pairs();
        if census::estimate_mib(pairs.len() as u64) > self.memory_limit_mib {
            self.is_sure = false;
            return Ok(false);
        }
        let book = Rulebook::new(Market {
            instance,
            seed: self.limits.seed,
        });
        let answer = start::elastic(
            book.program(pairs.chunks(1)),
            pairs.len() + book.flags(),
            self.limits,
        )?;
        self.is_sure &= answer.cost == 0 || answer.bound > 0;
        Ok(answer.bound > 0)
    }

    fn told(&self, rules: &[usize], pins: &[usize]) -> Contradiction {
        Contradiction {
            pins: pins.iter().map(|&pin| self.problem.pins[pin].clone()).collect(),
            rules: (rules.iter()).map(|&rule| self.rules[rule].0.clone()).collect(),
            minimal: self.is_sure,
        }
    }
}

/// Leaves out of a list what is not needed, in ever smaller pieces, the last first.
fn needed<T: Copy + PartialEq>(
    mut kept: Vec<T>,
    mut do_contradict: impl FnMut(&[T]) -> Result<bool, Failure>,
) -> Result<Vec<T>, Failure> {
    let mut size = kept.len().div_ceil(2);
    while size > 0 {
        for piece in kept.clone().chunks(size).rev() {
            let without: Vec<T> = kept.iter().copied().filter(|one| !piece.contains(one)).collect();
            if do_contradict(&without)? {
                kept = without;
            }
        }
        size = if size == 1 { 0 } else { size.div_ceil(2) };
    }
    Ok(kept)
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
}
