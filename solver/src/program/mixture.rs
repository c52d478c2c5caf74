//! Rows that were made of other rows, and how a column that comes later stands in them.
//!
//! A sum of rows, each so many times, divided by a number and rounded down column by column, is again
//! a row that whole points obey. It knows the columns there are. One that joins later stands in it as
//! it would have, had it been there: that is worked out from the rows which the mixture is of.

use super::{Column, Program, Row};

/// The sum of some rows, each so many times, divided and rounded down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mixture {
    /// Row, and how many times; negative where the row is «at least».
    pub(crate) of: Vec<(u32, i64)>,
    pub(crate) divisor: i64,
}

/// A row that was made of others.
#[derive(Clone, Debug)]
pub(crate) struct Cut {
    pub(crate) row: Row,
    pub(crate) mixture: Mixture,
}

/// The mixtures of a program, as they were made: each may be of those before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mixtures {
    /// The row that each gave, and its divisor.
    made: Vec<(u32, i64)>,
    /// By row: the mixtures that it is in, and how many times.
    of: Vec<Vec<(u32, i64)>>,
}

impl Mixtures {
    /// Which rows are mixtures.
    pub(crate) fn rows(&self) -> impl Iterator<Item = u32> {
        self.made.iter().map(|&(row, _)| row)
    }

    fn push(&mut self, row: u32, mixture: &Mixture) {
        for &(of, times) in &mixture.of {
            if self.of.len() <= of as usize {
                self.of.resize(of as usize + 1, Vec::new());
            }
            self.of[of as usize].push((crate::index(self.made.len()), times));
        }
        self.made.push((row, mixture.divisor));
    }

    /// What a column counts in mixtures of the rows that it is in.
    ///
    /// Of a part of what it counts, that is no more than what this part adds to the whole: rounding
    /// down loses less when it is done once.
    pub(crate) fn of(&self, entries: &[(u32, i64)]) -> Vec<(u32, i64)> {
        // what it adds to each mixture, those made first in front
        let mut sums: Vec<(u32, i64)> = Vec::new();
        let note = |sums: &mut Vec<(u32, i64)>, (row, amount): (u32, i64)| {
            for &(mixture, times) in self.of.get(row as usize).map_or(&[][..], Vec::as_slice) {
                match sums.binary_search_by_key(&mixture, |&(mixture, _)| mixture) {
                    Ok(at) => sums[at].1 += times * amount,
                    Err(at) => sums.insert(at, (mixture, times * amount)),
                }
            }
        };
        entries.iter().for_each(|&entry| note(&mut sums, entry));
        let mut mixed = Vec::new();
        let mut next = 0;
        while let Some(&(mixture, sum)) = sums.get(next) {
            let (row, divisor) = self.made[mixture as usize];
            let amount = sum.div_euclid(divisor);
            if amount != 0 {
                mixed.push((row, amount));
                // a mixture of this one was made later, so it comes later in the list
                note(&mut sums, (row, amount));
            }
            next += 1;
        }
        mixed
    }
}

impl Program {
    /// Adds a row that was made of others.
    pub(crate) fn cut(&mut self, cut: Cut) {
        self.mixtures.push(crate::index(self.rows.len()), &cut.mixture);
        self.rows.push(cut.row);
    }

    /// Adds a choice at the end, with what it counts in the rows that are no mixtures. No row may have
    /// been taken out, or the numbers would be wrong.
    pub(crate) fn join(&mut self, entries: &[(u32, i64)]) {
        if self.choices.is_empty() {
            self.choices = self.columns.len()..self.columns.len();
        }
        debug_assert_eq!(self.choices.end, self.columns.len(), "choices stand together");
        let mixed = self.mixtures.of(entries);
        let column = crate::index(self.columns.len());
        for &(row, amount) in entries.iter().chain(&mixed) {
            self.rows[row as usize].entries.push((column, amount));
        }
        self.columns.push(Column { lower: 0, upper: 1 });
        self.choices.end += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Limit;

    /// Three pairs of three things, the third of which joins after the cut was made of them.
    #[test]
    fn a_column_that_joins_later_stands_where_it_would_have_stood() {
        let pairs = [[0, 1], [1, 2], [0, 2]];
        let mut program = Program::binary(3, pairs.map(|row| Row::count(row, Limit::AtMost(1))).to_vec());
        program.cut(Cut {
            row: Row::count([0, 1, 2], Limit::AtMost(1)),
            mixture: Mixture {
                of: vec![(0, 1), (1, 1), (2, 1)],
                divisor: 2,
            },
        });
        program.cut(Cut {
            row: Row::count([0, 1, 2], Limit::AtMost(1)),
            mixture: Mixture {
                of: vec![(3, 1), (0, 1), (1, 1)],
                divisor: 2,
            },
        });
        // in two pairs it is in the cut, and with one of those pairs half again in the next
        assert_eq!(program.mixtures.of(&[(0, 1), (1, 1)]), [(3, 1), (4, 1)]);
        assert!(program.mixtures.of(&[(0, 1)]).is_empty());
        assert_eq!(program.mixtures.of(&[(0, -1)]), [(3, -1), (4, -1)]);
        program.join(&[(0, 1), (2, 1)]);
        assert_eq!(program.choices, 0..4);
        assert!(program.admits(&[0, 1, 0, 0]) && !program.admits(&[0, 1, 0, 1]));
    }
}
