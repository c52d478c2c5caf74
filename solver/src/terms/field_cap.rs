//! At most so many people serve needs of a field, over all units: `Σ_field x ≤ cap`, in people.
//!
//! Seats nest in needs and needs in units; a field cuts across units, so beside their caps the
//! rows are no longer two nested families, and the relaxation has vertices that are not whole. Where
//! the rule binds, the general model solves.
//!
//! Example: three units ask for a land officer each, and the cap of land is 2.
//! `Σ_n1 x + Σ_n2 x + Σ_n3 x ≤ 2`, so one seat stays empty. A cap of 3 forbids nothing that is asked for.

use super::{Kind, Rule, Term};
use crate::index;
use crate::instance::Instance;
use crate::market::Market;
use crate::rulebook::{Clauses, Scope};
use std::collections::BTreeMap;

pub(crate) const TERM: Term = Term {
    id: "field_cap",
    kind: Kind::Rule(Rule::breaking(
        write,
        |problem| !problem.policy.field_caps.is_empty(),
        |instance| !tight_caps(instance).is_empty(),
    )),
};

/// The caps below what the field's needs ask for; others are implied.
fn tight_caps(instance: &Instance) -> BTreeMap<u32, u32> {
    let mut seats: BTreeMap<u32, u64> = BTreeMap::new();
    for need in &instance.needs {
        *seats.entry(need.field).or_default() += u64::from(need.headcount);
    }
    let asked = |field: &u32| seats.get(field).copied().unwrap_or(0);
    (instance.field_caps.iter())
        .filter(|&(field, &cap)| u64::from(cap) < asked(field))
        .map(|(&field, &cap)| (field, cap))
        .collect()
}

fn write(market: Market<'_>) -> Clauses<'_> {
    let instance = market.instance;
    let caps = tight_caps(instance);
    let caps = (0..index(instance.holders.len())).map(|field| caps.get(&field).copied());
    Clauses::caps(Scope::Kind, caps, |pair| Some(instance.need(pair.need).field))
}

#[cfg(test)]
mod tests {
    use crate::support::{general, land_people, need, network};

    #[test]
    fn two_land_officers_in_all_units_together() {
        let mut problem = land_people(3, 3);
        problem.needs = (1..=3)
            .map(|n| need(&format!("n{n}"), &format!("u{n}"), "land", 1))
            .collect();
        problem.policy.field_caps = [("land".into(), 2)].into();
        assert_eq!(general(&problem).assignments.len(), 2);
        // nobody asks for a fourth
        problem.policy.field_caps = [("land".into(), 3), ("it".into(), 0)].into();
        assert_eq!(network(&problem).assignments.len(), 3);
    }
}
