//! What the round as a whole may spend: people per field, minutes of travel, changes.

use super::super::{Finding, Findings, Placement};
use super::tally;
use crate::problem::Problem;
use std::collections::BTreeSet;

/// Checks the rules that add up over all units.
pub(super) fn check(problem: &Problem, placed: &[Placement<'_>], findings: &mut Findings) {
    let mut within = |term: &str, what: &str, spent: u64, limit: u64| {
        if spent > limit {
            let message = format!("{what}: {spent}, at most {limit} are allowed");
            findings.add_term(Finding::RuleBroken, term, "/assignments", message);
        }
    };
    let by_field = tally(placed, |placement| &placement.need.field);
    for (field, &cap) in &problem.policy.field_caps {
        let sent = by_field.get(field).map_or(0, |&sent| sent as u64);
        within("field_cap", field.as_str(), sent, cap.into());
    }
    if let Some(budget) = problem.policy.travel_budget_minutes {
        let minutes = placed
            .iter()
            .map(|placement| u64::from(placement.assignment.travel_minutes));
        within("travel_budget", "minutes of travel", minutes.sum(), budget);
    }
    if let Some(budget) = problem.policy.change_budget {
        let kept: BTreeSet<_> = (placed.iter())
            .map(|placement| (placement.person.id.as_str(), placement.need.id.as_str()))
            .collect();
        let changed = (problem.base.iter())
            .filter(|line| !kept.contains(&(line.person.as_str(), line.need.as_str())))
            .count() as u64;
        within(
            "change_budget",
            "changes of the base plan",
            changed,
            budget.into(),
        );
    }
}
