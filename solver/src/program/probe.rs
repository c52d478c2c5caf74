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

/// Most entries looked at in all, which is a fraction of a second.
const WORK: usize = 50_000_000;

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
            work: WORK,
        };
        for (column, _) in (0_u32..).zip(&some).filter(|(_, some)| **some) {
            if trial.work == 0 {
                break;
            }
            trial.decide(column);
        }
        self.columns = trial.columns;
    }

    /// Columns in equations between choices.
    fn linked(&self) -> Vec<bool> {
        let mut linked = vec![false; self.columns.len()];
        for row in &self.rows {
            let choices =
                || (row.entries.iter()).filter(|(column, _)| self.choices.contains(&(*column as usize)));
            let both = |sign: i64| choices().any(|&(_, amount)| amount.signum() == sign);
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
    /// Entries that may still be looked at.
    work: usize,
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
                self.work = self.work.saturating_sub(length);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Row;

    fn open(program: &Program) -> Vec<(i64, i64)> {
        (program.columns.iter())
            .map(|column| (column.lower, column.upper))
            .collect()
    }

    #[test]
    fn a_couple_finds_no_place_where_there_is_one_seat() {
        // two people in a unit with one seat, and in one with two
        let together = |one: u32, other: u32| Row {
            entries: vec![(one, 1), (other, -1)],
            limit: Limit::Exactly(0),
        };
        let seat = Row::count([0, 1], Limit::AtMost(1));
        let mut program = Program::binary(4, vec![seat, together(0, 1), together(2, 3)]);
        program.probe();
        assert_eq!(open(&program), [(0, 0), (0, 0), (0, 1), (0, 1)]);
    }

    #[test]
    fn what_follows_from_either_value_is_so() {
        // used, the first column leaves only the third for the second row; unused, the second
        // column is needed, which leaves only the third as well
        let rows = vec![
            Row::count([0, 1], Limit::Exactly(1)),
            Row::count([0, 3], Limit::AtMost(1)),
            Row::count([1, 3], Limit::AtMost(1)),
            Row::count([2, 3], Limit::Exactly(1)),
        ];
        let mut program = Program::binary(4, rows);
        program.probe();
        assert_eq!(open(&program), [(0, 1), (0, 1), (1, 1), (0, 0)]);
    }

    #[test]
    fn nothing_is_decided_without_need() {
        let mut program = Program::binary(2, vec![Row::count([0, 1], Limit::AtMost(1))]);
        program.probe();
        assert_eq!(open(&program), [(0, 1), (0, 1)]);
    }
}
