//! Mode *constrained priority*: people choose in the order of their priority, as long as fit stays
//! above a floor.
//!
//! Whether a wish can be granted together with all granted before is one question to the simplex:
//! everyone with a granted wish, and the person who asks, earns a prize for serving in that unit,
//! larger than all fit together. If the best plan then earns every prize and its fit is above the
//! floor, the wish is granted; the prize stays. Only pairs whose reduced cost fits between the best
//! fit and the floor can be in any such plan, so these alone are at hand.

use super::core::{Core, Stop};
use super::costs::{Pack, Part};
use crate::plan::{QualityFloor, Tier};
use std::collections::HashMap;

/// Granted wishes: the unit of each person.
pub(super) type Granted = HashMap<u32, u32>;

impl Core<'_> {
    /// Lets people choose; returns what was granted, and keeps the floor that held.
    pub(super) fn choices(&mut self) -> Result<Granted, Stop> {
        let instance = self.market.instance;
        let fit = Part::new(instance, &self.journeys, Tier::Fit);
        let pack = Pack::fill(&mut vec![fit], self.room(true)).ok_or(Stop::TooLarge)?;
        self.price_needs(|market, need| pack.of_need(market, need));
        self.solve(&pack)?;
        let percent = i64::from(instance.problem().policy.quality_floor_percent);
        let floor = QualityFloor::of(self.fit_in_hand(), percent);
        self.quality_floor = Some(floor);
        self.list_pairs_within(&pack, floor.best - floor.floor);
        let mut granted = Granted::new();
        for person in instance.choosers(self.market.seed) {
            if !self.simplex.network.open_person[person as usize] {
                continue;
            }
            for &unit in &instance.person(person).preferences {
                granted.insert(person, unit);
                self.solve(&pack.with_prizes(granted.clone()))?;
                if self.fit_in_hand() >= floor.floor && self.grants(&granted) {
                    break;
                }
                granted.remove(&person);
            }
        }
        Ok(granted)
    }

    /// Tier fit's value in the plan in hand.
    fn fit_in_hand(&self) -> i64 {
        let market = self.market;
        let cost = crate::tier_cost::TierCost::new(market.instance, Tier::Fit);
        -(self.chosen().iter())
            .map(|pair| cost.of_pair(&market, pair))
            .sum::<i64>()
    }

    fn grants(&self, granted: &Granted) -> bool {
        let instance = self.market.instance;
        let serving = self.simplex.assignments();
        let kept = serving
            .iter()
            .filter(|(person, need)| granted.get(person) == Some(&instance.need(*need).unit));
        kept.count() == granted.len()
    }
}
