//! Tier 1: seats of critical needs filled.

use super::{Kind, Term};
use crate::eligibility::Pair;
use crate::market::Market;
use crate::plan::Tier;
use crate::problem::Priority;

pub(crate) const TERM: Term = Term {
    id: "critical_filled",
    kind: Kind::Goal {
        tier: Tier::Critical,
        measure,
    },
};

fn measure(market: &Market<'_>, pair: &Pair) -> i64 {
    i64::from(market.instance.need(pair.need).priority == Priority::Critical)
}
