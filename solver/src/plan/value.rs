//! What a tier is worth: a whole number, or the coverage of units.

use super::Sense;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// A tier's value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Value {
    /// A whole number.
    Integer(i64),
    /// Tier `balance` by the worst-served unit: its coverage.
    Ratio(Ratio),
    /// Tier `balance` by all units (leximin): how many units have which coverage, lowest first.
    Ladder(Vec<Rung>),
}

/// Seats filled of seats requested, in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// Numerator.
    pub filled: u64,
    /// Denominator, at least 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub requested: u64,
}

/// How many units have one and the same coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rung {
    /// Seats filled, in lowest terms with `requested`.
    pub filled: u64,
    /// Seats requested, at least 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub requested: u64,
    /// How many units.
    pub units: u64,
}

impl Value {
    /// The ladder of some units' coverage, in any order.
    pub(crate) fn ladder(coverage: impl IntoIterator<Item = Ratio>) -> Self {
        let mut coverage: Vec<Ratio> = coverage.into_iter().collect();
        coverage.sort_unstable();
        let rungs = coverage.chunk_by(|a, b| a == b).map(|equal| Rung {
            filled: equal[0].filled,
            requested: equal[0].requested,
            units: equal.len() as u64,
        });
        Self::Ladder(rungs.collect())
    }

    /// How far a bound is from this value, in parts of the value, or of one where it is nothing. `None`
    /// where either is no whole number.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a gap needs a few digits")]
    pub fn gap(&self, bound: &Self) -> Option<f64> {
        let (Self::Integer(value), Self::Integer(bound)) = (self, bound) else {
            return None;
        };
        Some(value.abs_diff(*bound) as f64 / value.unsigned_abs().max(1) as f64)
    }

    /// Which of two values of the same tier is better: `Greater` means this one. `None` when they
    /// are of different kinds.
    #[must_use]
    pub fn against(&self, other: &Self, sense: Sense) -> Option<Ordering> {
        let order = match (self, other) {
            (Self::Integer(own), Self::Integer(other)) => own.cmp(other),
            (Self::Ratio(own), Self::Ratio(other)) => own.cmp(other),
            (Self::Ladder(own), Self::Ladder(other)) => climb(own, other),
            _ => return None,
        };
        Some(match sense {
            Sense::Maximise => order,
            Sense::Minimise => order.reverse(),
        })
    }
}

/// Leximin: at the first difference the higher coverage wins, or the fewer units at the same one.
fn climb(own: &[Rung], other: &[Rung]) -> Ordering {
    (own.iter().zip(other))
        .map(|(own, other)| own.ratio().cmp(&other.ratio()).then(other.units.cmp(&own.units)))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => number.fmt(f),
            Self::Ratio(ratio) => ratio.fmt(f),
            Self::Ladder(rungs) => {
                for (at, rung) in rungs.iter().enumerate() {
                    let comma = if at > 0 { ", " } else { "" };
                    write!(f, "{comma}{} × {}", rung.units, rung.ratio())?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.filled, self.requested)
    }
}

impl Rung {
    /// The coverage.
    #[must_use]
    pub fn ratio(self) -> Ratio {
        Ratio {
            filled: self.filled,
            requested: self.requested,
        }
    }
}

impl Ratio {
    /// `filled` of `requested`, in lowest terms; of nothing requested, everything is filled.
    #[must_use]
    pub fn new(filled: u64, requested: u64) -> Self {
        if requested == 0 {
            return Self {
                filled: 1,
                requested: 1,
            };
        }
        let divisor = greatest_common_divisor(filled, requested);
        Self {
            filled: filled / divisor,
            requested: requested / divisor,
        }
    }

    /// The fewest of `seats` that reach this ratio.
    pub(crate) fn floor_of(self, seats: u64) -> u64 {
        let product = u128::from(self.filled) * u128::from(seats);
        // the ratio is at most one, so the floor is at most `seats`
        u64::try_from(product.div_ceil(u128::from(self.requested))).unwrap_or(seats)
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = u128::from(self.filled) * u128::from(other.requested);
        let right = u128::from(other.filled) * u128::from(self.requested);
        // 1/2 and 2/4 are different records, so order must tell them apart as equality does
        left.cmp(&right).then(self.requested.cmp(&other.requested))
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::{Ratio, Value};
    use crate::plan::Sense;
    use std::cmp::Ordering;

    #[test]
    fn ratios_are_in_lowest_terms_and_ordered_by_value() {
        assert_eq!(Ratio::new(2, 4), Ratio::new(1, 2));
        assert!(Ratio::new(1, 3) < Ratio::new(1, 2));
        assert!(Ratio::new(0, 7) < Ratio::new(1, 1_000_000));
        assert_eq!(Ratio::new(0, 7), Ratio::new(0, 3));
    }

    #[test]
    fn a_floor_is_the_fewest_seats_that_reach_the_ratio() {
        assert_eq!(Ratio::new(1, 2).floor_of(3), 2);
        assert_eq!(Ratio::new(1, 2).floor_of(4), 2);
        assert_eq!(Ratio::new(0, 1).floor_of(9), 0);
        assert_eq!(Ratio::new(1, 1).floor_of(9), 9);
    }

    #[test]
    fn a_gap_is_in_parts_of_the_value() {
        let gap = |value, bound| Value::Integer(value).gap(&Value::Integer(bound));
        assert_eq!(gap(-200, -201), Some(0.005));
        assert_eq!((gap(0, 3), gap(7, 7)), (Some(3.0), Some(0.0)));
        assert_eq!(Value::ladder([]).gap(&Value::Integer(1)), None);
    }

    #[test]
    fn ladders_are_compared_from_the_lowest_rung() {
        let ladder = |halves: &[u64]| Value::ladder(halves.iter().map(|&half| Ratio::new(half, 2)));
        let against = |a: &[u64], b: &[u64]| ladder(a).against(&ladder(b), Sense::Maximise);
        assert_eq!(against(&[1, 0, 2], &[2, 1, 0]), Some(Ordering::Equal));
        assert_eq!(against(&[1, 1, 1], &[2, 2, 0]), Some(Ordering::Greater));
        assert_eq!(against(&[0, 0, 2], &[0, 1, 1]), Some(Ordering::Less));
        assert_eq!(ladder(&[2, 1, 1]).to_string(), "2 × 1/2, 1 × 1/1");
        assert_eq!(ladder(&[]).against(&Value::Integer(1), Sense::Maximise), None);
    }
}
