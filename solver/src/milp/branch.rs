//! Branch and bound over what the relaxation leaves open of flags and seats, with a proof in whole
//! numbers.
//!
//! Where a few units more or less are counted, hundreds of thousands of columns cost the same, so no
//! price excludes any of them, and a MILP on some proves nothing for all. But the relaxation knows
//! every column. So the columns that only say something about others are decided one by one, at first
//! where multipliers are not whole, for only there can the bound be. A decision is a penalty on the
//! other value, not a bound: so every relaxation has a point, and goes on from the basis before.

use super::highs::whole;
use super::master::{Pivots, float};
use super::pace::Depth;
use super::sift::{Relaxed, Sifting};
use super::{Failure, Limits, Question, SPLIT, best_of, is_split, rounded};
use crate::program::{Answer, Program};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Instant;

/// Some decisions, and the one that comes next.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    /// What the relaxation costs, rounded up: in floating point, so it orders nodes and prunes none.
    cost: i64,
    decided: Vec<(u32, bool)>,
    next: u32,
}

/// Tries to prove that nothing is better than the answer in hand, and takes what is better over. Gives
/// up after `most` relaxations.
pub(super) fn branch(
    sifting: &mut Sifting,
    program: &mut Program,
    question: Question<'_>,
    best: &mut Answer,
    relaxed: &Relaxed,
    most: usize,
    limits: Limits,
) -> Result<(), Failure> {
    let Some(next) = open(program, relaxed, &[]) else {
        return Ok(());
    };
    // more than a wrong value could win
    let penalty = 2 * (best.cost - best.bound) + 2;
    let mut heap = BinaryHeap::from([Reverse(Node {
        cost: best.bound,
        decided: Vec::new(),
        next,
    })]);
    let mut nodes = 0;
    while let Some(Reverse(node)) = heap.pop() {
        for value in [false, true] {
            nodes += 1;
            if nodes > most || Instant::now() >= limits.deadline {
                return Ok(());
            }
            let mut decided = node.decided.clone();
            decided.push((node.next, value));
            let mut costs = question.costs.to_vec();
            let mut constant = 0;
            for &(column, value) in &decided {
                costs[column as usize] += if value { -penalty } else { penalty };
                constant += if value { penalty } else { 0 };
            }
            let plain: Vec<f64> = costs.iter().map(|&cost| float(cost)).collect();
            sifting.follow(program, &plain, limits)?;
            let solved = sifting.solve(
                program,
                &plain,
                Pivots::Primal,
                Depth::Towards(best.cost - constant),
                limits,
            )?;
            let Some(relaxed) = solved else { return Ok(()) };
            best.take(program, question.costs, &rounded(&relaxed.x));
            let sum: f64 = plain
                .iter()
                .zip(&relaxed.x)
                .map(|(cost, value)| cost * value)
                .sum();
            let cost = whole((sum - SPLIT).ceil()) + constant;
            if cost >= best.cost {
                let multipliers = best_of(program, &costs, &relaxed.multipliers);
                if program.bound(&costs, &multipliers) + constant >= best.cost {
                    continue;
                }
            }
            let Some(next) = open(program, &relaxed, &decided) else {
                // a whole point that the multipliers, rounded, do not prove
                return Ok(());
            };
            heap.push(Reverse(Node { cost, decided, next }));
        }
    }
    best.bound = best.cost;
    best.meet();
    Ok(())
}

/// The split column to be decided next, a choice of its own last: in most rows whose multipliers are
/// not whole, then nearest to a half.
fn open(program: &Program, relaxed: &Relaxed, decided: &[(u32, bool)]) -> Option<u32> {
    let mut rows = vec![0_u32; program.columns.len()];
    for (row, &multiplier) in program.rows.iter().zip(&relaxed.multipliers) {
        if is_split(multiplier) {
            row.entries
                .iter()
                .for_each(|&(column, _)| rows[column as usize] += 1);
        }
    }
    let is_candidate =
        |&at: &usize| is_split(relaxed.x[at]) && decided.iter().all(|&(column, _)| column as usize != at);
    let is_choice = |at: &usize| program.choices.contains(at);
    let said = (0..relaxed.x.len()).filter(|at| !is_choice(at) && is_candidate(at));
    let rank = |&at: &usize| {
        let off = (relaxed.x[at] - relaxed.x[at].round()).abs();
        (rows[at].min(3), off)
    };
    let by_rank = |one: &usize, other: &usize| {
        let ((rows, off), (its_rows, its_off)) = (rank(one), rank(other));
        rows.cmp(&its_rows)
            .then(off.total_cmp(&its_off))
            .then(other.cmp(one))
    };
    let choices = (0..relaxed.x.len()).filter(|at| is_choice(at) && is_candidate(at));
    (said.max_by(by_rank))
        .or_else(|| choices.max_by(by_rank))
        .map(crate::index)
}
