//! A round as a province or the nation might have it.

use crate::atlas::Atlas;
use crate::cases::Size;
use crate::dice::Dice;
use crate::{Fault, base_plan, breaking, departments, needs, people, teams, units};
use cadre_solver::{FORMAT, Field, Problem};
use serde_json::json;

/// Invents a round; with `terms` it has everything that makes the model more than a network.
///
/// # Errors
/// A catalogue that can't be read.
pub fn invent(size: &Size, seed: u64, terms: bool) -> Result<Problem, Fault> {
    let atlas = Atlas::read(size.province)?;
    let blank = blank(&format!("Invented round {}, seed {seed}", size.name))?;
    let people = people::invent(size.people, &atlas, blank.term, &mut Dice::new(seed, "people"));
    let needs = needs::invent(size.needs, &atlas, &mut Dice::new(seed, "needs"));
    let mut problem = Problem {
        fields: atlas.fields.iter().map(|id| Field { id: id.clone() }).collect(),
        departments: departments::invent(&people, &mut Dice::new(seed, "departments")),
        units: units::invent(&atlas, &needs, &people, &mut Dice::new(seed, "units")),
        people,
        needs,
        ..blank
    };
    if terms {
        breaking::add(&mut problem, &mut Dice::new(seed, "terms"));
        teams::add(&mut problem, &mut Dice::new(seed, "teams"));
        base_plan::add(&mut problem, &mut Dice::new(seed, "base"));
    }
    Ok(problem)
}

/// A problem of three months without anybody in it.
///
/// # Errors
/// A format that asks for more.
pub fn blank(title: &str) -> Result<Problem, Fault> {
    let document = json!({
        "format": FORMAT, "title": title, "term": {"start": "2026-08-01", "end": "2026-10-31"},
        "fields": [], "departments": [], "units": [], "people": [], "needs": [],
    });
    Ok(serde_json::from_value(document)?)
}
