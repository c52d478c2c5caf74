//! A solve's progress on a terminal: what is known (tier, value, bound), and no invented percentage.

use super::plan_table::word;
use cadre_solver::Event;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::Duration;

/// The line on stderr; nothing where stderr is no terminal.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Starts it.
    pub(super) fn start() -> Self {
        if !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    /// Shows what the solver tells.
    pub(super) fn show(&self, event: &Event) {
        self.0.set_message(match event {
            Event::Started {
                eligible_pairs,
                estimate_mib,
                ..
            } => {
                format!("{eligible_pairs} eligible pairs, about {estimate_mib} MiB")
            }
            Event::TierStarted { tier, .. } => word(tier),
            Event::Incumbent {
                tier,
                value,
                bound,
                gap,
                ..
            } => {
                let gap = gap.map_or(String::new(), |gap| format!(" ({:.2} %)", 100.0 * gap));
                format!("{}: {value}, at best {bound}{gap}", word(tier))
            }
            // the line says already which tier is being solved
            Event::BestSoFar { .. } => return,
            Event::TierFinished {
                tier, value, proven, ..
            } => {
                let proof = if *proven { "proven" } else { "not proven" };
                format!("{}: {value}, {proof}", word(tier))
            }
        });
    }

    /// Clears the line.
    pub(super) fn finish(self) {
        self.0.finish_and_clear();
    }
}
