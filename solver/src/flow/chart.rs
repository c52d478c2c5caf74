//! Many journeys at once: started buckets from one place to every unit.
//!
//! A journey is reckoned in 32-bit floating point first, which takes a nanosecond. Where that lies
//! so near a bucket's edge that it might be on the wrong side, the exact way of
//! [`Instance::minutes`] decides; so the outcome is always the exact one.

use super::journeys::TOO_FAR;
use crate::index;
use crate::instance::Instance;
use crate::travel::{EARTH_RADIUS_KM, Place};

/// How far the quick way may be off, in km: ten times what 24-bit fractions can do to points on
/// Earth over the distances that it is used for.
const SLACK_KM: f32 = 0.01;

/// Half a chord, squared, beyond which the quick way is not used: 2,500 km.
const FAR: f32 = 0.04;

/// A float with so large a whole part that adding it to a number below 2²² rounds that number.
const ROUNDS: f32 = 12_582_912.0;

/// More buckets than the quick way is used for.
const MANY: f32 = 30_000.0;

/// The units as points, one list per coordinate.
pub(super) struct Chart {
    points: [Vec<f32>; 3],
    /// Buckets for each km.
    per_km: f32,
    /// One minus half a minute, in buckets: minutes are rounded before buckets are.
    start: f32,
    slack: f32,
    /// Where journeys begin to be too far.
    limit: f32,
    /// For each unit: what is set on journeys that are too far.
    flags: Vec<u16>,
    journeys: Vec<f32>,
}

impl Chart {
    pub(super) fn new(instance: &Instance, units: &[u32]) -> Self {
        let travel = &instance.problem().policy.travel;
        let width = f64::from(travel.bucket_minutes);
        let speed = f64::from(travel.km_per_hour);
        let per_km = f64::from(travel.detour_percent) / 100.0 * 60.0 / speed / width;
        let axis = |axis: usize| {
            (units.iter())
                .map(|&unit| narrow(instance.unit(unit).place.axes()[axis]))
                .collect()
        };
        let per_km = narrow(per_km);
        Self {
            points: [axis(0), axis(1), axis(2)],
            per_km,
            start: narrow(1.0 - 0.5 / width),
            slack: SLACK_KM * per_km + 1e-6,
            limit: (travel.limit_minutes)
                .map_or(f32::INFINITY, |limit| narrow(f64::from(limit) / width + 1.0)),
            flags: (units.iter())
                .map(|&unit| if instance.unit(unit).housing { 0 } else { TOO_FAR })
                .collect(),
            journeys: vec![0.0; units.len()],
        }
    }

    /// Adds the buckets from a place to each of the units; `exact` says, by their position, them where the quick way is not
    /// sure.
    pub(super) fn add(&mut self, from: Place, row: &mut Vec<u16>, exact: impl Fn(u32) -> u16) {
        let [x, y, z] = from.axes().map(narrow);
        let scale = narrow(2.0 * EARTH_RADIUS_KM) * self.per_km;
        let [xs, ys, zs] = &self.points;
        for (((to, a), b), c) in self.journeys.iter_mut().zip(xs).zip(ys).zip(zs) {
            let (a, b, c) = (a - x, b - y, c - z);
            // sine squared of half the angle
            let half = (a * a + b * b + c * c) * 0.25;
            // the arcsine as a series
            let series = 1.0
                + half * (1.0 / 6.0 + half * (3.0 / 40.0 + half * (15.0 / 336.0 + half * (105.0 / 3456.0))));
            let journey = self.start + scale * half.sqrt() * series;
            // what is too far for the series is put on an edge, where it is unsure
            *to = if half > FAR || journey > MANY {
                1.0
            } else {
                journey
            };
        }
        let done = row.len();
        row.resize(done + self.journeys.len(), 0);
        let mut first = 0;
        let lists = self.journeys.chunks(16).zip(self.flags.chunks(16));
        for ((journeys, flags), row) in lists.zip(row[done..].chunks_mut(16)) {
            let mut unsure = false;
            for ((&journey, &flag), to) in journeys.iter().zip(flags).zip(row.iter_mut()) {
                let raised = journey + ROUNDS;
                let beyond = journey - (raised - ROUNDS);
                unsure |= self.is_unsure(journey);
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "the last bits hold the whole number"
                )]
                let nearest = raised.to_bits() as u16;
                let far = if journey >= self.limit { flag } else { 0 };
                *to = nearest.wrapping_sub(u16::from(beyond < 0.0)) | far;
            }
            if unsure {
                for (unit, (&journey, to)) in (first..).zip(journeys.iter().zip(row)) {
                    if self.is_unsure(journey) {
                        *to = exact(unit);
                    }
                }
            }
            first += index(journeys.len());
        }
    }

    fn is_unsure(&self, journey: f32) -> bool {
        let beyond = journey - ((journey + ROUNDS) - ROUNDS);
        beyond.abs() < self.slack || (journey - self.limit).abs() < self.slack
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the loss is part of the slack")]
fn narrow(value: f64) -> f32 {
    value as f32
}

#[cfg(test)]
mod tests {
    use super::Chart;
    use crate::flow::journeys::{Journeys, exact};
    use crate::support::{land_people, unit};

    /// A thousand units all over Việt Nam, and some on the other side of the globe.
    #[test]
    fn the_quick_way_never_differs_from_the_exact_one() {
        let mut problem = land_people(0, 7);
        for number in 0..1_000_u32 {
            let mut unit = unit(&format!("u{number}"));
            unit.lat = 8.5 + f64::from(number % 100) * 0.149_37;
            unit.lon = 102.2 + f64::from(number / 100) * 0.731_91;
            problem.units.push(unit);
        }
        for (number, row) in (0_u32..).zip(&mut problem.units).step_by(50) {
            (row.lat, row.lon) = (f64::from(number) / 20.0 - 30.0, f64::from(number) / 3.0 - 170.0);
        }
        for (number, person) in (0_u32..).zip(&mut problem.people) {
            (person.lat, person.lon) = (9.0 + f64::from(number) * 2.1, 104.0 + f64::from(number) * 0.7);
        }
        (problem.people[6].lat, problem.people[6].lon) = (problem.units[3].lat, problem.units[3].lon);
        for bucket in [1, 2, 15, 60] {
            problem.policy.travel.bucket_minutes = bucket;
            problem.policy.travel.km_per_hour = 40 + bucket;
            problem.policy.travel.limit_minutes = (bucket > 1).then_some(60 * bucket);
            problem.units[5].housing = true;
            let instance = problem.clone().compile().unwrap();
            let units: Vec<u32> = (0..1_000).collect();
            let mut chart = Chart::new(&instance, &units);
            for person in 0..7 {
                let exact = |unit| exact(&instance, person, unit);
                let mut row = Vec::new();
                chart.add(instance.person(person).place, &mut row, exact);
                let all: Vec<u16> = (0..1_000).map(exact).collect();
                assert_eq!(row, all, "bucket {bucket}");
            }
            assert!(bucket == 1 || Journeys::new(&instance).is_some());
        }
    }
}
