//! Teams: two people at least, and nobody in two of them.

use super::names::Names;
use crate::faults::Faults;
use crate::ids::PersonId;
use crate::instance::TeamRow;
use crate::invalid::ErrorCode;
use crate::problem::Problem;
use std::collections::HashMap;

/// One row per team.
pub(super) fn check(problem: &Problem, names: &Names<'_>, faults: &mut Faults) -> Vec<TeamRow> {
    let mut ids = HashMap::new();
    let mut team_of: HashMap<&str, usize> = HashMap::new();
    let mut rows = Vec::with_capacity(problem.teams.len());
    for (at, team) in problem.teams.iter().enumerate() {
        let here = format!("/teams/{at}");
        if team.id.as_str().is_empty() {
            let message = "a team has an empty id: give it one that nothing else uses";
            faults.add(ErrorCode::EmptyId, format!("{here}/id"), message);
        }
        if let Some(first) = ids.insert(team.id.as_str(), at) {
            faults.add_with(
                ErrorCode::Duplicate,
                format!("{here}/id"),
                vec![format!("/teams/{first}/id")],
                format!(
                    "the team id `{}` is already used at /teams/{first}: rename or remove one of the two",
                    team.id
                ),
            );
        }
        if team.members.len() < 2 {
            faults.add(
                ErrorCode::TeamSize,
                format!("{here}/members"),
                format!(
                    "team `{}` has {} members: name at least two, or remove the team",
                    team.id,
                    team.members.len()
                ),
            );
        }
        for (nth, member) in team.members.iter().enumerate() {
            if let Some(first) = team_of.insert(member.as_str(), at)
                && first != at
            {
                faults.add_with(
                    ErrorCode::TeamOverlap,
                    format!("{here}/members/{nth}"),
                    vec![format!("/teams/{first}/members")],
                    format!(
                        "person `{member}` is in team `{}` as well: keep the person in one, or make the \
                         two teams one",
                        problem.teams[first].id
                    ),
                );
            }
        }
        let members = team.members.iter().map(PersonId::as_str);
        rows.push(TeamRow {
            members: (names.people).find_once(members, &format!("{here}/members"), faults),
            together: team.together,
        });
    }
    rows
}
