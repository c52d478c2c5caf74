//! At most so many secondments in the whole round.

use super::{Kind, Term};
use crate::market::Market;
use crate::program::Row;

pub(crate) const TERM: Term = Term {
    id: "max_secondments",
    kind: Kind::Rule(rows),
};

fn rows(market: &Market<'_>) -> Vec<Row> {
    let cap = market.instance.problem().policy.max_secondments;
    let columns = market.grouped(1, |_| Some(0));
    (columns.into_iter())
        .filter_map(|columns| Market::cap(columns, cap?))
        .collect()
}
