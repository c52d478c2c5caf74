//! The demo's 900 people: invented, obviously so, and the same at every run.

use super::data::{self, MixRow};
use crate::error::Result;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

const SEED: u64 = 68;
/// Where people live: wards of the three former provincial capitals, Đà Lạt above all.
const HOMES: &[(&str, u32)] = &[
    ("24781", 5),
    ("24778", 3),
    ("22945", 3),
    ("22960", 1),
    ("24615", 2),
    ("24820", 1),
];
const LANGUAGES: &[(&str, f64)] = &[
    ("k_ho", 0.09),
    ("ma", 0.06),
    ("m_nong", 0.04),
    ("chu_ru", 0.03),
    ("cham", 0.03),
];
/// The field in which people of a field most often know their way too.
const NEIGHBOURS: &[(&str, &str)] = &[
    ("it", "office"),
    ("office", "it"),
    ("justice", "home_affairs"),
    ("finance", "office"),
    ("land", "construction"),
    ("construction", "land"),
    ("home_affairs", "justice"),
    ("labour", "home_affairs"),
    ("agriculture", "land"),
    ("industry_trade", "finance"),
    ("education", "culture"),
    ("health", "labour"),
    ("culture", "education"),
    ("ethnic_religion", "culture"),
];

/// Everyone, as bodies for POST /staff.
pub(super) fn everyone() -> Result<Vec<Value>> {
    let mut random = StdRng::seed_from_u64(SEED);
    let mut names = all_names()?;
    names.shuffle(&mut random);
    let mut names = names.into_iter();
    let mut people = Vec::new();
    for row in data::staff_mix()? {
        for (level, count) in row.levels().into_iter().enumerate() {
            for _ in 0..count {
                let number = people.len() + 1;
                people.push(person(
                    &mut random,
                    &row,
                    level,
                    number,
                    &names.next().unwrap_or_default(),
                ));
            }
        }
    }
    Ok(people)
}

fn all_names() -> Result<Vec<String>> {
    let (family, given) = data::names()?;
    Ok(family
        .iter()
        .flat_map(|first| given.iter().map(move |second| format!("{first} {second} (mẫu)")))
        .collect())
}

fn person(random: &mut StdRng, row: &MixRow, level: usize, number: usize, name: &str) -> Value {
    let field = row.field_code.as_str();
    let years = level * 3 + random.random_range(0..3);
    let mut skills = vec![json!({
        "field": field, "level": level, "years": years, "verified": random.random_bool(0.7),
    })];
    let neighbour = NEIGHBOURS
        .iter()
        .find(|(of, _)| *of == field)
        .map(|(_, other)| *other);
    if let Some(other) = neighbour.filter(|_| level >= 2 && random.random_bool(0.35)) {
        skills.push(json!({"field": other, "level": level - 1, "years": years / 2, "verified": false}));
    }
    let languages: Vec<&str> = LANGUAGES
        .iter()
        .filter(|(_, share)| random.random_bool(*share))
        .map(|(language, _)| *language)
        .collect();
    let category = *[
        ("civil_servant", 70),
        ("public_employee", 21),
        ("contract_worker", 7),
        ("cadre", 2),
    ]
    .choose_weighted(random, |(_, weight)| *weight)
    .map_or(&"civil_servant", |(category, _)| category);
    let home = HOMES
        .choose_weighted(random, |(_, weight)| *weight)
        .map_or("24781", |(unit, _)| *unit);
    json!({
        "staff_number": format!("MAU-{number:04}"),
        "full_name": name,
        "department": row.department_code,
        "category": category,
        "primary_field": field,
        "home_unit": home,
        "languages": languages,
        "volunteer": random.random_bool(0.2),
        "skills": skills,
        "absences": absences(random),
    })
}

/// A few people are away for some of the term.
fn absences(random: &mut StdRng) -> Value {
    match random.random_range(0..100) {
        0..=2 => json!([{"reason": "maternity", "from": "2025-06-01", "until": "2025-11-30"}]),
        3 | 4 => json!([{"reason": "study", "from": "2025-09-01", "until": "2025-12-31"}]),
        5 => json!([{"reason": "illness", "from": "2025-07-20", "until": "2025-08-20"}]),
        _ => json!([]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn nine_hundred_people_with_names_of_their_own_are_the_same_every_time() {
        let people = everyone().unwrap();
        assert_eq!(people.len(), 900);
        let names: HashSet<_> = people
            .iter()
            .map(|person| person["full_name"].as_str().unwrap())
            .collect();
        assert_eq!(names.len(), 900);
        assert!(
            names.iter().all(|name| name.ends_with("(mẫu)")),
            "every name says that it is a sample"
        );
        assert_eq!(people, everyone().unwrap());
    }
}
