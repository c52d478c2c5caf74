//! The one place that looks at a clock. Time limits a solve and colours its events; it never
//! enters a plan.

use crate::outcome::Event;
use crate::plan::{Tier, Value};
use std::time::{Duration, Instant};

/// A running clock and the ear that listens to progress.
pub(crate) struct Watch<'p> {
    start: Instant,
    pub(crate) deadline: Instant,
    progress: &'p mut dyn FnMut(Event),
}

impl<'p> Watch<'p> {
    pub(crate) fn start(limit: Duration, progress: &'p mut dyn FnMut(Event)) -> Self {
        let start = Instant::now();
        // a limit beyond the clock's range is a century at most
        let deadline =
            (start.checked_add(limit)).unwrap_or_else(|| start + Duration::from_secs(100 * 366 * 86_400));
        Self {
            start,
            deadline,
            progress,
        }
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    pub(crate) fn started(&mut self, eligible_pairs: u64, estimate_mib: u64) {
        let seconds = self.seconds();
        (self.progress)(Event::Started {
            eligible_pairs,
            estimate_mib,
            seconds,
        });
    }

    pub(crate) fn tier_started(&mut self, tier: Tier) {
        let seconds = self.seconds();
        (self.progress)(Event::TierStarted { tier, seconds });
    }

    pub(crate) fn incumbent(&mut self, tier: Tier, value: Value, bound: Value) {
        let seconds = self.seconds();
        (self.progress)(Event::Incumbent {
            tier,
            value,
            bound,
            seconds,
        });
    }

    pub(crate) fn tier_finished(&mut self, tier: Tier, value: Value, proven: bool) {
        let seconds = self.seconds();
        (self.progress)(Event::TierFinished {
            tier,
            value,
            proven,
            seconds,
        });
    }
}
