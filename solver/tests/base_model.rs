//! The base model of the measurements against every plan there is, before and after withdrawals.
#![allow(
    clippy::allow_attributes,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    reason = "a helper that fails fails its test"
)]

#[path = "support/random.rs"]
mod random;
mod support;

use cadre_solver::Problem;
use cadre_solver::base_model::{BaseCaps, BaseModel, Session};
use proptest::prelude::*;

/// The least cost of any plan without the people who have withdrawn.
fn least(model: &BaseModel<'_>, away: &[u32]) -> i64 {
    let mut arcs: Vec<Vec<(u32, i64)>> = vec![Vec::new(); model.caps().department_of_person.len()];
    model.each_arc(|person, need, cost| {
        if !away.contains(&person) {
            arcs[person as usize].push((need, cost));
        }
    });
    let mut chosen = Vec::new();
    search(&arcs, &model.caps(), 0, 0, &mut chosen)
}

fn search(
    arcs: &[Vec<(u32, i64)>],
    caps: &BaseCaps,
    person: u32,
    cost: i64,
    chosen: &mut Vec<(u32, u32)>,
) -> i64 {
    if !lawful(caps, chosen) {
        return i64::MAX;
    }
    let Some(offers) = arcs.get(person as usize) else {
        return cost;
    };
    let mut best = search(arcs, caps, person + 1, cost, chosen);
    for &(need, more) in offers {
        chosen.push((person, need));
        best = best.min(search(arcs, caps, person + 1, cost + more, chosen));
        chosen.pop();
    }
    best
}

fn lawful(caps: &BaseCaps, chosen: &[(u32, u32)]) -> bool {
    let count = |of: &dyn Fn(u32, u32) -> bool| {
        u32::try_from(chosen.iter().filter(|&&(person, need)| of(person, need)).count()).unwrap()
    };
    chosen.iter().all(|&(person, need)| {
        let department = caps.department_of_person[person as usize];
        let group = caps.group_of_person[person as usize];
        let unit = caps.unit_of_need[need as usize];
        let leaves = count(&|person, _| caps.department_of_person[person as usize] == department);
        let of_group = count(&|person, _| caps.group_of_person[person as usize] == group);
        let comes = count(&|_, need| caps.unit_of_need[need as usize] == unit);
        leaves <= caps.cap_of_department[department as usize].unwrap_or(u32::MAX)
            && group.is_none_or(|group| of_group <= caps.quota_of_group[group as usize])
            && count(&|_, other| other == need) <= caps.headcount_of_need[need as usize]
            && comes <= caps.cap_of_unit[unit as usize].unwrap_or(u32::MAX)
    }) && count(&|_, _| true) <= caps.max_secondments.unwrap_or(u32::MAX)
}

fn agrees(model: &BaseModel<'_>, session: &Session<'_, '_>, away: &[u32]) {
    let found = session.solution();
    assert_eq!(found.cost, least(model, away));
    assert_eq!(session.worst_reduced_cost(), 0);
    assert!(lawful(&model.caps(), &found.pairs));
}

/// Solves a problem, and again without its second and then its first person.
fn holds(problem: &Problem) {
    let instance = problem.clone().compile().unwrap();
    let model = BaseModel::new(&instance).expect("journeys are short");
    let mut session = model.session();
    agrees(&model, &session, &[]);
    let mut away = Vec::new();
    for person in [1, 0] {
        if person < instance.problem().people.len() {
            away.push(u32::try_from(person).unwrap());
            session.withdraw(away[away.len() - 1]);
            agrees(&model, &session, &away);
        }
    }
}

/// As many people and needs as a pass looks at in parts, most of them too far from each other or forbidden.
fn far_apart(rolls: &[u32]) -> Problem {
    let (units, people) = (300, 60);
    let mut problem = support::land_people(units, people);
    let mut rolls = rolls.iter().cycle().enumerate().map(|(nth, roll)| {
        let mixed = (u64::from(*roll) + 1) * (nth as u64 * 7_919 + 104_729);
        mixed % 1_009
    });
    let mut roll = |below: u64| rolls.next().unwrap() % below;
    for unit in &mut problem.units {
        (unit.lat, unit.lon) = (
            11.0 + roll(1_000) as f64 / 500.0,
            107.0 + roll(1_000) as f64 / 500.0,
        );
    }
    for person in &mut problem.people {
        (person.lat, person.lon) = (
            11.0 + roll(1_000) as f64 / 500.0,
            107.0 + roll(1_000) as f64 / 500.0,
        );
        person.conflicts = (1..=units)
            .filter(|_| roll(3) > 0)
            .map(|nth| format!("u{nth}").into())
            .collect();
        person.skills[0].level = 1 + roll(4) as u8;
    }
    problem.needs = (1..=units)
        .map(|nth| support::need(&format!("n{nth}"), &format!("u{nth}"), "land", 1))
        .collect();
    problem.policy.travel.limit_minutes = Some(45);
    problem
}

proptest! {
    #![proptest_config(random::config(60))]

    /// Too many for every plan there is: the prices of all pairs prove the optimum.
    #[test]
    fn nothing_pays_any_more_where_most_is_forbidden(rolls in prop::collection::vec(0..1_000_u32, 97)) {
        let instance = far_apart(&rolls).compile().unwrap();
        let model = BaseModel::new(&instance).expect("journeys are short");
        let mut session = model.session();
        prop_assert_eq!(session.worst_reduced_cost(), 0);
        prop_assert!(session.solution().pairs.len() > 20);
        for person in [3, 14, 15, 9] {
            session.withdraw(person);
            prop_assert_eq!(session.worst_reduced_cost(), 0);
        }
    }
}

proptest! {
    #![proptest_config(random::config(1_000))]

    #[test]
    fn no_plan_costs_less(problem in random::problems()) {
        holds(&problem);
    }
}
