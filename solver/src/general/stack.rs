//! Costs in their order.

/// Costs, most important first, that can also be minimised as one number.
pub(super) struct Stack {
    /// What each column costs in each.
    pub(super) rows: Vec<Vec<i64>>,
    /// With these the sum of all orders points as the costs do one after the other.
    pub(super) factors: Vec<i64>,
}

impl Stack {
    /// All in one number.
    pub(super) fn whole(&self) -> Vec<i64> {
        self.sum_from(0)
    }

    /// All but the first in one number.
    pub(super) fn rest(&self) -> Vec<i64> {
        self.sum_from(1)
    }

    fn sum_from(&self, first: usize) -> Vec<i64> {
        let mut costs = vec![0; self.rows[0].len()];
        for (row, factor) in self.rows.iter().zip(&self.factors).skip(first) {
            for (cost, value) in costs.iter_mut().zip(row) {
                *cost += factor * value;
            }
        }
        costs
    }
}
