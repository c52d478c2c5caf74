//! MILPs on some of the columns, or on all that matter.

use super::highs::{self, Dives, Effort};
use super::master::float;
use super::sift::{Relaxed, keep_cheapest};
use super::{Failure, GUIDE, Limits, Question, is_split};
use crate::plan::Proof;
use crate::program::{Answer, Column, Program, Row};
use std::time::Instant;

/// Most open columns that HiGHS gets: with more it would not come back in time.
const LARGE: usize = 50_000;

/// How far a MILP goes.
#[derive(Clone, Copy)]
pub(super) struct Search {
    choice: Choice,
    effort: Effort,
}

/// Which columns a MILP gets, beside those of the relaxation and all that only say something about
/// others.
#[derive(Clone, Copy)]
enum Choice {
    /// In each row so many of the lowest prices, so that everybody who might have to move can.
    OfEachRow(usize),
    /// The same in rows with a column that the relaxation splits: only there is anything open.
    OfEachOpenRow(usize),
    /// Of those that cost at most so many hundredths of the gap: the best points hardly use others, for
    /// prices add up.
    Within(i64),
    /// All that a better point may use.
    All,
}

impl Search {
    /// Only the columns of the relaxation: a plan in no time.
    pub(super) const OWN: Self = Self {
        choice: Choice::OfEachRow(0),
        effort: Effort {
            dives: Dives::OfPrices,
            ..Effort::SHORT
        },
    };

    /// In a part of a large program, where all rows would be too many.
    pub(super) const NEAR: Self = Self {
        choice: Choice::OfEachOpenRow(12),
        effort: Effort {
            // it would take a third of the time, and what it leaves is not solved sooner
            presolve: false,
            ..Effort::SHORT
        },
    };

    /// The same before the fine cuts, which are worth more than the last that is to be won among its columns.
    pub(super) const NEAR_ENOUGH: Self = Self {
        effort: Effort {
            gap: 3e-6,
            ..Self::NEAR.effort
        },
        ..Self::NEAR
    };

    /// Comes first. Few columns suffice: the relaxation has chosen already, and what it leaves open is
    /// seldom more than a few dozen people.
    pub(super) const QUICK: Self = Self {
        choice: Choice::OfEachRow(1),
        effort: Effort::SHORT,
    };

    /// Where that leaves a gap.
    pub(super) const BROADER: Self = Self {
        choice: Choice::OfEachRow(3),
        effort: Effort::SHORT,
    };

    /// The engine's word on it is a proof.
    pub(super) const THOROUGH: Self = Self {
        choice: Choice::All,
        effort: Effort {
            // a thorough search starts from what others found
            dives: Dives::OfPrices,
            nodes: i32::MAX,
            ..Effort::SHORT
        },
    };

    /// One after the other, where prices differ: the columns of the relaxation give a plan in no time,
    /// those of low prices nearly always the best, and what is left is to prove it (measured at S under
    /// one cost, median of 20: 0.8 s, and 2.4 s by quick and thorough searches).
    pub(super) const LADDER: [Self; 3] = [
        Self::OWN,
        Self {
            choice: Choice::Within(6),
            effort: Effort {
                dives: Dives::OfPrices,
                nodes: 200,
                ..Effort::SHORT
            },
        },
        Self {
            choice: Choice::All,
            effort: Effort {
                dives: Dives::None,
                nodes: i32::MAX,
                ..Effort::SHORT
            },
        },
    ];

    /// Asks HiGHS for a better point than the answer in hand.
    pub(super) fn run(
        self,
        program: &Program,
        question: Question<'_>,
        relaxed: &Relaxed,
        best: &mut Answer,
        limits: Limits,
    ) -> Result<(), Failure> {
        if best.proof == Proof::Certified || Instant::now() >= limits.deadline {
            return Ok(());
        }
        let costs = question.costs;
        let most = match self.choice {
            Choice::Within(hundredths) => best.bound + (best.cost - best.bound) * hundredths / 100,
            _ => best.cost - 1,
        };
        let mut active = best.exclusions(program, costs, most);
        let open = (active.iter().zip(&program.columns))
            .filter(|(active, column)| **active && column.lower < column.upper)
            .count();
        match self.choice {
            Choice::OfEachRow(_) | Choice::OfEachOpenRow(_) if open < limits.small => return Ok(()),
            Choice::All if open > question.most.min(LARGE) => return Ok(()),
            Choice::OfEachRow(columns) => leave_of_rows(program, relaxed, columns, &mut active, |_| true),
            Choice::OfEachOpenRow(columns) => {
                let is_open = |row: &Row| {
                    row.entries
                        .iter()
                        .any(|&(at, _)| is_split(relaxed.x[at as usize]))
                };
                leave_of_rows(program, relaxed, columns, &mut active, is_open);
            }
            Choice::Within(_) | Choice::All => {}
        }
        for (active, &value) in active.iter_mut().zip(&best.x) {
            *active |= value != 0;
        }
        let free = |(active, column): (&bool, &Column)| *active && column.lower < column.upper;
        if !active.iter().zip(&program.columns).any(free) {
            if matches!(self.choice, Choice::All) {
                // a better point could only be this one: nothing may leave its lower bound
                best.bound = best.cost;
                best.meet();
            }
            return Ok(());
        }
        let guided: Vec<f64> = (costs.iter().zip(question.guide))
            .map(|(&cost, guide)| float(cost) + guide)
            .collect();
        let whole = highs::Question {
            program,
            // a small program is solved sooner by the engine's own cuts
            mixtures: limits.is_wide(program),
            costs: &guided,
            active: &active,
            incumbent: &best.x,
            effort: self.effort,
            target: float(best.bound) + GUIDE,
        };
        let said = highs::solve(whole, limits)?;
        if let Some(x) = &said.x {
            best.take(program, costs, x);
        }
        best.meet();
        let thorough = matches!(self.choice, Choice::All);
        if thorough && said.optimal && best.proof != Proof::Certified {
            best.trust(said.x.as_deref(), costs)?;
        }
        Ok(())
    }
}

/// Of the columns that are open, leaves those of the relaxation, others of the lowest prices in some
/// rows, and all that only say something about others.
fn leave_of_rows(
    program: &Program,
    relaxed: &Relaxed,
    most: usize,
    active: &mut [bool],
    counts: impl Fn(&Row) -> bool,
) {
    let mut left = vec![false; active.len()];
    let mut offers = Vec::new();
    for row in program.rows.iter().filter(|row| counts(row)) {
        offers.clear();
        offers.extend((row.entries.iter()).filter_map(|&(column, _)| {
            let at = column as usize;
            let Column { lower, upper } = program.columns[at];
            (active[at] && lower < upper).then_some((relaxed.prices[at], column))
        }));
        keep_cheapest(&mut offers, most);
        offers
            .iter()
            .for_each(|&(_, column)| left[column as usize] = true);
    }
    for at in program.choices.clone() {
        active[at] &= left[at] || relaxed.x[at] > 1e-9;
    }
}
