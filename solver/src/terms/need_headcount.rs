//! A need gets at most as many people as it asked for; what stays empty is reported.

use super::{Kind, Term};
use crate::market::Market;
use crate::program::Row;

pub(crate) const TERM: Term = Term {
    id: "need_headcount",
    kind: Kind::Rule(rows),
};

fn rows(market: &Market<'_>) -> Vec<Row> {
    let needs = &market.instance.needs;
    (market.grouped(needs.len(), |pair| Some(pair.need)).into_iter())
        .zip(needs)
        .filter_map(|(columns, need)| Market::cap(columns, need.headcount))
        .collect()
}
