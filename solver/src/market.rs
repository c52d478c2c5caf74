//! An instance and the seed of its lottery: what measures are taken of.

use crate::eligibility::Pair;
use crate::instance::Instance;

/// What terms measure assignments against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Market<'i> {
    pub(crate) instance: &'i Instance,
    pub(crate) seed: u64,
}

impl Market<'_> {
    /// The unit of a pair's need.
    pub(crate) fn unit_of(&self, pair: &Pair) -> u32 {
        self.instance.need(pair.need).unit
    }
}
