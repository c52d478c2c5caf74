//! Why there is no plan: pins and rules that contradict each other, and none of them without need.

use super::start;
use crate::eligibility::Pair;
use crate::instance::Instance;
use crate::market::Market;
use crate::milp::{Failure, Limits};
use crate::program::Limit;
use crate::rulebook::Rulebook;
use crate::terms::{Kind, REGISTRY, unit_cap};
use std::collections::BTreeSet;

/// What cannot be kept together.
#[derive(Clone, Debug)]
pub(crate) struct Conflict {
    /// (person, need), as in the document's order of people.
    pub(crate) pins: Vec<(u32, u32)>,
    /// Ids of rules.
    pub(crate) rules: Vec<&'static str>,
    /// Without any one of them there would be a plan; `false` when the time did not suffice to make
    /// sure of that.
    pub(crate) minimal: bool,
}

/// Rules that are what assignments are, and no policy's choice: never named.
const GIVEN: [&str; 3] = ["person_once", "need_headcount", "pins"];

/// Leaves out what the contradiction does not need, one by one (Chinneck and Dravnieks 1991), the
/// rules first; of pins whole halves are tried first.
pub(super) fn explain(market: Market<'_>, pairs: &[Pair], limits: Limits) -> Result<Conflict, Failure> {
    // rows of other rules are as tight as the caps make them
    let mut uncapped = market.instance.clone();
    uncapped.units.iter_mut().for_each(|unit| unit.cap = None);
    let mut search = Search {
        market,
        uncapped: &uncapped,
        pairs,
        limits,
        minimal: true,
    };
    let named = |id: &&str| !GIVEN.contains(id);
    let mut rules: Vec<&'static str> = (REGISTRY.iter())
        .filter(|term| matches!(term.kind, Kind::Rule(_)))
        .map(|term| term.id)
        .filter(named)
        .collect();
    let mut pins: Vec<(u32, u32)> = market.instance.pins.iter().copied().collect();
    for id in rules.clone() {
        let without: Vec<_> = rules.iter().copied().filter(|&other| other != id).collect();
        if search.contradict(&without, &pins)? {
            rules = without;
        }
    }
    let mut size = pins.len().div_ceil(2);
    while size > 0 {
        for chunk in pins.clone().chunks(size) {
            let without: Vec<_> = pins.iter().copied().filter(|pin| !chunk.contains(pin)).collect();
            if search.contradict(&rules, &without)? {
                pins = without;
            }
        }
        size = if size == 1 { 0 } else { size.div_ceil(2) };
    }
    Ok(Conflict {
        pins,
        rules,
        minimal: search.minimal,
    })
}

struct Search<'s> {
    market: Market<'s>,
    /// The same without caps of units, for when that rule is given up.
    uncapped: &'s Instance,
    pairs: &'s [Pair],
    limits: Limits,
    minimal: bool,
}

impl Search<'_> {
    /// Whether some rules and pins are proven to have no plan.
    fn contradict(&mut self, rules: &[&str], pins: &[(u32, u32)]) -> Result<bool, Failure> {
        let market = if rules.contains(&unit_cap::TERM.id) {
            self.market
        } else {
            Market {
                instance: self.uncapped,
                ..self.market
            }
        };
        let book = Rulebook::of(market, |id| GIVEN.contains(&id) || rules.contains(&id));
        let mut program = book.program(self.pairs.chunks(1));
        let kept: BTreeSet<_> = pins.iter().collect();
        let all = (0_usize..).zip(&self.market.instance.pins);
        let first = book.first_row("pins").unwrap_or(0) as usize;
        for (nth, _) in all.filter(|(_, pin)| !kept.contains(pin)) {
            program.rows[first + nth].limit = Limit::AtLeast(0);
        }
        let answer = start::elastic(program, self.pairs.len() + book.flags(), self.limits)?;
        self.minimal &= answer.cost == 0 || answer.bound > 0;
        Ok(answer.bound > 0)
    }
}
