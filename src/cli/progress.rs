//! A solve's progress on a terminal: what is known (tier, value, bound), and no invented percentage.

use super::plan_table::tier;
use crate::error::{Language, Text};
use crate::say;
use cadre_solver::Event;
use cadre_solver::explain::nearness;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::Duration;

/// The line on stderr; nothing where stderr is no terminal.
pub(super) struct Progress {
    bar: ProgressBar,
    language: Language,
}

impl Progress {
    /// Starts it.
    pub(super) fn start(language: Language) -> Self {
        Self { bar: bar(), language }
    }

    /// Shows what the solver tells.
    pub(super) fn show(&self, event: &Event) {
        if let Some(told) = told(event) {
            self.bar.set_message(told.in_language(self.language).to_owned());
        }
    }

    /// Clears the line.
    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
    }
}

fn bar() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

/// What the line says after an event, if that says more than the line does already.
fn told(event: &Event) -> Option<Text> {
    Some(match event {
        Event::Started {
            eligible_pairs,
            estimate_mib,
            ..
        } => say!(
            "{eligible_pairs} eligible pairs, about {estimate_mib} MiB",
            "{eligible_pairs} cặp đủ điều kiện, khoảng {estimate_mib} MiB"
        ),
        Event::OneCostStarted { .. } => say!(
            "too large tier by tier; under one cost",
            "quá lớn để tối ưu từng tiêu chí; đang tối ưu một điểm tổng hợp"
        ),
        Event::TierStarted { tier: open, .. } => tier(*open),
        Event::Incumbent {
            tier: open,
            value,
            bound,
            gap,
            ..
        } => {
            let Text { en, vi } = tier(*open);
            let gap = gap.map_or(String::new(), |gap| format!(" ({:.2} %)", 100.0 * gap));
            say!(
                "{en}: {value}, at best {bound}{gap}",
                "{vi}: {value}, tốt nhất có thể {bound}{gap}"
            )
        }
        Event::BestSoFar {
            one_cost: Some(one_cost),
            ..
        } => Text::in_both(|language| nearness(one_cost, language.into())),
        // the line says already which tier is being solved
        Event::BestSoFar { .. } => return None,
        Event::TierFinished {
            tier: done,
            value,
            proven,
            ..
        } => {
            let Text { en, vi } = tier(*done);
            if *proven {
                say!("{en}: {value}, proven", "{vi}: {value}, đã chứng minh")
            } else {
                say!("{en}: {value}, not proven", "{vi}: {value}, chưa chứng minh")
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cadre_solver::{Tier, Value};

    #[test]
    fn the_line_is_in_both_languages() {
        let finished = |proven| {
            let event = Event::TierFinished {
                tier: Tier::Travel,
                value: Value::Integer(10),
                proven,
                seconds: 0.1,
            };
            told(&event).unwrap()
        };
        assert_eq!(finished(true).en, "travel: 10, proven");
        assert_eq!(finished(true).vi, "quãng đường đi lại: 10, đã chứng minh");
        assert_eq!(finished(false).en, "travel: 10, not proven");
        assert_eq!(finished(false).vi, "quãng đường đi lại: 10, chưa chứng minh");
        let incumbent = Event::Incumbent {
            tier: Tier::Fit,
            value: Value::Integer(99),
            bound: Value::Integer(100),
            gap: Some(0.0101),
            seconds: 0.1,
        };
        let told = told(&incumbent).unwrap();
        assert_eq!(told.en, "fit: 99, at best 100 (1.01 %)");
        assert!(
            told.vi.ends_with(": 99, tốt nhất có thể 100 (1.01 %)"),
            "{told:?}"
        );
    }
}
