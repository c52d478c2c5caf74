//! Mode *constrained priority* in the general model: the floor under fit is a row, and every wish is
//! one question to the engine.

use super::{Driver, proof_of};
use crate::milp::Failure;
use crate::plan::{Proof, QualityFloor, Tier};
use crate::program::{Answer, Limit, Row};
use crate::score::TierFound;
use crate::tier_cost::TierCost;

impl Driver<'_, '_> {
    /// Lets people choose, in the order of their priority, above the policy's share of the best fit.
    /// Returns the floor; none when the time ran out before it was proven.
    pub(super) fn choices(&mut self) -> Result<Option<QualityFloor>, Failure> {
        // what the core let people choose rests on another fit
        self.relaxed = &[];
        let instance = self.model.market.instance;
        let costs = self.model.costs(&TierCost::new(instance, Tier::Fit));
        let best = self.ask_alone(&costs, i64::MIN)?;
        self.x.clone_from(&best.x);
        let mut proof = best.proof;
        let mut floor = None;
        if proof != Proof::Open {
            let percent = i64::from(instance.problem().policy.quality_floor_percent);
            let held = QualityFloor::of(-best.cost, percent);
            self.model.program.narrow_to_cost(&costs, -held.floor);
            proof = proof_of(proof, self.grant_wishes()?);
            floor = Some(held);
        }
        if self.score.tiers().contains(&Tier::Preference) {
            self.finish_choices(proof);
        }
        Ok(floor)
    }

    /// One question on its own, which narrows nothing.
    fn ask_alone(&mut self, costs: &[i64], floor: i64) -> Result<Answer, Failure> {
        self.ask(costs, &vec![0.0; costs.len()], floor, usize::MAX)
    }

    fn grant_wishes(&mut self) -> Result<Proof, Failure> {
        let instance = self.model.market.instance;
        let mut proof = Proof::Certified;
        for person in instance.choosers(self.model.market.seed) {
            if instance.pins.iter().any(|&(pinned, _)| pinned == person) {
                continue;
            }
            for &unit in &instance.person(person).preferences {
                let there: Vec<u32> = (0_u32..)
                    .zip(self.model.placements.iter())
                    .filter(|(_, pairs)| {
                        (pairs.iter())
                            .any(|pair| pair.person == person && instance.need(pair.need).unit == unit)
                    })
                    .map(|(column, _)| column)
                    .collect();
                let mut costs = vec![0; self.model.program.columns.len()];
                there.iter().for_each(|&column| costs[column as usize] = -1);
                let answer = self.ask_alone(&costs, -1)?;
                if answer.cost == -1 {
                    self.model.program.rows.push(Row::count(there, Limit::AtLeast(1)));
                    self.x = answer.x;
                    break;
                }
                proof = proof_of(proof, answer.proof);
                if proof == Proof::Open {
                    return Ok(proof);
                }
            }
        }
        Ok(proof)
    }

    /// The value is that of the final plan, which the caller knows; here it is only put in its place.
    fn finish_choices(&mut self, proof: Proof) {
        let value = self.score.value(Tier::Preference, &self.chosen());
        let bound = if proof == Proof::Open {
            self.score.ceiling(Tier::Preference)
        } else {
            value.clone()
        };
        self.watch
            .tier_finished(Tier::Preference, value.clone(), proof != Proof::Open);
        self.tiers.push(TierFound {
            tier: Tier::Preference,
            value,
            bound,
            proof,
        });
    }
}
