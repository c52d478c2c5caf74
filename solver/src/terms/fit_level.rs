//! Fit: how far the person's level lies above the need's minimum, 0 to 4.

use super::{Kind, Term};
use crate::eligibility::Pair;
use crate::instance::Instance;

pub(crate) const TERM: Term = Term {
    id: "fit_level",
    kind: Kind::Fit {
        default_weight: 2,
        part,
    },
};

fn part(instance: &Instance, pair: &Pair) -> u8 {
    pair.level.saturating_sub(instance.need(pair.need).min_level)
}
