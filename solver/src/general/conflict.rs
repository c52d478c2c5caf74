//! Why there is no plan: pins and rules that contradict each other, and none of them without need.

use super::start;
use crate::binding::{Contradiction, Contradictions, Lifting, Rule};
use crate::edit::Edit;
use crate::eligibility::Pair;
use crate::instance::Instance;
use crate::market::Market;
use crate::milp::{Failure, Limits};
use crate::problem::Pin;
use crate::program::Limit;
use crate::rulebook::Rulebook;
use std::collections::BTreeSet;

/// Most contradictions that are told.
const MOST: usize = 10;

/// A pin as (person, need).
type PinRow = (u32, u32);

/// What no plan can keep together, one after the other, until the pins that are left have a plan.
pub(super) fn explain(market: Market<'_>, pairs: &[Pair], limits: Limits) -> Result<Contradictions, Failure> {
    let mut search = Search {
        market,
        pairs,
        limits,
        rules: liftings(market.instance),
        is_sure: true,
    };
    let mut rules: Vec<usize> = (0..search.rules.len()).collect();
    let mut pins: Vec<PinRow> = market.instance.pins.iter().copied().collect();
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
fn liftings(instance: &Instance) -> Vec<Lifting> {
    let mut rules = Rule::set_by(instance);
    rules.retain(|(rule, _)| rule.term(instance).is_some());
    rules.sort_by_cached_key(|(rule, _)| rule.term(instance));
    rules
}

struct Search<'s> {
    market: Market<'s>,
    pairs: &'s [Pair],
    limits: Limits,
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
        pins: Vec<PinRow>,
    ) -> Result<(Vec<usize>, Vec<PinRow>), Failure> {
        let instance = self.market.instance;
        let term = |search: &Self, rule: usize| search.rules[rule].0.term(instance);
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
    fn contradict(&mut self, rules: &[usize], pins: &[PinRow]) -> Result<bool, Failure> {
        let lifted: Vec<Edit> = (self.rules.iter().enumerate())
            .filter(|(rule, _)| !rules.contains(rule))
            .flat_map(|(_, (_, edits))| edits.iter().cloned())
            .collect();
        let Ok(less) = self.market.instance.edited(&lifted) else {
            // only pins are checked against rules, and there are less of these
            self.is_sure = false;
            return Ok(false);
        };
        let market = Market {
            instance: &less,
            ..self.market
        };
        let book = Rulebook::new(market);
        let mut program = book.program(self.pairs.chunks(1));
        let kept: BTreeSet<_> = pins.iter().collect();
        let first = book.first_row("pins").unwrap_or(0) as usize;
        for (nth, _) in (0..).zip(&less.pins).filter(|(_, pin)| !kept.contains(pin)) {
            program.rows[first + nth].limit = Limit::AtLeast(0);
        }
        let answer = start::elastic(program, self.pairs.len() + book.flags(), self.limits)?;
        self.is_sure &= answer.cost == 0 || answer.bound > 0;
        Ok(answer.bound > 0)
    }

    fn told(&self, rules: &[usize], pins: &[PinRow]) -> Contradiction {
        let problem = self.market.instance.problem();
        let pin = |&(person, need): &PinRow| Pin {
            person: problem.people[person as usize].id.clone(),
            need: problem.needs[need as usize].id.clone(),
        };
        Contradiction {
            pins: pins.iter().map(pin).collect(),
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
        let instance = problem.compile().unwrap();
        let lifted: BTreeSet<_> = (liftings(&instance).iter())
            .filter_map(|(rule, _)| rule.term(&instance))
            .collect();
        let written: BTreeSet<_> = (REGISTRY.iter())
            .filter(|term| matches!(term.kind, Kind::Rule(_)) && !GIVEN.contains(&term.id))
            .map(|term| term.id)
            .collect();
        assert_eq!(lifted, written);
    }
}
