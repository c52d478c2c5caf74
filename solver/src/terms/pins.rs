//! An assignment decided beforehand is in every plan.

use super::{Kind, Term};
use crate::columns::Columns;
use crate::index;
use crate::program::{Limit, Row};

pub(crate) const TERM: Term = Term {
    id: "pins",
    kind: Kind::Rule(rows),
};

fn rows(all: &Columns<'_>) -> Vec<Row> {
    let pins = &all.instance.pins;
    (all.pairs.iter().enumerate())
        .filter(|(_, pair)| pins.contains(&(pair.person, pair.need)))
        .map(|(column, _)| Row::count([index(column)], Limit::AtLeast(1)))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::support::{land_people, need, pairs, pin, skill, solved};

    #[test]
    fn a_pin_holds_even_where_it_costs_a_seat() {
        // p1 alone could serve the IT need; pinned to land, that need stays empty
        let mut problem = land_people(2, 2);
        problem.people[0].skills.push(skill("it", 3));
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u2", "it", 1)];
        assert_eq!(pairs(&solved(&problem)), "p2→n1 p1→n2");
        problem.pins = vec![pin("p1", "n1")];
        let plan = solved(&problem);
        assert_eq!(pairs(&plan), "p1→n1");
        assert!(plan.assignments[0].pinned);
    }
}
