//! Tier 2: seats filled in all, each counting one, whatever its priority.

use super::{Kind, Term};
use crate::eligibility::Pair;
use crate::market::Market;
use crate::plan::Tier;

pub(crate) const TERM: Term = Term {
    id: "headcount_filled",
    kind: Kind::Goal {
        tier: Tier::Headcount,
        measure,
    },
};

fn measure(_: &Market<'_>, _: &Pair) -> i64 {
    1
}
