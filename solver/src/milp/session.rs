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
                let pivots = sifting.follow(program, costs, limits)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::milp::multipliers;
    use crate::program::{Limit, Multipliers, Row};
    use std::time::{Duration, Instant};

    const SIDE: u32 = 60;

    /// Sixty people and sixty seats, every pair of them at a cost of its own.
    fn assignment() -> (Program, Vec<i64>) {
        let cells = 0..SIDE * SIDE;
        let line = |line: u32, of: fn(u32) -> u32| {
            let cells = cells.clone().filter(move |&cell| of(cell) == line);
            Row::count(cells, Limit::AtMost(1))
        };
        let rows = (0..SIDE).flat_map(|at| [line(at, |cell| cell / SIDE), line(at, |cell| cell % SIDE)]);
        let costs = cells.clone().map(|cell| -i64::from(cell * 7_919 % 9_973 + 1));
        (Program::binary(cells.len(), rows.collect()), costs.collect())
    }

    #[test]
    fn a_draft_stops_on_the_way_and_goes_on_from_there() {
        let (mut program, costs) = assignment();
        let nothing = vec![0; costs.len()];
        let question = Question {
            costs: &costs,
            guide: &[],
            incumbent: &nothing,
            floor: i64::MIN,
            most: usize::MAX,
        };
        let limits = Limits::new(Instant::now() + Duration::from_secs(60), 1);
        let nothing_known = program.bound(
            &costs,
            &Multipliers {
                values: vec![0; program.rows.len()],
                scale: 1,
            },
        );
        let mut ask = |session: &mut Session, depth| {
            let multipliers = multipliers(session, &mut program, question, depth, limits);
            program.bound(&costs, &multipliers.unwrap().unwrap())
        };
        let whole = ask(&mut Session::of_part(), Depth::Plain);
        let mut session = Session::of_part();
        let draft = ask(&mut session, Depth::Draft);
        assert!(nothing_known < draft && draft < whole, "{draft}");
        assert!(!session.is_through());
        // no column has joined, so there is nothing to stop for
        assert_eq!(ask(&mut session, Depth::Draft), whole);
        assert!(session.is_through());
    }
}
