//! A transportation as the DIMACS generators make them: points in a square, costs by distance.

use crate::Fault;
use crate::dice::Dice;
use crate::round::blank;
use cadre_solver::{Problem, TravelMatrix};
use serde_json::json;

/// Side of the square; the longest distance within it stays below a week of minutes.
const SIDE: u32 = 7_000;

/// Who goes where at which cost.
pub struct Market {
    /// A line for people.
    pub title: String,
    /// Capacity of each sink.
    pub headcounts: Vec<u32>,
    /// A row for each source, which supplies one.
    pub costs: Vec<Vec<u32>>,
}

/// So many sources of one each to so many sinks, whose capacities together just suffice.
///
/// # Errors
/// No sinks.
pub fn invent(sources: u32, sinks: u32, seed: u64) -> Result<Problem, Fault> {
    let mut dice = Dice::new(seed, "transport");
    let mut points = |number: u32| -> Vec<(u32, u32)> {
        (0..number)
            .map(|_| (dice.below(SIDE), dice.below(SIDE)))
            .collect()
    };
    let (from, to) = (points(sources), points(sinks));
    let share = sources
        .checked_div(sinks)
        .ok_or("a transportation needs a sink")?;
    let mut headcounts = vec![share; to.len()];
    for _ in 0..sources - share * sinks {
        headcounts[dice.below(sinks) as usize] += 1;
    }
    let distance =
        |a: &(u32, u32), b: &(u32, u32)| (a.0.abs_diff(b.0).pow(2) + a.1.abs_diff(b.1).pow(2)).isqrt();
    dense(&Market {
        title: format!("Transportation of {sources} to {sinks}, seed {seed}"),
        headcounts,
        costs: from
            .iter()
            .map(|a| to.iter().map(|b| distance(a, b)).collect())
            .collect(),
    })
}

/// A problem in which everyone can go everywhere and only the journey tells pairs apart: its minutes
/// are the costs. A filled seat is worth so much that no journey keeps anyone at home.
///
/// # Errors
/// None that depend on the market.
pub fn dense(market: &Market) -> Result<Problem, Fault> {
    let (people, sinks) = (0..market.costs.len(), 0..market.headcounts.len());
    let person = |at: usize| {
        json!({"id": format!("p{at}"), "department": "d0", "category": "civil_servant", "primary_field": "work",
            "lat": 11, "lon": 108, "skills": [{"field": "work", "level": 0}]})
    };
    let need = |at: usize| {
        json!({"id": format!("n{at}"), "unit": format!("u{at}"), "field": "work",
            "headcount": market.headcounts[at]})
    };
    let mut problem = Problem {
        fields: serde_json::from_value(json!([{"id": "work"}]))?,
        departments: serde_json::from_value(json!([{"id": "d0"}]))?,
        units: serde_json::from_value(
            sinks
                .clone()
                .map(|at| json!({"id": format!("u{at}"), "lat": 11, "lon": 108}))
                .collect(),
        )?,
        people: serde_json::from_value(people.map(person).collect())?,
        needs: serde_json::from_value(sinks.map(need).collect())?,
        ..blank(&market.title)?
    };
    problem.policy.priority_weights.normal = cadre_solver::MAX_WEIGHT;
    problem.policy.travel.bucket_minutes = 1;
    problem.policy.travel.matrix = Some(TravelMatrix {
        people: problem.people.iter().map(|row| row.id.clone()).collect(),
        units: problem.units.iter().map(|row| row.id.clone()).collect(),
        minutes: (market.costs.iter())
            .map(|row| row.iter().copied().map(Some).collect())
            .collect(),
    });
    Ok(problem)
}
