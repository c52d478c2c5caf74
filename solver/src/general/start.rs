//! The first plan that keeps every rule, or the proof that there is none.
//!
//! Only pins and the change budget ask for something from the start; every other rule is kept by
//! an empty plan. So these two are made elastic: a missing pin or line costs one, and there is a
//! plan exactly when the cost can be zero. No verdict of infeasibility need be trusted.

use super::conflict;
use crate::binding::Contradictions;
use crate::eligibility::Pair;
use crate::market::Market;
use crate::milp::{self, Failure, Limits, Question, Session};
use crate::plan::Proof;
use crate::program::{Answer, Column, Limit, Program};
use crate::rulebook::Rulebook;
use std::collections::BTreeSet;

pub(super) enum Start {
    Plan(Vec<Pair>),
    Infeasible(Contradictions),
    TimeUp,
}

/// Finds a first plan.
pub(super) fn find(
    market: Market<'_>,
    book: &Rulebook<'_>,
    pairs: &[Pair],
    limits: Limits,
) -> Result<Start, Failure> {
    if let Some(plan) = guess(market, book) {
        return Ok(Start::Plan(plan));
    }
    let answer = elastic(book.program(pairs.chunks(1)), pairs.len() + book.flags(), limits)?;
    if answer.cost == 0 {
        let chosen = pairs.iter().zip(&answer.x).filter(|&(_, &value)| value > 0);
        return Ok(Start::Plan(chosen.map(|(pair, _)| *pair).collect()));
    }
    if answer.bound <= 0 || answer.proof == Proof::Open {
        return Ok(Start::TimeUp);
    }
    let problem = market.instance.problem();
    Ok(Start::Infeasible(conflict::explain(problem, limits, u64::MAX)))
}

/// A first plan, if there is one and it is found in time.
pub(crate) fn plan(market: Market<'_>, limits: Limits) -> Result<Option<Vec<Pair>>, Failure> {
    let book = Rulebook::new(market);
    if let Some(plan) = guess(market, &book) {
        return Ok(Some(plan));
    }
    Ok(
        match find(market, &book, &market.instance.eligible_pairs(), limits)? {
            Start::Plan(plan) => Some(plan),
            Start::Infeasible(_) | Start::TimeUp => None,
        },
    )
}

/// A first plan that needs no search.
pub(super) fn guess(market: Market<'_>, book: &Rulebook<'_>) -> Option<Vec<Pair>> {
    guesses(market).find(|plan| book.admits(plan))
}

/// What is asked for and nothing else: pins, and with them the base plan.
pub(super) fn guesses(market: Market<'_>) -> impl Iterator<Item = Vec<Pair>> {
    let instance = market.instance;
    let pair = |&(person, need): &(u32, u32)| instance.pair(person, need);
    let pins: Vec<Pair> = instance.pins.iter().filter_map(pair).collect();
    let pinned: BTreeSet<u32> = pins.iter().map(|pair| pair.person).collect();
    let base = instance
        .base
        .keys()
        .filter(|(person, _)| !pinned.contains(person));
    let all: Vec<Pair> = pins.iter().copied().chain(base.filter_map(pair)).collect();
    [pins, all].into_iter()
}

/// Minimises what is missing of rows that ask for something.
pub(super) fn elastic(mut program: Program, columns: usize, limits: Limits) -> Result<Answer, Failure> {
    let mut costs = vec![0; columns];
    let mut incumbent = vec![0; columns];
    for row in &mut program.rows {
        if let Limit::AtLeast(limit @ 1..) = row.limit {
            row.entries.push((crate::index(program.columns.len()), 1));
            program.columns.push(Column {
                lower: 0,
                upper: limit,
            });
            costs.push(1);
            incumbent.push(limit);
        }
    }
    program.tidy();
    let question = Question {
        costs: &costs,
        guide: &vec![0.0; costs.len()],
        incumbent: &incumbent,
        floor: 0,
        most: usize::MAX,
    };
    let session = &mut Session::default();
    let (answer, ended) = milp::minimise(session, &mut program, question, limits, &mut |_| {});
    ended.map(|()| answer)
}
