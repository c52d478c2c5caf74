//! A person serves at most one need.

use super::{Kind, Term};
use crate::columns::Columns;
use crate::program::Row;

pub(crate) const TERM: Term = Term {
    id: "person_once",
    kind: Kind::Rule(rows),
};

fn rows(all: &Columns<'_>) -> Vec<Row> {
    let people = all.instance.people.len();
    (all.grouped(people, |pair| Some(pair.person)).into_iter())
        .filter_map(|columns| Columns::cap(columns, 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::support::{filled, land_people, need, person, solved};

    #[test]
    fn one_person_cannot_serve_two_needs() {
        let mut problem = land_people(2, 1);
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u2", "land", 1)];
        assert_eq!(solved(&problem).assignments.len(), 1);
        problem.people.push(person("p2", "land"));
        assert_eq!(filled(&problem, &solved(&problem)), "n1:1 n2:1");
    }
}
