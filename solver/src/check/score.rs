//! The tiers and their terms, added up again.

mod balance;
mod people;

use super::report::Survey;
use super::{Finding, Findings, Placement, pairs};
use crate::plan::{Plan, Sense, TermScore, Tier, Value};
use crate::problem::{Mode, Priority, Problem};
use balance::compare;
use people::changes;
use std::collections::BTreeMap;

/// Checks that the plan scores exactly the tiers in force, each with its true value.
pub(super) fn check(
    problem: &Problem,
    plan: &Plan,
    placed: &[Placement<'_>],
    survey: &Survey<'_>,
    findings: &mut Findings,
) {
    let expected = expected(problem, plan.seed, placed, survey);
    let claimed: Vec<Tier> = plan.score.iter().map(|score| score.tier).collect();
    let in_force: Vec<Tier> = expected.iter().map(|tier| tier.tier).collect();
    findings.expect(Finding::WrongScore, "/score", &claimed, &in_force);
    floor(problem, plan, &expected, findings);
    for tier in &expected {
        let found = (plan.score.iter().enumerate()).find(|(_, score)| score.tier == tier.tier);
        let Some((at, score)) = found else { continue };
        let pointer = format!("/score/{at}");
        let sense = match tier.tier {
            Tier::Burden | Tier::Travel | Tier::TieBreak => Sense::Minimise,
            _ => Sense::Maximise,
        };
        findings.expect(Finding::WrongScore, &pointer, &score.sense, &sense);
        if tier.tier == Tier::Balance && score.value != tier.value {
            let message = format!("{:?}, not {:?}", score.value, tier.value);
            findings.add_term(Finding::WrongScore, "unit_balance", &pointer, message);
        } else {
            findings.expect(Finding::WrongScore, &pointer, &score.value, &tier.value);
        }
        let ids = score.terms.keys().chain(tier.terms.keys());
        for id in ids {
            let (claimed, computed) = (score.terms.get(id), tier.terms.get(id));
            if claimed != computed {
                let message = format!("{claimed:?}, not {computed:?}");
                findings.add_term(Finding::WrongScore, id, &pointer, message);
            }
        }
        if beats(&score.value, &score.bound, sense) {
            let message = format!("{:?} beats its bound {:?}", score.value, score.bound);
            findings.add(Finding::ProofInconsistent, &pointer, message);
        }
    }
}

/// The floor above which people chose: there exactly in the mode that has one, the policy's share of
/// the best fit, and kept.
fn floor(problem: &Problem, plan: &Plan, expected: &[Expected], findings: &mut Findings) {
    let chose = problem.policy.mode == Mode::ConstrainedPriority;
    let Some(floor) = plan.quality_floor else {
        if chose && plan.optimal {
            let message = "people chose, but the plan names no floor";
            findings.add(Finding::ProofInconsistent, "/quality_floor", message);
        }
        return;
    };
    let fit = (expected.iter().find(|tier| tier.tier == Tier::Fit)).map(|tier| &tier.value);
    let kept = matches!(fit, Some(Value::Integer(fit)) if (floor.floor..=floor.best).contains(fit));
    let share = i128::from(problem.policy.quality_floor_percent) * i128::from(floor.best);
    let rounded = i128::from(floor.floor) * 100;
    if !chose || !(share..share + 100).contains(&rounded) || (plan.optimal && !kept) {
        let message = format!(
            "a floor of {} under {} does not hold with fit {fit:?}",
            floor.floor, floor.best
        );
        findings.add(Finding::ProofInconsistent, "/quality_floor", message);
    }
}

struct Expected {
    tier: Tier,
    value: Value,
    terms: BTreeMap<String, TermScore>,
}

fn expected(problem: &Problem, seed: u64, placed: &[Placement<'_>], survey: &Survey<'_>) -> Vec<Expected> {
    let sum = |measure: &dyn Fn(&Placement<'_>) -> i64| placed.iter().map(measure).sum::<i64>();
    let single = |tier: Tier, id: &str, measure: i64| Expected {
        tier,
        value: Value::Integer(measure),
        terms: BTreeMap::from([(id.to_owned(), TermScore { weight: 1, measure })]),
    };
    let critical = sum(&|at| i64::from(at.need.priority == Priority::Critical));
    let mut tiers = vec![
        single(Tier::Critical, "critical_filled", critical),
        single(Tier::Headcount, "headcount_filled", sum(&|_| 1)),
    ];
    tiers.extend(changes(problem, placed));
    tiers.extend(balance::value(problem, placed, survey).map(|value| Expected {
        tier: Tier::Balance,
        value,
        terms: BTreeMap::new(),
    }));
    let weight = |at: &Placement<'_>| {
        let weights = &problem.policy.priority_weights;
        i64::from(match at.need.priority {
            Priority::Critical => weights.critical,
            Priority::High => weights.high,
            Priority::Normal => weights.normal,
            Priority::Low => weights.low,
        })
    };
    tiers.push(single(Tier::Priority, "priority_filled", sum(&weight)));
    tiers.push(fit(problem, placed, &weight));
    tiers.extend(people::burden(problem, placed));
    let wishes = people::preference(problem, placed);
    match problem.policy.mode {
        Mode::Balanced => tiers.extend(wishes),
        // people choose before the best fit is looked for
        Mode::ConstrainedPriority => {
            let fit = tiers
                .iter()
                .position(|tier| tier.tier == Tier::Fit)
                .unwrap_or(tiers.len());
            tiers.splice(fit..fit, wishes);
        }
    }
    let width = i64::from(problem.policy.travel.bucket_minutes);
    let buckets = |at: &Placement<'_>| {
        let minutes = i64::from(at.assignment.travel_minutes);
        minutes / width + i64::from(minutes % width > 0)
    };
    tiers.push(single(Tier::Travel, "travel_minutes", sum(&buckets)));
    let draw = |at: &Placement<'_>| draw(seed, at.person.id.as_str(), at.need.id.as_str());
    tiers.push(single(Tier::TieBreak, "tie_break", sum(&draw)));
    tiers
}

fn fit(problem: &Problem, placed: &[Placement<'_>], weight: &dyn Fn(&Placement<'_>) -> i64) -> Expected {
    let weights = &pairs::fit_weights(problem);
    let mut terms: BTreeMap<String, TermScore> = (weights.iter())
        .map(|(&id, &weight)| (id.to_owned(), TermScore { weight, measure: 0 }))
        .collect();
    for placement in placed {
        for (id, part) in pairs::fit(problem, weights, placement.person, placement.need) {
            if let Some(term) = terms.get_mut(id) {
                term.measure += weight(placement) * i64::from(part);
            }
        }
    }
    let value = (terms.values())
        .map(|term| i64::from(term.weight) * term.measure)
        .sum();
    Expected {
        tier: Tier::Fit,
        value: Value::Integer(value),
        terms,
    }
}

fn beats(value: &Value, bound: &Value, sense: Sense) -> bool {
    let above = match (value, bound) {
        (Value::Integer(value), Value::Integer(bound)) => Some(value.cmp(bound)),
        (Value::Ratio(value), Value::Ratio(bound)) if bound.requested > 0 => Some(compare(
            value.filled,
            value.requested,
            bound.filled,
            bound.requested,
        )),
        (Value::Ladder(value), Value::Ladder(bound)) => balance::climb(value, bound),
        _ => None,
    };
    match (above, sense) {
        (Some(above), Sense::Maximise) => above.is_gt(),
        (Some(above), Sense::Minimise) => above.is_lt(),
        // what cannot be compared is inconsistent
        (None, _) => true,
    }
}

/// The published lottery, in 128-bit arithmetic modulo 2^64.
fn draw(seed: u64, person: &str, need: &str) -> i64 {
    const MODULUS: u128 = 1 << 64;
    let times = |a: u128, b: u128| a * b % MODULUS;
    let text = [&seed.to_string(), person, need].join("/");
    let start = 14_695_981_039_346_656_037;
    let hash = (text.bytes()).fold(start, |hash, byte| {
        times(hash ^ u128::from(byte), 1_099_511_628_211)
    });
    let hash = times(hash ^ (hash >> 30), 0xbf58_476d_1ce4_e5b9);
    let hash = times(hash ^ (hash >> 27), 0x94d0_49bb_1331_11eb);
    let hash = hash ^ (hash >> 31);
    i64::try_from(hash >> 44).unwrap_or(-1)
}
