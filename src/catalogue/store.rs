//! Rows and queries of the catalogue.

use super::model::{Department, Field, Province, Unit, UnitKind};
use crate::auth::Scope;
use crate::error::Result;
use crate::http::page::Page;
use crate::ids::{DepartmentCode, FieldCode, ProvinceCode, UnitCode};
use crate::per_engine;
use crate::store::schema::{departments, fields, provinces, units};
use crate::store::{Db, INSERT_CHUNK};
use diesel::prelude::*;
use std::collections::HashSet;

#[derive(Insertable)]
#[diesel(table_name = provinces)]
struct ProvinceRow<'a> {
    code: &'a ProvinceCode,
    name_vi: &'a str,
    name_en: &'a str,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = units)]
struct UnitRow {
    code: UnitCode,
    province_code: ProvinceCode,
    name_vi: String,
    name_en: String,
    kind: UnitKind,
    lat: Option<f64>,
    lon: Option<f64>,
    area_km2: Option<f64>,
    population: Option<i32>,
}

impl From<UnitRow> for Unit {
    fn from(row: UnitRow) -> Self {
        Self {
            code: row.code,
            province: row.province_code,
            name_vi: row.name_vi,
            name_en: row.name_en,
            kind: row.kind,
            lat: row.lat,
            lon: row.lon,
            area_km2: row.area_km2,
            population: row.population,
        }
    }
}

impl From<Unit> for UnitRow {
    fn from(unit: Unit) -> Self {
        Self {
            code: unit.code,
            province_code: unit.province,
            name_vi: unit.name_vi,
            name_en: unit.name_en,
            kind: unit.kind,
            lat: unit.lat,
            lon: unit.lon,
            area_km2: unit.area_km2,
            population: unit.population,
        }
    }
}

#[derive(Insertable)]
#[diesel(table_name = fields)]
struct FieldRow<'a> {
    province_code: &'a ProvinceCode,
    code: &'a FieldCode,
    position: i32,
    name_vi: &'a str,
    name_en: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = departments)]
struct DepartmentRow<'a> {
    province_code: &'a ProvinceCode,
    code: &'a DepartmentCode,
    name_vi: &'a str,
    name_en: &'a str,
    release_cap: Option<i32>,
}

/// Stores provinces that are not there yet; gives how many were new.
pub(super) fn add_provinces(db: &mut Db, all: &[Province]) -> Result<usize> {
    let known: HashSet<ProvinceCode> = provinces::table
        .select(provinces::code)
        .load(db)?
        .into_iter()
        .collect();
    let rows: Vec<_> = all
        .iter()
        .filter(|province| !known.contains(&province.code))
        .map(|province| ProvinceRow {
            code: &province.code,
            name_vi: &province.name_vi,
            name_en: &province.name_en,
        })
        .collect();
    per_engine!(db, c => diesel::insert_into(provinces::table).values(&rows).execute(c))?;
    Ok(rows.len())
}

/// Stores units that are not there yet; gives how many were new.
pub(super) fn add_units(db: &mut Db, all: Vec<Unit>) -> Result<usize> {
    let known: HashSet<UnitCode> = units::table.select(units::code).load(db)?.into_iter().collect();
    let rows: Vec<UnitRow> = all
        .into_iter()
        .filter(|unit| !known.contains(&unit.code))
        .map(UnitRow::from)
        .collect();
    for chunk in rows.chunks(INSERT_CHUNK) {
        per_engine!(db, c => diesel::insert_into(units::table).values(chunk).execute(c))?;
    }
    Ok(rows.len())
}

/// Stores fields that the provinces don't have yet; gives how many were new.
pub(super) fn add_fields(db: &mut Db, all: &[(&ProvinceCode, &Field)]) -> Result<usize> {
    let known: HashSet<(ProvinceCode, FieldCode)> = fields::table
        .select((fields::province_code, fields::code))
        .load(db)?
        .into_iter()
        .collect();
    let rows: Vec<_> = all
        .iter()
        .filter(|(province, field)| !known.contains(&((*province).clone(), field.code.clone())))
        .map(|(province_code, field)| FieldRow {
            province_code,
            code: &field.code,
            position: field.position,
            name_vi: &field.name_vi,
            name_en: &field.name_en,
        })
        .collect();
    per_engine!(db, c => diesel::insert_into(fields::table).values(&rows).execute(c))?;
    Ok(rows.len())
}

/// Stores departments that the provinces don't have yet; gives how many were new.
pub(super) fn add_departments(db: &mut Db, all: &[(&ProvinceCode, &Department)]) -> Result<usize> {
    let known: HashSet<(ProvinceCode, DepartmentCode)> = departments::table
        .select((departments::province_code, departments::code))
        .load(db)?
        .into_iter()
        .collect();
    let rows: Vec<_> = all
        .iter()
        .filter(|(province, department)| !known.contains(&((*province).clone(), department.code.clone())))
        .map(|(province_code, department)| DepartmentRow {
            province_code,
            code: &department.code,
            name_vi: &department.name_vi,
            name_en: &department.name_en,
            release_cap: department.release_cap,
        })
        .collect();
    per_engine!(db, c => diesel::insert_into(departments::table).values(&rows).execute(c))?;
    Ok(rows.len())
}

/// The province's fields in their order.
pub fn fields(db: &mut Db, scope: &Scope) -> Result<Vec<Field>> {
    let rows: Vec<(FieldCode, i32, String, String)> = fields::table
        .filter(fields::province_code.eq(scope.province()))
        .order((fields::position, fields::code))
        .select((fields::code, fields::position, fields::name_vi, fields::name_en))
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|(code, position, name_vi, name_en)| Field {
            code,
            position,
            name_vi,
            name_en,
        })
        .collect())
}

/// The province's departments by code.
pub fn departments(db: &mut Db, scope: &Scope) -> Result<Vec<Department>> {
    let rows: Vec<(DepartmentCode, String, String, Option<i32>)> = departments::table
        .filter(departments::province_code.eq(scope.province()))
        .order(departments::code)
        .select((
            departments::code,
            departments::name_vi,
            departments::name_en,
            departments::release_cap,
        ))
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|(code, name_vi, name_en, release_cap)| Department {
            code,
            name_vi,
            name_en,
            release_cap,
        })
        .collect())
}

/// All units of the province by code.
pub fn all_units(db: &mut Db, scope: &Scope) -> Result<Vec<Unit>> {
    let rows: Vec<UnitRow> = units::table
        .filter(units::province_code.eq(scope.province()))
        .order(units::code)
        .select(UnitRow::as_select())
        .load(db)?;
    Ok(rows.into_iter().map(Unit::from).collect())
}

/// A page of the province's units by code.
pub(super) fn units_page(
    db: &mut Db,
    scope: &Scope,
    kind: Option<UnitKind>,
    page: &Page<UnitCode>,
) -> Result<Vec<Unit>> {
    let mut query = units::table
        .filter(units::province_code.eq(scope.province()))
        .order(units::code)
        .limit(page.fetch())
        .select(UnitRow::as_select())
        .into_boxed();
    if let Some(kind) = kind {
        query = query.filter(units::kind.eq(kind));
    }
    if let Some(after) = &page.after {
        query = query.filter(units::code.gt(after));
    }
    let rows: Vec<UnitRow> = query.load(db)?;
    Ok(rows.into_iter().map(Unit::from).collect())
}

/// Whether the province is known.
pub fn has_province(db: &mut Db, province: &ProvinceCode) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(
        provinces::table.filter(provinces::code.eq(province)),
    ))
    .get_result(db)?)
}

/// Which of the codes are units of the province.
pub(super) fn known_units(db: &mut Db, scope: &Scope, codes: Vec<UnitCode>) -> Result<HashSet<UnitCode>> {
    let known = units::table
        .filter(units::province_code.eq(scope.province()))
        .filter(units::code.eq_any(codes))
        .select(units::code)
        .load(db)?;
    Ok(known.into_iter().collect())
}

/// Which of the codes are fields of the province.
pub(super) fn known_fields(db: &mut Db, scope: &Scope, codes: Vec<FieldCode>) -> Result<HashSet<FieldCode>> {
    let known = fields::table
        .filter(fields::province_code.eq(scope.province()))
        .filter(fields::code.eq_any(codes))
        .select(fields::code)
        .load(db)?;
    Ok(known.into_iter().collect())
}

/// Which of the codes are departments of the province.
pub(super) fn known_departments(
    db: &mut Db,
    scope: &Scope,
    codes: Vec<DepartmentCode>,
) -> Result<HashSet<DepartmentCode>> {
    let known = departments::table
        .filter(departments::province_code.eq(scope.province()))
        .filter(departments::code.eq_any(codes))
        .select(departments::code)
        .load(db)?;
    Ok(known.into_iter().collect())
}
