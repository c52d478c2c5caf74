//! Fit: the share of the need's preferred languages that the person speaks, in quarters, rounded
//! down. A need without preferences gives 0 to everyone.

use super::{Kind, Term};
use crate::eligibility::Pair;
use crate::instance::Instance;

pub(crate) const TERM: Term = Term {
    id: "fit_language",
    kind: Kind::Fit {
        default_weight: 1,
        part,
    },
};

fn part(instance: &Instance, pair: &Pair) -> u8 {
    let wanted = &instance.need(pair.need).preferred_languages;
    let spoken = wanted.intersection(&instance.person(pair.person).languages);
    let quarters = (4 * spoken.count()).checked_div(wanted.len()).unwrap_or(0);
    u8::try_from(quarters).unwrap_or(4)
}
