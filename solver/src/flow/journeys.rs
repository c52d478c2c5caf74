//! Travel from every place where people live to every unit, two bytes each.

use crate::index;
use crate::instance::Instance;
use std::collections::{BTreeSet, HashMap};

/// Set on a journey beyond the limit, to a unit that houses nobody.
pub(crate) const TOO_FAR: u16 = 0x8000;

/// Started buckets of minutes, a row per place.
#[derive(Clone, Debug)]
pub(crate) struct Journeys {
    rows: Vec<u16>,
    units: usize,
    /// The row of each person.
    places: Vec<u32>,
    /// The longest journey, in minutes.
    minutes: u32,
}

impl Journeys {
    /// Reckons every journey once. People who live at the same place share a row, unless a
    /// journey of theirs was measured. `None` when a journey has more buckets than fit.
    pub(crate) fn new(instance: &Instance) -> Option<Self> {
        let units = instance.units.len();
        let mut journeys = Self {
            rows: Vec::new(),
            units,
            places: Vec::new(),
            minutes: 0,
        };
        let measured: BTreeSet<u32> = instance.measured.keys().map(|&(person, _)| person).collect();
        let mut known = HashMap::new();
        for person in 0..index(instance.people.len()) {
            let own = measured.contains(&person).then_some(person);
            let place = instance.person(person).place.bits();
            let row = *known
                .entry((place, own))
                .or_insert_with(|| journeys.add(instance, person));
            journeys.places.push(row);
        }
        let longest = instance.buckets(journeys.minutes);
        (longest < u32::from(TOO_FAR)).then_some(journeys)
    }

    fn add(&mut self, instance: &Instance, person: u32) -> u32 {
        let row = index(self.rows.len() / self.units.max(1));
        let limit = instance.problem().policy.travel.limit_minutes;
        for unit in 0..index(self.units) {
            let minutes = instance.minutes(person, unit);
            self.minutes = self.minutes.max(minutes);
            let far = limit.is_some_and(|limit| minutes > limit) && !instance.unit(unit).housing;
            let buckets = u16::try_from(instance.buckets(minutes)).unwrap_or(!TOO_FAR);
            self.rows.push(buckets | if far { TOO_FAR } else { 0 });
        }
        row
    }

    /// The row of a person.
    pub(crate) fn place(&self, person: u32) -> u32 {
        self.places[person as usize]
    }

    /// The journeys from a place, by unit.
    pub(crate) fn from(&self, place: u32) -> &[u16] {
        &self.rows[place as usize * self.units..][..self.units]
    }

    /// The longest journey, in buckets.
    pub(crate) fn longest(&self) -> u16 {
        self.rows
            .iter()
            .map(|journey| journey & !TOO_FAR)
            .max()
            .unwrap_or(0)
    }
}

/// How many rows there will be.
pub(crate) fn places(instance: &Instance) -> usize {
    let measured: BTreeSet<u32> = instance.measured.keys().map(|&(person, _)| person).collect();
    let places: BTreeSet<_> = (instance.people.iter())
        .map(|person| person.place.bits())
        .collect();
    places.len() + measured.len()
}
