//! At most so many secondments in the whole round.

use super::{Kind, Term};
use crate::columns::Columns;
use crate::program::Row;

pub(crate) const TERM: Term = Term {
    id: "max_secondments",
    kind: Kind::Rule(rows),
};

fn rows(all: &Columns<'_>) -> Vec<Row> {
    let cap = all.instance.problem().policy.max_secondments;
    let columns = all.grouped(1, |_| Some(0));
    (columns.into_iter())
        .filter_map(|columns| Columns::cap(columns, cap?))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, solved};

    #[test]
    fn the_round_pays_for_two_in_all() {
        let mut problem = land_people(3, 3);
        problem.needs = (1..=3)
            .map(|n| need(&format!("n{n}"), &format!("u{n}"), "land", 1))
            .collect();
        problem.policy.max_secondments = Some(2);
        assert_eq!(solved(&problem).assignments.len(), 2);
    }
}
