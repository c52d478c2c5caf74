//! Two plans as tables for a terminal: which is better, tier by tier, who moves, needs, measures.

use super::measures_table::rows;
use super::output::table;
use super::plan_table::tier;
use crate::error::{Language, Text};
use crate::say;
use cadre_solver::{Better, Comparison, Move, NeedDifference, Post, TierDifference, Value};

/// The comparison's tables.
pub(super) fn text(comparison: &Comparison, language: Language) -> String {
    let mut text = summary(comparison, language) + "\n" + &tiers(&comparison.tiers, language);
    if !comparison.moves.is_empty() {
        text += &("\n".to_owned() + &moves(&comparison.moves, language));
    }
    if !comparison.needs.is_empty() {
        text += &("\n".to_owned() + &needs(&comparison.needs, language));
    }
    text + "\n" + &measures(comparison, language)
}

fn summary(comparison: &Comparison, language: Language) -> String {
    let problem = if comparison.same_problem {
        say!("the same", "giống nhau")
    } else {
        say!("two, matched by ids", "hai bài toán, đối chiếu theo mã")
    };
    let rows = [
        (say!("better", "tốt hơn"), verdict(comparison)),
        (say!("problem", "bài toán"), problem),
    ];
    let told = |text: &Text| text.in_language(language).to_owned();
    table(&[], rows.iter().map(|(name, value)| [told(name), told(value)]))
}

fn verdict(comparison: &Comparison) -> Text {
    match comparison.better {
        Better::Same => say!("neither", "hai phương án ngang nhau"),
        Better::Incomparable => say!("they can't be compared", "không so sánh được"),
        winner => {
            let nothing = || Text::fixed("", "");
            let (plan, tier) = (better(winner), comparison.decided_by.map_or_else(nothing, tier));
            Text {
                en: format!("the {}, by tier {}", plan.en, tier.en).into(),
                vi: format!("phương án {}, theo tiêu chí: {}", plan.vi, tier.vi).into(),
            }
        }
    }
}

/// Which of two plans is better, in one word.
fn better(better: Better) -> Text {
    let vietnamese = match better {
        Better::First => "thứ nhất",
        Better::Second => "thứ hai",
        Better::Same => "như nhau",
        Better::Incomparable => "không so sánh được",
    };
    Text::fixed(better.as_str(), vietnamese)
}

fn tiers(tiers: &[TierDifference], language: Language) -> String {
    let header = match language {
        Language::En => ["TIER", "FIRST", "SECOND", "DIFFERENCE", "BETTER"],
        Language::Vi => ["TIÊU CHÍ", "THỨ NHẤT", "THỨ HAI", "CHÊNH LỆCH", "TỐT HƠN"],
    };
    let value = |value: &Option<Value>| value.as_ref().map_or("-".to_owned(), Value::to_string);
    let rows = tiers.iter().map(|row| {
        [
            tier(row.tier).in_language(language).to_owned(),
            value(&row.first),
            value(&row.second),
            row.difference.map_or(String::new(), signed),
            better(row.better).in_language(language).to_owned(),
        ]
    });
    table(&header, rows)
}

fn moves(moves: &[Move], language: Language) -> String {
    let header = match language {
        Language::En => ["PERSON", "FROM", "TO"],
        Language::Vi => ["NGƯỜI", "TỪ", "ĐẾN"],
    };
    let at = |post: &Post| {
        let (need, unit) = (&post.need, &post.unit);
        let told = say!("{need} in {unit}", "{need} tại {unit}");
        told.in_language(language).to_owned()
    };
    let rows = moves.iter().map(|change| match change {
        Move::Moved { person, from, to } => [person.to_string(), at(from), at(to)],
        Move::Joined { person, to } => [person.to_string(), "-".to_owned(), at(to)],
        Move::Left { person, from } => [person.to_string(), at(from), "-".to_owned()],
    });
    table(&header, rows)
}

fn needs(needs: &[NeedDifference], language: Language) -> String {
    let header = match language {
        Language::En => ["UNIT", "NEED", "FIRST", "SECOND", "GAINED"],
        Language::Vi => ["ĐƠN VỊ", "NHU CẦU", "THỨ NHẤT", "THỨ HAI", "TĂNG, GIẢM"],
    };
    let rows = needs.iter().map(|need| {
        [
            need.unit.to_string(),
            need.need.to_string(),
            need.first.to_string(),
            need.second.to_string(),
            signed(need.gained()),
        ]
    });
    table(&header, rows)
}

fn measures(comparison: &Comparison, language: Language) -> String {
    let header = match language {
        Language::En => ["MEASURE", "FIRST", "SECOND", ""],
        Language::Vi => ["CHỈ SỐ", "THỨ NHẤT", "THỨ HAI", ""],
    };
    let (first, second) = (&comparison.first, &comparison.second);
    // both are measured against the same problem, so the same rows are there
    let pairs = rows(first, language).into_iter().zip(rows(second, language));
    let rows = pairs.map(|((name, first), (_, second))| {
        let mark = if first == second { "" } else { "*" };
        [name, first, second, mark.to_owned()]
    });
    table(&header, rows)
}

fn signed(number: i64) -> String {
    format!("{number:+}")
}
