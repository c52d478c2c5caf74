//! A program of some placements, chosen with care, and all others priced from outside.
//!
//! The relaxation on the columns at hand gives multipliers, these price what is outside, and what
//! would pay joins, until nothing does: column generation (Gilmore and Gomory 1961). The bound is
//! one for the whole problem, because it counts what could still be won outside.

use super::outside::{Kind, Outside, Prices, Search};
use super::placements::{Couples, Placements};
use crate::eligibility::Pair;
use crate::index;
use crate::market::Market;
use crate::milp::{self, Cuts, Failure, Limits, Question, Session};
use crate::plan::Proof;
use crate::program::{Answer, Multipliers, Program, cost};
use crate::rulebook::{Entries, Rulebook, Scope};
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
        let couples = Couples::of(market, &paired(market));
        // couples that are placed together need no rows that keep them together
        let placed = couples.are_all;
        let book = Rulebook::of(market, |id| id != "couples" || !placed);
        let program = book.program(std::iter::empty());
        let named: Vec<Pair> = (instance.pins.iter())
            .chain(instance.base.keys())
            .chain(instance.waivers.keys())
            .filter(|(person, _)| !couples.members.contains(person))
            .filter_map(|&(person, need)| instance.pair(person, need))
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
        let instance = self.market.instance;
        let mut cheapest = Cheapest {
            of_person: vec![(below, Vec::new()); instance.people.len()],
            of_need: vec![(below, Vec::new()); instance.needs.len()],
        };
        self.outside.scan(prices, &mut cheapest);
        cheapest
    }

    fn charged<'p>(&'p self, multipliers: &Multipliers) -> Charged<'p, 'i, C> {
        Charged {
            part: self,
            values: self.program.pushing(multipliers),
            scale: i128::from(multipliers.scale),
        }
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

    /// Solves the relaxation of the whole problem, cut so far. `false` when the
    /// time was up before.
    pub(super) fn relax(
        &mut self,
        session: &mut Session,
        mut cuts: Cuts,
        limits: Limits,
    ) -> Result<bool, Failure> {
        loop {
            let question = Question {
                costs: &self.costs,
                guide: &[],
                incumbent: &self.x,
                floor: self.bound,
                most: usize::MAX,
            };
            let found = milp::multipliers(session, &mut self.program, question, cuts, limits)?;
            let Some(multipliers) = found else {
                return Ok(false);
            };
            let below = -i128::from(multipliers.scale) / PART;
            let cheapest = self.cheapest(&self.charged(&multipliers), 0);
            if self.prove(multipliers, &cheapest) || self.join_below(cheapest, below) == 0 {
                return Ok(true);
            }
            if matches!(cuts, Cuts::Coarse) {
                cuts = Cuts::None;
            }
        }
    }

    /// Looks for a better plan among the columns at hand, until one is no further from the bound than is
    /// enough.
    pub(super) fn improve(
        &mut self,
        session: &mut Session,
        enough: i64,
        limits: Limits,
    ) -> Result<(), Failure> {
        let how = |session: &mut Session, program: &mut Program, question: Question<'_>| {
            milp::approach(session, program, question, enough, limits)
        };
        let answer = self.ask(session, how)?;
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
        let mut within = Within {
            below: room + 1,
            most,
            found: Vec::new(),
        };
        self.outside.scan(&self.charged(multipliers), &mut within);
        let fits = within.found.len() <= most;
        if fits {
            within.found.iter().for_each(|pairs| self.join(pairs));
        }
        fits
    }

    /// Solves the program as the whole that it is when [`complete`](Self::complete) says so.
    pub(super) fn finish(&mut self, session: &mut Session, limits: Limits) -> Result<Proof, Failure> {
        let how = |session: &mut Session, program: &mut Program, question: Question<'_>| {
            milp::minimise(session, program, question, limits)
        };
        let answer = self.ask(session, how)?;
        self.bound = self.bound.max(answer.bound);
        self.x = answer.x;
        Ok(answer.proof)
    }

    /// Asks about the program as it is.
    fn ask(
        &mut self,
        session: &mut Session,
        how: impl Fn(&mut Session, &mut Program, Question<'_>) -> Result<Answer, Failure>,
    ) -> Result<Answer, Failure> {
        let question = Question {
            costs: &self.costs,
            guide: &vec![0.0; self.costs.len()],
            incumbent: &self.x,
            floor: self.bound,
            most: usize::MAX,
        };
        how(session, &mut self.program, question)
    }
}

/// The eligible pairs of people in couples.
fn paired(market: Market<'_>) -> Vec<Pair> {
    let instance = market.instance;
    let members = (instance.teams.iter()).flat_map(|team| &team.members);
    let needs = 0..index(instance.needs.len());
    members
        .flat_map(|&member| needs.clone().filter_map(move |need| instance.pair(member, need)))
        .collect()
}

/// Prices at multipliers of a program's rows, in their parts.
struct Charged<'p, 'i, C> {
    part: &'p Part<'i, C>,
    /// Zero where a multiplier pushes against nothing.
    values: Vec<i64>,
    scale: i128,
}

impl<C> Charged<'_, '_, C> {
    fn entries(&self, entries: &[(u32, i64)]) -> i128 {
        let charge = |&(row, amount): &(u32, i64)| i128::from(self.values[row as usize]) * i128::from(amount);
        let charges = |entries: &[(u32, i64)]| entries.iter().map(charge).sum::<i128>();
        let mixed = self.part.program.mixtures.of(entries);
        -charges(entries) - charges(&mixed)
    }
}

impl<C: Fn(&Pair) -> i64> Prices for Charged<'_, '_, C> {
    fn of_person(&self, person: u32) -> i128 {
        let mut entries = Entries::new();
        // rules of this scope look at nothing but the person
        let pair = Pair::of_person(person);
        let is_own = |scope| scope == Scope::Person;
        self.part.book.entries_within(is_own, &pair, &mut entries);
        self.entries(&entries)
    }

    fn of_kind(&self, kind: &Kind<'_>) -> i128 {
        i128::from(kind.cost) * self.scale + self.entries(kind.entries)
    }

    fn of(&self, pairs: &[Pair]) -> i128 {
        let mut entries = Entries::new();
        self.part.book.entries_of(pairs, &mut entries);
        let cost: i64 = pairs.iter().map(&self.part.cost_of).sum();
        i128::from(cost) * self.scale + self.entries(&entries)
    }
}

/// The cheapest placement of each person, or of a couple's first member, and of each need.
struct Cheapest {
    of_person: Vec<(i128, Vec<Pair>)>,
    of_need: Vec<(i128, Vec<Pair>)>,
}

impl Search for Cheapest {
    fn below(&self, person: u32, need: u32) -> i128 {
        (self.of_person[person as usize].0).max(self.of_need[need as usize].0)
    }

    fn found(&mut self, pairs: &[Pair], price: i128) {
        let Some(first) = pairs.first() else { return };
        for best in [
            &mut self.of_person[first.person as usize],
            &mut self.of_need[first.need as usize],
        ] {
            if price < best.0 {
                *best = (price, pairs.to_vec());
            }
        }
    }
}

/// All that cost less than a limit, as far as they are not too many.
struct Within {
    below: i128,
    most: usize,
    found: Vec<Vec<Pair>>,
}

impl Search for Within {
    fn below(&self, _: u32, _: u32) -> i128 {
        if self.found.len() > self.most {
            i128::MIN
        } else {
            self.below
        }
    }

    fn found(&mut self, pairs: &[Pair], _: i128) {
        self.found.push(pairs.to_vec());
    }
}
