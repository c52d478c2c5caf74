//! The relaxation on the columns that matter: sifting (Bixby, Gregory, Lustig, Marsten, Shanno 1992).
//!
//! Most eligible pairs are in no good plan. So HiGHS sees a few promising columns per row first;
//! its multipliers then price all others, those that could still pay join, and it is asked again
//! until none could. The last multipliers are as good for the whole program as for the part.

use super::master::{Master, Pivots, float};
use super::{Cuts, Failure, Limits};
use crate::program::{Column, Columnar, Limit, Program};

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

/// The relaxation of a program, kept from question to question.
///
/// Whoever asks twice gets the second answer from the last basis: costs may change, bounds and
/// limits may narrow, and rows and columns may come after those there are.
pub(crate) struct Sifting {
    master: Master,
    columnar: Columnar,
    /// Which columns are at hand.
    active: Vec<bool>,
    /// The program as the engine knows it.
    bounds: Vec<Column>,
    limits: Vec<Limit>,
}

impl Sifting {
    /// Starts with the columns of a point that the program admits, so that no part of it is ever
    /// infeasible, and with the first by their prices.
    pub(super) fn start(
        program: &Program,
        costs: &[f64],
        prices: &[f64],
        incumbent: &[i64],
        limits: Limits,
    ) -> Result<Self, Failure> {
        let columnar = Columnar::new(program);
        // columns that no row would offer are there from the start, too, but not what is decided
        let mut active: Vec<bool> = (program.columns.iter().zip(incumbent).enumerate())
            .map(|(at, (column, &value))| {
                value != 0 || (column.lower < column.upper && columnar.of(at).is_empty())
            })
            .collect();
        activate(program, prices, f64::INFINITY, &mut active);
        let at_hand = (0_u32..).zip(&active).filter(|(_, active)| **active);
        let first: Vec<u32> = at_hand.map(|(at, _)| at).collect();
        let mut sifting = Self {
            master: Master::new(program, limits)?,
            columnar,
            active,
            bounds: program.columns.clone(),
            limits: program.rows.iter().map(|row| row.limit).collect(),
        };
        sifting.master.join(program, &sifting.columnar, costs, &first)?;
        sifting.raise(program, costs)?;
        Ok(sifting)
    }

    /// Lets columns join that may not rest at zero.
    fn raise(&mut self, program: &Program, costs: &[f64]) -> Result<(), Failure> {
        let raised = |(at, column): &(usize, &Column)| column.lower > 0 && !self.active[*at];
        let raised: Vec<u32> = (program.columns.iter().enumerate())
            .filter(raised)
            .map(|(at, _)| crate::index(at))
            .collect();
        raised
            .iter()
            .for_each(|&column| self.active[column as usize] = true);
        self.master.join(program, &self.columnar, costs, &raised)
    }

    /// Takes over what became of the program, and the costs of a question.
    pub(super) fn follow(&mut self, program: &Program, costs: &[f64]) -> Result<(), Failure> {
        self.master.cost(costs)?;
        self.master.bound(&self.bounds, &program.columns)?;
        let old = self.bounds.len();
        if program.rows.len() > self.limits.len() || program.columns.len() > old {
            self.columnar = Columnar::new(program);
        }
        self.bounds.clone_from(&program.columns);
        // columns that came later say something about others: they are all at hand
        let new: Vec<u32> = (crate::index(old)..).take(program.columns.len() - old).collect();
        self.active.resize(program.columns.len(), true);
        self.master.join(program, &self.columnar, costs, &new)?;
        self.raise(program, costs)?;
        for (at, (known, row)) in self.limits.iter_mut().zip(&program.rows).enumerate() {
            if *known != row.limit {
                self.master.limit(at, row.limit)?;
                *known = row.limit;
            }
        }
        for row in program.rows.iter().skip(self.limits.len()) {
            self.master.join_row(row)?;
            self.limits.push(row.limit);
        }
        Ok(())
    }

    /// Solves it, and adds the cuts that its points broke to the program. `None` when the time was
    /// up before there was anything.
    pub(super) fn solve(
        &mut self,
        program: &mut Program,
        costs: &[f64],
        cuts: &dyn Cuts,
        pivots: Pivots,
        limits: Limits,
    ) -> Result<Option<Relaxed>, Failure> {
        let mut last = None;
        let mut pivots = pivots;
        for _ in 0..ROUNDS {
            let Some(vertex) = self.master.solve(pivots, limits)? else {
                break;
            };
            let prices = priced(program, costs, &vertex.multipliers);
            let joined = activate(program, &prices, PAYS, &mut self.active);
            let mut x = vec![0.0; program.columns.len()];
            for (column, value) in self.master.columns().zip(vertex.x) {
                x[column as usize] = value;
            }
            last = Some(Relaxed {
                x,
                multipliers: vertex.multipliers,
                prices,
            });
            self.master.join(program, &self.columnar, costs, &joined)?;
            // when only columns joined, the last basis is a point still
            pivots = Pivots::Primal;
            if !joined.is_empty() {
                continue;
            }
            let broken = match &last {
                Some(Relaxed { x, .. }) => cuts.broken(program, x)?,
                None => Vec::new(),
            };
            if broken.is_empty() {
                break;
            }
            program.rows.extend(broken);
            self.follow(program, costs)?;
            pivots = Pivots::Dual;
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

/// Keeps so many of some (price, column), the cheapest. Equal prices go by column, so that the choice
/// is the same on every run.
pub(super) fn keep_cheapest(offers: &mut Vec<(f64, u32)>, most: usize) {
    if offers.len() > most {
        offers.select_nth_unstable_by(most, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        offers.truncate(most);
    }
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
        keep_cheapest(&mut offers, most);
        for &(_, column) in &offers {
            active[column as usize] = true;
            joined.push(column);
        }
    }
    joined.sort_unstable();
    joined
}
