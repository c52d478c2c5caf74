//! The caps of the base model in numbers: who is in which group of which department, which need is
//! in which unit, and how many each lets through.

use crate::count;
use cadre_solver::Problem;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// The network around the eligible pairs. `None` means no cap.
#[derive(Debug, Serialize, Deserialize)]
pub struct Caps {
    /// Of each person.
    pub department_of_person: Vec<u32>,
    /// Of each person: the group with a floor, if the person is in one.
    pub group_of_person: Vec<Option<u32>>,
    /// Of each group: its department.
    pub department_of_group: Vec<u32>,
    /// Of each group: how many may leave.
    pub quota_of_group: Vec<u32>,
    /// Of each department: how many may leave.
    pub cap_of_department: Vec<Option<u32>>,
    /// Of each need.
    pub unit_of_need: Vec<u32>,
    /// Of each need.
    pub headcount_of_need: Vec<u32>,
    /// Of each unit: how many it absorbs.
    pub cap_of_unit: Vec<Option<u32>>,
}

impl Caps {
    /// Reads them off a problem that compiles.
    #[must_use]
    pub fn of(problem: &Problem) -> Self {
        let departments: HashMap<_, u32> = problem.departments.iter().map(|row| &row.id).zip(0..).collect();
        let units: HashMap<_, u32> = problem.units.iter().map(|row| &row.id).zip(0..).collect();
        let mut groups = BTreeMap::new();
        let (mut department_of_group, mut quota_of_group) = (Vec::new(), Vec::new());
        for (at, department) in (0..).zip(&problem.departments) {
            for (field, &floor) in &department.field_floors {
                let in_group = |person: &&cadre_solver::Person| {
                    person.department == department.id && person.primary_field == *field
                };
                let members = count(problem.people.iter().filter(in_group).count());
                groups.insert((at, field), count(quota_of_group.len()));
                department_of_group.push(at);
                quota_of_group.push(members.saturating_sub(floor));
            }
        }
        let people = problem.people.iter();
        let department_of_person: Vec<u32> = people.map(|row| departments[&row.department]).collect();
        let of_person = problem.people.iter().zip(&department_of_person);
        let default = problem.policy.unit_cap;
        Self {
            group_of_person: of_person
                .map(|(row, &department)| groups.get(&(department, &row.primary_field)).copied())
                .collect(),
            department_of_person,
            department_of_group,
            quota_of_group,
            cap_of_department: problem.departments.iter().map(|row| row.release_cap).collect(),
            unit_of_need: problem.needs.iter().map(|row| units[&row.unit]).collect(),
            headcount_of_need: problem.needs.iter().map(|row| row.headcount).collect(),
            cap_of_unit: problem.units.iter().map(|row| row.cap.or(default)).collect(),
        }
    }
}
