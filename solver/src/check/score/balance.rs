//! Tier `balance`: the coverage of units that somebody could serve.

use crate::check::Placement;
use crate::check::report::Survey;
use crate::check::rules::tally;
use crate::plan::{Ratio, Rung, Value};
use crate::problem::{Balance, Problem};
use std::cmp::Ordering;

/// The value, unless the tier is not in force.
pub(super) fn value(problem: &Problem, placed: &[Placement<'_>], survey: &Survey<'_>) -> Option<Value> {
    let filled = tally(placed, |at| &at.need.unit);
    let mut coverage: Vec<(u64, u64)> = (survey.units.iter())
        .filter(|(_, unit)| unit.servable)
        .map(|(id, unit)| (filled.get(*id).map_or(0, |&count| count as u64), unit.requested))
        .collect();
    coverage.sort_by(|&(a, b), &(c, d)| compare(a, b, c, d));
    let &(worst, of) = coverage.first()?;
    match problem.policy.balance {
        Balance::Off => None,
        Balance::MaxMin => Some(Value::Ratio(lowest(worst, of))),
        Balance::Leximin => Some(Value::Ladder(ladder(&coverage))),
    }
}

/// Equal coverage, counted; ascending.
fn ladder(coverage: &[(u64, u64)]) -> Vec<Rung> {
    let mut rungs: Vec<Rung> = Vec::new();
    for &(a, b) in coverage {
        match rungs.last_mut() {
            Some(last) if compare(a, b, last.filled, last.requested).is_eq() => last.units += 1,
            _ => {
                let Ratio { filled, requested } = lowest(a, b);
                rungs.push(Rung {
                    filled,
                    requested,
                    units: 1,
                });
            }
        }
    }
    rungs
}

/// Lowest terms, by trying divisors from above.
fn lowest(filled: u64, requested: u64) -> Ratio {
    let divisor = (1..=requested)
        .rev()
        .find(|divisor| filled.is_multiple_of(*divisor) && requested.is_multiple_of(*divisor))
        .unwrap_or(1);
    Ratio {
        filled: filled / divisor,
        requested: requested / divisor,
    }
}

/// a/b against c/d: less exactly when a·d < c·b.
pub(super) fn compare(a: u64, b: u64, c: u64, d: u64) -> Ordering {
    let [a, b, c, d] = [a, b, c, d].map(u128::from);
    (a * d).cmp(&(c * b))
}

/// Which ladder is higher, lowest unit first; `None` where they are not about equally many units, or a rung is of nothing
/// asked for. A document may speak of more units than there are in the world, so they are taken rung by rung.
pub(super) fn climb(left: &[Rung], right: &[Rung]) -> Option<Ordering> {
    let units = |rungs: &[Rung]| {
        rungs
            .iter()
            .try_fold(0_u64, |sum, rung| sum.checked_add(rung.units))
    };
    let sound = |rungs: &[Rung]| rungs.iter().all(|rung| rung.units > 0 && rung.requested > 0);
    if units(left)? != units(right)? || !sound(left) || !sound(right) {
        return None;
    }
    let (mut left, mut right) = (left.iter().copied(), right.iter().copied());
    let (mut low, mut high) = (left.next(), right.next());
    while let (Some(a), Some(b)) = (&mut low, &mut high) {
        let order = compare(a.filled, a.requested, b.filled, b.requested);
        if order.is_ne() {
            return Some(order);
        }
        let both = a.units.min(b.units);
        (a.units, b.units) = (a.units - both, b.units - both);
        if a.units == 0 {
            low = left.next();
        }
        if b.units == 0 {
            high = right.next();
        }
    }
    Some(Ordering::Equal)
}
