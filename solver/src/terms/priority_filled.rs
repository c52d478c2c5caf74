//! Tier 4: filled seats, weighted by priority.
//!
//! It comes before fit, so that a well-fitting person never draws help away from a more urgent
//! need, and after balance, because priorities first would leave whole units empty.

use super::{Kind, Term, priority_weight};
use crate::eligibility::Pair;
use crate::market::Market;
use crate::plan::Tier;

pub(crate) const TERM: Term = Term {
    id: "priority_filled",
    kind: Kind::Goal {
        tier: Tier::Priority,
        measure,
    },
};

fn measure(market: &Market<'_>, pair: &Pair) -> i64 {
    i64::from(priority_weight(market.instance, pair.need))
}
