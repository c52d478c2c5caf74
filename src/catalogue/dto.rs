//! Catalogue items on the wire.

use super::model::{Department, Field, Unit, UnitKind};
use crate::ids::{DepartmentCode, FieldCode, UnitCode};
use crate::values::{Count, Name};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A field of work.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Field)]
pub struct FieldDto {
    code: FieldCode,
    /// Place in lists.
    position: i32,
    name_vi: String,
    name_en: String,
}

impl From<Field> for FieldDto {
    fn from(field: Field) -> Self {
        Self {
            code: field.code,
            position: field.position,
            name_vi: field.name_vi,
            name_en: field.name_en,
        }
    }
}

/// A field of work to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewField {
    code: FieldCode,
    /// Place in lists.
    position: Count,
    name_vi: Name,
    name_en: Name,
}

impl From<NewField> for Field {
    fn from(new: NewField) -> Self {
        Self {
            code: new.code,
            position: new.position.get(),
            name_vi: new.name_vi.into_string(),
            name_en: new.name_en.into_string(),
        }
    }
}

/// A commune-level unit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Unit)]
pub struct UnitDto {
    code: UnitCode,
    kind: UnitKind,
    name_vi: String,
    name_en: String,
    /// Degrees north of its middle, where known.
    lat: Option<f64>,
    /// Degrees east of its middle, where known.
    lon: Option<f64>,
    /// Square kilometres, where known.
    area_km2: Option<f64>,
    /// Inhabitants, where known.
    population: Option<i32>,
}

impl From<Unit> for UnitDto {
    fn from(unit: Unit) -> Self {
        Self {
            code: unit.code,
            kind: unit.kind,
            name_vi: unit.name_vi,
            name_en: unit.name_en,
            lat: unit.lat,
            lon: unit.lon,
            area_km2: unit.area_km2,
            population: unit.population,
        }
    }
}

/// Which units to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UnitsQuery {
    /// Only units of this kind.
    pub kind: Option<UnitKind>,
    /// Rows per page, 1 to 200; 50 unless told.
    pub limit: Option<u32>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

/// A department.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Department)]
pub struct DepartmentDto {
    code: DepartmentCode,
    name_vi: String,
    name_en: String,
    /// How many of its people may be away at once, where it says so.
    release_cap: Option<i32>,
}

impl From<Department> for DepartmentDto {
    fn from(department: Department) -> Self {
        Self {
            code: department.code,
            name_vi: department.name_vi,
            name_en: department.name_en,
            release_cap: department.release_cap,
        }
    }
}

/// A department to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDepartment {
    code: DepartmentCode,
    name_vi: Name,
    name_en: Name,
    /// How many of its people may be away at once.
    release_cap: Option<Count>,
}

impl From<NewDepartment> for Department {
    fn from(new: NewDepartment) -> Self {
        Self {
            code: new.code,
            name_vi: new.name_vi.into_string(),
            name_en: new.name_en.into_string(),
            release_cap: new.release_cap.map(Count::get),
        }
    }
}
