//! Catalogue items.

use crate::ids::{DepartmentCode, FieldCode, ProvinceCode, UnitCode};
use crate::text_enum;

text_enum! {
    /// The three kinds of commune-level unit.
    pub enum UnitKind {
        /// Xã.
        Commune,
        /// Phường.
        Ward,
        /// Đặc khu.
        SpecialZone,
    }
}

/// A province or centrally run city.
#[derive(Debug, Clone)]
pub struct Province {
    /// Two digits.
    pub code: ProvinceCode,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
}

/// A commune-level unit.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Five digits.
    pub code: UnitCode,
    /// The province it belongs to.
    pub province: ProvinceCode,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// Commune, ward or special zone.
    pub kind: UnitKind,
    /// Degrees north of its middle, where known.
    pub lat: Option<f64>,
    /// Degrees east of its middle, where known.
    pub lon: Option<f64>,
    /// Area in square kilometres, where known.
    pub area_km2: Option<f64>,
    /// Inhabitants, where known.
    pub population: Option<i32>,
}

/// A field of work.
#[derive(Debug, Clone)]
pub struct Field {
    /// Short code.
    pub code: FieldCode,
    /// Place in lists.
    pub position: i32,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
}

/// A provincial body that employs and releases staff.
#[derive(Debug, Clone)]
pub struct Department {
    /// Short code.
    pub code: DepartmentCode,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
    /// How many of its people may be away at once, where it says so.
    pub release_cap: Option<i32>,
}
