//! A person serves at most one need.

use super::{Kind, Term};
use crate::market::Market;
use crate::program::Row;

pub(crate) const TERM: Term = Term {
    id: "person_once",
    kind: Kind::Rule(rows),
};

fn rows(market: &Market<'_>) -> Vec<Row> {
    let people = market.instance.people.len();
    (market.grouped(people, |pair| Some(pair.person)).into_iter())
        .filter_map(|columns| Market::cap(columns, 1))
        .collect()
}
