//! A need gets at most as many people as it asked for; what stays empty is reported.

use super::{Kind, Term};
use crate::columns::Columns;
use crate::program::Row;

pub(crate) const TERM: Term = Term {
    id: "need_headcount",
    kind: Kind::Rule(rows),
};

fn rows(all: &Columns<'_>) -> Vec<Row> {
    let needs = &all.instance.needs;
    (all.grouped(needs.len(), |pair| Some(pair.need)).into_iter())
        .zip(needs)
        .filter_map(|(columns, need)| Columns::cap(columns, need.headcount))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::support::{filled, land_people, need, solved};

    #[test]
    fn three_people_for_two_seats_leave_one_at_home() {
        let mut problem = land_people(1, 3);
        problem.needs = vec![need("n1", "u1", "land", 2)];
        assert_eq!(filled(&problem, &solved(&problem)), "n1:2");
    }

    #[test]
    fn one_person_for_two_seats_leaves_one_empty_and_says_so() {
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 2)];
        let plan = solved(&problem);
        assert_eq!((plan.unmet[0].filled, plan.unmet[0].missing), (1, 1));
        assert_eq!((plan.unmet[0].have_field, plan.unmet[0].eligible), (1, 1));
    }
}
