//! What is looked for among the placements outside.

use crate::eligibility::Pair;
use crate::instance::Instance;

/// Looks for placements of low prices.
pub(super) trait Search {
    /// Only what costs less is looked for, whoever goes and wherever.
    fn limit(&self) -> i128;
    /// The same for one person and one need, no more than for all.
    fn below(&self, person: u32, need: u32) -> i128;
    /// Something that does.
    fn found(&mut self, pairs: &[Pair], price: i128);
}

/// The cheapest placement of each person, or of a couple's first member, and of each need.
pub(super) struct Cheapest {
    limit: i128,
    pub(super) of_person: Vec<(i128, Vec<Pair>)>,
    pub(super) of_need: Vec<(i128, Vec<Pair>)>,
}

impl Cheapest {
    /// Nothing yet; only what costs less than a limit will do.
    pub(super) fn new(instance: &Instance, below: i128) -> Self {
        Self {
            limit: below,
            of_person: vec![(below, Vec::new()); instance.people.len()],
            of_need: vec![(below, Vec::new()); instance.needs.len()],
        }
    }
}

impl Search for Cheapest {
    fn limit(&self) -> i128 {
        self.limit
    }

    fn below(&self, person: u32, need: u32) -> i128 {
        (self.of_person[person as usize].0).max(self.of_need[need as usize].0)
    }

    fn found(&mut self, pairs: &[Pair], price: i128) {
        let Some(first) = pairs.first() else { return };
        for best in [
            &mut self.of_person[first.person as usize],
            &mut self.of_need[first.need as usize],
        ] {
            if price < best.0 {
                *best = (price, pairs.to_vec());
            }
        }
    }
}

/// All that cost less than a limit, as far as they are not too many.
pub(super) struct Within {
    below: i128,
    most: usize,
    pub(super) found: Vec<Vec<Pair>>,
}

impl Within {
    /// Nothing yet. The search ends when more than `most` are found.
    pub(super) fn new(below: i128, most: usize) -> Self {
        Self {
            below,
            most,
            found: Vec::new(),
        }
    }
}

impl Search for Within {
    fn limit(&self) -> i128 {
        if self.found.len() > self.most {
            i128::MIN
        } else {
            self.below
        }
    }

    fn below(&self, _: u32, _: u32) -> i128 {
        self.limit()
    }

    fn found(&mut self, pairs: &[Pair], _: i128) {
        self.found.push(pairs.to_vec());
    }
}
