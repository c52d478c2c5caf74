//! A department releases at most so many people, whatever their field.

use super::{Kind, Term};
use crate::market::Market;
use crate::program::Row;

pub(crate) const TERM: Term = Term {
    id: "department_release",
    kind: Kind::Rule(rows),
};

fn rows(market: &Market<'_>) -> Vec<Row> {
    let instance = market.instance;
    let departments = &instance.departments;
    let columns = market.grouped(departments.len(), |pair| {
        Some(instance.person(pair.person).department)
    });
    (columns.into_iter().zip(departments))
        .filter_map(|(columns, department)| Market::cap(columns, department.release_cap?))
        .collect()
}
