//! How much memory a model will ask for, before it is built.

use crate::instance::Instance;

/// Bytes per eligible pair at the peak.
const BYTES_PER_PAIR: u64 = 2_600;

/// An estimate of the peak in MiB.
pub(crate) fn estimate_mib(instance: &Instance, eligible_pairs: u64) -> u64 {
    let _ = instance;
    (BYTES_PER_PAIR * eligible_pairs).div_ceil(1024 * 1024)
}

impl Instance {
    /// The number of pairs that no rule forbids: the size of the model.
    pub(crate) fn count_eligible_pairs(&self) -> u64 {
        let mut pairs = 0;
        self.each_eligible_pair(|_| pairs += 1);
        pairs
    }
}
