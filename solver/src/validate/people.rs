//! People: references, dates against the term, and their skills by field.

use super::MAX_HISTORY;
use super::names::{Languages, Names};
use crate::faults::Faults;
use crate::ids::UnitId;
use crate::index;
use crate::instance::{Holder, PersonRow};
use crate::invalid::ErrorCode;
use crate::message::both;
use crate::problem::{MAX_LEVEL, Person, Problem, Skill};
use crate::travel::Place;
use chrono::Days;
use std::collections::HashMap;

/// One row per person; rows of people with faults are missing, but then so is the instance.
pub(super) fn rows(
    problem: &Problem,
    names: &Names<'_>,
    languages: &mut Languages,
    faults: &mut Faults,
) -> Vec<PersonRow> {
    let mut rows = Vec::with_capacity(problem.people.len());
    for (at, person) in problem.people.iter().enumerate() {
        let here = format!("/people/{at}");
        faults.coordinates(&here, person.lat, person.lon);
        absences(person, &here, faults);
        let department =
            names
                .departments
                .find(person.department.as_str(), format!("{here}/department"), faults);
        let primary_field = names.fields.find(
            person.primary_field.as_str(),
            format!("{here}/primary_field"),
            faults,
        );
        let mut conflicts = Vec::new();
        for (nth, unit) in person.conflicts.iter().enumerate() {
            let pointer = format!("{here}/conflicts/{nth}");
            conflicts.extend(names.units.find(unit.as_str(), pointer, faults));
        }
        let wishes = person.preferences.iter().map(UnitId::as_str);
        let preferences = (names.units).find_once(wishes, &format!("{here}/preferences"), faults);
        let history = history(person, &here, faults);
        let (Some(department), Some(primary_field)) = (department, primary_field) else {
            continue;
        };
        rows.push(PersonRow {
            department,
            primary_field,
            category: person.category,
            place: Place::new(person.lat, person.lon),
            languages: (person.languages.iter())
                .map(|code| languages.number(code))
                .collect(),
            conflicts: conflicts.into_iter().collect(),
            volunteer: person.volunteer,
            away: is_away(person, problem),
            barred: is_barred(person, problem),
            resting: is_resting(person, problem),
            history,
            preferences,
        });
    }
    rows
}

/// One day of an absence inside the term is enough.
fn is_away(person: &Person, problem: &Problem) -> bool {
    (person.unavailable.iter()).any(|span| span.from <= problem.term.end && problem.term.start <= span.to)
}

/// A bar that ends on the day before the term no longer counts.
fn is_barred(person: &Person, problem: &Problem) -> bool {
    (person.bars.iter()).any(|bar| bar.until.is_none_or(|until| until >= problem.term.start))
}

/// With 30 days of rest, a secondment that ended on 31 October allows a start on 1 December.
fn is_resting(person: &Person, problem: &Problem) -> bool {
    let rest = Days::new(u64::from(problem.policy.rest_days));
    person.last_secondment_end.is_some_and(|last| {
        // beyond the calendar is beyond every term
        last.checked_add_days(rest)
            .is_none_or(|free_after| problem.term.start <= free_after)
    })
}

/// Past secondments and hardship so far, added up.
fn history(person: &Person, here: &str, faults: &mut Faults) -> u32 {
    let (id, mut sum) = (&person.id, 0);
    for (key, value) in [
        ("past_secondments", person.past_secondments),
        ("hardship_so_far", person.hardship_so_far),
    ] {
        if value > MAX_HISTORY {
            faults.add(
                ErrorCode::HistoryOutOfRange,
                format!("{here}/{key}"),
                both!(
                    "person `{id}` has {key} {value}: use 0 to {MAX_HISTORY}, so that no score overflows",
                    "người `{id}` có {key} là {value}: hãy dùng từ 0 đến {MAX_HISTORY} để điểm số không bị tràn",
                ),
            );
        }
        sum += value.min(MAX_HISTORY);
    }
    sum
}

fn absences(person: &Person, here: &str, faults: &mut Faults) {
    for (nth, span) in person.unavailable.iter().enumerate() {
        let (id, from, to) = (&person.id, span.from, span.to);
        if to < from {
            faults.add(
                ErrorCode::AbsenceReversed,
                format!("{here}/unavailable/{nth}/to"),
                both!(
                    "person `{id}` is away until {to} but only from {from}: swap or correct the dates",
                    "người `{id}` vắng đến {to} nhưng lại bắt đầu từ {from}: hãy đổi chỗ hoặc sửa lại ngày",
                ),
            );
        }
    }
}

/// For each field: who has it, ascending by person.
pub(super) fn holders(problem: &Problem, names: &Names<'_>, faults: &mut Faults) -> Vec<Vec<Holder>> {
    let mut holders = vec![Vec::new(); problem.fields.len()];
    for (at, person) in problem.people.iter().enumerate() {
        let mut seen: HashMap<u32, usize> = HashMap::new();
        for (nth, skill) in person.skills.iter().enumerate() {
            let here = format!("/people/{at}/skills/{nth}");
            level(skill.level, format!("{here}/level"), faults);
            let pointer = format!("{here}/field");
            let Some(field) = (names.fields).find(skill.field.as_str(), pointer.clone(), faults) else {
                continue;
            };
            if let Some(first) = seen.insert(field, nth) {
                let (id, name) = (&person.id, &skill.field);
                faults.add_with(
                    ErrorCode::Duplicate,
                    pointer,
                    vec![format!("/people/{at}/skills/{first}/field")],
                    both!(
                        "person `{id}` has two entries for field `{name}`: keep the one that holds",
                        "người `{id}` có hai mục cho lĩnh vực `{name}`: hãy giữ mục đúng",
                    ),
                );
            }
            holders[field as usize].push(Holder {
                person: index(at),
                level: skill.level,
                verified: skill.verified,
                years: skill.years.unwrap_or(0),
                idle: idle(skill, problem),
            });
        }
    }
    holders
}

/// Full years from the last day of work in the field to the term: none if that day is yet to come, [`u8::MAX`] if nobody
/// said it.
fn idle(skill: &Skill, problem: &Problem) -> u8 {
    (skill.last_worked).map_or(u8::MAX, |last| {
        let years = problem.term.start.years_since(last).unwrap_or(0);
        u8::try_from(years).unwrap_or(u8::MAX)
    })
}

/// Complains about a level that the scale does not have.
pub(super) fn level(level: u8, pointer: String, faults: &mut Faults) {
    if level > MAX_LEVEL {
        faults.add(
            ErrorCode::LevelOutOfRange,
            pointer,
            both!(
                "the level is {level}, the scale ends at {MAX_LEVEL}: use 0 to {MAX_LEVEL}",
                "mức năng lực là {level}, thang đo đến {MAX_LEVEL}: hãy dùng từ 0 đến {MAX_LEVEL}",
            ),
        );
    }
}
