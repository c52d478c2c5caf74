//! Values that no point can have, found by trying (Savelsbergh 1994).
//!
//! Rules that tie choices together leave a relaxation far from whole: half of a couple each in a
//! unit with a single seat, or units that must be served because of how many must be in all. Trying
//! a column at either bound and following the rows often ends in a contradiction, which decides the
//! column for good; and what follows from either bound is so.

use super::{Column, Columnar, Limit, Program};

/// Longer rows are not followed: they are caps on many, which one choice never fills.
const LONG: usize = 200;

/// Most entries looked at for one value of one column.
const PATIENCE: usize = 20_000;

/// With more free columns than this, only those in equations between choices are tried.
const MANY: usize = 6_000;

impl Program {
    /// Decides columns by trying their bounds.
    pub(crate) fn probe(&mut self) {
        let free = |column: &Column| column.lower < column.upper;
        let some = if self.columns.iter().filter(|column| free(column)).count() > MANY {
            self.linked()
        } else {
            vec![true; self.columns.len()]
        };
        if !some.contains(&true) {
            return;
        }
        let columnar = Columnar::new(self);
        let mut trial = Trial {
            program: self,
            columnar: &columnar,
            columns: self.columns.clone(),
            trail: Vec::new(),
            waiting: Vec::new(),
            is_waiting: vec![false; self.rows.len()],
        };
        for (column, _) in (0_u32..).zip(&some).filter(|(_, some)| **some) {
            trial.decide(column);
        }
        self.columns = trial.columns;
    }

    /// Columns in equations between choices.
    fn linked(&self) -> Vec<bool> {
        let mut linked = vec![false; self.columns.len()];
        for row in &self.rows {
            let both = |sign: i64| row.entries.iter().any(|&(_, amount)| amount.signum() == sign);
            if row.limit == Limit::Exactly(0) && row.entries.len() <= LONG && both(1) && both(-1) {
                for &(column, _) in &row.entries {
                    linked[column as usize] = true;
                }
            }
        }
        linked
    }
}

/// Bounds under trial.
struct Trial<'p> {
    program: &'p Program,
    columnar: &'p Columnar,
    columns: Vec<Column>,
    /// Bounds before they were changed, to be put back.
    trail: Vec<(u32, Column)>,
    /// Rows with a changed bound.
    waiting: Vec<u32>,
    is_waiting: Vec<bool>,
}

impl Trial<'_> {
    /// Narrows the bounds of a yes-or-no column, and of others that follow either way.
    fn decide(&mut self, column: u32) {
        let Column { lower, upper } = self.columns[column as usize];
        if upper - lower != 1 {
            return;
        }
        let used = self.follow_all(column, upper);
        if used.is_none() {
            self.columns[column as usize].upper = lower;
            return;
        }
        let unused = self.follow_all(column, lower);
        let (Some(used), Some(unused)) = (used, unused) else {
            self.columns[column as usize].lower = upper;
            return;
        };
        for (other, bounds) in used {
            let same = |&(third, its): &(u32, Column)| third == other && its.lower == bounds.lower;
            if unused.iter().any(same) {
                self.columns[other as usize] = bounds;
            }
        }
    }

    /// What follows when a column has a value, as far as patience goes: columns and the only value
    /// that is left to each. `None` when some row can't be kept. Leaves all bounds as they were.
    fn follow_all(&mut self, column: u32, value: i64) -> Option<Vec<(u32, Column)>> {
        let mut patience = PATIENCE;
        self.decided(column, value);
        let mut kept = true;
        while let Some(row) = self.waiting.pop() {
            self.is_waiting[row as usize] = false;
            let length = self.program.rows[row as usize].entries.len();
            if kept && length <= LONG && length <= patience {
                patience -= length;
                kept = self.follow(row);
            }
        }
        let mut decided = Vec::new();
        for (column, bounds) in self.trail.drain(..).rev() {
            decided.push((column, self.columns[column as usize]));
            self.columns[column as usize] = bounds;
        }
        kept.then_some(decided)
    }

    fn decided(&mut self, column: u32, value: i64) {
        let own = &mut self.columns[column as usize];
        self.trail.push((column, *own));
        *own = Column {
            lower: value,
            upper: value,
        };
        for &(row, _) in self.columnar.of(column as usize) {
            if !self.is_waiting[row as usize] {
                self.is_waiting[row as usize] = true;
                self.waiting.push(row);
            }
        }
    }

    /// Decides columns of a row that have one value left; `false` when nothing keeps the row.
    fn follow(&mut self, row: u32) -> bool {
        let row = &self.program.rows[row as usize];
        let (low, high) = row.limit.range();
        let (mut least, mut most) = (0, 0);
        for &(column, amount) in &row.entries {
            let Column { lower, upper } = self.columns[column as usize];
            least += (amount * lower).min(amount * upper);
            most += (amount * lower).max(amount * upper);
        }
        if least > high || most < low {
            return false;
        }
        for &(column, amount) in &row.entries {
            let Column { lower, upper } = self.columns[column as usize];
            if upper - lower != 1 {
                continue;
            }
            let value = if least + amount.abs() > high {
                if amount > 0 { lower } else { upper }
            } else if most - amount.abs() < low {
                if amount > 0 { upper } else { lower }
            } else {
                continue;
            };
            least += amount * value - (amount * lower).min(amount * upper);
            most += amount * value - (amount * lower).max(amount * upper);
            self.decided(column, value);
        }
        true
    }
}
