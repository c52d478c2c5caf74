//! A linear program that grows: HiGHS keeps its basis while columns join.
//!
//! good_lp builds a model anew for every question. Most columns of a province never matter, so the
//! relaxation starts with a few and asks again whenever some join; from the last basis that takes a
//! fraction of the pivots (measured on 425,000 columns: 3.5 s of processor time instead of 40).

use super::{Failure, Limits};
use crate::outcome::FailureCode;
use crate::program::{self, Columnar, Limit, Program};
use highs::{Col, ColProblem, HighsModelStatus, Model, Row, Sense, SolvedModel};
use std::collections::HashMap;
use std::time::Instant;

/// What the relaxation of the columns at hand gave.
pub(super) struct Vertex {
    /// Value of each column at hand, in the order in which they joined.
    pub(super) x: Vec<f64>,
    /// Multiplier of each row.
    pub(super) multipliers: Vec<f64>,
}

/// A program of which some columns are at hand; all others stay at their lower bound.
pub(super) struct Master<'c> {
    costs: &'c [f64],
    rows: Vec<Row>,
    /// In the order in which they joined.
    pub(super) columns: Vec<u32>,
    /// What the engine calls them.
    names: Vec<Col>,
    model: Option<Model>,
}

impl<'c> Master<'c> {
    pub(super) fn new(
        program: &Program,
        columnar: &Columnar,
        costs: &'c [f64],
        columns: Vec<u32>,
        limits: Limits,
    ) -> Result<Self, Failure> {
        let mut problem = ColProblem::new();
        // columns that are not at hand may rest above zero
        let mut rest = vec![0_i64; program.rows.len()];
        for (at, row) in program.rows.iter().enumerate() {
            rest[at] = (row.entries.iter())
                .map(|&(column, amount)| amount * program.columns[column as usize].lower)
                .sum();
        }
        for &column in &columns {
            let lower = program.columns[column as usize].lower;
            for &(row, amount) in columnar.of(column as usize) {
                rest[row as usize] -= amount * lower;
            }
        }
        let rows: Vec<Row> = (program.rows.iter().zip(rest))
            .map(|(row, rest)| match row.limit {
                Limit::AtMost(limit) => problem.add_row(..=float(limit - rest)),
                Limit::AtLeast(limit) => problem.add_row(float(limit - rest)..),
                Limit::Exactly(limit) => problem.add_row(float(limit - rest)..=float(limit - rest)),
            })
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
        let mut master = Self {
            costs,
            rows,
            columns: Vec::with_capacity(columns.len()),
            names: Vec::with_capacity(columns.len()),
            model: Some(model),
        };
        master.join(program, columnar, &columns)?;
        Ok(master)
    }

    /// Lets columns join; those that do after the first solve must rest at zero.
    pub(super) fn join(
        &mut self,
        program: &Program,
        columnar: &Columnar,
        columns: &[u32],
    ) -> Result<(), Failure> {
        let Some(model) = &mut self.model else {
            return Err(refused());
        };
        for &column in columns {
            let at = column as usize;
            let bounds = float(program.columns[at].lower)..=float(program.columns[at].upper);
            let factors =
                (columnar.of(at).iter()).map(|&(row, amount)| (self.rows[row as usize], float(amount)));
            let name = model.try_add_column(self.costs[at], bounds, factors);
            self.names.push(name.map_err(|_| refused())?);
            self.columns.push(column);
        }
        Ok(())
    }

    /// Lets a row join that comes after all others of the program; columns that are not at hand must
    /// rest at zero.
    pub(super) fn join_row(&mut self, row: &program::Row) -> Result<(), Failure> {
        let Some(model) = &mut self.model else {
            return Err(refused());
        };
        let amounts: HashMap<u32, i64> = row.entries.iter().copied().collect();
        let factors = (self.columns.iter().zip(&self.names))
            .filter_map(|(column, &name)| Some((name, float(*amounts.get(column)?))));
        let joined = match row.limit {
            Limit::AtMost(limit) => model.try_add_row(..=float(limit), factors),
            Limit::AtLeast(limit) => model.try_add_row(float(limit).., factors),
            Limit::Exactly(limit) => model.try_add_row(float(limit)..=float(limit), factors),
        };
        self.rows.push(joined.map_err(|_| refused())?);
        Ok(())
    }

    /// Solves what is at hand. `None` when the time is up. Whether pivots are primal, because only
    /// columns joined, or dual is up to the caller.
    pub(super) fn solve(&mut self, primal: bool, limits: Limits) -> Result<Option<Vertex>, Failure> {
        if self.columns.is_empty() {
            // HiGHS has no optimum for a model without columns
            return Ok(Some(Vertex {
                x: Vec::new(),
                multipliers: vec![0.0; self.rows.len()],
            }));
        }
        let Some(mut model) = self.model.take() else {
            return Err(refused());
        };
        let left = limits.deadline.saturating_duration_since(Instant::now());
        let strategy = if primal { 4 } else { 1 };
        for result in [
            model.try_set_option("time_limit", left.as_secs_f64()),
            model.try_set_option("simplex_strategy", strategy),
        ] {
            result.map_err(|_| refused())?;
        }
        let solved: SolvedModel = model.try_solve().map_err(|_| refused())?;
        let status = solved.status();
        let vertex = (status == HighsModelStatus::Optimal).then(|| {
            let solution = solved.get_solution();
            Vertex {
                x: solution.columns().to_vec(),
                multipliers: solution.dual_rows().to_vec(),
            }
        });
        self.model = Some(Model::from(solved));
        match status {
            HighsModelStatus::Optimal | HighsModelStatus::ReachedTimeLimit => Ok(vertex),
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
