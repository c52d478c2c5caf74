//! A junior serves only beside a senior: people below the level `senior_from` of a need, in the
//! need's field, may serve it only if somebody of at least that level serves a need of the same
//! field in the same unit.
//!
//! For each unit, field and level L, with y = 1 when anybody serves a need there that asks for
//! seniors of level L: `Σ_need x ≤ headcount · y` for each such need, and `Σ_seniors x ≥ y` over
//! everybody of level L or above in needs of the field in the unit; all in people. A senior who
//! serves such a need is a senior beside it, so seniors count in the first rows as well, which
//! makes the relaxation tighter than juniors alone would. A junior's seat is open only if another
//! seat is taken, which no bound on flows says: the relaxation sends half a senior to two units. Where
//! the rule binds, the general model solves.
//!
//! Example: a need asks for 2 people and for seniors of level 3. Levels 2 and 3 together may serve it,
//! `2 ≤ 2 · 1` and `1 ≥ 1`; two people of level 2 may not, because `0 ≥ 1` is false.

use super::{Kind, Rule, Term};
use crate::index;
use crate::instance::Instance;
use crate::market::Market;
use crate::program::Limit;
use crate::rulebook::{Clauses, Scope};
use std::collections::{BTreeMap, HashMap};

pub(crate) const TERM: Term = Term {
    id: "senior",
    kind: Kind::Rule(Rule::breaking(
        write,
        |problem| problem.needs.iter().any(|need| need.senior_from.is_some()),
        binds,
    )),
};

fn write(market: Market<'_>) -> Clauses<'_> {
    let instance = market.instance;
    let mut clauses = Clauses::blank(Scope::Kind);
    // by unit, field and level: the flag
    let mut flag_of = BTreeMap::new();
    let mut of_need = HashMap::new();
    for (number, need) in (0_u32..).zip(&instance.needs) {
        let Some(level) = need.senior_from else { continue };
        let flag = *(flag_of.entry((need.unit, need.field, level))).or_insert_with(|| clauses.flag());
        let row = clauses.row(Limit::AtMost(0), flag, -i64::from(need.headcount));
        of_need.insert(number, row);
    }
    // by unit and field: levels and the rows of their seniors
    let mut seniors: HashMap<_, Vec<(u8, u32)>> = HashMap::new();
    for ((unit, field, level), flag) in flag_of {
        let row = clauses.row(Limit::AtLeast(0), flag, -1);
        seniors.entry((unit, field)).or_default().push((level, row));
    }
    clauses.of_pair = Box::new(move |pair, entries| {
        let need = instance.need(pair.need);
        let Some(rows) = seniors.get(&(need.unit, need.field)) else {
            return;
        };
        entries.extend(of_need.get(&pair.need).map(|&row| (row, 1)));
        let rows = rows.iter().filter(|&&(level, _)| pair.level >= level);
        entries.extend(rows.map(|&(_, row)| (row, 1)));
    });
    clauses
}

/// Whether anybody could serve a need as a junior.
fn binds(instance: &Instance) -> bool {
    (0..index(instance.needs.len())).any(|need| {
        (instance.need(need).senior_from)
            .is_some_and(|level| instance.eligible_for(need).any(|pair| pair.level < level))
    })
}

#[cfg(test)]
mod tests {
    use crate::Problem;
    use crate::support::{general, land_people, need, network, pairs, solved};

    /// p1 and p2 of level 2, p3 of level 3 but far away.
    fn juniors() -> Problem {
        let mut problem = land_people(1, 3);
        problem.people[2].skills[0].level = 3;
        problem.policy.weights = [("fit_level".to_owned(), 0)].into();
        problem.people[2].lat += 0.5;
        problem.needs = vec![need("n1", "u1", "land", 2)];
        problem
    }

    #[test]
    fn the_senior_comes_along_although_juniors_live_nearer() {
        let mut problem = juniors();
        assert_eq!(pairs(&network(&problem)), "p1→n1 p2→n1");
        problem.needs[0].senior_from = Some(3);
        let plan = general(&problem);
        assert_eq!(plan.assignments.len(), 2);
        assert!(plan.assignments.iter().any(|row| row.person.as_str() == "p3"));
    }

    #[test]
    fn a_senior_in_another_need_of_field_and_unit_will_do() {
        let mut problem = juniors();
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u1", "land", 1)];
        problem.needs[0].senior_from = Some(3);
        problem.needs[1].min_level = 3;
        assert_eq!(solved(&problem).assignments.len(), 2);
        problem.needs[1].field = "it".into();
        assert_eq!(pairs(&general(&problem)), "p3→n1");
    }

    #[test]
    fn one_seat_is_for_a_senior() {
        let mut problem = juniors();
        problem.needs[0].headcount = 1;
        problem.needs[0].senior_from = Some(3);
        assert_eq!(pairs(&general(&problem)), "p3→n1");
        problem.people.pop();
        assert!(general(&problem).assignments.is_empty());
    }
}
