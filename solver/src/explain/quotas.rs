//! How many may leave each body, how many do, and what one more would be as an edit.

use super::Explainer;
use super::residual::Node;
use crate::edit::Edit;
use crate::index;
use crate::instance::Instance;
use std::collections::BTreeMap;
use std::ops::Range;

/// How many may leave, and how many do.
pub(super) struct Quotas {
    all: (u32, Option<u32>),
    departments: Vec<(u32, Option<u32>)>,
    groups: BTreeMap<(u32, u32), (u32, u32)>,
}

impl Quotas {
    pub(super) fn of(explainer: &Explainer<'_>) -> Self {
        let instance = explainer.instance;
        let mut quotas = Self {
            all: (0, instance.problem().policy.max_secondments),
            departments: instance
                .departments
                .iter()
                .map(|row| (0, row.release_cap))
                .collect(),
            groups: (0_u32..)
                .zip(&instance.departments)
                .flat_map(|(at, row)| {
                    row.group_quotas
                        .iter()
                        .map(move |&(field, quota)| ((at, field), (0, quota)))
                })
                .collect(),
        };
        for (person, _) in (0_u32..)
            .zip(&explainer.serves)
            .filter(|(_, serves)| serves.is_some())
        {
            let row = instance.person(person);
            quotas.all.0 += 1;
            quotas.departments[row.department as usize].0 += 1;
            if let Some(group) = quotas.groups.get_mut(&(row.department, row.primary_field)) {
                group.0 += 1;
            }
        }
        quotas
    }

    pub(super) fn province_is_open(&self) -> bool {
        self.all.1.is_none_or(|cap| self.all.0 < cap)
    }

    pub(super) fn department_is_open(&self, department: u32) -> bool {
        let (left, cap) = self.departments[department as usize];
        cap.is_none_or(|cap| left < cap)
    }

    pub(super) fn group_is_open(&self, group: (u32, u32)) -> bool {
        self.groups.get(&group).is_none_or(|&(left, quota)| left < quota)
    }

    pub(super) fn groups(&self) -> impl Iterator<Item = ((u32, u32), u32)> {
        self.groups.iter().map(|(&group, &(_, quota))| (group, quota))
    }

    pub(super) fn has_group(&self, group: (u32, u32)) -> bool {
        self.groups.contains_key(&group)
    }

    pub(super) fn groups_of(&self, department: u32) -> impl Iterator<Item = (u32, u32)> {
        (self.groups.range((department, 0)..=(department, u32::MAX))).map(|(&group, _)| group)
    }

    pub(super) fn departments(&self) -> Range<u32> {
        0..index(self.departments.len())
    }

    /// One more on each quota that is used up, and the arc that it opens.
    pub(super) fn one_more(&self, instance: &Instance) -> Vec<(Node, Node, Edit)> {
        let problem = instance.problem();
        let mut more = Vec::new();
        for (at, row) in (0_u32..).zip(&problem.departments) {
            if let Some(cap) = row.release_cap.filter(|_| !self.department_is_open(at)) {
                let department = row.id.clone();
                let edit = Edit::ReleaseCap {
                    department,
                    cap: Some(cap + 1),
                };
                more.push((Node::Province, Node::Department(at), edit));
            }
        }
        for (&(at, field), &(left, quota)) in &self.groups {
            let staff = (instance.people.iter())
                .filter(|person| person.department == at && person.primary_field == field)
                .count();
            if left >= quota && index(staff) > quota {
                let edit = Edit::FieldFloor {
                    department: problem.departments[at as usize].id.clone(),
                    field: problem.fields[field as usize].id.clone(),
                    // a floor above the staff has to come down further than by one
                    floor: index(staff) - (quota + 1),
                };
                more.push((Node::Department(at), Node::Group(at, field), edit));
            }
        }
        if let Some(cap) = problem
            .policy
            .max_secondments
            .filter(|_| !self.province_is_open())
        {
            let edit = Edit::MaxSecondments { cap: Some(cap + 1) };
            more.push((Node::Root, Node::Province, edit));
        }
        more
    }

    /// Whether nothing at home holds a person back.
    pub(super) fn lets_go(&self, instance: &Instance, person: u32) -> bool {
        let row = instance.person(person);
        self.province_is_open()
            && self.department_is_open(row.department)
            && self.group_is_open((row.department, row.primary_field))
    }
}
