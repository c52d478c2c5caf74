//! A program of some placements, chosen with care, and all others priced from outside.
//!
//! The relaxation on the columns at hand gives multipliers, these price what is outside, and what
//! would pay joins, until nothing does: column generation (Gilmore and Gomory 1961). The bound is
//! one for the whole problem, because it counts what could still be won outside.

use super::outside::Outside;
use super::placements::{Couples, Placements};
use super::prices::{Charged, Prices};
use super::searches::{Cheapest, Within};
use crate::eligibility::Pair;
use crate::index;
use crate::market::Market;
use crate::milp::{self, Depth, Failure, Limits, Question, Reach, Session};
use crate::plan::Proof;
use crate::problem::Together;
use crate::program::{Multipliers, Program, cost};
use crate::rulebook::{Entries, Rulebook};
use std::time::Instant;

/// A column joins when it costs less than nothing by more than such a part of one: the engine's
/// multipliers are no finer than that.
const PART: i128 = 10_000;

/// A program that grows. Columns are flags of rules, then placements in the order in which they joined.
pub(super) struct Part<'i, C> {
    market: Market<'i>,
    book: Rulebook<'i>,
    cost_of: C,
    outside: Outside<'i>,
    placements: Placements,
    program: Program,
    costs: Vec<i64>,
    /// The plan in hand.
    x: Vec<i64>,
    /// No plan of the whole problem costs less.
    bound: i64,
    /// Where the bound comes from, if it is of the program, and what could still be won outside in
    /// these multipliers' parts.
    known: Option<(Multipliers, i128)>,
}

impl<'i, C: Fn(&Pair) -> i64> Part<'i, C> {
    /// The placements that the problem names, and nobody placed. A pair may not cost less for a longer
    /// journey, nor for who it is beyond the kinds of person and need.
    pub(super) fn new(market: Market<'i>, cost_of: C, floor: i64) -> Self {
        let instance = market.instance;
        let paired = paired(market);
        let couples = Couples::of(market, &paired);
        // couples that are placed together need no rows that keep them together
        let placed = couples.are_all;
        let book = Rulebook::of(market, |id| id != "couples" || !placed);
        let program = book.program(std::iter::empty());
        let named: Vec<Pair> = (instance.pins.iter())
            .chain(instance.base.keys())
            .chain(instance.waivers.keys())
            .filter(|(person, _)| !couples.members.contains(person))
            .filter_map(|&(person, need)| instance.pair(person, need))
            // couples that rows keep together: those rows name their pairs
            .chain(
                paired
                    .into_iter()
                    .filter(|pair| !couples.members.contains(&pair.person)),
            )
            .collect();
        let outside = Outside::new(market, &book, couples, &cost_of);
        let mut part = Self {
            market,
            book,
            cost_of,
            outside,
            placements: Placements::default(),
            costs: vec![0; program.columns.len()],
            x: vec![0; program.columns.len()],
            program,
            bound: floor,
            known: None,
        };
        named.iter().for_each(|pair| part.join(&[*pair]));
        part
    }

    /// Takes a plan in hand, if it keeps every rule.
    pub(super) fn take(&mut self, plan: &[Pair]) -> bool {
        let Some(placements) = self.outside.of_plan(plan).filter(|_| self.book.admits(plan)) else {
            return false;
        };
        placements.iter().for_each(|pairs| self.join(pairs));
        self.x = (self.book.raised(plan).into_iter())
            .chain(self.placements.used(plan))
            .map(i64::from)
            .collect();
        true
    }

    /// The plan in hand.
    pub(super) fn plan(&self) -> Vec<Pair> {
        self.placements.chosen(&self.x[self.book.flags()..])
    }

    pub(super) fn cost(&self) -> i64 {
        cost(&self.costs, &self.x)
    }

    /// Whether the plan in hand is optimal.
    pub(super) fn is_proven(&self) -> bool {
        self.cost() == self.bound
    }

    /// Whether the program has so many columns that everything about it takes long.
    pub(super) fn is_wide(&self, limits: Limits) -> bool {
        limits.is_wide(&self.program)
    }

    pub(super) fn bound(&self) -> i64 {
        self.bound
    }

    /// Lets a placement join, if it is outside.
    fn join(&mut self, pairs: &[Pair]) {
        if self.outside.enter(pairs) {
            let mut entries = Entries::new();
            self.book.entries_of(pairs, &mut entries);
            self.program.join(&entries);
            self.placements.push(pairs);
            self.costs.push(pairs.iter().map(&self.cost_of).sum());
            self.x.push(0);
        }
    }

    /// Lets the cheapest of each person and of each need join, as far as they cost less than a limit.
    /// Returns how many did.
    pub(super) fn offer(&mut self, prices: &impl Prices, below: i128) -> usize {
        let cheapest = self.cheapest(prices, below);
        self.join_below(cheapest, below)
    }

    fn join_below(&mut self, cheapest: Cheapest, below: i128) -> usize {
        let before = self.costs.len();
        for (price, pairs) in cheapest.of_person.into_iter().chain(cheapest.of_need) {
            if price < below {
                self.join(&pairs);
            }
        }
        self.costs.len() - before
    }

    fn cheapest(&self, prices: &impl Prices, below: i128) -> Cheapest {
        let mut cheapest = Cheapest::new(self.market.instance, below);
        self.outside.scan(prices, &mut cheapest);
        cheapest
    }

    fn charged(&self, multipliers: &Multipliers) -> Charged<'_, 'i, C> {
        Charged::new(&self.book, &self.cost_of, &self.program, multipliers)
    }

    /// Takes a bound over if it is better. Returns whether it is that of the columns at hand, so that
    /// nothing outside matters.
    ///
    /// Nobody goes to two places, so of what is outside each person wins the cheapest at most.
    fn prove(&mut self, multipliers: Multipliers, cheapest: &Cheapest) -> bool {
        let won = cheapest.of_person.iter().map(|(price, _)| price).sum();
        let bound = self.program.bound_beside(&self.costs, &multipliers, won);
        let alone = self.program.bound(&self.costs, &multipliers);
        if bound > self.bound || self.known.is_none() {
            self.bound = self.bound.max(bound);
            self.known = Some((multipliers, won));
        }
        bound == alone
    }

    /// Solves the relaxation of the whole problem, with cuts or without; by drafts, if asked for, as long as
    /// columns join, but to its end. `false` when the time was up before.
    pub(super) fn relax(
        &mut self,
        session: &mut Session,
        mut depth: Depth,
        limits: Limits,
    ) -> Result<bool, Failure> {
        while Instant::now() < limits.deadline {
            let how = |program: &mut Program, question: Question<'_>| {
                milp::multipliers(session, program, question, depth, limits)
            };
            let Some(multipliers) = self.ask(how)? else {
                return Ok(false);
            };
            let below = -i128::from(multipliers.scale) / PART;
            let cheapest = self.cheapest(&self.charged(&multipliers), 0);
            let is_all = self.prove(multipliers, &cheapest) || self.join_below(cheapest, below) == 0;
            if is_all && session.is_through() {
                return Ok(true);
            }
            if matches!(depth, Depth::Coarse) {
                // what joins now opens little that was cut
                depth = Depth::Plain;
            }
        }
        Ok(false)
    }

    /// Looks for a better plan among the columns at hand.
    pub(super) fn improve(
        &mut self,
        session: &mut Session,
        reach: Reach,
        limits: Limits,
    ) -> Result<(), Failure> {
        let answer =
            self.ask(|program, question| milp::approach(session, program, question, reach, limits))?;
        let in_time = Instant::now() < limits.deadline;
        if let Some(multipliers) = answer.multipliers.filter(|_| in_time) {
            let cheapest = self.cheapest(&self.charged(&multipliers), 0);
            self.prove(multipliers, &cheapest);
        }
        self.x = answer.x;
        Ok(())
    }

    /// Lets all join that a better plan than that in hand could use, unless they are too many; then the
    /// program is as good as the whole. Returns whether it is.
    pub(super) fn complete(&mut self, most: usize) -> bool {
        let Some((multipliers, won)) = &self.known else {
            return false;
        };
        let room = self.program.room(&self.costs, multipliers, self.cost() - 1) - won;
        let mut within = Within::new(room + 1, most);
        self.outside.scan(&self.charged(multipliers), &mut within);
        let fits = within.found.len() <= most;
        if fits {
            within.found.iter().for_each(|pairs| self.join(pairs));
        }
        fits
    }

    /// Solves the program as the whole that it is when [`complete`](Self::complete) says so.
    pub(super) fn finish(&mut self, session: &mut Session, limits: Limits) -> Result<Proof, Failure> {
        let (answer, ended) =
            self.ask(|program, question| milp::minimise(session, program, question, limits, &mut |_| {}));
        self.bound = self.bound.max(answer.bound);
        self.x = answer.x;
        ended.map(|()| answer.proof)
    }

    /// Asks about the program as it is.
    fn ask<T>(&mut self, how: impl FnOnce(&mut Program, Question<'_>) -> T) -> T {
        let question = Question {
            costs: &self.costs,
            guide: &vec![0.0; self.costs.len()],
            incumbent: &self.x,
            floor: self.bound,
            most: usize::MAX,
        };
        how(&mut self.program, question)
    }
}

/// The eligible pairs of people in couples.
fn paired(market: Market<'_>) -> Vec<Pair> {
    let instance = market.instance;
    let couples = (instance.teams.iter()).filter(|team| team.together == Together::SameUnit);
    let members = couples.flat_map(|team| &team.members);
    let needs = 0..index(instance.needs.len());
    members
        .flat_map(|&member| needs.clone().filter_map(move |need| instance.pair(member, need)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::searches::Search;
    use super::*;
    use crate::plan::Tier;
    use crate::program::{Cut, Limit, Mixture, Row};
    use crate::tier_cost::TierCost;
    use crate::{Problem, random};
    use proptest::prelude::*;
    use proptest::test_runner::TestRunner;
    use std::cell::Cell;
    use std::collections::BTreeMap;

    /// Everything that costs less than a limit, with its price.
    struct Below {
        limit: i128,
        found: BTreeMap<Vec<(u32, u32)>, i128>,
    }

    impl Search for Below {
        fn limit(&self) -> i128 {
            self.limit
        }

        fn below(&self, _: u32, _: u32) -> i128 {
            self.limit
        }

        fn found(&mut self, pairs: &[Pair], price: i128) {
            assert!(self.found.insert(named(pairs), price).is_none(), "found twice");
        }
    }

    fn named(pairs: &[Pair]) -> Vec<(u32, u32)> {
        pairs.iter().map(|pair| (pair.person, pair.need)).collect()
    }

    /// Whatever the multipliers and cuts: a search finds everything outside that costs less than its
    /// limit and nothing else, at the price that it has as a column.
    #[test]
    fn what_is_outside_is_found_at_the_price_of_a_column() {
        let found = Cell::new(0);
        let look = |problem: &Problem, values: &[i64], limit: i128| {
            let instance = problem.clone().compile().unwrap();
            let market = Market {
                instance: &instance,
                seed: 1,
            };
            let fit = TierCost::new(&instance, Tier::Fit);
            let cost_of = |pair: &Pair| fit.of_pair(&market, pair) + i64::from(pair.minutes);
            let mut part = Part::new(market, cost_of, i64::MIN);
            cut(&mut part.program, values);
            let rows = part.program.rows.len();
            let multipliers = Multipliers {
                values: values.iter().copied().cycle().take(rows).collect(),
                scale: 3,
            };
            let mut search = Below {
                limit,
                found: BTreeMap::new(),
            };
            part.outside.scan(&part.charged(&multipliers), &mut search);
            let inside = part.costs.len();
            let all = Placements::new(market, &instance.eligible_pairs());
            all.iter().for_each(|pairs| part.join(pairs));
            let prices = part.program.reduced(&part.costs, &multipliers);
            let columns = (part.placements.iter()).zip(&prices[part.book.flags()..]);
            let cheap: BTreeMap<_, _> = (columns.skip(inside - part.book.flags()))
                .filter(|&(_, &price)| price < limit)
                .map(|(pairs, &price)| (named(pairs), price))
                .collect();
            assert_eq!(search.found, cheap, "{problem:#?}");
            found.set(found.get() + cheap.len());
        };
        let multipliers = prop::collection::vec(-20_i64..=20, 200);
        TestRunner::new(random::config(1_100))
            .run(
                &(random::problems(), multipliers, -300_i128..900),
                |(problem, values, limit)| {
                    look(&problem, &values, limit);
                    Ok(())
                },
            )
            .unwrap();
        assert!(found.get() > 1_000, "{}", found.get());
    }

    /// Adds a cut of three rows, and one of it and another.
    fn cut(program: &mut Program, values: &[i64]) {
        let at_most: Vec<u32> = (0_u32..)
            .zip(&program.rows)
            .filter(|(_, row)| matches!(row.limit, Limit::AtMost(_)))
            .map(|(at, _)| at)
            .collect();
        let nth = |value: &i64| usize::try_from(value.unsigned_abs()).ok();
        let picks = (values.iter()).filter_map(|value| Some(at_most[nth(value)? % at_most.len()]));
        let picks: Vec<u32> = picks.take(4).collect();
        for rows in [&picks[..3], &[index(program.rows.len()), picks[3]]] {
            program.cut(Cut {
                row: Row::count([], Limit::AtMost(5)),
                mixture: Mixture {
                    of: rows.iter().map(|&row| (row, 1)).collect(),
                    divisor: 2,
                },
            });
        }
    }
}
