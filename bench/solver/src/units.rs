//! The communes of a round, with what they can absorb.

use crate::atlas::{Atlas, Spot};
use crate::dice::Dice;
use cadre_solver::{Need, Person, Unit, UnitId};
use std::collections::HashMap;

/// Every unit of the atlas. A third of those that ask for two seats or more can't absorb them all.
pub fn invent(atlas: &Atlas, needs: &[Need], people: &[Person], dice: &mut Dice) -> Vec<Unit> {
    let seats = seats(needs);
    atlas
        .spots()
        .map(|spot| {
            let id = UnitId::new(&spot.code);
            let asked = seats.get(&id).copied().unwrap_or(0);
            let tight = dice.percent(33) && asked > 1;
            let known = if dice.percent(20) { dice.pick(people) } else { None };
            Unit {
                lat: spot.lat,
                lon: spot.lon,
                cap: tight.then(|| (asked * dice.between(40, 80) / 100).max(1)),
                housing: dice.percent(20),
                hardship: dice.weighted(&[(50, 0), (20, 1), (15, 2), (10, 3), (5, 4)], 0),
                acceptable: known.map(|person| person.id.clone()).into_iter().collect(),
                speaker: Vec::new(),
                id,
            }
        })
        .collect()
}

/// Seats asked for, by unit.
#[must_use]
pub fn seats(needs: &[Need]) -> HashMap<UnitId, u32> {
    let mut seats = HashMap::new();
    for need in needs {
        *seats.entry(need.unit.clone()).or_default() += need.headcount;
    }
    seats
}

/// Where units are.
#[must_use]
pub fn places(units: &[Unit]) -> HashMap<UnitId, Spot> {
    let spot = |unit: &Unit| Spot {
        code: unit.id.as_str().to_owned(),
        lat: unit.lat,
        lon: unit.lon,
    };
    units.iter().map(|unit| (unit.id.clone(), spot(unit))).collect()
}
