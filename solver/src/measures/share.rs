//! Shares, rounding and percentiles, all in whole numbers.

use crate::plan::Ratio;
use serde::{Deserialize, Serialize};
use std::fmt;

/// So many of so many. Both counts are kept as they are, since 4 of 8 seats says more than 1/2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// How many.
    pub count: u64,
    /// Of how many; 0 where there is nothing to have a share of.
    pub of: u64,
}

impl Share {
    pub(super) fn new(count: u64, of: u64) -> Self {
        Self { count, of }
    }

    /// The share in lowest terms; none of nothing.
    #[must_use]
    pub fn ratio(self) -> Option<Ratio> {
        (self.of > 0).then(|| Ratio::new(self.count, self.of))
    }

    /// Adds to both counts.
    pub(super) fn add(&mut self, count: u64, of: u64) {
        self.count += count;
        self.of += of;
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.count, self.of)
    }
}

/// 1000 · `part` ÷ `whole`, rounded half up; none where `whole` is 0.
pub(super) fn thousandths(part: u128, whole: u128) -> Option<u64> {
    let doubled = part.checked_mul(2_000)?.checked_add(whole)?;
    u64::try_from(doubled.checked_div(whole.checked_mul(2)?)?).ok()
}

/// The percentile of a sorted list by nearest rank: its ⌈`percent` · n ÷ 100⌉-th item, which is
/// always one that occurs (definition 1 of Hyndman and Fan, 1996); none of an empty list.
pub(super) fn percentile<T: Copy>(sorted: &[T], percent: usize) -> Option<T> {
    let rank = (percent * sorted.len()).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::{Share, percentile, thousandths};
    use crate::Ratio;

    #[test]
    fn a_share_keeps_its_counts_and_has_a_ratio_unless_it_is_of_nothing() {
        let share = Share::new(4, 8);
        assert_eq!(
            (share.to_string(), share.ratio()),
            ("4 of 8".to_owned(), Some(Ratio::new(1, 2)))
        );
        assert_eq!(Share::default().ratio(), None);
    }

    #[test]
    fn thousandths_are_rounded_half_up() {
        assert_eq!(thousandths(1, 3), Some(333));
        assert_eq!(thousandths(2, 3), Some(667));
        assert_eq!(thousandths(1, 16), Some(63)); // 62.5
        assert_eq!(thousandths(7, 2), Some(3_500));
        assert_eq!((thousandths(0, 5), thousandths(5, 0)), (Some(0), None));
    }

    #[test]
    fn the_nearest_rank_is_one_that_occurs() {
        let five = [15, 20, 35, 40, 50];
        assert_eq!(
            [10, 30, 40, 50, 90, 100].map(|percent| percentile(&five, percent).unwrap()),
            [15, 20, 20, 35, 50, 50]
        );
        let ten: Vec<u32> = (1..=10).collect();
        assert_eq!(
            (percentile(&ten, 10), percentile(&ten, 50), percentile(&ten, 90)),
            (Some(1), Some(5), Some(9))
        );
        assert_eq!(percentile(&[] as &[u32], 50), None);
    }
}
