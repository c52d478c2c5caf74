//! The demo's tables, compiled in: `data/README.md` says where each comes from.

use crate::error::{Error, Result};
use crate::ids::{DepartmentCode, FieldCode, UnitCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;

fn rows<T: DeserializeOwned>(text: &str) -> Result<Vec<T>> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(Error::internal)
}

/// What one commune asks for.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct NeedRow {
    pub(super) unit_code: UnitCode,
    pub(super) field_code: FieldCode,
    pub(super) headcount: u32,
    pub(super) min_level: u8,
    languages: String,
    pub(super) priority: String,
    pub(super) authority_seat: bool,
    pub(super) driver: String,
    pub(super) backlog: Option<u32>,
}

impl NeedRow {
    /// The languages asked for.
    pub(super) fn languages(&self) -> Vec<&str> {
        self.languages
            .split(';')
            .filter(|language| !language.is_empty())
            .collect()
    }
}

/// How many people of one field and level a department has.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct MixRow {
    pub(super) department_code: DepartmentCode,
    pub(super) field_code: FieldCode,
    level_0: usize,
    level_1: usize,
    level_2: usize,
    level_3: usize,
    level_4: usize,
}

impl MixRow {
    /// People at each level, 0 to 4.
    pub(super) fn levels(&self) -> [usize; 5] {
        [
            self.level_0,
            self.level_1,
            self.level_2,
            self.level_3,
            self.level_4,
        ]
    }
}

/// The communes' needs.
pub(super) fn needs() -> Result<Vec<NeedRow>> {
    rows(include_str!("../../data/demo/needs.csv"))
}

/// The departments' people.
pub(super) fn staff_mix() -> Result<Vec<MixRow>> {
    rows(include_str!("../../data/demo/staff-mix.csv"))
}

/// The words that names are made of: the first and the second part.
pub(super) fn names() -> Result<(Vec<String>, Vec<String>)> {
    #[derive(Deserialize)]
    struct Row {
        kind: String,
        word: String,
    }
    let all: Vec<Row> = rows(include_str!("../../data/demo/names.csv"))?;
    let (family, given): (Vec<Row>, Vec<Row>) = all.into_iter().partition(|row| row.kind == "family");
    let words = |rows: Vec<Row>| rows.into_iter().map(|row| row.word).collect();
    Ok((words(family), words(given)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_tables_hold_what_the_demo_promises() {
        let needs = needs().unwrap();
        let units: HashSet<_> = needs.iter().map(|need| need.unit_code.as_str()).collect();
        let it: HashSet<_> = needs
            .iter()
            .filter(|need| need.field_code.as_str() == "it")
            .map(|need| need.unit_code.as_str())
            .collect();
        assert_eq!((units.len(), it.len()), (113, 93));
        let fields: HashSet<_> = needs.iter().map(|need| need.field_code.as_str()).collect();
        assert_eq!(fields.len(), 14);
        // Nam Đà, Tân Hà Lâm Hà and Sơn Mỹ, as the press printed them.
        for (unit, fields) in [
            ("24697", vec!["land"]),
            ("24916", vec!["labour", "land"]),
            ("23266", vec!["construction", "land"]),
        ] {
            let mut asked: Vec<_> = needs
                .iter()
                .filter(|need| need.unit_code.as_str() == unit)
                .map(|need| need.field_code.as_str())
                .collect();
            asked.sort_unstable();
            assert_eq!(asked, fields, "{unit}");
        }
        let people: usize = staff_mix().unwrap().iter().flat_map(MixRow::levels).sum();
        assert_eq!(people, 900);
        let (family, given) = names().unwrap();
        assert!(family.len() * given.len() >= 900);
    }
}
