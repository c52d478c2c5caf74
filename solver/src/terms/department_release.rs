//! A department releases at most so many people, whatever their field.

use super::{Kind, Term};
use crate::columns::Columns;
use crate::program::Row;

pub(crate) const TERM: Term = Term {
    id: "department_release",
    kind: Kind::Rule(rows),
};

fn rows(all: &Columns<'_>) -> Vec<Row> {
    let instance = all.instance;
    let departments = &instance.departments;
    let columns = all.grouped(departments.len(), |pair| {
        Some(instance.person(pair.person).department)
    });
    (columns.into_iter().zip(departments))
        .filter_map(|(columns, department)| Columns::cap(columns, department.release_cap?))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::support::{filled, land_people, need, solved};

    #[test]
    fn a_department_that_releases_one_sends_one() {
        let mut problem = land_people(1, 3);
        problem.needs = vec![need("n1", "u1", "land", 3)];
        problem.departments[0].release_cap = Some(1);
        assert_eq!(filled(&problem, &solved(&problem)), "n1:1");
    }

    #[test]
    fn a_cap_of_zero_sends_nobody() {
        let mut problem = land_people(1, 3);
        problem.needs = vec![need("n1", "u1", "land", 3)];
        problem.departments[0].release_cap = Some(0);
        assert_eq!(filled(&problem, &solved(&problem)), "n1:0");
    }
}
