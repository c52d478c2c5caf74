//! The balance tier in the general model.

use super::{Driver, rungs};
use crate::census::Census;
use crate::milp::{Failure, Session};
use crate::plan::{Proof, Tier};
use crate::problem::Balance;
use crate::program::cost;

impl Driver<'_, '_> {
    /// The balance tier, ratio by ratio: how many units reach the lowest coverage above nothing,
    /// how many the next, and so on. That order is leximin: at the first place where two sorted
    /// lists of coverage differ, more units reach the better one's ratio.
    pub(super) fn balance(&mut self, census: &Census, below: &[Tier]) -> Result<(), Failure> {
        self.watch.tier_started(Tier::Balance);
        let quick = self.model.market.instance.problem().policy.balance == Balance::MaxMin;
        self.model.add_seats(census, &mut self.x);
        self.session = Session::default();
        let reaches = self.model.reaches();
        let mut target = self.bound_of(Tier::Balance);
        let known = target.clone();
        let mut proof = Proof::Certified;
        let mut reached_before = i64::from(crate::index(self.model.market.instance.units.len()));
        let mut next = 0;
        while next < reaches.len() {
            let pack = rungs::Pack::fill(&self.model, &reaches[next..], quick);
            let costs = pack.stack.whole();
            let floor = pack.floor(target.as_ref());
            // a unit that reaches a ratio has reached the one before
            let most = pack.floor_below(reached_before);
            let before = cost(&costs, &self.x);
            let saved = quick.then(|| self.model.program.clone());
            let bounds = self.descend(&pack.stack, (floor.max(most), -reached_before), below)?;
            next += bounds.len();
            let reached = cost(&costs, &self.x);
            reached_before = -cost(&pack.stack.rows[bounds.len() - 1], &self.x);
            if bounds.iter().any(|(_, proof)| *proof == Proof::Engine) {
                proof = Proof::Engine;
            }
            if bounds.iter().any(|(_, proof)| *proof == Proof::Open) {
                proof = Proof::Open;
                break;
            }
            if reached != floor {
                // the core's counts are no longer a bound on those to come
                target = None;
            }
            if let Some(saved) = saved.filter(|_| !pack.all_reach(reached)) {
                // the worst-served unit stays here; how many share its fate is not asked
                self.model.program = saved;
                self.session = Session::default();
                break;
            }
            if reached < before {
                let value = self.score.value(Tier::Balance, &self.chosen());
                self.watch
                    .incumbent(Tier::Balance, value, self.score.ceiling(Tier::Balance));
            }
        }
        let value = self.score.value(Tier::Balance, &self.chosen());
        let bound = match (proof, known) {
            (Proof::Open, Some(known)) => known,
            (Proof::Open, None) => self.score.ceiling(Tier::Balance),
            _ => value.clone(),
        };
        if value == bound && proof == Proof::Open {
            proof = Proof::Certified;
        }
        self.finish_tier(Tier::Balance, value, bound, proof);
        Ok(())
    }
}
