//! A rulebook's program over all placements, with a column for every seat of a unit where balance
//! asks for it.

use super::placements::Placements;
use super::rungs::{self, Reach, Seats};
use crate::census::Census;
use crate::eligibility::Pair;
use crate::market::Market;
use crate::program::Program;
use crate::rulebook::Rulebook;
use crate::tier_cost::TierCost;

/// Columns are placements, then flags of rules, then seats.
pub(super) struct Model<'i> {
    pub(super) market: Market<'i>,
    pub(super) book: Rulebook<'i>,
    pub(super) placements: Placements,
    pub(super) program: Program,
    seats: Vec<Seats>,
}

impl<'i> Model<'i> {
    pub(super) fn new(market: Market<'i>, book: Rulebook<'i>, pairs: &[Pair]) -> Self {
        let placements = Placements::new(market, pairs);
        let mut program = book.program(placements.iter());
        program.tidy();
        program.probe();
        program.shrink();
        Self {
            market,
            book,
            placements,
            program,
            seats: Vec::new(),
        }
    }

    /// A plan as a point of the program, before there are seats.
    pub(super) fn point(&self, chosen: &[Pair]) -> Vec<i64> {
        (self.placements.used(chosen))
            .chain(self.book.raised(chosen))
            .map(i64::from)
            .collect()
    }

    /// Adds columns for the seats of units, which balance counts, to the program and to a point.
    pub(super) fn add_seats(&mut self, census: &Census, x: &mut Vec<i64>) {
        let mut filled = vec![0_usize; self.market.instance.units.len()];
        for pair in self.chosen(x) {
            filled[self.market.unit_of(&pair) as usize] += 1;
        }
        self.seats = rungs::add_seats(&mut self.program, self.market, census, &self.placements);
        for seats in &self.seats {
            let own = filled[seats.unit as usize];
            x.extend((0..seats.columns.len()).map(|nth| i64::from(nth < own)));
        }
        self.program.shrink();
    }

    /// What each column adds to a tier, negated where more is better.
    pub(super) fn costs(&self, tier: &TierCost) -> Vec<i64> {
        self.costs_by(|pair| tier.of_pair(&self.market, pair))
    }

    /// What each column costs when pairs cost something.
    pub(super) fn costs_by(&self, cost_of: impl Fn(&Pair) -> i64) -> Vec<i64> {
        let mut costs: Vec<i64> = (self.placements.iter())
            .map(|pairs| pairs.iter().map(&cost_of).sum())
            .collect();
        costs.resize(self.program.columns.len(), 0);
        costs
    }

    /// The pairs of a point.
    pub(super) fn chosen(&self, x: &[i64]) -> Vec<Pair> {
        self.placements.chosen(x)
    }

    /// The ratios that units can reach, ascending, with the seats that reach them.
    pub(super) fn reaches(&self) -> Vec<Reach> {
        rungs::reaches(&self.seats)
    }
}
