//! An assignment decided beforehand is in every plan.

use super::{Kind, Term};
use crate::index;
use crate::market::Market;
use crate::program::{Limit, Row};

pub(crate) const TERM: Term = Term {
    id: "pins",
    kind: Kind::Rule(rows),
};

fn rows(market: &Market<'_>) -> Vec<Row> {
    let pins = &market.instance.pins;
    (market.pairs.iter().enumerate())
        .filter(|(_, pair)| pins.contains(&(pair.person, pair.need)))
        .map(|(column, _)| Row::count([index(column)], Limit::AtLeast(1)))
        .collect()
}
