//! Fit: full years in the field. None or unknown 0, from 1 year 1, from 3 years 2, from 6 years 3,
//! from 10 years 4.

use super::{Kind, Term};
use crate::eligibility::Pair;
use crate::instance::Instance;

pub(crate) const TERM: Term = Term {
    id: "fit_experience",
    kind: Kind::Fit {
        default_weight: 1,
        part,
    },
};

fn part(_: &Instance, pair: &Pair) -> u8 {
    match pair.years {
        0 => 0,
        1..=2 => 1,
        3..=5 => 2,
        6..=9 => 3,
        10.. => 4,
    }
}
