//! The plan of last month, which the round may change only a little.
//!
//! It keeps every rule of the round, so that keeping all of it is one feasible plan; it sends whoever
//! lives near, so that a better plan would change most of it.

use crate::count;
use crate::dice::Dice;
use crate::pairing::{level, may_serve, minutes};
use crate::units::places;
use cadre_solver::{BaseAssignment, DepartmentId, FieldId, Need, Person, PersonId, Problem, UnitId};
use std::collections::{BTreeMap, HashMap, HashSet};

/// People looked at for one need; a tenth of them is eligible.
const DRAWN: u32 = 200;

/// Adds a base plan for a fifth of the needs, and lets a tenth of its lines change.
pub fn add(problem: &mut Problem, dice: &mut Dice) {
    let places = places(&problem.units);
    let speakers: HashMap<_, _> = problem
        .units
        .iter()
        .map(|unit| (&unit.id, &unit.speaker))
        .collect();
    let mut left = Left::new(problem);
    let mut base: Vec<BaseAssignment> = Vec::new();
    for need in &problem.needs {
        let asked = (places.get(&need.unit).zip(speakers.get(&need.unit))).filter(|_| dice.percent(20));
        let Some((spot, codes)) = asked else { continue };
        let drawn: Vec<_> = (0..DRAWN).filter_map(|_| dice.pick(&problem.people)).collect();
        let nearest = (drawn.into_iter())
            .filter(|person| may_serve(person, need) && need.senior_from <= level(person, need))
            .filter(|person| codes.iter().all(|code| person.languages.contains(code)))
            .map(|person| (minutes(person, spot), person))
            .filter(|(journey, person)| left.allows(person, need, *journey))
            .min_by_key(|(journey, _)| *journey);
        if let Some((journey, person)) = nearest {
            left.take(person, need, journey);
            base.push(BaseAssignment {
                person: person.id.clone(),
                need: need.id.clone(),
                announced: dice.percent(50),
            });
        }
    }
    problem.policy.change_budget = Some(count(base.len()) / 10);
    problem.base = base;
}

/// What the caps of the round still allow.
struct Left {
    people: HashSet<PersonId>,
    departments: HashMap<DepartmentId, u32>,
    groups: HashMap<(DepartmentId, FieldId), u32>,
    units: HashMap<UnitId, u32>,
    fields: BTreeMap<FieldId, u32>,
    minutes: u64,
}

impl Left {
    fn new(problem: &Problem) -> Self {
        let in_teams: HashSet<_> = problem.teams.iter().flat_map(|team| &team.members).collect();
        let mut groups = HashMap::new();
        for person in &problem.people {
            let group = (person.department.clone(), person.primary_field.clone());
            *groups.entry(group).or_insert(0_u32) += 1;
        }
        for department in &problem.departments {
            for (field, floor) in &department.field_floors {
                let group = (department.id.clone(), field.clone());
                groups
                    .entry(group)
                    .and_modify(|members| *members = members.saturating_sub(*floor));
            }
        }
        let departments = problem.departments.iter();
        let units = problem.units.iter();
        let people = problem.people.iter().map(|person| &person.id);
        Self {
            people: people.filter(|id| !in_teams.contains(id)).cloned().collect(),
            departments: departments
                .filter_map(|department| Some((department.id.clone(), department.release_cap?)))
                .collect(),
            groups,
            units: units
                .filter_map(|unit| Some((unit.id.clone(), unit.cap?)))
                .collect(),
            fields: problem.policy.field_caps.clone(),
            minutes: problem.policy.travel_budget_minutes.unwrap_or(u64::MAX),
        }
    }

    fn allows(&self, person: &Person, need: &Need, journey: u64) -> bool {
        let some = |left: Option<&u32>| left.is_none_or(|&left| left > 0);
        let group = (person.department.clone(), person.primary_field.clone());
        self.people.contains(&person.id)
            && some(self.departments.get(&person.department))
            && some(self.groups.get(&group))
            && some(self.units.get(&need.unit))
            && some(self.fields.get(&need.field))
            // a minute off for the solver's own arithmetic
            && self.minutes > journey
    }

    fn take(&mut self, person: &Person, need: &Need, journey: u64) {
        let less = |left: &mut u32| *left -= 1;
        let group = (person.department.clone(), person.primary_field.clone());
        self.people.remove(&person.id);
        self.departments.entry(person.department.clone()).and_modify(less);
        self.groups.entry(group).and_modify(less);
        self.units.entry(need.unit.clone()).and_modify(less);
        self.fields.entry(need.field.clone()).and_modify(less);
        self.minutes -= journey + 1;
    }
}
