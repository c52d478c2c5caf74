//! Invented needs: what the communes ask for.

use crate::atlas::Atlas;
use crate::dice::Dice;
use crate::people::LANGUAGES;
use cadre_solver::{Need, Priority};

/// Needs in all units of the atlas. Fields and levels are drawn evenly: with two skills a person
/// and levels from 0 to 4, a tenth of all pairs is then eligible.
pub fn invent(count: u32, atlas: &Atlas, dice: &mut Dice) -> Vec<Need> {
    let spots: Vec<_> = atlas.spots().collect();
    (0..count)
        .filter_map(|number| {
            Some(Need {
                id: format!("n{number}").into(),
                unit: dice.pick(&spots)?.code.as_str().into(),
                field: dice.pick(&atlas.fields)?.clone(),
                headcount: dice.weighted(&[(80, 1), (15, 2), (5, 3)], 1),
                min_level: dice.small(0, 3),
                languages: some_language(4, dice),
                preferred_languages: some_language(25, dice),
                priority: priority(dice),
                authority_seat: dice.percent(30),
                senior_from: None,
            })
        })
        .collect()
}

fn priority(dice: &mut Dice) -> Priority {
    let rows = [
        (10, Priority::Critical),
        (25, Priority::High),
        (45, Priority::Normal),
        (20, Priority::Low),
    ];
    dice.weighted(&rows, Priority::Normal)
}

/// A language in so many of a hundred needs, none in the others.
fn some_language(share: u32, dice: &mut Dice) -> Vec<String> {
    let code = if dice.percent(share) {
        dice.pick(&LANGUAGES)
    } else {
        None
    };
    code.map(|&code| code.to_owned()).into_iter().collect()
}
