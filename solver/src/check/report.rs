//! What the plan tells about itself: counts, unmet needs, units that nobody can serve.

use super::pairs::Rules;
use super::rules::tally;
use super::{Finding, Findings, Placement};
use crate::eligibility::Reason;
use crate::ids::{FieldId, UnitId};
use crate::plan::{Counts, Plan, UnmetNeed, UnservableUnit};
use crate::problem::{Need, Person};
use std::collections::{BTreeMap, HashMap};

/// What the problem offers, whatever the plan: worked out once.
pub(super) struct Survey<'d> {
    /// Every unit with its requests.
    pub(super) units: BTreeMap<&'d UnitId, Requests>,
    /// For each need, in the problem's order, who could serve it and what stops the others.
    needs: Vec<Supply>,
    eligible_pairs: u64,
}

/// The people who have a need's field.
#[derive(Default)]
struct Supply {
    have_field: u32,
    eligible: u32,
    /// How many each reason stops.
    reasons: BTreeMap<Reason, u32>,
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
        needs: Vec::with_capacity(problem.needs.len()),
        eligible_pairs: 0,
    };
    let mut with_field: HashMap<&FieldId, Vec<&Person>> = HashMap::new();
    for person in &problem.people {
        for skill in &person.skills {
            with_field.entry(&skill.field).or_default().push(person);
        }
    }
    for need in &problem.needs {
        let people = with_field.get(&need.field).map_or(&[][..], Vec::as_slice);
        let mut supply = Supply::default();
        for person in people {
            let stopped = rules.stopped_by(person, need, None);
            supply.have_field += 1;
            supply.eligible += u32::from(stopped.is_empty());
            for reason in stopped {
                *supply.reasons.entry(reason).or_insert(0) += 1;
            }
        }
        survey.eligible_pairs += u64::from(supply.eligible);
        let unit = survey.units.entry(&need.unit).or_default();
        unit.requested += u64::from(need.headcount);
        unit.servable |= supply.eligible > 0;
        survey.needs.push(supply);
    }
    survey
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
    let mut unmet: Vec<_> = (problem.needs.iter().zip(&survey.needs))
        .filter_map(|(need, supply)| unmet(need, filled.get(&need.id).copied(), supply))
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

fn unmet(need: &Need, filled: Option<usize>, supply: &Supply) -> Option<UnmetNeed> {
    let filled = u32::try_from(filled.unwrap_or(0)).unwrap_or(u32::MAX);
    let missing = (need.headcount.checked_sub(filled)).filter(|&missing| missing > 0)?;
    Some(UnmetNeed {
        need: need.id.clone(),
        unit: need.unit.clone(),
        field: need.field.clone(),
        priority: need.priority,
        requested: need.headcount,
        filled,
        missing,
        have_field: supply.have_field,
        eligible: supply.eligible,
        reasons: supply.reasons.clone(),
    })
}
