//! The hard rules, counted over the assignments.

mod budgets;
mod company;

use super::{Finding, Findings, Placement};
use crate::problem::Problem;
use std::collections::HashMap;
use std::fmt::Display;
use std::hash::Hash;

/// Checks every rule that concerns more than one assignment.
pub(super) fn check(problem: &Problem, placed: &[Placement<'_>], findings: &mut Findings) {
    let mut cap = |term: &str, who: &dyn Display, count: usize, cap: u64| {
        if count as u64 > cap {
            let message = format!("{who}: {count} where at most {cap} are allowed");
            findings.add_term(Finding::RuleBroken, term, "/assignments", message);
        }
    };
    for (person, count) in tally(placed, |placement| &placement.person.id) {
        cap("person_once", person, count, 1);
    }
    let by_need = tally(placed, |placement| &placement.need.id);
    for need in &problem.needs {
        let count = by_need.get(&need.id).copied().unwrap_or(0);
        cap("need_headcount", &need.id, count, need.headcount.into());
    }
    let by_unit = tally(placed, |placement| &placement.need.unit);
    for unit in &problem.units {
        let count = by_unit.get(&unit.id).copied().unwrap_or(0);
        if let Some(limit) = unit.cap.or(problem.policy.unit_cap) {
            cap("unit_cap", &unit.id, count, limit.into());
        }
    }
    let by_department = tally(placed, |placement| &placement.person.department);
    let group = |department, field| (department, field);
    let leaving = tally(placed, |placement| {
        group(&placement.person.department, &placement.person.primary_field)
    });
    for department in &problem.departments {
        let count = by_department.get(&department.id).copied().unwrap_or(0);
        if let Some(limit) = department.release_cap {
            cap("department_release", &department.id, count, limit.into());
        }
        for (field, &floor) in &department.field_floors {
            let staff = (problem.people.iter())
                .filter(|row| row.department == department.id && row.primary_field == *field)
                .count() as u64;
            let left = leaving.get(&group(&department.id, field)).copied().unwrap_or(0);
            let who = format!("{} of {}", field, department.id);
            cap("field_floor", &who, left, staff.saturating_sub(floor.into()));
        }
    }
    if let Some(limit) = problem.policy.max_secondments {
        cap("max_secondments", &"all", placed.len(), limit.into());
    }
    let pairs = tally(placed, |placement| (&placement.person.id, &placement.need.id));
    for (at, pin) in problem.pins.iter().enumerate() {
        if !pairs.contains_key(&(&pin.person, &pin.need)) {
            let message = format!("pin {at} is not kept: `{}` to `{}`", pin.person, pin.need);
            findings.add_term(Finding::RuleBroken, "pins", "/assignments", message);
        }
    }
    company::check(problem, placed, findings);
    budgets::check(problem, placed, findings);
}

/// How many assignments there are per key.
pub(super) fn tally<'p, 'd, K: Eq + Hash>(
    placed: &'p [Placement<'d>],
    key: impl Fn(&'p Placement<'d>) -> K,
) -> HashMap<K, usize> {
    let mut counts = HashMap::new();
    for placement in placed {
        *counts.entry(key(placement)).or_default() += 1;
    }
    counts
}
