//! Of a department's people with one primary field, so many must stay: at most the others leave.
//!
//! The group is the person's field at home, not the field of the need, so that the groups nest
//! inside the departments and the model stays a network.

use super::{Kind, Term};
use crate::market::Market;
use crate::program::Row;

pub(crate) const TERM: Term = Term {
    id: "field_floor",
    kind: Kind::Rule(rows),
};

fn rows(market: &Market<'_>) -> Vec<Row> {
    let instance = market.instance;
    let mut rows = Vec::new();
    for (number, department) in (0_u32..).zip(&instance.departments) {
        if department.group_quotas.is_empty() {
            continue;
        }
        let groups = market.grouped(instance.holders.len(), |pair| {
            let person = instance.person(pair.person);
            (person.department == number).then_some(person.primary_field)
        });
        for &(field, quota) in &department.group_quotas {
            rows.extend(Market::cap(groups[field as usize].clone(), quota));
        }
    }
    rows
}
