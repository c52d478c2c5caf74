//! Couples and teams among the people of a round.

use crate::dice::Dice;
use cadre_solver::{PersonId, Problem, Team, Together};

/// Of every so many neighbours in the list of a province there is one couple and one team of three.
const NEIGHBOURS: usize = 50;

/// Adds both kinds of team, each within one department's province.
pub fn add(problem: &mut Problem, dice: &mut Dice) {
    let mut people: Vec<_> = problem
        .people
        .iter()
        .map(|row| (&row.department, &row.id))
        .collect();
    // stable, so that people of one department stand together in the order of the list
    people.sort_by_key(|&(department, _)| department);
    let mut teams = Vec::new();
    for neighbours in people.chunks(NEIGHBOURS).filter(|all| all.len() >= 5) {
        let shift = dice.below(crate::count(neighbours.len() - 4)) as usize;
        let members: Vec<PersonId> = neighbours[shift..shift + 5]
            .iter()
            .map(|&(_, id)| id.clone())
            .collect();
        for (members, together) in [
            (&members[..2], Together::SameUnit),
            (&members[2..], Together::AllOrNone),
        ] {
            teams.push(Team {
                id: format!("t{}", teams.len()).into(),
                members: members.to_vec(),
                together,
            });
        }
    }
    problem.teams = teams;
}
