//! Prints an invented province as a problem file: `province PEOPLE NEEDS SEED`.
//!
//! Roughly as tight as a real round: departments release a quarter of their people, units absorb
//! six at most, a tenth of the needs are critical, and travel is limited to three hours.
#![expect(clippy::print_stdout, reason = "a command-line example talks to its terminal")]

use serde_json::{Value, json};
use std::error::Error;

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, good enough for inventing people.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.below(sides) == 0
    }

    /// A place in a box of two by one and a half degrees.
    fn place(&mut self) -> (f64, f64) {
        let mut degrees = |from: f64, thousandths: u32| {
            let share = u32::try_from(self.below(u64::from(thousandths))).unwrap_or(0);
            from + f64::from(share) / 1000.0
        };
        (degrees(10.6, 1_900), degrees(107.2, 1_500))
    }
}

const FIELDS: u64 = 14;
const DEPARTMENTS: u64 = 12;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u64>());
    let mut next = || arguments.next().ok_or("usage: province PEOPLE NEEDS SEED");
    let (people, needs, mut dice) = (next()??, next()??, Dice(next()??));
    let units = needs.div_ceil(4).max(1);
    let departments: Vec<_> = (0..DEPARTMENTS)
        .map(|d| {
            json!({"id": format!("d{d}"), "release_cap": people / DEPARTMENTS * 2 / 5,
            "field_floors": {format!("f{d}"): 3}})
        })
        .collect();
    let units_list: Vec<_> = (0..units)
        .map(|unit| {
            let (lat, lon) = dice.place();
            json!({"id": format!("{:05}", 24_000 + unit), "lat": lat, "lon": lon,
                "housing": dice.one_in(5)})
        })
        .collect();
    let people: Vec<_> = (0..people).map(|p| person(p, &mut dice)).collect();
    let needs: Vec<_> = (0..needs).map(|n| need(n, units, &mut dice)).collect();
    let problem = json!({
        "format": "cadre-problem/1",
        "title": "An invented province",
        "term": {"start": "2026-08-01", "end": "2026-10-31"},
        "fields": (0..FIELDS).map(|f| json!({"id": format!("f{f}")})).collect::<Vec<_>>(),
        "departments": departments,
        "units": units_list,
        "people": people,
        "needs": needs,
        "policy": {"unit_cap": 6, "travel": {"limit_minutes": 240}},
    });
    println!("{problem}");
    Ok(())
}

fn person(number: u64, dice: &mut Dice) -> Value {
    let (lat, lon) = dice.place();
    let first = dice.below(FIELDS);
    let second = (first + 1 + dice.below(FIELDS - 1)) % FIELDS;
    let mut skill = |field: u64| {
        json!({"field": format!("f{field}"), "level": 1 + dice.below(4),
            "verified": dice.one_in(2), "years": dice.below(15)})
    };
    let skills = [skill(first), skill(second)];
    let category = ["civil_servant", "public_employee", "contract_worker", "support"]
        [usize::try_from(dice.below(4)).unwrap_or(0)];
    json!({
        "id": format!("p{number}"), "department": format!("d{}", dice.below(DEPARTMENTS)),
        "category": category, "primary_field": format!("f{first}"), "lat": lat, "lon": lon,
        "skills": skills, "volunteer": dice.one_in(6),
        "languages": if dice.one_in(4) { json!(["mnong"]) } else { json!([]) },
    })
}

fn need(number: u64, units: u64, dice: &mut Dice) -> Value {
    let priorities = [
        "critical", "high", "high", "normal", "normal", "normal", "normal", "low",
    ];
    let priority = priorities[usize::try_from(dice.below(8)).unwrap_or(0)];
    json!({
        "id": format!("n{number}"), "unit": format!("{:05}", 24_000 + dice.below(units)),
        "field": format!("f{}", dice.below(FIELDS)), "headcount": 1 + dice.below(20) / 15,
        "min_level": dice.below(4), "priority": priority, "authority_seat": dice.one_in(3),
        "preferred_languages": if dice.one_in(4) { json!(["mnong"]) } else { json!([]) },
    })
}
