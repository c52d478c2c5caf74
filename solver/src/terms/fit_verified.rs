//! Fit: 4 when someone other than the person confirmed the level, else 0.

use super::{Kind, Term};
use crate::eligibility::Pair;
use crate::instance::Instance;

pub(crate) const TERM: Term = Term {
    id: "fit_verified",
    kind: Kind::Fit {
        default_weight: 1,
        part,
    },
};

fn part(_: &Instance, pair: &Pair) -> u8 {
    if pair.verified { 4 } else { 0 }
}
