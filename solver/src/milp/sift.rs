//! The relaxation on the columns that matter: sifting (Bixby, Gregory, Lustig, Marsten, Shanno 1992).
//!
//! Most eligible pairs are in no good plan. So HiGHS sees a few promising columns per row first;
//! its multipliers then price all others, those that could still pay join, and it is asked again
//! until none could. The last multipliers are as good for the whole program as for the part.

use super::master::{Master, Pivots, float};
use super::pace::{Cutting, Depth, Kind};
use super::{Failure, Limits, residues};
use crate::program::{Column, Columnar, Limit, Program};

/// Columns that each row contributes at the start, and again in every round.
const PER_ROW: usize = 3;

/// Rows of more entries offer more, one for every so many.
const LONG: usize = 64;

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
    is_cut: bool,
}

impl Sifting {
    /// Starts with the columns of a point that the program admits, so that no part of it is ever
    /// infeasible, and with the first by their prices; without prices with all.
    ///
    /// A wide program, of which no MILP could see all columns, is cut by rows of its own; so is one
    /// that starts with all, for there are more outside.
    pub(super) fn start(
        program: &Program,
        costs: &[f64],
        prices: Option<&[f64]>,
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
        match prices {
            Some(prices) => drop(activate(program, prices, f64::INFINITY, &mut active)),
            None => active.fill(true),
        }
        let at_hand = (0_u32..).zip(&active).filter(|(_, active)| **active);
        let first: Vec<u32> = at_hand.map(|(at, _)| at).collect();
        let mut sifting = Self {
            master: Master::new(program, limits)?,
            columnar,
            active,
            bounds: program.columns.clone(),
            limits: program.rows.iter().map(|row| row.limit).collect(),
            is_cut: prices.is_none() || limits.is_wide(program),
        };
        sifting.join(program, costs, &first)?;
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
        self.join(program, costs, &raised)
    }

    /// Takes over what became of the program, and the costs of a question. Returns how to go on.
    pub(super) fn follow(
        &mut self,
        program: &Program,
        costs: &[f64],
        limits: Limits,
    ) -> Result<Pivots, Failure> {
        self.master.cost(costs)?;
        self.master.bound(&self.bounds, &program.columns)?;
        let old = self.bounds.len();
        self.bounds.clone_from(&program.columns);
        // columns that came later are all at hand: they pay, or say something about others
        let new: Vec<u32> = (crate::index(old)..).take(program.columns.len() - old).collect();
        self.active.resize(program.columns.len(), true);
        self.join(program, costs, &new)?;
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
        Ok(Kind::of(costs).pivots(new.len(), limits))
    }

    /// Lets columns join.
    fn join(&mut self, program: &Program, costs: &[f64], columns: &[u32]) -> Result<(), Failure> {
        if columns.is_empty() {
            return Ok(());
        }
        if !self.columnar.is_of(program) {
            self.columnar = Columnar::new(program);
        }
        self.master.join(program, &self.columnar, costs, columns)
    }

    /// Whether the last relaxation came to its end.
    pub(super) fn is_through(&self) -> bool {
        !self.master.is_stopped()
    }

    /// Solves it. Cuts are added to the program. `None` when the time was up before there was anything.
    pub(super) fn solve(
        &mut self,
        program: &mut Program,
        costs: &[f64],
        pivots: Pivots,
        depth: Depth,
        limits: Limits,
    ) -> Result<Option<Relaxed>, Failure> {
        let mut cutting = Cutting::new(depth);
        let kind = Kind::of(costs);
        let mut last = None;
        let mut pivots = kind.pivots_to(depth, self.master.columns().len(), pivots, limits);
        for _ in 0..ROUNDS {
            let Some(vertex) = self.master.solve(pivots, limits)? else {
                break;
            };
            let prices = priced(program, costs, &vertex.multipliers);
            let joined = activate(program, &prices, kind.pays(), &mut self.active);
            let mut x = vec![0.0; program.columns.len()];
            for (column, value) in self.master.columns().zip(vertex.x) {
                x[column as usize] = value;
            }
            let cost: f64 = costs.iter().zip(&x).map(|(cost, value)| cost * value).sum();
            let cuts = if joined.is_empty() && self.is_cut && cutting.goes_on(cost) {
                residues::broken(program, &x)
            } else {
                Vec::new()
            };
            last = Some(Relaxed {
                x,
                multipliers: vertex.multipliers,
                prices,
            });
            if joined.is_empty() && cuts.is_empty() {
                break;
            }
            pivots = match joined.len() {
                0 => Pivots::Dual,
                joined => kind.pivots(joined, limits),
            };
            self.join(program, costs, &joined)?;
            cuts.into_iter().for_each(|cut| program.cut(cut));
            self.follow(program, costs, limits)?;
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
    let pays = |at: usize| {
        let Column { lower, upper } = program.columns[at];
        lower < upper && prices[at] < below
    };
    if !(0..prices.len()).any(|at| !active[at] && pays(at)) {
        return Vec::new();
    }
    let mut chosen = vec![false; active.len()];
    let mut offers = Vec::new();
    for row in &program.rows {
        offers.clear();
        offers.extend((row.entries.iter()).filter_map(|&(column, _)| {
            let at = column as usize;
            (!active[at] && pays(at)).then_some((prices[at], column))
        }));
        keep_cheapest(&mut offers, PER_ROW.max(row.entries.len() / LONG).min(8));
        offers
            .iter()
            .for_each(|&(_, column)| chosen[column as usize] = true);
    }
    let joined: Vec<u32> = (0_u32..)
        .zip(chosen)
        .filter_map(|(column, chosen)| chosen.then_some(column))
        .collect();
    joined.iter().for_each(|&column| active[column as usize] = true);
    joined
}
