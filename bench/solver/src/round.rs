//! A round as a province or the nation might have it.

use crate::atlas::Atlas;
use crate::cases::Size;
use crate::dice::Dice;
use crate::{Fault, base_plan, breaking, departments, needs, people, teams, units};
use cadre_solver::{FORMAT, Field, Policy, Problem, Term};

/// Invents a round; with `terms` it has everything that makes the model more than a network.
///
/// # Errors
/// A catalogue that can't be read.
pub fn invent(size: &Size, seed: u64, terms: bool) -> Result<Problem, Fault> {
    let atlas = Atlas::read(size.province)?;
    let term = term()?;
    let people = people::invent(size.people, &atlas, term, &mut Dice::new(seed, "people"));
    let needs = needs::invent(size.needs, &atlas, &mut Dice::new(seed, "needs"));
    let mut problem = Problem {
        format: FORMAT.to_owned(),
        title: Some(format!("Invented round {}, seed {seed}", size.name)),
        term,
        fields: atlas.fields.iter().map(|id| Field { id: id.clone() }).collect(),
        departments: departments::invent(&people, &mut Dice::new(seed, "departments")),
        units: units::invent(&atlas, &needs, &people, &mut Dice::new(seed, "units")),
        people,
        needs,
        pins: Vec::new(),
        prohibitions: Vec::new(),
        base: Vec::new(),
        teams: Vec::new(),
        policy: Policy::default(),
    };
    if terms {
        breaking::add(&mut problem, &mut Dice::new(seed, "terms"));
        teams::add(&mut problem, &mut Dice::new(seed, "teams"));
        base_plan::add(&mut problem, &mut Dice::new(seed, "base"));
    }
    Ok(problem)
}

/// Three months.
///
/// # Errors
/// None: the days exist.
pub fn term() -> Result<Term, Fault> {
    Ok(Term {
        start: "2026-08-01".parse()?,
        end: "2026-10-31".parse()?,
    })
}
