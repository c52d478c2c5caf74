//! The registry: every rule and every goal of the model, each in a file of its own.
//!
//! A term says what it adds to the program and how it is measured; nothing else in the crate knows
//! it by name, except the independent checker, which computes it a second time on its own. A test
//! fails when a registered term has no check.

mod critical_filled;
mod department_release;
mod field_floor;
mod fit_experience;
mod fit_language;
mod fit_level;
mod fit_verified;
mod headcount_filled;
mod max_secondments;
mod need_headcount;
mod person_once;
mod pins;
mod priority_filled;
mod tie_break;
mod travel_minutes;
pub(crate) mod unit_balance;
mod unit_cap;

use crate::eligibility::Pair;
use crate::instance::Instance;
use crate::market::Market;
use crate::plan::Tier;
use crate::program::Row;

/// One rule or goal.
pub(crate) struct Term {
    /// The stable name: key of weights, of scores and of the checker's findings.
    pub(crate) id: &'static str,
    pub(crate) kind: Kind,
}

/// What a term does.
pub(crate) enum Kind {
    /// Forbids plans: adds rows to the program.
    Rule(fn(&Market<'_>) -> Vec<Row>),
    /// Values plans: what one assignment adds to a tier.
    Goal {
        tier: Tier,
        measure: fn(&Market<'_>, &Pair) -> i64,
    },
    /// Values plans in tier `fit`: 0 to 4 for one assignment, counted × the priority weight.
    Fit {
        default_weight: u32,
        part: fn(&Instance, &Pair) -> u8,
    },
    /// Raises the worst-served unit; not a sum over assignments, so the driver bisects it.
    Balance,
}

/// Every term, rules first, then goals by tier.
pub(crate) const REGISTRY: &[&Term] = &[
    &person_once::TERM,
    &need_headcount::TERM,
    &unit_cap::TERM,
    &department_release::TERM,
    &field_floor::TERM,
    &max_secondments::TERM,
    &pins::TERM,
    &critical_filled::TERM,
    &headcount_filled::TERM,
    &unit_balance::TERM,
    &priority_filled::TERM,
    &fit_level::TERM,
    &fit_verified::TERM,
    &fit_experience::TERM,
    &fit_language::TERM,
    &travel_minutes::TERM,
    &tie_break::TERM,
];

/// The terms whose weight a policy may set, with their defaults.
pub(crate) fn weighable() -> impl Iterator<Item = (&'static str, u32)> {
    REGISTRY.iter().filter_map(|term| match term.kind {
        Kind::Fit { default_weight, .. } => Some((term.id, default_weight)),
        _ => None,
    })
}

/// A term of fit in force: its id, its weight and its measure.
pub(crate) struct FitTerm {
    pub(crate) id: &'static str,
    pub(crate) weight: u32,
    pub(crate) part: fn(&Instance, &Pair) -> u8,
}

/// The terms of fit that the policy has not switched off.
pub(crate) fn fit_terms(instance: &Instance) -> Vec<FitTerm> {
    let weights = &instance.problem().policy.weights;
    (REGISTRY.iter())
        .filter_map(|term| match term.kind {
            Kind::Fit { default_weight, part } => Some(FitTerm {
                id: term.id,
                weight: weights.get(term.id).copied().unwrap_or(default_weight),
                part,
            }),
            _ => None,
        })
        .filter(|term| term.weight > 0)
        .collect()
}

/// What one seat of a need weighs, by the need's priority.
pub(crate) fn priority_weight(instance: &Instance, need: u32) -> u32 {
    let weights = &instance.problem().policy.priority_weights;
    weights.of(instance.need(need).priority)
}
