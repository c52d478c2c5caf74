//! What the plan tells about itself: counts, unmet needs, units that nobody can serve.

use super::pairs::Rules;
use super::rules::tally;
use super::{Finding, Findings, Placement};
use crate::ids::{FieldId, UnitId};
use crate::plan::{Counts, Plan, UnmetNeed, UnservableUnit};
use crate::problem::{Need, Person};
use std::collections::{BTreeMap, HashMap};

/// What the problem offers, whatever the plan: worked out once.
pub(super) struct Survey<'d> {
    /// Every unit with its requests.
    pub(super) units: BTreeMap<&'d UnitId, Requests>,
    /// People by the fields they have.
    with_field: HashMap<&'d FieldId, Vec<&'d Person>>,
    eligible_pairs: u64,
}

/// What a unit asks for, and whether anyone at all may go there.
#[derive(Default)]
pub(super) struct Requests {
    pub(super) requested: u64,
    pub(super) servable: bool,
}

pub(super) fn survey<'d>(rules: &Rules<'d>) -> Survey<'d> {
    let problem = rules.problem;
    let mut survey = Survey {
        units: (problem.units.iter())
            .map(|unit| (&unit.id, Requests::default()))
            .collect(),
        with_field: HashMap::new(),
        eligible_pairs: 0,
    };
    for person in &problem.people {
        for skill in &person.skills {
            survey.with_field.entry(&skill.field).or_default().push(person);
        }
    }
    for need in &problem.needs {
        let eligible = (survey.people_of(need).iter())
            .filter(|person| rules.stopped_by(person, need, None).is_empty())
            .count() as u64;
        survey.eligible_pairs += eligible;
        let unit = survey.units.entry(&need.unit).or_default();
        unit.requested += u64::from(need.headcount);
        unit.servable |= eligible > 0;
    }
    survey
}

impl<'d> Survey<'d> {
    fn people_of(&self, need: &Need) -> &[&'d Person] {
        self.with_field.get(&need.field).map_or(&[], Vec::as_slice)
    }
}

/// Checks the report and the order of every list.
pub(super) fn check(
    rules: &Rules<'_>,
    plan: &Plan,
    placed: &[Placement<'_>],
    survey: &Survey<'_>,
    findings: &mut Findings,
) {
    let problem = rules.problem;
    let counts = Counts {
        people: problem.people.len() as u64,
        units: problem.units.len() as u64,
        needs: problem.needs.len() as u64,
        seats: (problem.needs.iter()).map(|need| u64::from(need.headcount)).sum(),
        eligible_pairs: survey.eligible_pairs,
    };
    findings.expect(Finding::WrongReport, "/counts", &plan.counts, &counts);

    let unservable: Vec<_> = (survey.units.iter())
        .filter(|(_, unit)| unit.requested > 0 && !unit.servable)
        .map(|(id, unit)| UnservableUnit {
            unit: (*id).clone(),
            requested: unit.requested,
        })
        .collect();
    let claimed = &plan.unservable_units;
    findings.expect(Finding::WrongReport, "/unservable_units", claimed, &unservable);

    let filled = tally(placed, |at| &at.need.id);
    let mut unmet: Vec<_> = (problem.needs.iter())
        .filter_map(|need| unmet(rules, need, filled.get(&need.id).copied(), survey))
        .collect();
    unmet.sort_by_key(|need| (need.unit.clone(), need.need.clone()));
    if plan.unmet.len() != unmet.len() {
        let message = format!("{} are listed, {} are unmet", plan.unmet.len(), unmet.len());
        findings.add(Finding::WrongReport, "/unmet", message);
    }
    for (at, (claimed, computed)) in plan.unmet.iter().zip(&unmet).enumerate() {
        let pointer = format!("/unmet/{at}");
        findings.expect(Finding::WrongReport, pointer, claimed, computed);
    }

    let in_order = (plan.assignments.iter())
        .is_sorted_by_key(|row| (row.unit.clone(), row.need.clone(), row.person.clone()));
    if !in_order {
        let message = "assignments go by unit, need and person";
        findings.add(Finding::WrongOrder, "/assignments", message);
    }
}

fn unmet(rules: &Rules<'_>, need: &Need, filled: Option<usize>, survey: &Survey<'_>) -> Option<UnmetNeed> {
    let filled = u32::try_from(filled.unwrap_or(0)).unwrap_or(u32::MAX);
    let missing = need
        .headcount
        .checked_sub(filled)
        .filter(|&missing| missing > 0)?;
    let mut unmet = UnmetNeed {
        need: need.id.clone(),
        unit: need.unit.clone(),
        field: need.field.clone(),
        priority: need.priority,
        requested: need.headcount,
        filled,
        missing,
        have_field: 0,
        eligible: 0,
        reasons: BTreeMap::new(),
    };
    for person in survey.people_of(need) {
        let stopped = rules.stopped_by(person, need, None);
        unmet.have_field += 1;
        unmet.eligible += u32::from(stopped.is_empty());
        for reason in stopped {
            *unmet.reasons.entry(reason).or_insert(0) += 1;
        }
    }
    Some(unmet)
}
