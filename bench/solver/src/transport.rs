//! A transportation as the DIMACS generators make them: points in a square, costs by distance.

use crate::Fault;
use crate::dice::Dice;
use crate::round::term;
use cadre_solver::{
    Category, FORMAT, Field, Need, Person, Policy, Priority, PriorityWeights, Problem, Skill, TravelMatrix,
    Unit,
};

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
    let field = "work";
    let units: Vec<_> = (0..market.headcounts.len()).map(|at| format!("u{at}")).collect();
    let people: Vec<_> = (0..market.costs.len()).map(|at| format!("p{at}")).collect();
    let mut policy = Policy {
        priority_weights: PriorityWeights {
            normal: cadre_solver::MAX_WEIGHT,
            ..PriorityWeights::default()
        },
        ..Policy::default()
    };
    policy.travel.bucket_minutes = 1;
    policy.travel.matrix = Some(TravelMatrix {
        people: people.iter().map(|id| id.as_str().into()).collect(),
        units: units.iter().map(|id| id.as_str().into()).collect(),
        minutes: market
            .costs
            .iter()
            .map(|row| row.iter().copied().map(Some).collect())
            .collect(),
    });
    Ok(Problem {
        format: FORMAT.to_owned(),
        title: Some(market.title.clone()),
        term: term()?,
        fields: vec![Field { id: field.into() }],
        departments: vec![cadre_solver::Department {
            id: "d0".into(),
            release_cap: None,
            field_floors: std::collections::BTreeMap::new(),
        }],
        units: units.iter().map(|id| unit(id)).collect(),
        people: people.iter().map(|id| person(id, field)).collect(),
        needs: market
            .headcounts
            .iter()
            .zip(&units)
            .map(|(&seats, id)| need(seats, id, field))
            .collect(),
        pins: Vec::new(),
        prohibitions: Vec::new(),
        base: Vec::new(),
        teams: Vec::new(),
        policy,
    })
}

fn unit(id: &str) -> Unit {
    Unit {
        id: id.into(),
        lat: 11.0,
        lon: 108.0,
        cap: None,
        housing: false,
        hardship: 0,
        acceptable: Vec::new(),
        speaker: Vec::new(),
    }
}

fn person(id: &str, field: &str) -> Person {
    let skill = Skill {
        field: field.into(),
        level: 0,
        verified: false,
        years: None,
    };
    Person {
        id: id.into(),
        department: "d0".into(),
        category: Category::CivilServant,
        primary_field: field.into(),
        lat: 11.0,
        lon: 108.0,
        skills: vec![skill],
        languages: Vec::new(),
        unavailable: Vec::new(),
        bars: Vec::new(),
        last_secondment_end: None,
        volunteer: false,
        conflicts: Vec::new(),
        past_secondments: 0,
        hardship_so_far: 0,
        preferences: Vec::new(),
    }
}

fn need(headcount: u32, unit: &str, field: &str) -> Need {
    Need {
        id: format!("n-{unit}").into(),
        unit: unit.into(),
        field: field.into(),
        headcount,
        min_level: 0,
        languages: Vec::new(),
        preferred_languages: Vec::new(),
        priority: Priority::Normal,
        authority_seat: false,
        senior_from: None,
    }
}
