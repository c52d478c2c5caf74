//! Travel from every place where people live to every unit, two bytes each.

use super::chart::Chart;
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
    /// From one row to the next: the units, rounded up.
    stride: usize,
    /// The longest journey, in buckets.
    longest: u16,
    /// The row of each person.
    places: Vec<u32>,
}

impl Journeys {
    /// Reckons every journey once. People who live at the same place share a row, unless a
    /// journey of theirs was measured. `None` when a journey has more buckets than fit.
    pub(crate) fn new(instance: &Instance) -> Option<Self> {
        let units = instance.units.len();
        let measured: BTreeSet<u32> = instance.measured.keys().map(|&(person, _)| person).collect();
        let mut known = HashMap::new();
        let mut first = Vec::new();
        let places = (0..index(instance.people.len()))
            .map(|person| {
                let own = measured.contains(&person).then_some(person);
                let place = instance.person(person).place.bits();
                *known.entry((place, own)).or_insert_with(|| {
                    first.push(person);
                    index(first.len() - 1)
                })
            })
            .collect();
        let stride = units.next_multiple_of(32);
        let mut rows = Vec::with_capacity(first.len() * stride);
        let mut chart = Chart::new(instance);
        for person in first {
            let exact = |unit| exact(instance, person, unit);
            if measured.contains(&person) {
                rows.extend((0..index(units)).map(exact));
            } else {
                chart.add(instance.person(person).place, &mut rows, exact);
            }
            rows.resize(rows.len().next_multiple_of(stride.max(1)), 0);
        }
        let fits = rows.iter().all(|&journey| journey != ENDLESS);
        let longest = rows.iter().map(|journey| journey & !TOO_FAR).max().unwrap_or(0);
        fits.then_some(Self {
            rows,
            units,
            stride,
            longest,
            places,
        })
    }

    /// The row of a person.
    pub(crate) fn place(&self, person: u32) -> u32 {
        self.places[person as usize]
    }

    /// The journeys from a place, by unit.
    pub(crate) fn from(&self, place: u32) -> &[u16] {
        &self.rows[place as usize * self.stride..][..self.stride]
    }

    pub(crate) fn units(&self) -> usize {
        self.units
    }

    /// How long rows are: the number of units, rounded up.
    pub(crate) fn stride(&self) -> usize {
        self.stride
    }

    /// The longest journey, in buckets.
    pub(crate) fn longest(&self) -> u16 {
        self.longest
    }
}

/// A journey that has more buckets than fit.
const ENDLESS: u16 = u16::MAX;

/// The buckets of one journey, flagged if it is too far.
pub(super) fn exact(instance: &Instance, person: u32, unit: u32) -> u16 {
    let minutes = instance.minutes(person, unit);
    let limit = instance.problem().policy.travel.limit_minutes;
    let far = limit.is_some_and(|limit| minutes > limit) && !instance.unit(unit).housing;
    match u16::try_from(instance.buckets(minutes)) {
        Ok(buckets) if buckets < !TOO_FAR => buckets | if far { TOO_FAR } else { 0 },
        _ => ENDLESS,
    }
}

/// How many rows there will be.
pub(super) fn places(instance: &Instance) -> usize {
    let measured: BTreeSet<u32> = instance.measured.keys().map(|&(person, _)| person).collect();
    let places: BTreeSet<_> = (instance.people.iter())
        .map(|person| person.place.bits())
        .collect();
    places.len() + measured.len()
}
