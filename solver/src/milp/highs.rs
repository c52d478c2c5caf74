//! One question to HiGHS, and its answer rounded to whole numbers.

use super::{Failure, Limits};
use crate::outcome::FailureCode;
use crate::program::{Limit, Program, cost};
use good_lp::solvers::highs::{HighsProblem, highs};
use good_lp::solvers::{DualValues, ResolutionError, SolutionStatus, SolutionWithDual};
use good_lp::{
    Expression, ProblemVariables, Solution, SolverModel, Variable, constraint::ConstraintReference, variable,
};
use std::time::Instant;

/// Which question to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Variables may be fractional; multipliers come with the answer.
    Relaxation,
    /// Variables are whole.
    Whole,
}

/// What HiGHS said, rounded; nothing of it is trusted further than it is checked.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// A point, if rounding gave one that the program admits.
    pub(super) x: Option<Vec<i64>>,
    /// One multiplier per row of the program, rounded.
    pub(super) multipliers: Option<Vec<i64>>,
    /// Whether HiGHS calls its point optimal with no gap.
    pub(super) optimal: bool,
}

impl Said {
    pub(super) fn cost(&self, costs: &[i64]) -> Option<i64> {
        self.x.as_deref().map(|x| cost(costs, x))
    }
}

/// A question to HiGHS.
#[derive(Clone, Copy)]
pub(super) struct Question<'q> {
    pub(super) program: &'q Program,
    /// To be minimised.
    pub(super) costs: &'q [i64],
    /// The columns it sees; all others stay at their lower bound.
    pub(super) active: &'q [bool],
    /// A point to start a MILP from.
    pub(super) incumbent: &'q [i64],
    pub(super) kind: Kind,
}

/// Asks HiGHS. Columns whose bounds meet are taken out beforehand.
pub(super) fn solve(question: Question<'_>, limits: Limits) -> Result<Said, Failure> {
    let Question {
        program,
        costs,
        active,
        incumbent,
        kind,
    } = question;
    let mut variables = ProblemVariables::new();
    let mut objective = Expression::default();
    let mut column_of = Vec::with_capacity(program.columns.len());
    for (at, column) in program.columns.iter().enumerate() {
        let free = active[at] && column.lower < column.upper;
        column_of.push(free.then(|| {
            let mut definition = variable().min(float(column.lower)).max(float(column.upper));
            if kind == Kind::Whole {
                definition = definition.integer().initial(float(incumbent[at]));
            }
            let added = variables.add(definition);
            objective.add_mul(float(costs[at]), added);
            added
        }));
    }
    let mut model = options(variables.minimise(objective).using(highs), kind, limits);
    let references = rows(program, &column_of, &mut model);
    let mut solution = match model.solve() {
        Ok(solution) => solution,
        // a limit reached without a point comes as one of several `Other`s: the incumbent stays
        Err(ResolutionError::Other(_)) if Instant::now() >= limits.deadline => {
            return Ok(Said::default());
        }
        Err(error) => return Err(failure(&error)),
    };
    let x: Vec<i64> = (column_of.iter().zip(&program.columns))
        .map(|(variable, column)| variable.map_or(column.lower, |variable| whole(solution.value(variable))))
        .collect();
    // every gap is closed at 0.99 because costs are whole: GapLimit is then as good as Optimal
    let optimal = !matches!(solution.status(), SolutionStatus::TimeLimit);
    let multipliers = (kind == Kind::Relaxation).then(|| {
        let dual = solution.compute_dual();
        (references.into_iter())
            .map(|row| row.map_or(0, |row| whole(dual.dual(row))))
            .collect()
    });
    Ok(Said {
        x: program.admits(&x).then_some(x),
        multipliers,
        optimal,
    })
}

fn options(model: HighsProblem, kind: Kind, limits: Limits) -> HighsProblem {
    let left = limits.deadline.saturating_duration_since(Instant::now());
    let seed = i32::try_from(limits.seed & 0x7fff_ffff).unwrap_or(0);
    let model = model
        .set_time_limit(left.as_secs_f64())
        .set_threads(1)
        .set_option("parallel", "off")
        .set_option("random_seed", seed);
    match kind {
        // a vertex is wanted, so no interior point (on a MILP this would drop integrality); without
        // presolve the provinces we measured take a quarter less time
        Kind::Relaxation => model
            .set_option("solver", "simplex")
            .set_option("presolve", "off"),
        Kind::Whole => model
            .set_option("mip_rel_gap", 0.0)
            .set_option("mip_abs_gap", 0.99),
    }
}

/// Adds the rows. Rows without a free column carry no decision and are left out.
fn rows(
    program: &Program,
    column_of: &[Option<Variable>],
    model: &mut HighsProblem,
) -> Vec<Option<ConstraintReference>> {
    let mut references = Vec::with_capacity(program.rows.len());
    for row in &program.rows {
        let mut expression = Expression::with_capacity(row.entries.len());
        let mut fixed = 0;
        let mut free = false;
        for &(column, coefficient) in &row.entries {
            match column_of[column as usize] {
                Some(variable) => {
                    expression.add_mul(float(coefficient), variable);
                    free = true;
                }
                None => fixed += coefficient * program.columns[column as usize].lower,
            }
        }
        let constraint = free.then(|| match row.limit {
            Limit::AtMost(limit) => expression.leq(float(limit - fixed)),
            Limit::AtLeast(limit) => expression.geq(float(limit - fixed)),
            Limit::Exactly(limit) => expression.eq(float(limit - fixed)),
        });
        references.push(constraint.map(|constraint| model.add_constraint(constraint)));
    }
    references
}

/// good_lp folds several HiGHS statuses into one; each is mapped by what it may hide.
fn failure(error: &ResolutionError) -> Failure {
    let code = match error {
        // the incumbent is a feasible point and every column is bounded, so neither can be
        ResolutionError::Infeasible | ResolutionError::Unbounded => FailureCode::EngineContradiction,
        ResolutionError::Other(_) | ResolutionError::Str(_) => FailureCode::EngineError,
    };
    Failure {
        code,
        message: format!("HiGHS: {error}"),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "costs and counts stay below 2^53: weights and seats are limited on input"
)]
fn float(whole: i64) -> f64 {
    whole as f64
}

/// The nearest whole number, held below 2^40 so that sums of products cannot overflow. What was
/// not a number becomes zero; every result is checked in whole numbers afterwards.
fn whole(value: f64) -> i64 {
    const REACH: f64 = 1_099_511_627_776.0;
    #[expect(clippy::cast_possible_truncation, reason = "clamped, and NaN casts to zero")]
    let whole = value.round().clamp(-REACH, REACH) as i64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_engine_has_a_code() {
        let code = |error| failure(&error).code;
        assert_eq!(
            code(ResolutionError::Infeasible),
            FailureCode::EngineContradiction
        );
        assert_eq!(code(ResolutionError::Unbounded), FailureCode::EngineContradiction);
        assert_eq!(
            code(ResolutionError::Other("SolveError")),
            FailureCode::EngineError
        );
        assert_eq!(
            code(ResolutionError::Str("x".to_owned())),
            FailureCode::EngineError
        );
    }

    #[test]
    fn odd_numbers_become_harmless_whole_ones() {
        let numbers = [0.999_999_9, -0.4, f64::NAN, f64::INFINITY, -1e300];
        assert_eq!(numbers.map(whole), [1, 0, 0, 1 << 40, -(1 << 40)]);
    }
}
