//! The eligible pairs of one instance as columns of a program, grouped in the ways that rules ask
//! for.

use crate::eligibility::Pair;
use crate::index;
use crate::instance::Instance;
use crate::market::Market;
use crate::program::{Limit, Row};

/// An instance and its eligible pairs; one pair is one column.
pub(crate) struct Columns<'i> {
    pub(crate) market: Market<'i>,
    pub(crate) instance: &'i Instance,
    /// By need, then by person.
    pub(crate) pairs: Vec<Pair>,
}

impl<'i> Columns<'i> {
    /// Enumerates the pairs.
    pub(crate) fn new(market: Market<'i>) -> Self {
        let mut pairs = Vec::new();
        market.instance.each_eligible_pair(|pair| pairs.push(pair));
        Self {
            market,
            instance: market.instance,
            pairs,
        }
    }

    /// The columns of each group, `groups` many; a pair without a group is in none.
    pub(crate) fn grouped(&self, groups: usize, group: impl Fn(&Pair) -> Option<u32>) -> Vec<Vec<u32>> {
        let mut columns = vec![Vec::new(); groups];
        for (column, pair) in self.pairs.iter().enumerate() {
            if let Some(group) = group(pair) {
                columns[group as usize].push(index(column));
            }
        }
        columns
    }

    /// «At most `cap` of these columns», unless there are no more than that anyway.
    pub(crate) fn cap(columns: Vec<u32>, cap: u32) -> Option<Row> {
        (columns.len() > cap as usize).then(|| Row::count(columns, Limit::AtMost(i64::from(cap))))
    }
}
