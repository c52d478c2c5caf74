//! What people envy in a plan, by a look at every place.

use super::Search;
use cadre_solver::{Need, Problem};

/// What a unit gains when somebody comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gain {
    Nothing,
    Seat,
    /// Somebody better than a person (by position).
    Than(usize),
}

/// What people envy in a plan: who, which need (by position), and what the unit would gain by that.
pub fn of(problem: &Problem, served: &[Option<usize>]) -> Vec<(usize, usize, Gain)> {
    let search = Search::new(problem, 0);
    let mut found = Vec::new();
    for (at, person) in problem.people.iter().enumerate() {
        let Some(own) = served[at] else { continue };
        let place = |need: &Need| person.preferences.iter().position(|wish| *wish == need.unit);
        let own = place(&problem.needs[own]).unwrap_or(usize::MAX);
        for (to, need) in problem.needs.iter().enumerate() {
            if !search.eligible[at][to] || place(need).is_none_or(|wish| wish >= own) {
                continue;
            }
            let fit = |at: usize| search.fit(&problem.people[at], need);
            let there = (0..served.len()).filter(|&other| served[other] == Some(to));
            let mut there: Vec<usize> = there.collect();
            there.sort_by_key(|&other| (fit(other), other));
            let seat = (there.len() < need.headcount as usize).then_some(Gain::Seat);
            let worse = there
                .into_iter()
                .filter(|&other| fit(other) < fit(at))
                .map(Gain::Than);
            let is_lawful = |gain: &Gain| {
                let mut choice = served.to_vec();
                choice[at] = Some(to);
                if let Gain::Than(other) = gain {
                    choice[*other] = None;
                }
                search.lawful(&choice)
            };
            let gain = seat.into_iter().chain(worse).find(is_lawful);
            found.push((at, to, gain.unwrap_or(Gain::Nothing)));
        }
    }
    found
}
