//! Two plans as tables for a terminal: which is better, tier by tier, who moves, needs, measures.

use super::measures_table::rows;
use super::output::table;
use super::plan_table::word;
use cadre_solver::{Better, Comparison, Move, NeedDifference, Post, TierDifference, Value};

/// The comparison's tables.
pub(super) fn text(comparison: &Comparison) -> String {
    let mut text = summary(comparison) + "\n" + &tiers(&comparison.tiers);
    if !comparison.moves.is_empty() {
        text += &("\n".to_owned() + &moves(&comparison.moves));
    }
    if !comparison.needs.is_empty() {
        text += &("\n".to_owned() + &needs(&comparison.needs));
    }
    text + "\n" + &measures(comparison)
}

fn summary(comparison: &Comparison) -> String {
    let verdict = match comparison.better {
        Better::Same => "neither".to_owned(),
        Better::Incomparable => "they can't be compared".to_owned(),
        better => {
            let tier = comparison.decided_by.as_ref().map(word).unwrap_or_default();
            format!("the {better}, by tier {tier}")
        }
    };
    let problem = if comparison.same_problem {
        "the same"
    } else {
        "two, matched by ids"
    };
    table(&[], [["better", verdict.as_str()], ["problem", problem]])
}

fn tiers(tiers: &[TierDifference]) -> String {
    let value = |value: &Option<Value>| value.as_ref().map_or("-".to_owned(), Value::to_string);
    let rows = tiers.iter().map(|tier| {
        [
            word(&tier.tier),
            value(&tier.first),
            value(&tier.second),
            tier.difference.map_or(String::new(), signed),
            tier.better.to_string(),
        ]
    });
    table(&["TIER", "FIRST", "SECOND", "DIFFERENCE", "BETTER"], rows)
}

fn moves(moves: &[Move]) -> String {
    let at = |post: &Post| format!("{} in {}", post.need, post.unit);
    let rows = moves.iter().map(|change| match change {
        Move::Moved { person, from, to } => [person.to_string(), at(from), at(to)],
        Move::Joined { person, to } => [person.to_string(), "-".to_owned(), at(to)],
        Move::Left { person, from } => [person.to_string(), at(from), "-".to_owned()],
    });
    table(&["PERSON", "FROM", "TO"], rows)
}

fn needs(needs: &[NeedDifference]) -> String {
    let rows = needs.iter().map(|need| {
        [
            need.unit.to_string(),
            need.need.to_string(),
            need.first.to_string(),
            need.second.to_string(),
            signed(need.gained()),
        ]
    });
    table(&["UNIT", "NEED", "FIRST", "SECOND", "GAINED"], rows)
}

fn measures(comparison: &Comparison) -> String {
    // both are measured against the same problem, so the same rows are there
    let pairs = rows(&comparison.first).into_iter().zip(rows(&comparison.second));
    let rows = pairs.map(|((name, first), (_, second))| {
        let mark = if first == second { "" } else { "*" };
        [name, first, second, mark.to_owned()]
    });
    table(&["MEASURE", "FIRST", "SECOND", ""], rows)
}

fn signed(number: i64) -> String {
    format!("{number:+}")
}
