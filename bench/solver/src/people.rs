//! Invented people: who they work for, where they live, what they can do.

use crate::atlas::{Atlas, Province};
use crate::dice::Dice;
use cadre_solver::{Absence, Category, FieldId, Person, Skill, Term, UnitId};

/// Bodies of a province that release people.
pub const BODIES: u32 = 12;

/// Of languages beside Vietnamese, each as frequent as the others.
pub const LANGUAGES: [&str; 6] = ["cham", "hmong", "khmer", "koho", "mnong", "tay"];

/// People in all provinces of the atlas.
pub fn invent(count: u32, atlas: &Atlas, term: Term, dice: &mut Dice) -> Vec<Person> {
    (0..count)
        .filter_map(|number| {
            let province = dice.pick(&atlas.provinces)?;
            person(number, province, &atlas.fields, term, dice)
        })
        .collect()
}

fn person(
    number: u32,
    province: &Province,
    fields: &[FieldId],
    term: Term,
    dice: &mut Dice,
) -> Option<Person> {
    let body = dice.below(BODIES);
    // seven in ten live in a ward, where the offices are
    let home = if dice.percent(70) && !province.wards.is_empty() {
        dice.pick(&province.wards)
    } else {
        dice.pick(&province.units)
    }?;
    let skills = skills(body, fields, dice);
    Some(Person {
        id: format!("p{number}").into(),
        department: format!("d{}-{body}", province.code).into(),
        category: category(dice),
        primary_field: skills.first()?.field.clone(),
        lat: home.lat,
        lon: home.lon,
        skills,
        languages: languages(dice),
        unavailable: absence(term, dice),
        bars: Vec::new(),
        last_secondment_end: None,
        volunteer: dice.percent(15),
        conflicts: Vec::new(),
        past_secondments: dice.weighted(&[(70, 0), (20, 1), (10, 2)], 0),
        hardship_so_far: dice.weighted(&[(75, 0), (15, 2), (10, 5)], 0),
        preferences: preferences(province, dice),
    })
}

/// One to three fields, the body's own first in six of ten.
fn skills(body: u32, fields: &[FieldId], dice: &mut Dice) -> Vec<Skill> {
    let number = dice.weighted(&[(1, 1), (2, 2), (1, 3)], 2);
    let own = fields
        .iter()
        .skip(body as usize)
        .step_by(BODIES as usize)
        .collect::<Vec<_>>();
    let first = if dice.percent(60) {
        dice.pick(&own).copied()
    } else {
        dice.pick(fields)
    };
    let mut chosen: Vec<&FieldId> = first.into_iter().collect();
    while chosen.len() < number {
        chosen.extend(dice.pick(fields).filter(|field| !chosen.contains(field)));
    }
    let skill = |field: &FieldId| Skill {
        field: field.clone(),
        level: dice.small(0, 4),
        verified: dice.percent(50),
        years: Some(dice.small(0, 20)),
        last_worked: None,
    };
    chosen.into_iter().map(skill).collect()
}

fn category(dice: &mut Dice) -> Category {
    let rows = [
        (20, Category::Cadre),
        (45, Category::CivilServant),
        (20, Category::PublicEmployee),
        (10, Category::ContractWorker),
        (5, Category::Support),
    ];
    dice.weighted(&rows, Category::CivilServant)
}

fn languages(dice: &mut Dice) -> Vec<String> {
    let spoken = if dice.percent(25) {
        dice.pick(&LANGUAGES)
    } else {
        None
    };
    spoken.map(|&code| code.to_owned()).into_iter().collect()
}

/// One or two of a hundred are away for a day, which is enough to be out of the round.
fn absence(term: Term, dice: &mut Dice) -> Vec<Absence> {
    let away = Absence {
        from: term.start,
        to: term.start,
        reason: "leave".to_owned(),
    };
    if dice.below(200) < 3 {
        vec![away]
    } else {
        Vec::new()
    }
}

/// Three in ten name places in their province, best first.
fn preferences(province: &Province, dice: &mut Dice) -> Vec<UnitId> {
    let mut ranked = Vec::new();
    if dice.percent(30) {
        for _ in 0..3 {
            let unit = dice.pick(&province.units).map(|spot| UnitId::new(&spot.code));
            ranked.extend(unit.filter(|unit| !ranked.contains(unit)));
        }
    }
    ranked
}
