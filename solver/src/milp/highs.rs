//! One question to HiGHS, and its answer rounded to whole numbers.

use super::master::float;
use super::{Failure, Limits};
use crate::outcome::FailureCode;
use crate::program::{Limit, Program};
use good_lp::solvers::highs::{HighsProblem, highs};
use good_lp::solvers::{ResolutionError, SolutionStatus};
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, variable};
use std::time::Instant;

/// What HiGHS said, rounded; nothing of it is trusted further than it is checked.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// A point, if rounding gave one that the program admits.
    pub(super) x: Option<Vec<i64>>,
    /// Whether HiGHS calls its point optimal with no gap.
    pub(super) optimal: bool,
}

/// Which smaller MILPs of its own it looks for points in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dives {
    /// Of whatever it sets up.
    All,
    /// Only of columns that the prices of its first relaxation favour.
    OfPrices,
    /// None; nor does it jump about.
    None,
}

/// What it does beside cutting and branching, and how much of that.
#[derive(Clone, Copy)]
pub(super) struct Effort {
    /// Whether it makes the program smaller first.
    pub(super) presolve: bool,
    pub(super) dives: Dives,
    /// Nodes of its tree after which it shall stop with what it has.
    pub(super) nodes: i32,
    /// What part of the cost its point and its bound may be apart.
    pub(super) gap: f64,
}

impl Effort {
    /// A broad look that does not take long.
    pub(super) const SHORT: Self = Self {
        presolve: true,
        dives: Dives::All,
        nodes: 20,
        gap: 0.0,
    };
}

/// A question to HiGHS.
#[derive(Clone, Copy)]
pub(super) struct Question<'q> {
    pub(super) program: &'q Program,
    /// Whether it sees the rows that are mixtures of others; no whole point breaks them.
    pub(super) mixtures: bool,
    /// To be minimised.
    pub(super) costs: &'q [f64],
    /// The columns it sees; all others stay at their lower bound.
    pub(super) active: &'q [bool],
    /// A point to start a MILP from.
    pub(super) incumbent: &'q [i64],
    pub(super) effort: Effort,
    /// No point costs less than whole costs that add up to this, but for guides: enough is enough.
    pub(super) target: f64,
}

/// Asks HiGHS. Columns whose bounds meet are taken out beforehand.
pub(super) fn solve(question: Question<'_>, limits: Limits) -> Result<Said, Failure> {
    let Question {
        program,
        mixtures,
        costs,
        active,
        incumbent,
        effort,
        target,
    } = question;
    #[cfg(test)]
    if let Some(said) = super::faults::said() {
        return said;
    }
    let mut variables = ProblemVariables::new();
    let mut objective = Expression::default();
    // what the columns that are left out cost
    let mut constant = 0.0;
    let mut column_of = Vec::with_capacity(program.columns.len());
    for (at, column) in program.columns.iter().enumerate() {
        let free = active[at] && column.lower < column.upper;
        if !free {
            constant += costs[at] * float(column.lower);
        }
        column_of.push(free.then(|| {
            let definition = variable().min(float(column.lower)).max(float(column.upper));
            let added = variables.add(definition.integer().initial(float(incumbent[at])));
            objective.add_mul(costs[at], added);
            added
        }));
    }
    let model = variables.minimise(objective).using(highs);
    let mut model = options(model, target - constant, effort, limits);
    rows(program, mixtures, &column_of, &mut model);
    let solution = match model.solve() {
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
    // without a gap that will do, gaps are closed below one, less what a guide adds up to: GapLimit is then as
    // good as Optimal
    let optimal = effort.gap <= 0.0 && !matches!(solution.status(), SolutionStatus::TimeLimit);
    Ok(Said {
        x: program.admits(&x).then_some(x),
        optimal,
    })
}

fn options(model: HighsProblem, target: f64, effort: Effort, limits: Limits) -> HighsProblem {
    let Effort {
        presolve,
        dives,
        nodes,
        gap,
    } = effort;
    let left = limits.deadline.saturating_duration_since(Instant::now());
    let seed = i32::try_from(limits.seed & 0x7fff_ffff).unwrap_or(0);
    model
        .set_time_limit(left.as_secs_f64())
        .set_threads(1)
        .set_option("parallel", "off")
        .set_option("presolve", if presolve { "choose" } else { "off" })
        .set_option("random_seed", seed)
        .set_option("mip_rel_gap", gap)
        .set_option("mip_abs_gap", 0.5)
        .set_option("mip_allow_restart", "off")
        .set_option("mip_heuristic_run_rins", dives == Dives::All)
        .set_option("mip_heuristic_run_rens", dives == Dives::All)
        .set_option("mip_heuristic_run_root_reduced_cost", dives != Dives::None)
        .set_option("mip_heuristic_run_feasibility_jump", dives != Dives::None)
        .set_option("mip_max_nodes", nodes)
        .set_option("objective_target", target)
}

/// Adds the rows. Rows without a free column carry no decision and are left out.
fn rows(program: &Program, mixtures: bool, column_of: &[Option<Variable>], model: &mut HighsProblem) {
    let mut is_left_out = vec![false; program.rows.len()];
    if !mixtures {
        (program.mixtures.rows()).for_each(|row| is_left_out[row as usize] = true);
    }
    for (row, _) in program.rows.iter().zip(is_left_out).filter(|(_, out)| !out) {
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
        if free {
            model.add_constraint(match row.limit {
                Limit::AtMost(limit) => expression.leq(float(limit - fixed)),
                Limit::AtLeast(limit) => expression.geq(float(limit - fixed)),
                Limit::Exactly(limit) => expression.eq(float(limit - fixed)),
            });
        }
    }
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

/// The nearest whole number, held below 2^40 so that sums of products cannot overflow. What was
/// not a number becomes zero; every result is checked in whole numbers afterwards.
pub(super) fn whole(value: f64) -> i64 {
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
