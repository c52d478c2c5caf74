//! The base model in words of its own, for the peers: it shares no code with the core's, so equal
//! optima say that both read the problem alike.
//!
//! One network and one cost per eligible pair, to be minimised: −(priority weight × (1000 + fit)) +
//! started buckets of travel. What no generated round tells, such as the last day of work in a field, is not read.

use cadre_solver::{Category, Instance, Need, Person, Skill, TravelMatrix, Unit, weighable_terms};
use std::collections::HashMap;

/// The eligible pairs of a problem with what each costs.
#[derive(Debug)]
pub struct BaseModel<'i> {
    instance: &'i Instance,
    holders: HashMap<&'i str, Vec<(u32, &'i Skill)>>,
    units: HashMap<&'i str, (usize, &'i Unit)>,
    weights: HashMap<&'static str, i64>,
    rows: HashMap<&'i str, usize>,
    columns: HashMap<&'i str, usize>,
}

impl<'i> BaseModel<'i> {
    /// Reads a problem.
    #[must_use]
    pub fn new(instance: &'i Instance) -> Self {
        let problem = instance.problem();
        let mut holders: HashMap<_, Vec<_>> = HashMap::new();
        for (number, person) in (0..).zip(&problem.people) {
            for skill in &person.skills {
                holders
                    .entry(skill.field.as_str())
                    .or_default()
                    .push((number, skill));
            }
        }
        let units = problem.units.iter().enumerate();
        let set = &problem.policy.weights;
        let weight = |id, default| set.get(id).copied().unwrap_or(default).into();
        let matrix = problem.policy.travel.matrix.as_ref();
        let (mut rows, mut columns) = (HashMap::new(), HashMap::new());
        if let Some(TravelMatrix { people, units, .. }) = matrix {
            rows.extend(people.iter().enumerate().map(|(at, id)| (id.as_str(), at)));
            columns.extend(units.iter().enumerate().map(|(at, id)| (id.as_str(), at)));
        }
        Self {
            instance,
            holders,
            units: units.map(|(at, unit)| (unit.id.as_str(), (at, unit))).collect(),
            weights: weighable_terms()
                .map(|(id, default)| (id, weight(id, default)))
                .collect(),
            rows,
            columns,
        }
    }

    /// Calls `visit` with person, need and cost of every eligible pair, need by need.
    pub fn each_arc(&self, mut visit: impl FnMut(u32, u32, i64)) {
        let problem = self.instance.problem();
        for (number, need) in (0..).zip(&problem.needs) {
            let Some(holders) = self.holders.get(need.field.as_str()) else {
                continue;
            };
            for &(at, skill) in holders {
                let person = &problem.people[at as usize];
                if eligible(person, skill, need) && !self.too_far(person, need) {
                    visit(at, number, self.cost(person, skill, need));
                }
            }
        }
    }

    fn cost(&self, person: &Person, skill: &Skill, need: &Need) -> i64 {
        let spoken = need
            .preferred_languages
            .iter()
            .filter(|code| person.languages.contains(code));
        let language = (4 * spoken.count())
            .checked_div(need.preferred_languages.len())
            .unwrap_or(0);
        let experience = match skill.years.unwrap_or(0) {
            0 => 0,
            1..=2 => 1,
            3..=5 => 2,
            6..=9 => 3,
            10.. => 4,
        };
        let parts = [
            ("fit_level", i64::from(skill.level - need.min_level)),
            ("fit_verified", if skill.verified { 4 } else { 0 }),
            ("fit_experience", experience),
            ("fit_language", i64::try_from(language).unwrap_or(4)),
        ];
        let fit: i64 = parts
            .iter()
            .map(|(id, part)| self.weights.get(id).unwrap_or(&0) * part)
            .sum();
        let policy = &self.instance.problem().policy;
        let urgency = i64::from(policy.priority_weights.of(need.priority));
        let buckets = self.minutes(person, need).div_ceil(policy.travel.bucket_minutes);
        i64::from(buckets) - urgency * (1_000 + fit)
    }

    fn too_far(&self, person: &Person, need: &Need) -> bool {
        let travel = &self.instance.problem().policy.travel;
        let excused = person.volunteer && travel.volunteers_exceed_limit;
        let housed = (self.units.get(need.unit.as_str())).is_some_and(|(_, unit)| unit.housing);
        let limit = travel.limit_minutes.filter(|_| !excused && !housed);
        limit.is_some_and(|limit| self.minutes(person, need) > limit)
    }

    fn minutes(&self, person: &Person, need: &Need) -> u32 {
        let travel = &self.instance.problem().policy.travel;
        let cell = self
            .rows
            .get(person.id.as_str())
            .zip(self.columns.get(need.unit.as_str()));
        if let (Some(matrix), Some((&row, &column))) = (&travel.matrix, cell)
            && let Some(minutes) = matrix.minutes[row][column]
        {
            return minutes;
        }
        let Some((_, unit)) = self.units.get(need.unit.as_str()) else {
            return 0;
        };
        let point = |lat: f64, lon: f64| {
            let ((sin_lat, cos_lat), (sin_lon, cos_lon)) =
                (lat.to_radians().sin_cos(), lon.to_radians().sin_cos());
            [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
        };
        let (from, to) = (point(person.lat, person.lon), point(unit.lat, unit.lon));
        let square: f64 = from.iter().zip(to).map(|(a, b)| (a - b) * (a - b)).sum();
        let km = 2.0 * 6371.0088 * (square.sqrt() / 2.0).min(1.0).asin();
        let road = km * f64::from(travel.detour_percent) / 100.0;
        let minutes = (road * 60.0 / f64::from(travel.km_per_hour)).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "never negative, far below 2^32"
        )]
        let whole = minutes as u32;
        whole
    }
}

/// The reasons that invented problems can have.
fn eligible(person: &Person, skill: &Skill, need: &Need) -> bool {
    skill.level >= need.min_level
        && person.unavailable.is_empty()
        && !(need.authority_seat && person.category == Category::Support)
        && need.languages.iter().all(|code| person.languages.contains(code))
}
