//! A unit absorbs at most so many people, over all its needs.

use super::{Kind, Term};
use crate::market::Market;
use crate::program::Row;

pub(crate) const TERM: Term = Term {
    id: "unit_cap",
    kind: Kind::Rule(rows),
};

fn rows(market: &Market<'_>) -> Vec<Row> {
    let units = &market.instance.units;
    let columns = market.grouped(units.len(), |pair| Some(market.unit_of(pair)));
    (columns.into_iter().zip(units))
        // a cap at or above what the unit asks for is implied by its headcounts
        .filter_map(|(columns, unit)| {
            let cap = unit.cap.filter(|&cap| u64::from(cap) < unit.requested)?;
            Market::cap(columns, cap)
        })
        .collect()
}
