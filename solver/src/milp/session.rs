//! What is kept between questions about one program: the relaxation with its basis.

use super::branch::branch;
use super::master::Pivots;
use super::pace::Depth;
use super::sift::{Relaxed, Sifting};
use super::{Failure, Limits, Question};
use crate::plan::Proof;
use crate::program::{Answer, Program};

/// How much branch and bound may try.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// How far bound and answer may be apart.
    pub(super) gap: i64,
    /// Relaxations that it may solve.
    pub(super) nodes: usize,
}

/// The relaxation of a program, once it has been asked for.
#[derive(Default)]
pub(crate) struct Session {
    sifting: Option<Sifting>,
    is_part: bool,
}

impl Session {
    /// Of a program that is a part, chosen with care, of a larger one: all its columns matter, and
    /// those that join later will, too.
    pub(crate) fn of_part() -> Self {
        Self {
            sifting: None,
            is_part: true,
        }
    }

    pub(super) fn is_of_part(&self) -> bool {
        self.is_part
    }

    /// Whether the last relaxation came to its end; a draft need not.
    pub(crate) fn is_through(&self) -> bool {
        (self.sifting.as_ref()).is_some_and(Sifting::is_through)
    }

    /// Solves a relaxation. `None` when the time was up before there was anything.
    pub(super) fn relax(
        &mut self,
        program: &mut Program,
        costs: &[f64],
        prices: impl FnOnce(&Program) -> Vec<f64>,
        question: Question<'_>,
        depth: Depth,
        limits: Limits,
    ) -> Result<Option<Relaxed>, Failure> {
        let (sifting, pivots) = match &mut self.sifting {
            Some(sifting) => {
                let pivots = sifting.follow(program, costs)?;
                (sifting, pivots)
            }
            none => {
                let first = (!self.is_part).then(|| prices(program));
                let sifting = Sifting::start(program, costs, first.as_deref(), question.incumbent, limits)?;
                (none.insert(sifting), Pivots::Dual)
            }
        };
        sifting.solve(program, costs, pivots, depth, limits)
    }

    /// Branch and bound from the relaxation that was solved last, where the gap is small enough.
    pub(super) fn branch(
        &mut self,
        program: &mut Program,
        question: Question<'_>,
        best: &mut Answer,
        relaxed: &Relaxed,
        patience: Patience,
        limits: Limits,
    ) -> Result<(), Failure> {
        match &mut self.sifting {
            Some(sifting)
                if best.proof == Proof::Open && best.cost.saturating_sub(best.bound) <= patience.gap =>
            {
                branch(sifting, program, question, best, relaxed, patience.nodes, limits)
            }
            _ => Ok(()),
        }
    }
}
