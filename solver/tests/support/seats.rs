//! Seats, tried by solving: whether a change fills one, and what moves lead to.

use cadre_solver::explain::Move;
use cadre_solver::{
    Balance, Edit, Instance, NeedId, Outcome, PersonId, Plan, Problem, Reason, Settings, solve,
};
use std::collections::BTreeMap;

/// Who serves what.
pub type Placements = BTreeMap<PersonId, NeedId>;

pub fn placements(plan: &Plan) -> Placements {
    (plan.assignments.iter())
        .map(|row| (row.person.clone(), row.need.clone()))
        .collect()
}

/// A plan's placements after some moves, each of which must start where the person is.
pub fn moved(plan: &Plan, moves: &[Move]) -> Placements {
    let mut placed = placements(plan);
    for step in moves {
        let from = step.from.as_ref().map(|place| place.need.clone());
        assert_eq!(placed.remove(&step.person), from, "{step:?}");
        if let Some(to) = &step.to {
            placed.insert(step.person.clone(), to.need.clone());
        }
    }
    placed
}

/// Solves with everyone pinned where they are said to be, which fails unless that is lawful.
pub fn lawful(problem: &Problem, placed: &Placements) {
    let edits: Vec<Edit> = (placed.iter())
        .map(|(person, need)| Edit::Pin {
            person: person.clone(),
            need: need.clone(),
        })
        .collect();
    let mut pinned = problem.edited(&edits).unwrap();
    pinned.pins.retain(|pin| placed.contains_key(&pin.person));
    pinned.compile().unwrap_or_else(|invalid| panic!("{invalid}"));
}

/// Whether a lawful plan after the edit has one more in the need and none fewer anywhere: the
/// needs are cut down to just these seats, and all must be filled.
pub fn fills(problem: &Problem, plan: &Plan, need: &NeedId, edit: &Edit) -> bool {
    let Ok(mut trial) = problem.edited(std::slice::from_ref(edit)) else {
        return false;
    };
    let placed = placements(plan);
    for row in &mut trial.needs {
        let filled = placed.values().filter(|other| **other == row.id).count();
        row.headcount = u32::try_from(filled).unwrap() + u32::from(row.id == *need);
    }
    trial.needs.retain(|row| row.headcount > 0);
    let there = |id: &NeedId| trial.needs.iter().any(|row| row.id == *id);
    trial.waivers.retain(|row| there(&row.need));
    // a line of the base plan whose need is gone is a change already
    let lines = trial.base.len();
    let needs: Vec<NeedId> = trial.needs.iter().map(|row| row.id.clone()).collect();
    trial.base.retain(|row| needs.contains(&row.need));
    let gone = u32::try_from(lines - trial.base.len()).unwrap();
    trial.policy.change_budget = trial
        .policy
        .change_budget
        .map(|budget| budget.saturating_sub(gone));
    trial
        .prohibitions
        .retain(|row| row.need.as_ref().is_none_or(there));
    trial.policy.balance = Balance::Off;
    let Ok(instance) = trial.compile() else {
        return false;
    };
    match solve(&instance, &Settings::default(), &mut |_| {}) {
        Outcome::Solved { plan, .. } => plan.assignments.len() == placed.len() + 1,
        Outcome::Infeasible { .. } => false,
        other => panic!("{other:#?}"),
    }
}

/// Every single change of the kinds that certificates speak of.
pub fn candidates(problem: &Problem, instance: &Instance, need: &NeedId) -> Vec<Edit> {
    let mut edits = Vec::new();
    for department in &problem.departments {
        if let Some(cap) = department.release_cap {
            edits.push(Edit::ReleaseCap {
                department: department.id.clone(),
                cap: Some(cap + 1),
            });
        }
        for (field, &floor) in &department.field_floors {
            let staff = (problem.people.iter())
                .filter(|person| person.department == department.id && person.primary_field == *field)
                .count();
            let floor = floor.min(u32::try_from(staff).unwrap());
            if floor > 0 {
                edits.push(Edit::FieldFloor {
                    department: department.id.clone(),
                    field: field.clone(),
                    floor: floor - 1,
                });
            }
        }
    }
    let row = problem.needs.iter().find(|row| row.id == *need).unwrap();
    for unit in &problem.units {
        if let Some(cap) = unit.cap.or(problem.policy.unit_cap) {
            edits.push(Edit::UnitCap {
                unit: unit.id.clone(),
                cap: cap + 1,
            });
        }
    }
    edits.extend(
        problem
            .policy
            .max_secondments
            .map(|cap| Edit::MaxSecondments { cap: Some(cap + 1) }),
    );
    for person in &problem.people {
        let reasons = instance.reasons(&person.id, &row.id).unwrap();
        if let [reason] = reasons[..]
            && Reason::WAIVABLE.contains(&reason)
        {
            edits.push(Edit::Waive {
                person: person.id.clone(),
                need: need.clone(),
                reason,
            });
        }
        if let Some(end) = person.last_secondment_end {
            let rested = (problem.term.start - end).num_days() - 1;
            for days in [rested - 1, rested, rested + 1]
                .into_iter()
                .filter_map(|days| u32::try_from(days).ok())
            {
                if days < problem.policy.rest_days {
                    edits.push(Edit::RestDays { days });
                }
            }
        }
    }
    edits.extend(problem.pins.iter().map(|pin| Edit::Unpin {
        person: pin.person.clone(),
    }));
    edits.extend(company(problem, need));
    edits.sort();
    edits.dedup();
    edits
}

/// The same of the rules that bind people or units together, around one need.
fn company(problem: &Problem, need: &NeedId) -> Vec<Edit> {
    let row = problem.needs.iter().find(|row| row.id == *need).unwrap();
    let policy = &problem.policy;
    let mut edits = Vec::new();
    if let Some(cap) = policy.field_caps.get(&row.field) {
        edits.push(Edit::FieldCap {
            field: row.field.clone(),
            cap: Some(cap + 1),
        });
    }
    edits.extend(
        policy
            .travel_budget_minutes
            .map(|_| Edit::TravelBudget { minutes: None }),
    );
    edits.extend(
        policy
            .change_budget
            .map(|cap| Edit::ChangeBudget { cap: Some(cap + 1) }),
    );
    for unit in problem
        .units
        .iter()
        .filter(|unit| unit.id == row.unit && !unit.speaker.is_empty())
    {
        edits.push(Edit::Speakers {
            unit: unit.id.clone(),
            languages: Vec::new(),
        });
    }
    for other in problem
        .needs
        .iter()
        .filter(|other| other.unit == row.unit && other.senior_from.is_some())
    {
        edits.push(Edit::SeniorFrom {
            need: other.id.clone(),
            level: None,
        });
    }
    edits.extend(problem.teams.iter().map(|team| Edit::Disband {
        team: team.id.clone(),
    }));
    edits
}

/// Whether a certificate's changes cover an edit. Fewer days of rest than listed help as well: only
/// the longest rest is told.
pub fn told(remedies: &[&Edit], edit: &Edit) -> bool {
    (remedies.iter()).any(|remedy| match (remedy, edit) {
        (Edit::RestDays { days: longest }, Edit::RestDays { days }) => days <= longest,
        _ => *remedy == edit,
    })
}
