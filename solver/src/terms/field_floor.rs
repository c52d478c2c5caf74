//! Of a department's people with one primary field, so many must stay: at most the others leave.
//!
//! The group is the person's field at home, not the field of the need, so that the groups nest
//! inside the departments and the model stays a network.

use super::{Kind, Term};
use crate::columns::Columns;
use crate::program::Row;

pub(crate) const TERM: Term = Term {
    id: "field_floor",
    kind: Kind::Rule(rows),
};

fn rows(all: &Columns<'_>) -> Vec<Row> {
    let instance = all.instance;
    let mut rows = Vec::new();
    for (number, department) in (0_u32..).zip(&instance.departments) {
        if department.group_quotas.is_empty() {
            continue;
        }
        let groups = all.grouped(instance.holders.len(), |pair| {
            let person = instance.person(pair.person);
            (person.department == number).then_some(person.primary_field)
        });
        for &(field, quota) in &department.group_quotas {
            rows.extend(Columns::cap(groups[field as usize].clone(), quota));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, skill, solved};

    #[test]
    fn two_of_three_land_officers_must_stay_whatever_they_would_do_elsewhere() {
        let mut problem = land_people(1, 3);
        problem.departments[0].field_floors = [("land".into(), 2)].into();
        // p1 would go as an IT officer, but is a land officer at home
        problem.people[0].skills.push(skill("it", 3));
        problem.needs = vec![need("n1", "u1", "it", 1), need("n2", "u1", "land", 2)];
        assert_eq!(solved(&problem).assignments.len(), 1);
    }

    #[test]
    fn a_floor_above_the_staff_keeps_everyone() {
        let mut problem = land_people(1, 3);
        problem.departments[0].field_floors = [("land".into(), 9)].into();
        problem.needs = vec![need("n1", "u1", "land", 3)];
        assert_eq!(solved(&problem).assignments.len(), 0);
    }
}
