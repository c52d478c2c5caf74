//! The registry: every rule and every goal of the model, each in a file of its own.
//!
//! A term says what it adds to the program and how it is measured. Solving and measuring know none by
//! name, but for couples, whose pairs are placed together. Whoever speaks about a term does: the
//! independent checker, which computes it a second time on its own (a test fails when a registered term has
//! no check), and the explanations, which say what it binds and what would loosen it.

mod burden;
mod change_budget;
mod couples;
mod critical_filled;
mod department_release;
mod field_cap;
mod field_floor;
mod fit_experience;
mod fit_language;
mod fit_level;
mod fit_recency;
mod fit_verified;
mod headcount_filled;
mod kept_assignments;
mod max_secondments;
mod need_headcount;
mod person_once;
mod pins;
mod preferences;
mod priority_filled;
mod senior;
mod speaker;
mod teams;
pub(crate) mod tie_break;
mod travel_budget;
mod travel_minutes;
mod unit_balance;
pub(crate) mod unit_cap;

use crate::eligibility::Pair;
use crate::instance::{Holder, Instance};
use crate::market::Market;
use crate::plan::Tier;
use crate::problem::{Balance, Problem};
use crate::rulebook::Clauses;
use std::collections::HashMap;

/// One rule or goal.
pub(crate) struct Term {
    /// The stable name: key of weights, of scores and of the checker's findings.
    pub(crate) id: &'static str,
    pub(crate) kind: Kind,
}

/// What a term does.
pub(crate) enum Kind {
    /// Forbids plans: adds rows to the program.
    Rule(Rule),
    /// Values plans: what one assignment adds to a tier.
    Goal(Goal),
    /// Values plans in tier `fit`: 0 to 4 for one assignment, counted × the priority weight.
    Fit {
        default_weight: u32,
        /// Whether the problem says anything of it; a term that it does not mention is in no plan.
        told: fn(&Instance) -> bool,
        part: fn(&Instance, &Pair) -> u8,
    },
    /// Raises the worst-served units; not a sum over assignments, so the drivers treat it apart.
    Balance,
}

/// What forbids plans.
#[derive(Clone, Copy)]
pub(crate) struct Rule {
    pub(crate) write: fn(Market<'_>) -> Clauses<'_>,
    /// For a rule that the network can't carry.
    pub(crate) breaks: Option<Breaks>,
}

/// When a rule breaks the network.
#[derive(Clone, Copy)]
pub(crate) struct Breaks {
    /// Whether the problem speaks of it. As things are it may bind nobody, and do so after a change.
    told: fn(&Problem) -> bool,
    /// Whether it can bind in an instance at all.
    binds: fn(&Instance) -> bool,
}

impl Rule {
    /// A rule of the network.
    const fn network(write: fn(Market<'_>) -> Clauses<'_>) -> Self {
        Self { write, breaks: None }
    }

    /// A rule that needs the general model where it can bind.
    const fn breaking(
        write: fn(Market<'_>) -> Clauses<'_>,
        told: fn(&Problem) -> bool,
        binds: fn(&Instance) -> bool,
    ) -> Self {
        let breaks = Some(Breaks { told, binds });
        Self { write, breaks }
    }
}

/// A sum over assignments.
#[derive(Clone, Copy)]
pub(crate) struct Goal {
    pub(crate) tier: Tier,
    /// The default of a weight that policies may set; `None` where there is nothing to weigh.
    pub(crate) weight: Option<u32>,
    pub(crate) measure: Measure,
}

/// What one assignment counts.
#[derive(Clone, Copy)]
pub(crate) enum Measure {
    /// The same whoever serves the need.
    Need(fn(&Instance, u32) -> i64),
    /// It depends on the person.
    Pair(fn(&Market<'_>, &Pair) -> i64),
}

impl Measure {
    pub(crate) fn of(self, market: &Market<'_>, pair: &Pair) -> i64 {
        match self {
            Self::Need(measure) => measure(market.instance, pair.need),
            Self::Pair(measure) => measure(market, pair),
        }
    }
}

/// For terms of fit that every problem speaks of.
const fn always(_: &Instance) -> bool {
    true
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
    &speaker::TERM,
    &senior::TERM,
    &field_cap::TERM,
    &travel_budget::TERM,
    &change_budget::TERM,
    &couples::TERM,
    &teams::TERM,
    &critical_filled::TERM,
    &headcount_filled::TERM,
    &kept_assignments::ANNOUNCED,
    &kept_assignments::PLANNED,
    &unit_balance::TERM,
    &priority_filled::TERM,
    &fit_level::TERM,
    &fit_verified::TERM,
    &fit_experience::TERM,
    &fit_recency::TERM,
    &fit_language::TERM,
    &burden::HISTORY,
    &burden::HARDSHIP,
    &preferences::PERSON,
    &preferences::UNIT,
    &travel_minutes::TERM,
    &tie_break::TERM,
];

/// The rules that break the network, by id.
pub(crate) fn breaks() -> impl Iterator<Item = (&'static str, Breaks)> {
    REGISTRY.iter().filter_map(|term| match term.kind {
        Kind::Rule(rule) => Some((term.id, rule.breaks?)),
        _ => None,
    })
}

/// The ids of the rules that break the network and can bind in an instance.
pub(crate) fn breaking(instance: &Instance) -> Vec<&'static str> {
    let binding = breaks().filter(|(_, breaks)| (breaks.binds)(instance));
    binding.map(|(id, _)| id).collect()
}

/// Whether the problem speaks of any rule that breaks the network.
pub(crate) fn bind_together(problem: &Problem) -> bool {
    breaks().any(|(_, breaks)| (breaks.told)(problem))
}

/// The terms whose weight a policy may set, with their defaults.
pub(crate) fn weighable() -> impl Iterator<Item = (&'static str, u32)> {
    REGISTRY.iter().filter_map(|term| match term.kind {
        Kind::Fit { default_weight, .. } => Some((term.id, default_weight)),
        Kind::Goal(Goal { weight, .. }) => Some((term.id, weight?)),
        _ => None,
    })
}

/// The weight that the policy gives to a term.
fn weight(instance: &Instance, id: &str, default: u32) -> u32 {
    let weights = &instance.problem().policy.weights;
    weights.get(id).copied().unwrap_or(default)
}

/// A term of fit in force: its id, its weight and its measure.
pub(crate) struct FitTerm {
    pub(crate) id: &'static str,
    pub(crate) weight: u32,
    pub(crate) part: fn(&Instance, &Pair) -> u8,
}

/// The terms of fit that the policy has not switched off.
pub(crate) fn fit_terms(instance: &Instance) -> Vec<FitTerm> {
    (REGISTRY.iter())
        .filter_map(|term| match term.kind {
            Kind::Fit {
                default_weight,
                told,
                part,
            } if told(instance) => Some(FitTerm {
                id: term.id,
                weight: weight(instance, term.id, default_weight),
                part,
            }),
            _ => None,
        })
        .filter(|term| term.weight > 0)
        .collect()
}

/// What of a skill fit can tell apart, besides its level.
pub(crate) struct Merits {
    /// For each number of years of work, the fewest that count as much.
    years: Vec<u8>,
    /// For each number of years since, the fewest that count as much.
    idle: Vec<u8>,
}

/// Two skills of the same level and these are worth the same to any need.
pub(crate) type Merit = (bool, u8, u8);

impl Merits {
    /// Only one term reads either number, and it reads nothing else.
    pub(crate) fn new(instance: &Instance) -> Self {
        let none = Pair::of_person(0);
        Self {
            years: classes(instance, "fit_experience", |years| Pair { years, ..none }),
            idle: classes(instance, "fit_recency", |idle| Pair { idle, ..none }),
        }
    }

    pub(crate) fn of(&self, holder: &Holder) -> Merit {
        let (years, idle) = (usize::from(holder.years), usize::from(holder.idle));
        (holder.verified, self.years[years], self.idle[idle])
    }
}

/// For each number the least that a term of fit gives as much; all are alike to one that is switched off.
fn classes(instance: &Instance, id: &str, pair: impl Fn(u8) -> Pair) -> Vec<u8> {
    let terms = fit_terms(instance);
    let term = terms.iter().find(|term| term.id == id);
    let mut first = HashMap::new();
    let class = |number: u8| {
        let part = term.map(|term| (term.part)(instance, &pair(number)));
        *first.entry(part).or_insert(number)
    };
    (0..=u8::MAX).map(class).collect()
}

/// A goal in force: its id, its weight and its measure.
pub(crate) struct GoalTerm {
    pub(crate) id: &'static str,
    pub(crate) weight: u32,
    pub(crate) measure: Measure,
}

/// The goals of a tier that the policy has not switched off.
pub(crate) fn goals(instance: &Instance, tier: Tier) -> Vec<GoalTerm> {
    (REGISTRY.iter())
        .filter_map(|term| match term.kind {
            Kind::Goal(goal) if goal.tier == tier => Some(GoalTerm {
                id: term.id,
                weight: goal
                    .weight
                    .map_or(1, |default| weight(instance, term.id, default)),
                measure: goal.measure,
            }),
            _ => None,
        })
        .filter(|term| term.weight > 0)
        .collect()
}

/// Whether a tier tells plans of this problem apart. Tiers about what the problem does not mention
/// are left out of the score.
pub(crate) fn in_force(instance: &Instance, tier: Tier) -> bool {
    match tier {
        Tier::Balance => instance.problem().policy.balance != Balance::Off,
        Tier::Changes => !instance.base.is_empty() && !goals(instance, tier).is_empty(),
        Tier::Burden => {
            let borne = instance.people.iter().any(|person| person.history > 0);
            let hard = instance.units.iter().any(|unit| unit.hardship > 0);
            (borne || hard) && !goals(instance, tier).is_empty()
        }
        Tier::Preference => {
            let wished = instance
                .people
                .iter()
                .any(|person| !person.preferences.is_empty());
            let welcome = instance.units.iter().any(|unit| !unit.acceptable.is_empty());
            (wished || welcome) && !goals(instance, tier).is_empty()
        }
        _ => true,
    }
}

/// What one seat of a need weighs, by the need's priority.
pub(crate) fn priority_weight(instance: &Instance, need: u32) -> u32 {
    let weights = &instance.problem().policy.priority_weights;
    weights.of(instance.need(need).priority)
}
