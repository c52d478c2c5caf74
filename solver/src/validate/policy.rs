//! The policy: ranges, weights, and the travel matrix.

use super::names::Names;
use crate::faults::Faults;
use crate::invalid::ErrorCode;
use crate::message::both;
use crate::problem::{Problem, TravelMatrix};
use crate::{MAX_WEIGHT, pointer_token, terms};
use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

/// A week: longer journeys are typing slips.
pub(crate) const MAX_MINUTES: u32 = 10_080;

/// Checks the policy and returns the measured minutes by (person, unit).
pub(super) fn check(problem: &Problem, names: &Names<'_>, faults: &mut Faults) -> HashMap<(u32, u32), u32> {
    let policy = &problem.policy;
    let travel = &policy.travel;
    range("rest_days", policy.rest_days, 0..=36_525, faults);
    range(
        "quality_floor_percent",
        policy.quality_floor_percent,
        0..=100,
        faults,
    );
    range("travel/km_per_hour", travel.km_per_hour, 1..=1_000, faults);
    range(
        "travel/detour_percent",
        travel.detour_percent,
        100..=1_000,
        faults,
    );
    range(
        "travel/bucket_minutes",
        travel.bucket_minutes,
        1..=MAX_MINUTES,
        faults,
    );
    let priorities = &policy.priority_weights;
    for (key, value) in [
        ("critical", priorities.critical),
        ("high", priorities.high),
        ("normal", priorities.normal),
        ("low", priorities.low),
    ] {
        weight(format!("/policy/priority_weights/{key}"), value, faults);
    }
    for (id, &value) in &policy.weights {
        let pointer = format!("/policy/weights/{}", pointer_token(id));
        if terms::weighable().all(|(known, _)| known != id) {
            let known: Vec<_> = terms::weighable().map(|(known, _)| known).collect();
            let known = known.join(", ");
            faults.add(
                ErrorCode::UnknownTerm,
                pointer.clone(),
                both!(
                    "no term `{id}` takes a weight: use one of {known}",
                    "tiêu chí `{id}` không có trọng số: hãy dùng một trong {known}",
                ),
            );
        }
        weight(pointer, value, faults);
    }
    (travel.matrix.as_ref())
        .map(|matrix| measured(matrix, names, faults))
        .unwrap_or_default()
}

/// Most people by field.
pub(super) fn field_caps(problem: &Problem, names: &Names<'_>, faults: &mut Faults) -> BTreeMap<u32, u32> {
    let mut caps = BTreeMap::new();
    for (field, &cap) in &problem.policy.field_caps {
        let pointer = format!("/policy/field_caps/{}", pointer_token(field.as_str()));
        let number = names.fields.find(field.as_str(), pointer, faults);
        caps.extend(number.map(|number| (number, cap)));
    }
    caps
}

fn range(key: &str, value: u32, allowed: RangeInclusive<u32>, faults: &mut Faults) {
    let (least, most) = (allowed.start(), allowed.end());
    if !allowed.contains(&value) {
        faults.add(
            ErrorCode::PolicyOutOfRange,
            format!("/policy/{key}"),
            both!(
                "{key} is {value}: use {least} to {most}",
                "{key} là {value}: hãy dùng từ {least} đến {most}",
            ),
        );
    }
}

fn weight(pointer: String, value: u32, faults: &mut Faults) {
    if value > MAX_WEIGHT {
        faults.add(
            ErrorCode::WeightOutOfRange,
            pointer,
            both!(
                "the weight is {value}: use 0 (off) to {MAX_WEIGHT}, so that no score overflows",
                "trọng số là {value}: hãy dùng từ 0 (tắt) đến {MAX_WEIGHT} để điểm số không bị tràn",
            ),
        );
    }
}

fn measured(matrix: &TravelMatrix, names: &Names<'_>, faults: &mut Faults) -> HashMap<(u32, u32), u32> {
    const HERE: &str = "/policy/travel/matrix";
    let mut seen = HashMap::new();
    let mut people = Vec::new();
    for (at, id) in matrix.people.iter().enumerate() {
        let pointer = format!("{HERE}/people/{at}");
        repeated(&mut seen, id.as_str(), &pointer, faults);
        people.push(names.people.find(id.as_str(), pointer, faults));
    }
    seen.clear();
    let mut units = Vec::new();
    for (at, id) in matrix.units.iter().enumerate() {
        let pointer = format!("{HERE}/units/{at}");
        repeated(&mut seen, id.as_str(), &pointer, faults);
        units.push(names.units.find(id.as_str(), pointer, faults));
    }
    let (rows, listed) = (matrix.minutes.len(), people.len());
    if rows != listed {
        faults.add(
            ErrorCode::MatrixShape,
            format!("{HERE}/minutes"),
            both!(
                "the matrix has {rows} rows for {listed} people: give one row per person listed",
                "ma trận có {rows} dòng cho {listed} người: hãy cho mỗi người một dòng",
            ),
        );
    }
    let mut measured = HashMap::new();
    for (at, (row, person)) in matrix.minutes.iter().zip(&people).enumerate() {
        let (entries, listed) = (row.len(), units.len());
        if entries != listed {
            faults.add(
                ErrorCode::MatrixShape,
                format!("{HERE}/minutes/{at}"),
                both!(
                    "row {at} has {entries} entries for {listed} units: give one entry per unit listed, null where \
                     nothing was measured",
                    "dòng {at} có {entries} giá trị cho {listed} đơn vị: hãy cho mỗi đơn vị một giá trị, null nếu chưa đo",
                ),
            );
        }
        for (nth, (&minutes, unit)) in row.iter().zip(&units).enumerate() {
            let Some(minutes) = minutes else { continue };
            if minutes > MAX_MINUTES {
                faults.add(
                    ErrorCode::PolicyOutOfRange,
                    format!("{HERE}/minutes/{at}/{nth}"),
                    both!(
                        "{minutes} minutes are more than a week: use 0 to {MAX_MINUTES}",
                        "{minutes} phút dài hơn một tuần: hãy dùng từ 0 đến {MAX_MINUTES}",
                    ),
                );
            }
            if let (&Some(person), &Some(unit)) = (person, unit) {
                measured.insert((person, unit), minutes);
            }
        }
    }
    measured
}

fn repeated<'m>(seen: &mut HashMap<&'m str, String>, id: &'m str, pointer: &str, faults: &mut Faults) {
    if let Some(first) = seen.insert(id, pointer.to_owned()) {
        faults.add_with(
            ErrorCode::Duplicate,
            pointer,
            vec![first],
            both!(
                "`{id}` is listed twice in the travel matrix: keep one row or column",
                "`{id}` xuất hiện hai lần trong ma trận đi lại: hãy giữ một dòng hoặc một cột",
            ),
        );
    }
}
