//! Departments, units and needs: who gives, who asks, for how many.

use super::names::{Languages, Names};
use super::{MAX_HEADCOUNT, MAX_SEATS, people};
use crate::faults::Faults;
use crate::ids::PersonId;
use crate::instance::{DepartmentRow, NeedRow, UnitRow};
use crate::invalid::ErrorCode;
use crate::message::both;
use crate::problem::{MAX_HARDSHIP, Problem};
use crate::travel::Place;
use crate::{index, pointer_token};

/// Departments with their floors turned into quotas: people listed − people who must stay.
pub(super) fn departments(problem: &Problem, names: &Names<'_>, faults: &mut Faults) -> Vec<DepartmentRow> {
    let mut rows = Vec::with_capacity(problem.departments.len());
    for (at, department) in problem.departments.iter().enumerate() {
        let mut group_quotas = Vec::new();
        for (field, &floor) in &department.field_floors {
            let token = pointer_token(field.as_str());
            let pointer = format!("/departments/{at}/field_floors/{token}");
            let Some(number) = names.fields.find(field.as_str(), pointer, faults) else {
                continue;
            };
            let group = (problem.people.iter())
                .filter(|row| row.department == department.id && row.primary_field == *field)
                .count();
            group_quotas.push((number, index(group).saturating_sub(floor)));
        }
        rows.push(DepartmentRow {
            release_cap: department.release_cap,
            group_quotas,
        });
    }
    rows
}

/// One row per need; rows of needs with faults are missing, but then so is the instance.
pub(super) fn needs(
    problem: &Problem,
    names: &Names<'_>,
    languages: &mut Languages,
    faults: &mut Faults,
) -> Vec<NeedRow> {
    let mut rows = Vec::with_capacity(problem.needs.len());
    let mut seats = 0_u64;
    for (at, need) in problem.needs.iter().enumerate() {
        let here = format!("/needs/{at}");
        seats += u64::from(need.headcount);
        people::level(need.min_level, format!("{here}/min_level"), faults);
        if let Some(level) = need.senior_from {
            people::level(level, format!("{here}/senior_from"), faults);
        }
        let (id, headcount) = (&need.id, need.headcount);
        if !(1..=MAX_HEADCOUNT).contains(&headcount) {
            faults.add(
                ErrorCode::HeadcountOutOfRange,
                format!("{here}/headcount"),
                both!(
                    "need `{id}` asks for {headcount} people: ask for 1 to {MAX_HEADCOUNT}, or leave the need out",
                    "nhu cầu `{id}` cần {headcount} người: hãy nêu từ 1 đến {MAX_HEADCOUNT}, hoặc bỏ nhu cầu này",
                ),
            );
        }
        let unit = names
            .units
            .find(need.unit.as_str(), format!("{here}/unit"), faults);
        let field = names
            .fields
            .find(need.field.as_str(), format!("{here}/field"), faults);
        let (Some(unit), Some(field)) = (unit, field) else {
            continue;
        };
        rows.push(NeedRow {
            unit,
            field,
            headcount: need.headcount,
            min_level: need.min_level,
            languages: (need.languages.iter())
                .map(|code| languages.number(code))
                .collect(),
            preferred_languages: (need.preferred_languages.iter())
                .map(|code| languages.number(code))
                .collect(),
            priority: need.priority,
            authority_seat: need.authority_seat,
            senior_from: need.senior_from,
        });
    }
    if seats > MAX_SEATS {
        faults.add(
            ErrorCode::TooManySeats,
            "/needs",
            both!(
                "all needs together ask for {seats} seats, more than {MAX_SEATS}: split the problem into parts that share \
                 no people",
                "tổng các nhu cầu là {seats} vị trí, nhiều hơn {MAX_SEATS}: hãy chia bài toán thành các phần không chung \
                 người",
            ),
        );
    }
    rows
}

/// Units with the cap that holds for them and the seats they ask for.
pub(super) fn units(
    problem: &Problem,
    needs: &[NeedRow],
    names: &Names<'_>,
    languages: &mut Languages,
    faults: &mut Faults,
) -> Vec<UnitRow> {
    let mut rows = Vec::with_capacity(problem.units.len());
    for (at, unit) in problem.units.iter().enumerate() {
        let here = format!("/units/{at}");
        faults.coordinates(&here, unit.lat, unit.lon);
        let (id, hardship) = (&unit.id, unit.hardship);
        if hardship > MAX_HARDSHIP {
            faults.add(
                ErrorCode::HardshipOutOfRange,
                format!("{here}/hardship"),
                both!(
                    "the hardship of unit `{id}` is {hardship}: use 0 (none to speak of) to {MAX_HARDSHIP}",
                    "mức khó khăn của đơn vị `{id}` là {hardship}: hãy dùng từ 0 (không đáng kể) đến {MAX_HARDSHIP}",
                ),
            );
        }
        let gladly = unit.acceptable.iter().map(PersonId::as_str);
        let acceptable = (names.people).find_once(gladly, &format!("{here}/acceptable"), faults);
        rows.push(UnitRow {
            place: Place::new(unit.lat, unit.lon),
            cap: unit.cap.or(problem.policy.unit_cap),
            housing: unit.housing,
            requested: 0,
            hardship: unit.hardship,
            acceptable: acceptable.into_iter().collect(),
            speaker: (unit.speaker.iter()).map(|code| languages.number(code)).collect(),
        });
    }
    for need in needs {
        rows[need.unit as usize].requested += u64::from(need.headcount);
    }
    rows
}
