//! Travel minutes: measured where the policy has a matrix, estimated everywhere else.

use crate::instance::Instance;
use crate::problem::TravelPolicy;

/// Mean Earth radius in km (IUGG R₁, Moritz 2000).
pub(crate) const EARTH_RADIUS_KM: f64 = 6371.0088;

/// A point on the globe as a unit vector, so that a distance costs one square root and one arcsine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place([f64; 3]);

impl Place {
    /// From degrees north and east.
    pub(crate) fn new(lat: f64, lon: f64) -> Self {
        let (sin_lat, cos_lat) = lat.to_radians().sin_cos();
        let (sin_lon, cos_lon) = lon.to_radians().sin_cos();
        Self([cos_lat * cos_lon, cos_lat * sin_lon, sin_lat])
    }

    /// The vector.
    pub(crate) fn axes(self) -> [f64; 3] {
        self.0
    }

    /// The same place has the same bits.
    pub(crate) fn bits(self) -> [u64; 3] {
        self.0.map(f64::to_bits)
    }

    /// Great-circle distance, from the chord: 2 R · asin(|a - b| / 2).
    fn km_to(self, other: Self) -> f64 {
        let square: f64 = (self.0.iter().zip(other.0)).map(|(a, b)| (a - b) * (a - b)).sum();
        2.0 * EARTH_RADIUS_KM * (square.sqrt() / 2.0).min(1.0).asin()
    }
}

/// Minutes one way by estimate, rounded half up: km × detour ÷ speed × 60.
///
/// Half the globe at 1 km/h with the largest detour is 12 million minutes, so `u32` always holds.
pub(crate) fn estimate(from: Place, to: Place, policy: &TravelPolicy) -> u32 {
    let road_km = from.km_to(to) * f64::from(policy.detour_percent) / 100.0;
    let minutes = (road_km * 60.0 / f64::from(policy.km_per_hour)).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "finite, never negative and below 2^24: coordinates and policy are checked"
    )]
    let whole = minutes as u32;
    whole
}

impl Instance {
    /// Minutes one way from a person's place to a unit.
    pub(crate) fn minutes(&self, person: u32, unit: u32) -> u32 {
        if let Some(&minutes) = self.measured.get(&(person, unit)) {
            return minutes;
        }
        let (from, to) = (self.person(person).place, self.unit(unit).place);
        estimate(from, to, &self.problem().policy.travel)
    }

    /// Minutes as started buckets: 0 minutes are 0 buckets, 1 to 15 are one bucket of 15.
    pub(crate) fn buckets(&self, minutes: u32) -> u32 {
        minutes.div_ceil(self.problem().policy.travel.bucket_minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_of_latitude_is_111_km() {
        let km = Place::new(11.0, 108.0).km_to(Place::new(12.0, 108.0));
        assert!((km - 111.195).abs() < 0.001, "{km}");
    }

    #[test]
    fn the_far_side_of_the_globe_is_half_its_circumference_away() {
        let km = Place::new(0.0, 0.0).km_to(Place::new(0.0, 180.0));
        assert!((km - std::f64::consts::PI * EARTH_RADIUS_KM).abs() < 1e-6);
    }

    #[test]
    fn one_degree_at_40_km_per_hour_with_detour_140_takes_234_minutes() {
        // 111.195 km × 1.4 = 155.673 km; × 60 / 40 = 233.5 → 234
        let policy = TravelPolicy::default();
        let minutes = estimate(Place::new(11.0, 108.0), Place::new(12.0, 108.0), &policy);
        assert_eq!(minutes, 234);
    }

    #[test]
    fn staying_takes_no_time() {
        let here = Place::new(11.94, 108.44);
        assert_eq!(estimate(here, here, &TravelPolicy::default()), 0);
    }
}
