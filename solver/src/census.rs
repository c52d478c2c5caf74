//! What there is before anything is chosen: how many pairs are eligible, which units anyone could
//! serve, and how much memory the general model would ask for.

use crate::instance::Instance;

/// A count of eligible pairs.
#[derive(Clone, Debug)]
pub(crate) struct Census {
    pub(crate) eligible_pairs: u64,
    /// For each unit, whether anyone is eligible for any of its needs.
    pub(crate) servable: Vec<bool>,
}

impl Census {
    pub(crate) fn take(instance: &Instance) -> Self {
        let mut census = Self {
            eligible_pairs: 0,
            servable: vec![false; instance.units.len()],
        };
        instance.each_eligible_pair(|pair| {
            census.eligible_pairs += 1;
            census.servable[instance.need(pair.need).unit as usize] = true;
        });
        census
    }
}

/// Bytes per eligible pair at the peak, when every pair is a column in HiGHS at once: six entries
/// in good_lp's expressions, HiGHS's matrix and its factorisation. Measured as resident memory on
/// invented provinces: 1,260 bytes at 120,000 pairs, 1,200 at 460,000; the rest is margin for a
/// MILP, which copies the model. Sifting usually needs far less, but promises nothing.
const BYTES_PER_PAIR: u64 = 2_048;

/// What a process takes before the first pair, with HiGHS loaded.
const BASE_MIB: u64 = 16;

/// Bytes per eligible pair when pairs are priced from outside of a small program, and what that takes beside
/// the core before the first. Measured under one cost: 80 MB at 420,000 pairs, 1 GB at 19 million after 200 s.
const PART_BYTES_PER_PAIR: u64 = 64;
const PART_MIB: u64 = 48;

/// An estimate of the peak in MiB, when the pairs are priced from outside of a small program, at the core's
/// prices first.
pub(crate) fn estimate_part_mib(core_mib: u64, eligible_pairs: u64) -> u64 {
    core_mib + PART_MIB + (PART_BYTES_PER_PAIR * eligible_pairs).div_ceil(1024 * 1024)
}

/// An estimate of the peak in MiB, when every pair is a column.
pub(crate) fn estimate_mib(eligible_pairs: u64) -> u64 {
    BASE_MIB + (BYTES_PER_PAIR * eligible_pairs).div_ceil(1024 * 1024)
}

#[cfg(test)]
mod tests {
    use super::estimate_mib;

    #[test]
    fn half_a_million_pairs_take_about_a_gibibyte() {
        assert_eq!(estimate_mib(0), 16);
        assert_eq!(estimate_mib(500_000), 993);
    }
}
