//! The one place that looks at a clock. Time limits a solve and colours its events; it never
//! enters a plan.

use crate::outcome::{Engine, Event};
use crate::plan::{Tier, Value};
use crate::report::SoFar;
use std::time::{Duration, Instant};

/// Plans are told for one part in so many of the time at most, for they are written and checked for that.
const PART: u32 = 20;

/// Nobody stops what has run for less.
const SHORT: Duration = Duration::from_secs(1);

/// A running clock and the ear that listens to progress.
pub(crate) struct Watch<'p> {
    start: Instant,
    pub(crate) deadline: Instant,
    /// When the best plan so far will be told.
    due: Instant,
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
            due: start + SHORT,
            progress,
        }
    }

    /// When one part in so many of the time that is left will be over.
    pub(crate) fn part_of_time(&self, parts: u32) -> Instant {
        let now = Instant::now();
        now + self.deadline.saturating_duration_since(now) / parts
    }

    pub(crate) fn has_time(&self) -> bool {
        Instant::now() < self.deadline
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

    pub(crate) fn one_cost_started(&mut self, estimate_mib: u64, limit_mib: u64) {
        let seconds = self.seconds();
        (self.progress)(Event::OneCostStarted {
            estimate_mib,
            limit_mib,
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
            gap: value.gap(&bound),
            value,
            bound,
            seconds,
        });
    }

    /// Tells the best plan so far and its first tier that is not proven, if it is time to.
    pub(crate) fn best_so_far(&mut self, engine: Engine, write: impl FnOnce() -> Option<SoFar>) {
        let begun = Instant::now();
        if begun < self.due {
            return;
        }
        if let Some(SoFar {
            plan,
            open_tier,
            one_cost,
        }) = write()
        {
            let seconds = self.seconds();
            (self.progress)(Event::BestSoFar {
                plan: Box::new(plan),
                engine,
                open_tier,
                one_cost,
                seconds,
            });
        }
        self.due = Instant::now() + PART * begun.elapsed();
    }

    /// Says that the next plan is worth being told at once, for the first.
    pub(crate) fn tell_at_once(&mut self) {
        self.due = self.start;
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
