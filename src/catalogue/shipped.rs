//! The catalogues that are compiled into the program; `data/README.md` says where they come from.

use super::model::{Department, Field, Province, Unit};
use crate::error::{Error, Result};
use crate::ids::ProvinceCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;

const PROVINCES: &str = include_str!("../../data/provinces.csv");
const UNITS: &str = include_str!("../../data/units.csv");
const FIELDS: &str = include_str!("../../data/fields.csv");
const DEPARTMENTS: &[&str] = &[include_str!("../../data/departments-68.csv")];

fn rows<T: DeserializeOwned>(text: &str) -> Result<Vec<T>> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(Error::internal)
}

#[derive(Deserialize)]
struct NameRow<Code> {
    code: Code,
    name_vi: String,
    name_en: String,
}

/// The 34 provinces.
pub(super) fn provinces() -> Result<Vec<Province>> {
    let rows: Vec<NameRow<ProvinceCode>> = rows(PROVINCES)?;
    Ok(rows
        .into_iter()
        .map(|row| Province {
            code: row.code,
            name_vi: row.name_vi,
            name_en: row.name_en,
        })
        .collect())
}

/// The 3,321 units.
pub(super) fn units() -> Result<Vec<Unit>> {
    #[derive(Deserialize)]
    struct Row {
        code: crate::ids::UnitCode,
        name_vi: String,
        name_en: String,
        #[serde(rename = "type")]
        kind: super::model::UnitKind,
        province_code: ProvinceCode,
        lat: Option<f64>,
        lon: Option<f64>,
        area_km2: Option<f64>,
        population: Option<i32>,
    }
    let rows: Vec<Row> = rows(UNITS)?;
    Ok(rows
        .into_iter()
        .map(|row| Unit {
            code: row.code,
            province: row.province_code,
            name_vi: row.name_vi,
            name_en: row.name_en,
            kind: row.kind,
            lat: row.lat,
            lon: row.lon,
            area_km2: row.area_km2,
            population: row.population,
        })
        .collect())
}

/// The usual fields of work.
pub(super) fn fields() -> Result<Vec<Field>> {
    #[derive(Deserialize)]
    struct Row {
        code: crate::ids::FieldCode,
        name_vi: String,
        name_en: String,
        position: i32,
    }
    let rows: Vec<Row> = rows(FIELDS)?;
    Ok(rows
        .into_iter()
        .map(|row| Field {
            code: row.code,
            position: row.position,
            name_vi: row.name_vi,
            name_en: row.name_en,
        })
        .collect())
}

/// The departments of the provinces whose bodies are known to the program.
pub(super) fn departments() -> Result<Vec<(ProvinceCode, Department)>> {
    #[derive(Deserialize)]
    struct Row {
        province_code: ProvinceCode,
        code: crate::ids::DepartmentCode,
        name_vi: String,
        name_en: String,
    }
    let mut all = Vec::new();
    for text in DEPARTMENTS {
        let rows: Vec<Row> = rows(text)?;
        all.extend(rows.into_iter().map(|row| {
            let department = Department {
                code: row.code,
                name_vi: row.name_vi,
                name_en: row.name_en,
                release_cap: None,
            };
            (row.province_code, department)
        }));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_shipped_catalogue_is_the_country_of_july_2025() {
        let (provinces, units, fields) = (provinces().unwrap(), units().unwrap(), fields().unwrap());
        assert_eq!((provinces.len(), units.len(), fields.len()), (34, 3321, 14));
        let codes: HashSet<_> = units.iter().map(|unit| unit.code.as_str()).collect();
        assert_eq!(codes.len(), 3321);
        let lam_dong: Vec<_> = units
            .iter()
            .filter(|unit| unit.province.as_str() == "68")
            .collect();
        assert_eq!(lam_dong.len(), 124);
        let provinces: HashSet<_> = provinces.iter().map(|province| province.code.as_str()).collect();
        assert!(
            units
                .iter()
                .all(|unit| provinces.contains(unit.province.as_str()))
        );
        // Mainland and islands of Vietnam, the Spratlys included.
        assert!(
            lam_dong
                .iter()
                .all(|unit| unit.lat.is_some() && unit.lon.is_some())
        );
        assert!(
            units
                .iter()
                .all(|u| u.lat.is_none_or(|lat| (6.0..24.0).contains(&lat)))
        );
        assert_eq!(departments().unwrap().len(), 15);
    }
}
