//! A small integer program in whole numbers: what the terms write and the engine reads.

mod columnar;
mod mixture;
mod probe;

use crate::plan::Proof;
use std::ops::Range;

pub(crate) use columnar::Columnar;
pub(crate) use mixture::{Cut, Mixture, Mixtures};

/// A variable: whole numbers from `lower` to `upper`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) lower: i64,
    pub(crate) upper: i64,
}

/// A rule: the weighted sum of some columns against a limit.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// (column, coefficient), each column at most once.
    pub(crate) entries: Vec<(u32, i64)>,
    pub(crate) limit: Limit,
}

/// What a row's sum may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    AtMost(i64),
    AtLeast(i64),
    Exactly(i64),
}

impl Limit {
    pub(crate) fn admits(self, sum: i64) -> bool {
        match self {
            Self::AtMost(limit) => sum <= limit,
            Self::AtLeast(limit) => sum >= limit,
            Self::Exactly(limit) => sum == limit,
        }
    }

    /// The least and the most.
    pub(crate) fn range(self) -> (i64, i64) {
        match self {
            Self::AtMost(limit) => (i64::MIN, limit),
            Self::AtLeast(limit) => (limit, i64::MAX),
            Self::Exactly(limit) => (limit, limit),
        }
    }

    /// The side that a multiplier pushes against, if there is one: a sum is pushed up against
    /// «at most» by negative multipliers, down against «at least» by positive ones.
    fn pushed(self, multiplier: i64) -> Option<i64> {
        match (self, multiplier.signum()) {
            (Self::Exactly(limit), 1 | -1) | (Self::AtLeast(limit), 1) | (Self::AtMost(limit), -1) => {
                Some(limit)
            }
            _ => None,
        }
    }
}

impl Row {
    /// Columns that count one each.
    pub(crate) fn count(columns: impl IntoIterator<Item = u32>, limit: Limit) -> Self {
        Self {
            entries: columns.into_iter().map(|column| (column, 1)).collect(),
            limit,
        }
    }

    fn sum(&self, x: &[i64]) -> i64 {
        (self.entries.iter())
            .map(|&(column, coefficient)| coefficient * x[column as usize])
            .sum()
    }
}

/// Columns and rows; costs come with each question and are always minimised.
#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
    /// Columns that are choices of their own; all others say something about these.
    pub(crate) choices: Range<usize>,
    /// What rows of this program were made of.
    pub(crate) mixtures: Mixtures,
}

/// An engine's answer, in whole numbers.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// A point that obeys every row and bound.
    pub(crate) x: Vec<i64>,
    /// Its cost.
    pub(crate) cost: i64,
    /// No point costs less.
    pub(crate) bound: i64,
    /// How sure the bound is.
    pub(crate) proof: Proof,
    /// The multipliers that give the bound, if it comes from multipliers.
    pub(crate) multipliers: Option<Multipliers>,
}

/// Multipliers of the rows, in parts of a whole: `values / scale`.
#[derive(Clone, Debug)]
pub(crate) struct Multipliers {
    pub(crate) values: Vec<i64>,
    pub(crate) scale: i64,
}

impl Program {
    /// `columns` yes-or-no variables under rows.
    #[cfg(test)]
    pub(crate) fn binary(columns: usize, rows: Vec<Row>) -> Self {
        let mut program = Self {
            columns: vec![Column { lower: 0, upper: 1 }; columns],
            rows,
            choices: 0..columns,
            mixtures: Mixtures::default(),
        };
        program.tidy();
        program
    }

    /// Takes rows out that say nothing beyond the bounds of their columns, after those of a single
    /// column, and those that force every column to its cheaper bound, have become bounds.
    pub(crate) fn tidy(&mut self) {
        let columns = &mut self.columns;
        self.rows.retain(|row| {
            let reach = |columns: &[Column], side: fn(&Column, i64) -> i64| -> i64 {
                (row.entries.iter())
                    .map(|&(column, amount)| amount * side(&columns[column as usize], amount))
                    .sum()
            };
            let least = |column: &Column, amount: i64| if amount > 0 { column.lower } else { column.upper };
            let most = |column: &Column, amount: i64| if amount > 0 { column.upper } else { column.lower };
            let (low, high) = row.limit.range();
            if reach(columns, least) == high {
                for &(column, amount) in &row.entries {
                    let column = &mut columns[column as usize];
                    let value = least(column, amount);
                    (column.lower, column.upper) = (value, value);
                }
            } else if reach(columns, most) == low {
                for &(column, amount) in &row.entries {
                    let column = &mut columns[column as usize];
                    let value = most(column, amount);
                    (column.lower, column.upper) = (value, value);
                }
            }
            reach(columns, least) < low || reach(columns, most) > high
        });
    }

    /// Multipliers by dual ascent, without an engine: row by row, each «at most n» takes the
    /// price at which only its n cheapest columns still pay. Often enough for a proof.
    pub(crate) fn ascend<'r>(&'r self, costs: &[i64], order: Order) -> Vec<i64> {
        let mut multipliers = vec![0; self.rows.len()];
        let mut reduced = costs.to_vec();
        let mut visit = |(at, row): (usize, &'r Row)| {
            let (Limit::AtMost(limit) | Limit::Exactly(limit)) = row.limit else {
                return;
            };
            let mut room = limit;
            let mut paying = Vec::new();
            for &(column, coefficient) in &row.entries {
                let bounds = self.columns[column as usize];
                room -= coefficient * bounds.lower;
                if bounds.lower < bounds.upper && reduced[column as usize] < 0 {
                    paying.push(reduced[column as usize]);
                }
            }
            paying.sort_unstable();
            let price = usize::try_from(room).ok().and_then(|room| paying.get(room));
            if let Some(&price) = price {
                multipliers[at] = price;
                for &(column, coefficient) in &row.entries {
                    reduced[column as usize] -= price * coefficient;
                }
            }
        };
        match order {
            Order::Forward => self.rows.iter().enumerate().for_each(&mut visit),
            Order::Backward => self.rows.iter().enumerate().rev().for_each(&mut visit),
        }
        multipliers
    }

    /// Whether a point obeys every bound and row.
    pub(crate) fn admits(&self, x: &[i64]) -> bool {
        x.len() == self.columns.len()
            && (self.columns.iter().zip(x))
                .all(|(column, value)| (column.lower..=column.upper).contains(value))
            && (self.rows.iter()).all(|row| row.limit.admits(row.sum(x)))
    }

    /// A bound that holds for every point, from any multipliers of the rows (weak duality):
    ///
    /// `Σ_i y_i · limit_i + Σ_j min(d_j · lower_j, d_j · upper_j)`, with reduced costs
    /// `d = c - Aᵀ y`. All in whole numbers, so no tolerance enters. Multipliers that push against
    /// a side their row does not have count as zero, as do missing ones. Costs are whole, so a
    /// bound in parts is rounded up.
    pub(crate) fn bound(&self, costs: &[i64], multipliers: &Multipliers) -> i64 {
        self.bound_beside(costs, multipliers, 0)
    }

    /// The same when there are columns beside the program's, which can win so much in the multipliers'
    /// parts.
    pub(crate) fn bound_beside(&self, costs: &[i64], multipliers: &Multipliers, won: i128) -> i64 {
        let scale = i128::from(multipliers.scale);
        let parts = self.bound_in_parts(&self.reduced(costs, multipliers), multipliers) + won;
        let bound = parts.div_euclid(scale) + i128::from(parts.rem_euclid(scale) > 0);
        i64::try_from(bound.clamp(i128::from(i64::MIN), i128::from(i64::MAX))).unwrap_or(i64::MIN)
    }

    /// The same bound before it is rounded up, in small parts.
    pub(crate) fn exact_bound(&self, costs: &[i64], multipliers: &Multipliers) -> i128 {
        const FINE: i128 = 1 << 40;
        let parts = self.bound_in_parts(&self.reduced(costs, multipliers), multipliers);
        parts.saturating_mul(FINE) / i128::from(multipliers.scale)
    }

    fn bound_in_parts(&self, reduced: &[i128], multipliers: &Multipliers) -> i128 {
        let rows: i128 = (self.rows.iter().zip(&multipliers.values))
            .filter_map(|(row, &y)| Some(i128::from(y) * i128::from(row.limit.pushed(y)?)))
            .sum();
        let columns: i128 = (self.columns.iter().zip(reduced))
            .map(|(column, &d)| (if d > 0 { column.lower } else { column.upper }, d))
            .map(|(value, d)| d * i128::from(value))
            .sum();
        rows + columns
    }

    /// What a column's price may be in a point of at most a cost, in the multipliers' parts.
    pub(crate) fn room(&self, costs: &[i64], multipliers: &Multipliers, cost: i64) -> i128 {
        self.room_at(&self.reduced(costs, multipliers), multipliers, cost)
    }

    fn room_at(&self, reduced: &[i128], multipliers: &Multipliers, cost: i64) -> i128 {
        i128::from(cost) * i128::from(multipliers.scale) - self.bound_in_parts(reduced, multipliers)
    }

    /// Multipliers by row, zero where they push against nothing.
    pub(crate) fn pushing(&self, multipliers: &Multipliers) -> Vec<i64> {
        (self.rows.iter().zip(&multipliers.values))
            .map(|(row, &y)| if row.limit.pushed(y).is_some() { y } else { 0 })
            .chain(std::iter::repeat(0))
            .take(self.rows.len())
            .collect()
    }

    /// The columns that a point of at most a cost may use above their lower bound.
    pub(crate) fn open_columns(&self, costs: &[i64], multipliers: &Multipliers, cost: i64) -> Vec<bool> {
        let reduced = self.reduced(costs, multipliers);
        let room = self.room_at(&reduced, multipliers, cost);
        reduced.into_iter().map(|d| d <= room).collect()
    }

    /// Narrows the program to the points that cost no more than a proven optimum.
    ///
    /// A point that leaves a column's cheaper bound, or a row's pushed side, pays the reduced cost
    /// or the multiplier for each whole step. What that would cost more than lies between the bound
    /// and the optimum is out for good. Where nothing lies between (complementary slackness), what
    /// remains is the optimal face, written with the rows that are there already: a network stays
    /// a network through all tiers. Otherwise the caller keeps the cost by a row; the answer says
    /// whether that is necessary.
    pub(crate) fn narrow(&mut self, costs: &[i64], multipliers: &Multipliers, cost: i64) -> bool {
        let reduced = self.reduced(costs, multipliers);
        let room = self.room_at(&reduced, multipliers, cost);
        for (column, d) in self.columns.iter_mut().zip(reduced) {
            if d > room {
                column.upper = column.lower;
            } else if -d > room {
                column.lower = column.upper;
            }
        }
        for (row, &y) in self.rows.iter_mut().zip(&multipliers.values) {
            if let Some(limit) = row.limit.pushed(y)
                && i128::from(y).abs() > room
            {
                row.limit = Limit::Exactly(limit);
            }
        }
        room > 0
    }

    /// Takes out what the bounds have decided.
    pub(crate) fn shrink(&mut self) {
        let columns = &self.columns;
        for row in &mut self.rows {
            let mut fixed = 0;
            row.entries.retain(|&(column, amount)| {
                let Column { lower, upper } = columns[column as usize];
                if lower == upper {
                    fixed += amount * lower;
                }
                lower < upper
            });
            row.limit = match row.limit {
                Limit::AtMost(limit) => Limit::AtMost(limit - fixed),
                Limit::AtLeast(limit) => Limit::AtLeast(limit - fixed),
                Limit::Exactly(limit) => Limit::Exactly(limit - fixed),
            };
        }
        self.tidy();
    }

    /// Narrows the program to the points of one cost at most, where no certificate is at hand.
    pub(crate) fn narrow_to_cost(&mut self, costs: &[i64], cost: i64) {
        self.rows.push(Row {
            entries: (0_u32..)
                .zip(costs)
                .filter(|&(_, &cost)| cost != 0)
                .map(|(column, &cost)| (column, cost))
                .collect(),
            limit: Limit::AtMost(cost),
        });
    }

    /// Reduced costs in parts.
    pub(crate) fn reduced(&self, costs: &[i64], multipliers: &Multipliers) -> Vec<i128> {
        let scale = i128::from(multipliers.scale);
        let mut reduced: Vec<i128> = costs.iter().map(|&cost| i128::from(cost) * scale).collect();
        for (row, &y) in self.rows.iter().zip(&multipliers.values) {
            if row.limit.pushed(y).is_some() {
                for &(column, coefficient) in &row.entries {
                    reduced[column as usize] -= i128::from(y) * i128::from(coefficient);
                }
            }
        }
        reduced
    }

    /// What columns cost beyond whole multipliers.
    pub(crate) fn prices(&self, costs: &[i64], values: Vec<i64>) -> Vec<f64> {
        let reduced = self.reduced(costs, &Multipliers { values, scale: 1 });
        #[expect(clippy::cast_precision_loss, reason = "they order columns, no more")]
        let prices = reduced.into_iter().map(|price| price as f64).collect();
        prices
    }
}

/// In which order dual ascent visits the rows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Order {
    Forward,
    Backward,
}

/// The cost of a point.
pub(crate) fn cost(costs: &[i64], x: &[i64]) -> i64 {
    costs.iter().zip(x).map(|(cost, value)| cost * value).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two people, two seats, all four pairs: columns p1s1, p1s2, p2s1, p2s2.
    fn assignment() -> Program {
        let rows = [[0, 1], [2, 3], [0, 2], [1, 3]];
        Program::binary(4, rows.map(|row| Row::count(row, Limit::AtMost(1))).to_vec())
    }

    const COSTS: [i64; 4] = [-5, -4, -4, -1];

    fn whole(values: impl Into<Vec<i64>>) -> Multipliers {
        Multipliers {
            values: values.into(),
            scale: 1,
        }
    }

    #[test]
    fn rows_and_bounds_are_obeyed_or_not() {
        let program = assignment();
        assert!(program.admits(&[0, 1, 1, 0]));
        assert!(!program.admits(&[1, 1, 0, 0]), "one person twice");
        assert!(!program.admits(&[2, 0, 0, 0]), "out of bounds");
        assert!(!program.admits(&[0, 1, 1]), "too short");
    }

    #[test]
    fn any_multipliers_bound_and_the_right_ones_prove() {
        // the best is p1s2 + p2s1 at -8; p1s1 first would end at -6
        let program = assignment();
        assert_eq!(program.bound(&COSTS, &whole([0; 4])), -14);
        assert_eq!(program.bound(&COSTS, &whole([-5, -4, 0, 0])), -9);
        assert_eq!(program.bound(&COSTS, &whole([-4, -3, -1, 0])), -8);
        // a person's row has no lower side to push against
        assert_eq!(program.bound(&COSTS, &whole([7, 0, 0, 0])), -14);
        // -8.5, and no point costs half
        let halves = Multipliers {
            values: vec![-8, -6, -1, 0],
            scale: 2,
        };
        assert_eq!(program.bound(&COSTS, &halves), -8);
    }

    #[test]
    fn the_face_holds_the_optimal_points_and_no_others() {
        let mut program = assignment();
        assert!(!program.narrow(&COSTS, &whole([-4, -3, -1, 0]), -8));
        let points = (0..16_i64).map(|bits| [bits & 1, bits >> 1 & 1, bits >> 2 & 1, bits >> 3 & 1]);
        let face: Vec<_> = points.filter(|x| program.admits(x)).collect();
        assert_eq!(face, [[0, 1, 1, 0]]);
    }

    #[test]
    fn columns_stay_open_where_a_better_point_would_use_them() {
        let program = assignment();
        let multipliers = whole([-4, -3, -1, 0]);
        // p2s2 has a reduced cost of 2, the others of 0
        assert_eq!(
            program.open_columns(&COSTS, &multipliers, -8),
            [true, true, true, false]
        );
        // a column that pays so much that every better point uses it is no column to leave out
        assert_eq!(program.open_columns(&COSTS, &whole([0; 4]), -14), [true; 4]);
    }

    #[test]
    fn a_cost_row_does_the_same_where_there_is_no_certificate() {
        let mut program = assignment();
        program.narrow_to_cost(&COSTS, -8);
        assert!(program.admits(&[0, 1, 1, 0]));
        assert!(!program.admits(&[1, 0, 0, 1]));
    }

    #[test]
    fn ascent_never_loosens_a_bound() {
        let program = assignment();
        for order in [Order::Forward, Order::Backward] {
            let multipliers = program.ascend(&COSTS, order);
            assert!(
                (-9..=-8).contains(&program.bound(&COSTS, &whole(multipliers.clone()))),
                "{multipliers:?}"
            );
        }
    }

    #[test]
    fn a_row_of_one_column_is_a_bound() {
        let rows = vec![
            Row::count([1], Limit::AtLeast(1)),
            Row::count([0], Limit::AtMost(0)),
        ];
        let program = Program::binary(2, rows);
        assert!(program.rows.is_empty());
        assert!(program.admits(&[0, 1]) && !program.admits(&[1, 1]) && !program.admits(&[0, 0]));
    }
}
