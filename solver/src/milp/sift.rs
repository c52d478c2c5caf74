//! The relaxation on the columns that matter: sifting (Bixby, Gregory, Lustig, Marsten, Shanno 1992).
//!
//! Most eligible pairs are in no good plan. So HiGHS sees a few promising columns per row first;
//! its multipliers then price all others, those that could still pay join, and it is asked again
//! until none could. The last multipliers are as good for the whole program as for the part.

use super::master::{Master, float};
use super::{Cuts, Failure, Limits};
use crate::program::{Columnar, Program};

/// Columns that each row contributes at the start, and again in every round.
const PER_ROW: usize = 3;

/// Rows of more entries offer more, one for every so many.
const LONG: usize = 64;

/// What still pays, within the engine's tolerance.
const PAYS: f64 = -1e-6;

/// Rounds after which the multipliers at hand will do.
const ROUNDS: usize = 60;

/// The relaxation's answer, as HiGHS gave it.
pub(super) struct Relaxed {
    /// Value of every column.
    pub(super) x: Vec<f64>,
    /// Multiplier of every row.
    pub(super) multipliers: Vec<f64>,
    /// Price of every column at these multipliers.
    pub(super) prices: Vec<f64>,
}

/// A relaxation to be solved.
pub(super) struct Relaxation<'r> {
    pub(super) costs: &'r [f64],
    /// By these the first columns are chosen, the lowest first.
    pub(super) first: &'r [f64],
    /// A point that the program admits.
    pub(super) incumbent: &'r [i64],
    pub(super) cuts: &'r dyn Cuts,
}

impl Relaxation<'_> {
    /// Solves it, and adds the cuts that its points broke to the program. `None` when the time was
    /// up before there was anything.
    pub(super) fn solve(&self, program: &mut Program, limits: Limits) -> Result<Option<Relaxed>, Failure> {
        let costs = self.costs;
        let mut columnar = Columnar::new(program);
        // the incumbent stays possible, so no part of the program is ever infeasible; columns that
        // may rest above zero, and those that no row would offer, are there from the start
        let mut active: Vec<bool> = (program.columns.iter().zip(self.incumbent).enumerate())
            .map(|(at, (column, &value))| value != 0 || column.lower != 0 || columnar.of(at).is_empty())
            .collect();
        let mut first = activate(program, self.first, f64::INFINITY, &mut active);
        for (at, (active, column)) in active.iter_mut().zip(&program.columns).enumerate() {
            if *active && (column.lower < column.upper || column.lower != 0) {
                first.push(crate::index(at));
            }
        }
        first.sort_unstable();
        first.dedup();
        let mut master = Master::new(program, &columnar, costs, first, limits)?;
        let mut last = None;
        // whether only columns joined, so that the last basis can be gone on from by primal pivots
        let mut primal = false;
        for _ in 0..ROUNDS {
            let Some(vertex) = master.solve(primal, limits)? else {
                break;
            };
            primal = true;
            let prices = priced(program, costs, &vertex.multipliers);
            let joined = activate(program, &prices, PAYS, &mut active);
            let mut x: Vec<f64> = program.columns.iter().map(|column| float(column.lower)).collect();
            for (&column, value) in master.columns.iter().zip(vertex.x) {
                x[column as usize] = value;
            }
            last = Some(Relaxed {
                x,
                multipliers: vertex.multipliers,
                prices,
            });
            master.join(program, &columnar, &joined)?;
            if !joined.is_empty() {
                continue;
            }
            let broken = match &last {
                Some(Relaxed { x, .. }) => self.cuts.broken(x)?,
                None => Vec::new(),
            };
            if broken.is_empty() {
                break;
            }
            broken.iter().try_for_each(|row| master.join_row(row))?;
            program.rows.extend(broken);
            columnar = Columnar::new(program);
            primal = false;
        }
        Ok(last)
    }
}

/// The price of each column at some multipliers.
fn priced(program: &Program, costs: &[f64], multipliers: &[f64]) -> Vec<f64> {
    let mut prices = costs.to_vec();
    for (row, &multiplier) in program.rows.iter().zip(multipliers) {
        if multiplier != 0.0 {
            for &(column, amount) in &row.entries {
                prices[column as usize] -= multiplier * float(amount);
            }
        }
    }
    prices
}

/// Lets each row's cheapest columns of less than a price join, and returns them.
fn activate(program: &Program, prices: &[f64], below: f64, active: &mut [bool]) -> Vec<u32> {
    let mut joined = Vec::new();
    let mut offers = Vec::new();
    for row in &program.rows {
        offers.clear();
        offers.extend((row.entries.iter()).filter_map(|&(column, _)| {
            let at = column as usize;
            let bounds = program.columns[at];
            let price = prices[at];
            (!active[at] && bounds.lower < bounds.upper && price < below).then_some((price, column))
        }));
        let most = PER_ROW.max(row.entries.len() / LONG).min(8);
        if offers.len() > most {
            // equal prices go by column, so that the choice is the same on every run
            offers.select_nth_unstable_by(most, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            offers.truncate(most);
        }
        for &(_, column) in &offers {
            active[column as usize] = true;
            joined.push(column);
        }
    }
    joined.sort_unstable();
    joined
}
