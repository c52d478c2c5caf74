//! A small integer program in whole numbers: what the terms write and the engine reads.

use crate::plan::Proof;

/// A variable: whole numbers from `lower` to `upper`.
#[derive(Clone, Copy, Debug)]
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
    /// Whole-number multipliers of the rows that prove the bound, if there are.
    pub(crate) multipliers: Option<Vec<i64>>,
}

impl Program {
    /// `columns` yes-or-no variables under rows.
    #[cfg(test)]
    pub(crate) fn binary(columns: usize, rows: Vec<Row>) -> Self {
        let mut program = Self {
            columns: vec![Column { lower: 0, upper: 1 }; columns],
            rows,
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
            let (low, high) = match row.limit {
                Limit::AtMost(limit) => (i64::MIN, limit),
                Limit::AtLeast(limit) => (limit, i64::MAX),
                Limit::Exactly(limit) => (limit, limit),
            };
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
    /// a side their row does not have count as zero, as do missing ones.
    pub(crate) fn bound(&self, costs: &[i64], multipliers: &[i64]) -> i64 {
        let rows: i128 = (self.rows.iter().zip(multipliers))
            .filter_map(|(row, &y)| Some(i128::from(y) * i128::from(row.limit.pushed(y)?)))
            .sum();
        let columns: i128 = (self.columns.iter().zip(self.reduced(costs, multipliers)))
            .map(|(column, d)| (if d > 0 { column.lower } else { column.upper }, d))
            .map(|(value, d)| i128::from(d) * i128::from(value))
            .sum();
        let bound = (rows + columns).clamp(i128::from(i64::MIN), i128::from(i64::MAX));
        i64::try_from(bound).unwrap_or(i64::MIN)
    }

    /// Narrows the program to the points that cost no more than a proven optimum.
    ///
    /// By complementary slackness every optimal point has each column with a reduced cost at its
    /// cheaper bound and each row with a multiplier at its pushed side. So the optimal face is
    /// written with the rows that are there already: no objective row joins them, and a network
    /// stays a network through all tiers.
    pub(crate) fn narrow_to_face(&mut self, costs: &[i64], multipliers: &[i64]) {
        let reduced = self.reduced(costs, multipliers);
        for (column, d) in self.columns.iter_mut().zip(reduced) {
            match d.signum() {
                1 => column.upper = column.lower,
                -1 => column.lower = column.upper,
                _ => {}
            }
        }
        for (row, &y) in self.rows.iter_mut().zip(multipliers) {
            if let Some(limit) = row.limit.pushed(y) {
                row.limit = Limit::Exactly(limit);
            }
        }
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

    pub(crate) fn reduced(&self, costs: &[i64], multipliers: &[i64]) -> Vec<i64> {
        let mut reduced = costs.to_vec();
        for (row, &y) in self.rows.iter().zip(multipliers) {
            if row.limit.pushed(y).is_some() {
                for &(column, coefficient) in &row.entries {
                    reduced[column as usize] -= y * coefficient;
                }
            }
        }
        reduced
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
        assert_eq!(program.bound(&COSTS, &[]), -14);
        assert_eq!(program.bound(&COSTS, &[-5, -4, 0, 0]), -9);
        assert_eq!(program.bound(&COSTS, &[-4, -3, -1, 0]), -8);
        // a person's row has no lower side to push against
        assert_eq!(program.bound(&COSTS, &[7, 0, 0, 0]), -14);
    }

    #[test]
    fn the_face_holds_the_optimal_points_and_no_others() {
        let mut program = assignment();
        program.narrow_to_face(&COSTS, &[-4, -3, -1, 0]);
        let points = (0..16_i64).map(|bits| [bits & 1, bits >> 1 & 1, bits >> 2 & 1, bits >> 3 & 1]);
        let face: Vec<_> = points.filter(|x| program.admits(x)).collect();
        assert_eq!(face, [[0, 1, 1, 0]]);
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
                (-9..=-8).contains(&program.bound(&COSTS, &multipliers)),
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
