//! Who must not be alone: speakers in units, seniors beside juniors, teams.

use super::super::{Finding, Findings, Placement};
use crate::problem::{Need, Person, Problem, Together};
use std::collections::BTreeSet;

/// Checks the rules by which one assignment asks for another.
pub(super) fn check(problem: &Problem, placed: &[Placement<'_>], findings: &mut Findings) {
    let mut broken = |term: &str, pointer: &str, message: String| {
        findings.add_term(Finding::RuleBroken, term, pointer, message);
    };
    for unit in &problem.units {
        let mut sent = 0;
        let mut spoken = BTreeSet::new();
        for placement in placed.iter().filter(|placement| placement.need.unit == unit.id) {
            sent += 1;
            spoken.extend(&placement.person.languages);
        }
        for language in unit.speaker.iter().filter(|code| !spoken.contains(code)) {
            if sent > 0 {
                let message = format!("none of {sent} people sent to `{}` speaks `{language}`", unit.id);
                broken("speaker", "/assignments", message);
            }
        }
    }
    for placement in placed {
        let (person, need) = (placement.person, placement.need);
        let Some(from) = need.senior_from else { continue };
        let senior = (placed.iter())
            .filter(|other| other.need.unit == need.unit && other.need.field == need.field)
            .any(|other| level(other.person, need) >= from);
        if !senior {
            let message = format!(
                "`{}` serves `{}` below level {from}, and no senior serves beside them",
                person.id, need.id
            );
            broken("senior", &placement.pointer, message);
        }
    }
    for team in &problem.teams {
        let serving: Vec<_> = (placed.iter())
            .filter(|placement| team.members.contains(&placement.person.id))
            .collect();
        let members: BTreeSet<_> = serving.iter().map(|placement| &placement.person.id).collect();
        let units: BTreeSet<_> = serving.iter().map(|placement| &placement.need.unit).collect();
        let (term, most) = match team.together {
            Together::SameUnit => ("couples", 1),
            Together::AllOrNone => ("teams", usize::MAX),
        };
        if !members.is_empty() && members.len() < team.members.len() {
            let message = format!("{} of `{}` serve, others do not", members.len(), team.id);
            broken(term, "/assignments", message);
        }
        if units.len() > most {
            let message = format!("`{}` serves in {} units", team.id, units.len());
            broken(term, "/assignments", message);
        }
    }
}

/// The level in the need's field; nothing for want of the field, which is told elsewhere.
fn level(person: &Person, need: &Need) -> u8 {
    let skill = person.skills.iter().find(|skill| skill.field == need.field);
    skill.map_or(0, |skill| skill.level)
}
