//! Teams: two people at least, and nobody in two of them.

use super::names::Names;
use crate::faults::Faults;
use crate::ids::PersonId;
use crate::instance::TeamRow;
use crate::invalid::ErrorCode;
use crate::message::both;
use crate::problem::Problem;
use std::collections::HashMap;

/// One row per team.
pub(super) fn check(problem: &Problem, names: &Names<'_>, faults: &mut Faults) -> Vec<TeamRow> {
    let mut ids = HashMap::new();
    let mut team_of: HashMap<&str, usize> = HashMap::new();
    let mut rows = Vec::with_capacity(problem.teams.len());
    for (at, team) in problem.teams.iter().enumerate() {
        let here = format!("/teams/{at}");
        let (id, members) = (&team.id, team.members.len());
        if team.id.as_str().is_empty() {
            let message = both!(
                "a team has an empty id: give it one that nothing else uses",
                "một nhóm có mã trống: hãy đặt một mã chưa dùng",
            );
            faults.add(ErrorCode::EmptyId, format!("{here}/id"), message);
        }
        if let Some(first) = ids.insert(team.id.as_str(), at) {
            faults.add_with(
                ErrorCode::Duplicate,
                format!("{here}/id"),
                vec![format!("/teams/{first}/id")],
                both!(
                    "the team id `{id}` is already used at /teams/{first}: rename or remove one of the two",
                    "mã nhóm `{id}` đã dùng tại /teams/{first}: hãy đổi mã hoặc bỏ một trong hai",
                ),
            );
        }
        if members < 2 {
            faults.add(
                ErrorCode::TeamSize,
                format!("{here}/members"),
                both!(
                    "team `{id}` has {members} members: name at least two, or remove the team",
                    "nhóm `{id}` có {members} thành viên: hãy nêu ít nhất hai người hoặc bỏ nhóm này",
                ),
            );
        }
        for (nth, member) in team.members.iter().enumerate() {
            if let Some(first) = team_of.insert(member.as_str(), at)
                && first != at
            {
                let other = &problem.teams[first].id;
                faults.add_with(
                    ErrorCode::TeamOverlap,
                    format!("{here}/members/{nth}"),
                    vec![format!("/teams/{first}/members")],
                    both!(
                        "person `{member}` is in team `{other}` as well: keep the person in one, or make the two teams one",
                        "người `{member}` cũng thuộc nhóm `{other}`: hãy giữ người này trong một nhóm, hoặc gộp hai nhóm",
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
