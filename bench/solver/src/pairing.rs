//! Who may serve what among invented people, and how far that is.
//!
//! Only the generator asks: it needs pairs before there is a problem to compile, for a base plan
//! that keeps every rule and a travel budget of the right size. It knows the reasons that an invented
//! round can have, no others.

use crate::atlas::Spot;
use cadre_solver::{Category, Need, Person};

/// Whether a person could be sent.
#[must_use]
pub fn may_serve(person: &Person, need: &Need) -> bool {
    level(person, need).is_some_and(|level| level >= need.min_level)
        && person.unavailable.is_empty()
        && !(need.authority_seat && person.category == Category::Support)
        && need.languages.iter().all(|code| person.languages.contains(code))
}

/// The level in the need's field.
#[must_use]
pub fn level(person: &Person, need: &Need) -> Option<u8> {
    let skill = person.skills.iter().find(|skill| skill.field == need.field);
    skill.map(|skill| skill.level)
}

/// Minutes one way, near enough: 1.4 times the great circle (haversine) at 40 km/h.
#[must_use]
pub fn minutes(person: &Person, spot: &Spot) -> u64 {
    const EARTH_RADIUS_KM: f64 = 6371.0;
    let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let share = half(person.lat, spot.lat)
        + person.lat.to_radians().cos() * spot.lat.to_radians().cos() * half(person.lon, spot.lon);
    let minutes = 2.0 * EARTH_RADIUS_KM * share.sqrt().asin() * 1.4 * 60.0 / 40.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a distance on Earth in minutes: never negative, far below 2^53"
    )]
    let whole = minutes.round() as u64;
    whole
}
