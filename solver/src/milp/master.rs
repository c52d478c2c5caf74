//! A linear program that grows: HiGHS keeps its basis while columns join.
//!
//! good_lp builds a model anew for every question. Most columns of a province never matter, so the
//! relaxation starts with a few and asks again whenever some join; from the last basis that takes a
//! fraction of the pivots (measured on 425,000 columns: 3.5 s of processor time instead of 40).

use super::{Failure, Limits};
use crate::outcome::FailureCode;
use crate::program::{self, Column, Columnar, Limit, Program};
use highs::{Col, ColProblem, HighsModelStatus, Model, Row, Sense, SolvedModel};
use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

/// HiGHS's numbers for its simplex strategies.
const DUAL: i32 = 1;
const PRIMAL: i32 = 4;

/// What the relaxation of the columns at hand gave; the numbers of a dual basis, if it was stopped.
pub(super) struct Vertex {
    /// Value of each column at hand, in the order in which they joined.
    pub(super) x: Vec<f64>,
    /// Multiplier of each row.
    pub(super) multipliers: Vec<f64>,
}

/// How the engine goes on from its last basis: by dual pivots where rows or bounds have changed, by
/// primal ones where columns or costs have.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pivots {
    Dual,
    /// Dual ones, but no more than one for every few rows.
    Brief,
    Primal,
}

/// For how many rows there is one of [`Pivots::Brief`]. Where tens of thousands of columns join every time,
/// what the last pivots settle is soon unsettled again.
const BRIEF: usize = 10;

/// A program of which some columns are at hand; all others rest at zero.
pub(super) struct Master {
    rows: Vec<Row>,
    columns: Vec<Seen>,
    /// By column of the program: its name, if it is at hand.
    names: Vec<Option<Col>>,
    model: Option<Model>,
    /// What the engine's clock shows, which counts all solves of a model together.
    spent: Duration,
    is_stopped: bool,
}

/// A column at hand.
struct Seen {
    column: u32,
    name: Col,
    cost: f64,
}

impl Master {
    /// The rows of a program, without any column.
    pub(super) fn new(program: &Program, limits: Limits) -> Result<Self, Failure> {
        let mut problem = ColProblem::new();
        let rows: Vec<Row> = (program.rows.iter())
            .map(|row| problem.add_row(range(row.limit)))
            .collect();
        let mut model = problem.try_optimise(Sense::Minimise).map_err(|_| refused())?;
        let seed = i32::try_from(limits.seed & 0x7fff_ffff).unwrap_or(0);
        for result in [
            model.try_set_option("threads", 1),
            model.try_set_option("random_seed", seed),
            model.try_set_option("solver", "simplex"),
            model.try_set_option("presolve", "off"),
        ] {
            result.map_err(|_| refused())?;
        }
        Ok(Self {
            rows,
            columns: Vec::new(),
            names: Vec::new(),
            model: Some(model),
            spent: Duration::ZERO,
            is_stopped: false,
        })
    }

    /// The columns at hand, in the order in which they joined.
    pub(super) fn columns(&self) -> impl ExactSizeIterator<Item = u32> {
        self.columns.iter().map(|seen| seen.column)
    }

    /// Whether the last solve ended, by the clock or by the number of its dual pivots, before its end.
    pub(super) fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    fn model(&mut self) -> Result<&mut Model, Failure> {
        self.model.as_mut().ok_or_else(refused)
    }

    /// Lets columns join.
    pub(super) fn join(
        &mut self,
        program: &Program,
        columnar: &Columnar,
        costs: &[f64],
        columns: &[u32],
    ) -> Result<(), Failure> {
        let model = self.model.as_mut().ok_or_else(refused)?;
        self.names.resize(program.columns.len(), None);
        for &column in columns {
            let at = column as usize;
            let known = columnar
                .of(at)
                .iter()
                .filter(|(row, _)| (*row as usize) < self.rows.len());
            let factors = known.map(|&(row, amount)| (self.rows[row as usize], float(amount)));
            let name = model.try_add_column(costs[at], bounds(program.columns[at]), factors);
            let name = name.map_err(|_| refused())?;
            self.names[at] = Some(name);
            self.columns.push(Seen {
                column,
                name,
                cost: costs[at],
            });
        }
        Ok(())
    }

    /// Lets a row join that comes after all others of the program.
    pub(super) fn join_row(&mut self, row: &program::Row) -> Result<(), Failure> {
        let factors: Vec<(Col, f64)> = (row.entries.iter())
            .filter_map(|&(column, amount)| {
                Some((*self.names.get(column as usize)?.as_ref()?, float(amount)))
            })
            .collect();
        let name = self.model()?.try_add_row(range(row.limit), factors);
        self.rows.push(name.map_err(|_| refused())?);
        Ok(())
    }

    /// Changes what the sum of a row may be.
    pub(super) fn limit(&mut self, row: usize, limit: Limit) -> Result<(), Failure> {
        let range = range(limit);
        super::row_bounds::change(self.model()?, row, *range.start(), *range.end())
    }

    /// Changes the bounds of the columns at hand.
    pub(super) fn bound(&mut self, was: &[Column], is: &[Column]) -> Result<(), Failure> {
        let model = self.model.as_mut().ok_or_else(refused)?;
        for seen in &self.columns {
            let at = seen.column as usize;
            if was.get(at) != Some(&is[at]) {
                model.change_column_bounds(seen.name, bounds(is[at]));
            }
        }
        Ok(())
    }

    /// Changes the costs of the columns at hand.
    pub(super) fn cost(&mut self, costs: &[f64]) -> Result<(), Failure> {
        let model = self.model.as_mut().ok_or_else(refused)?;
        for seen in &mut self.columns {
            let cost = costs[seen.column as usize];
            // the same bits, or it is told again
            if cost.to_bits() != seen.cost.to_bits() {
                model.change_column_cost(seen.name, cost);
                seen.cost = cost;
            }
        }
        Ok(())
    }

    /// Solves what is at hand, or goes some of the way. `None` when the time is up.
    pub(super) fn solve(&mut self, pivots: Pivots, limits: Limits) -> Result<Option<Vertex>, Failure> {
        let was_stopped = std::mem::take(&mut self.is_stopped);
        if self.columns.is_empty() {
            // HiGHS has no optimum for a model without columns
            return Ok(Some(Vertex {
                x: Vec::new(),
                multipliers: vec![0.0; self.rows.len()],
            }));
        }
        #[cfg(test)]
        if let Some(vertex) = super::faults::vertex(self.columns.len(), self.rows.len()) {
            return vertex.map(Some);
        }
        let Some(mut model) = self.model.take() else {
            return Err(refused());
        };
        let start = Instant::now();
        let left = limits.deadline.saturating_duration_since(start) + self.spent;
        let (strategy, most) = match pivots {
            Pivots::Brief => (
                DUAL,
                i32::try_from(self.rows.len() / BRIEF + 1).unwrap_or(i32::MAX),
            ),
            // primal ones from where dual ones were stopped take ten times as long
            Pivots::Primal if !was_stopped => (PRIMAL, i32::MAX),
            Pivots::Primal | Pivots::Dual => (DUAL, i32::MAX),
        };
        for result in [
            model.try_set_option("time_limit", left.as_secs_f64()),
            model.try_set_option("simplex_strategy", strategy),
            model.try_set_option("simplex_iteration_limit", most),
        ] {
            result.map_err(|_| refused())?;
        }
        let solved: SolvedModel = model.try_solve().map_err(|_| refused())?;
        self.spent += start.elapsed();
        let status = solved.status();
        self.is_stopped = strategy == DUAL
            && matches!(
                status,
                HighsModelStatus::ReachedIterationLimit | HighsModelStatus::ReachedTimeLimit
            );
        let is_basis = matches!(
            status,
            HighsModelStatus::Optimal | HighsModelStatus::ReachedIterationLimit
        );
        let vertex = is_basis.then(|| {
            let solution = solved.get_solution();
            Vertex {
                x: (self.columns.iter()).map(|seen| solution[seen.name]).collect(),
                multipliers: solution.dual_rows().to_vec(),
            }
        });
        self.model = Some(Model::from(solved));
        match status {
            HighsModelStatus::Optimal
            | HighsModelStatus::ReachedIterationLimit
            | HighsModelStatus::ReachedTimeLimit => Ok(vertex),
            HighsModelStatus::Infeasible
            | HighsModelStatus::Unbounded
            | HighsModelStatus::UnboundedOrInfeasible => Err(Failure {
                code: FailureCode::EngineContradiction,
                message: format!("HiGHS: {status:?}, with a point at hand and every column bounded"),
            }),
            _ if Instant::now() >= limits.deadline => Ok(None),
            _ => Err(Failure {
                code: FailureCode::EngineError,
                message: format!("HiGHS: {status:?}"),
            }),
        }
    }
}

pub(super) fn refused() -> Failure {
    Failure {
        code: FailureCode::EngineError,
        message: "HiGHS refused a model or an option".to_owned(),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "costs and counts stay below 2^53: weights and seats are limited on input"
)]
pub(super) fn float(whole: i64) -> f64 {
    whole as f64
}

fn bounds(column: Column) -> RangeInclusive<f64> {
    float(column.lower)..=float(column.upper)
}

/// From what to what a row's sum goes.
fn range(limit: Limit) -> RangeInclusive<f64> {
    match limit {
        Limit::AtMost(limit) => f64::NEG_INFINITY..=float(limit),
        Limit::AtLeast(limit) => float(limit)..=f64::INFINITY,
        Limit::Exactly(limit) => float(limit)..=float(limit),
    }
}
