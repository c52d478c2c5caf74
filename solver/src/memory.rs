//! How much memory a model will ask for, before it is built.

use crate::instance::Instance;

/// Bytes per eligible pair at the peak, when every pair is a column in HiGHS at once: six entries
/// in good_lp's expressions, HiGHS's matrix and its factorisation. Measured as resident memory on
/// invented provinces: 1,260 bytes at 120,000 pairs, 1,200 at 460,000; the rest is margin for a
/// MILP, which copies the model. Sifting usually needs far less, but promises nothing.
const BYTES_PER_PAIR: u64 = 2_048;

/// What a process takes before the first pair, with HiGHS loaded.
const BASE_MIB: u64 = 16;

/// An estimate of the peak in MiB.
pub(crate) fn estimate_mib(eligible_pairs: u64) -> u64 {
    BASE_MIB + (BYTES_PER_PAIR * eligible_pairs).div_ceil(1024 * 1024)
}

impl Instance {
    /// The number of pairs that no rule forbids: the size of the model.
    pub(crate) fn count_eligible_pairs(&self) -> u64 {
        let mut pairs = 0;
        self.each_eligible_pair(|_| pairs += 1);
        pairs
    }
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
