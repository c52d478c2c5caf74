//! The bodies that people come from, with what they can spare.

use crate::count;
use crate::dice::Dice;
use cadre_solver::{Department, DepartmentId, FieldId, Person};
use std::collections::BTreeMap;

/// Every department that somebody works for. Four in five cap how many leave; two in three keep
/// some people of their strongest field, so that the floor binds before the cap or after it.
pub fn invent(people: &[Person], dice: &mut Dice) -> Vec<Department> {
    let mut staff: BTreeMap<&DepartmentId, BTreeMap<&FieldId, u32>> = BTreeMap::new();
    for person in people {
        let groups = staff.entry(&person.department).or_default();
        *groups.entry(&person.primary_field).or_default() += 1;
    }
    staff
        .into_iter()
        .map(|(id, groups)| {
            let all: u32 = groups.values().sum();
            let capped = dice.percent(80);
            let share = dice.between(30, 70);
            let strongest = groups.iter().max_by_key(|&(_, members)| members);
            let keeps = dice.percent(66);
            let kept = dice.between(30, 80);
            Department {
                id: id.clone(),
                release_cap: capped.then(|| (all * share).div_ceil(100)),
                field_floors: strongest
                    .filter(|_| keeps)
                    .map(|(&field, &members)| (field.clone(), members * kept / 100))
                    .into_iter()
                    .collect(),
            }
        })
        .collect()
}

/// Most people who can leave, over all departments, by caps alone.
#[must_use]
pub fn releasable(departments: &[Department], people: &[Person]) -> u32 {
    let mut staff: BTreeMap<&DepartmentId, u32> = BTreeMap::new();
    for person in people {
        *staff.entry(&person.department).or_default() += 1;
    }
    let leave = |department: &Department| {
        let all = staff.get(&department.id).copied().unwrap_or(0);
        department.release_cap.map_or(all, |cap| cap.min(all))
    };
    departments
        .iter()
        .map(leave)
        .sum::<u32>()
        .min(count(people.len()))
}
