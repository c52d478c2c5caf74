//! Where things are: the provinces of Việt Nam with their communes, and the fields of work, out of
//! the repository's catalogues.

use crate::Fault;
use cadre_solver::FieldId;
use std::collections::BTreeMap;

const UNITS: &str = include_str!("../../../data/units.csv");
const FIELDS: &str = include_str!("../../../data/fields.csv");

/// The provinces by code, and the fields of work.
#[derive(Debug)]
pub struct Atlas {
    /// Ascending by code.
    pub provinces: Vec<Province>,
    /// In the order of the catalogue.
    pub fields: Vec<FieldId>,
}

/// A province and those of its units whose position is known.
#[derive(Debug, Default)]
pub struct Province {
    /// Two digits.
    pub code: String,
    /// Ascending by code.
    pub units: Vec<Spot>,
    /// The wards among them, where offices are.
    pub wards: Vec<Spot>,
}

/// A unit on the map.
#[derive(Clone, Debug)]
pub struct Spot {
    /// Five digits.
    pub code: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

impl Atlas {
    /// The whole nation, or one province.
    ///
    /// # Errors
    /// A catalogue that can't be read.
    pub fn read(only: Option<&str>) -> Result<Self, Fault> {
        let mut provinces: BTreeMap<String, Province> = BTreeMap::new();
        for row in rows(UNITS) {
            // code, name_vi, name_en, type, province_code, lat, lon, …
            let row = row?;
            let (Ok(lat), Ok(lon)) = (row[5].parse(), row[6].parse()) else {
                continue;
            };
            if only.is_some_and(|code| code != &row[4]) {
                continue;
            }
            let spot = Spot {
                code: row[0].to_owned(),
                lat,
                lon,
            };
            let province = provinces.entry(row[4].to_owned()).or_default();
            if &row[3] == "ward" {
                province.wards.push(spot.clone());
            }
            province.units.push(spot);
        }
        let named = provinces
            .into_iter()
            .map(|(code, province)| Province { code, ..province });
        let fields = rows(FIELDS).map(|row| Ok(FieldId::new(&row?[0])));
        Ok(Self {
            provinces: named.collect(),
            fields: fields.collect::<Result<_, csv::Error>>()?,
        })
    }

    /// Every unit with a position.
    pub fn spots(&self) -> impl Iterator<Item = &Spot> {
        self.provinces.iter().flat_map(|province| &province.units)
    }
}

fn rows(text: &'static str) -> impl Iterator<Item = csv::Result<csv::StringRecord>> {
    csv::Reader::from_reader(text.as_bytes()).into_records()
}
