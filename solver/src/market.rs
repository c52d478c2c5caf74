//! The eligible pairs of one instance, grouped in the ways that terms ask for. One pair is one
//! column of the program.

use crate::eligibility::Pair;
use crate::index;
use crate::instance::Instance;
use crate::program::{Limit, Row};

/// An instance, its eligible pairs and the seed of its lottery.
pub(crate) struct Market<'i> {
    pub(crate) instance: &'i Instance,
    /// By need, then by person.
    pub(crate) pairs: Vec<Pair>,
    pub(crate) seed: u64,
}

impl<'i> Market<'i> {
    /// Enumerates the pairs.
    pub(crate) fn new(instance: &'i Instance, seed: u64) -> Self {
        let mut pairs = Vec::new();
        instance.each_eligible_pair(|pair| pairs.push(pair));
        Self {
            instance,
            pairs,
            seed,
        }
    }

    /// The unit of a pair's need.
    pub(crate) fn unit_of(&self, pair: &Pair) -> u32 {
        self.instance.need(pair.need).unit
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
