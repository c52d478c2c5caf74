//! A rulebook's program over some pairs, with a column for every seat of a unit where balance asks
//! for it.

use super::rungs::{self, Reach, Seats};
use crate::census::Census;
use crate::eligibility::Pair;
use crate::market::Market;
use crate::plan::Tier;
use crate::program::Program;
use crate::rulebook::Rulebook;
use crate::terms;
use crate::tier_cost::TierCost;
use std::collections::HashSet;

/// Columns are pairs, then flags of rules, then seats.
pub(super) struct Model<'i> {
    pub(super) market: Market<'i>,
    pub(super) book: Rulebook<'i>,
    pub(super) pairs: Vec<Pair>,
    pub(super) program: Program,
    seats: Vec<Seats>,
}

impl<'i> Model<'i> {
    pub(super) fn new(market: Market<'i>, census: &Census, book: Rulebook<'i>, pairs: Vec<Pair>) -> Self {
        let mut program = book.program(&pairs);
        let seats = if terms::in_force(market.instance, Tier::Balance) {
            rungs::add_seats(&mut program, market, census, &pairs)
        } else {
            Vec::new()
        };
        program.tidy();
        Self {
            market,
            book,
            pairs,
            program,
            seats,
        }
    }

    /// A plan as a point of the program.
    pub(super) fn point(&self, chosen: &[Pair]) -> Vec<i64> {
        let set: HashSet<(u32, u32)> = chosen.iter().map(|pair| (pair.person, pair.need)).collect();
        let mut x: Vec<i64> = (self.pairs.iter())
            .map(|pair| i64::from(set.contains(&(pair.person, pair.need))))
            .collect();
        x.extend(self.book.raised(chosen).into_iter().map(i64::from));
        let mut filled = vec![0_usize; self.market.instance.units.len()];
        for pair in chosen {
            filled[self.market.unit_of(pair) as usize] += 1;
        }
        for seats in &self.seats {
            let own = filled[seats.unit as usize];
            x.extend((0..seats.columns.len()).map(|nth| i64::from(nth < own)));
        }
        x
    }

    /// The pairs of a point.
    pub(super) fn chosen(&self, x: &[i64]) -> Vec<Pair> {
        (self.pairs.iter().zip(x))
            .filter(|&(_, &value)| value > 0)
            .map(|(pair, _)| *pair)
            .collect()
    }

    /// What each column adds to a tier, negated where more is better.
    pub(super) fn costs(&self, tier: &TierCost) -> Vec<i64> {
        let mut costs: Vec<i64> = (self.pairs.iter())
            .map(|pair| tier.of_pair(&self.market, pair))
            .collect();
        costs.resize(self.program.columns.len(), 0);
        costs
    }

    /// The ratios that units can reach, ascending, with the seats that reach them.
    pub(super) fn reaches(&self) -> Vec<Reach> {
        rungs::reaches(&self.seats)
    }

    /// One less for every unit that reaches a ratio.
    pub(super) fn reach_costs(&self, reach: &Reach) -> Vec<i64> {
        let mut costs = vec![0; self.program.columns.len()];
        for &column in &reach.columns {
            costs[column as usize] = -1;
        }
        costs
    }
}
