//! One person and one need: who may, how far, how well. Written against the documents.

use super::{Finding, Findings, Placement};
use crate::eligibility::Reason;
use crate::ids::{NeedId, PersonId, UnitId};
use crate::problem::{Category, Need, Person, Problem, Skill, Unit};
use chrono::{Months, TimeDelta};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Slack for the last bit of a sine: minutes this close to a half may round either way.
const HALF: f64 = 0.5 + 1e-6;

/// The problem with the look-ups that the checks need.
pub(super) struct Rules<'d> {
    pub(super) problem: &'d Problem,
    pub(super) units: HashMap<&'d UnitId, &'d Unit>,
    not_need: HashSet<(&'d PersonId, &'d NeedId)>,
    not_unit: HashSet<(&'d PersonId, &'d UnitId)>,
    pins: HashSet<(&'d PersonId, &'d NeedId)>,
    fit_weights: BTreeMap<&'static str, u32>,
    waived: HashMap<(&'d PersonId, &'d NeedId), Vec<Reason>>,
    measured: HashMap<(&'d PersonId, &'d UnitId), u32>,
}

impl<'d> Rules<'d> {
    pub(super) fn new(problem: &'d Problem) -> Self {
        let mut measured = HashMap::new();
        if let Some(matrix) = &problem.policy.travel.matrix {
            for (person, row) in matrix.people.iter().zip(&matrix.minutes) {
                for (unit, minutes) in matrix.units.iter().zip(row) {
                    measured.extend(minutes.map(|minutes| ((person, unit), minutes)));
                }
            }
        }
        let mut waived: HashMap<_, Vec<Reason>> = HashMap::new();
        for row in &problem.waivers {
            waived
                .entry((&row.person, &row.need))
                .or_default()
                .push(row.reason);
        }
        let prohibitions = &problem.prohibitions;
        Self {
            problem,
            units: problem.units.iter().map(|unit| (&unit.id, unit)).collect(),
            not_need: (prohibitions.iter())
                .filter_map(|row| Some((&row.person, row.need.as_ref()?)))
                .collect(),
            not_unit: (prohibitions.iter())
                .filter_map(|row| Some((&row.person, row.unit.as_ref()?)))
                .collect(),
            pins: (problem.pins.iter())
                .map(|pin| (&pin.person, &pin.need))
                .collect(),
            fit_weights: fit_weights(problem),
            waived,
            measured,
        }
    }

    /// Minutes before rounding, by the haversine formula (Sinnott 1984).
    fn minutes(&self, person: &Person, need: &Need) -> f64 {
        if let Some(&minutes) = self.measured.get(&(&person.id, &need.unit)) {
            return f64::from(minutes);
        }
        let unit = self.units[&need.unit];
        let half = |a: f64, b: f64| ((a - b).to_radians() / 2.0).sin().powi(2);
        let scale = person.lat.to_radians().cos() * unit.lat.to_radians().cos();
        let h = (half(person.lat, unit.lat) + scale * half(person.lon, unit.lon)).clamp(0.0, 1.0);
        let km = 2.0 * 6371.0088 * h.sqrt().atan2((1.0 - h).sqrt());
        let travel = &self.problem.policy.travel;
        km * f64::from(travel.detour_percent) * 60.0 / 100.0 / f64::from(travel.km_per_hour)
    }

    /// Every reason that stops a pair whose journey takes `minutes`; by default as computed here.
    pub(super) fn stopped_by(&self, person: &Person, need: &Need, minutes: Option<u32>) -> BTreeSet<Reason> {
        let term = &self.problem.term;
        let policy = &self.problem.policy;
        let waived = self.waived.get(&(&person.id, &need.id));
        let mut stopped = BTreeSet::new();
        let mut stop = |reason: Reason, stops: bool| {
            if stops && !waived.is_some_and(|waived| waived.contains(&reason)) {
                stopped.insert(reason);
            }
        };
        let level = skill(person, need).map(|skill| skill.level);
        stop(Reason::NoField, level.is_none());
        stop(
            Reason::LevelShort,
            level.is_some_and(|level| level < need.min_level),
        );
        for bar in &person.bars {
            let over = bar.until.is_some_and(|last_day| last_day < term.start);
            stop(Reason::LegalBar, !over);
        }
        for absence in &person.unavailable {
            let apart = absence.to < term.start || term.end < absence.from;
            stop(Reason::UnavailableInTerm, !apart);
        }
        if let Some(last) = person.last_secondment_end {
            let rest = TimeDelta::days(i64::from(policy.rest_days));
            stop(Reason::RestWindow, term.start - last <= rest);
        }
        for language in &need.languages {
            stop(Reason::Language, !person.languages.contains(language));
        }
        stop(Reason::ConflictOfInterest, person.conflicts.contains(&need.unit));
        let support = person.category == Category::Support;
        stop(Reason::Category, support && need.authority_seat);
        stop(Reason::Category, person.category == Category::ArmedForces);
        let forbidden = self.not_need.contains(&(&person.id, &need.id))
            || self.not_unit.contains(&(&person.id, &need.unit));
        stop(Reason::ForbiddenPair, forbidden);
        if let Some(limit) = policy.travel.limit_minutes {
            let minutes = minutes.map_or_else(|| self.minutes(person, need).round(), f64::from);
            let housed = self.units[&need.unit].housing;
            let willing = person.volunteer && policy.travel.volunteers_exceed_limit;
            let far = minutes > f64::from(limit) && !housed && !willing;
            stop(Reason::TravelLimit, far);
        }
        stopped
    }
}

fn skill<'p>(person: &'p Person, need: &Need) -> Option<&'p Skill> {
    person.skills.iter().find(|skill| skill.field == need.field)
}

/// The terms of fit in force, with their weights. How lately somebody worked in a field counts only
/// where the problem says it of anybody.
pub(super) fn fit_weights(problem: &Problem) -> BTreeMap<&'static str, u32> {
    let mut skills = problem.people.iter().flat_map(|person| &person.skills);
    let tells_recency = skills.any(|skill| skill.last_worked.is_some());
    let defaults = [
        ("fit_level", 2),
        ("fit_verified", 1),
        ("fit_experience", 1),
        ("fit_recency", 1),
        ("fit_language", 1),
    ];
    let set = &problem.policy.weights;
    (defaults.into_iter())
        .filter(|&(id, _)| tells_recency || id != "fit_recency")
        .map(|(id, default)| (id, set.get(id).copied().unwrap_or(default)))
        .filter(|&(_, weight)| weight > 0)
        .collect()
}

/// The parts of fit in force, 0 to 4, by term id.
pub(super) fn fit<'w>(
    problem: &Problem,
    weights: &'w BTreeMap<&'static str, u32>,
    person: &Person,
    need: &Need,
) -> impl Iterator<Item = (&'static str, u8)> + use<'w> {
    let skill = skill(person, need);
    let level = skill.map_or(0, |skill| skill.level);
    let years = skill.and_then(|skill| skill.years).unwrap_or(0);
    let last_worked = skill.and_then(|skill| skill.last_worked);
    // whether the person worked in the field after the day so many years before the term
    let since = |years: u32| {
        let day = problem.term.start.checked_sub_months(Months::new(12 * years));
        u8::from(last_worked.is_some_and(|last| day.is_none_or(|day| last > day)))
    };
    let welcome: BTreeSet<_> = need.preferred_languages.iter().collect();
    let spoken = (welcome.iter())
        .filter(|&&language| person.languages.contains(language))
        .count();
    let quarters = (1..=4_u8)
        .rev()
        .find(|&quarter| !welcome.is_empty() && usize::from(quarter) * welcome.len() <= 4 * spoken);
    let parts = [
        ("fit_level", level.saturating_sub(need.min_level)),
        (
            "fit_verified",
            4 * u8::from(skill.is_some_and(|skill| skill.verified)),
        ),
        (
            "fit_experience",
            [1, 3, 6, 10]
                .into_iter()
                .map(|from| u8::from(years >= from))
                .sum(),
        ),
        ("fit_recency", since(1) + since(2) + since(3) + since(5)),
        ("fit_language", quarters.unwrap_or(0)),
    ];
    (parts.into_iter()).filter(|(id, _)| weights.contains_key(id))
}

/// Checks one assignment on its own.
pub(super) fn check(rules: &Rules<'_>, placement: &Placement<'_>, findings: &mut Findings) {
    let Placement {
        pointer,
        assignment,
        person,
        need,
    } = placement;
    let exact = rules.minutes(person, need);
    if (exact - f64::from(assignment.travel_minutes)).abs() > HALF {
        let message = format!("{} minutes, not {exact:.3}", assignment.travel_minutes);
        findings.add(Finding::WrongDetail, format!("{pointer}/travel_minutes"), message);
    }
    let stopped = rules.stopped_by(person, need, Some(assignment.travel_minutes));
    if !stopped.is_empty() {
        let message = format!("`{}` may not serve `{}`: {stopped:?}", person.id, need.id);
        findings.add(Finding::Ineligible, pointer.clone(), message);
    }
    let unit_at = format!("{pointer}/unit");
    findings.expect(Finding::WrongDetail, unit_at, &assignment.unit, &need.unit);
    let pinned = rules.pins.contains(&(&person.id, &need.id));
    let pinned_at = format!("{pointer}/pinned");
    findings.expect(Finding::WrongDetail, pinned_at, &assignment.pinned, &pinned);
    let weights = &rules.fit_weights;
    let parts: BTreeMap<String, u8> = fit(rules.problem, weights, person, need)
        .map(|(id, part)| (id.to_owned(), part))
        .collect();
    let score = (parts.iter())
        .map(|(id, &part)| weights[id.as_str()] * u32::from(part))
        .sum();
    let score_at = format!("{pointer}/fit/score");
    findings.expect(Finding::WrongDetail, score_at, &assignment.fit.score, &score);
    let parts_at = format!("{pointer}/fit/parts");
    findings.expect(Finding::WrongDetail, parts_at, &assignment.fit.parts, &parts);
}
