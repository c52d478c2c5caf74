//! Tier 6: travel, in started buckets of the policy's width, so that a minute more or less never
//! outweighs the lottery.

use super::{Kind, Term};
use crate::eligibility::Pair;
use crate::market::Market;
use crate::plan::Tier;

pub(crate) const TERM: Term = Term {
    id: "travel_minutes",
    kind: Kind::Goal {
        tier: Tier::Travel,
        measure,
    },
};

fn measure(market: &Market<'_>, pair: &Pair) -> i64 {
    i64::from(market.instance.buckets(pair.minutes))
}
