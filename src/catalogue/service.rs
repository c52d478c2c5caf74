//! Rules of the catalogue: the shipped part is loaded once, provinces add their own, and references are checked here.

use super::model::{Department, Field};
use super::{shipped, store};
use crate::audit::{Change, model::Action};
use crate::auth::{Caller, Scope};
use crate::error::{Code, Error, Fault, Result};
use crate::ids::{DepartmentCode, FieldCode, UnitCode};
use crate::say;
use crate::store::{Db, Store};
use std::collections::HashSet;
use std::hash::Hash;

/// How many catalogue rows a load added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded {
    /// Provinces.
    pub provinces: usize,
    /// Commune-level units.
    pub units: usize,
    /// Fields of work, over all provinces.
    pub fields: usize,
    /// Departments.
    pub departments: usize,
}

/// Loads what the program ships and the database does not have yet. Like the schema it belongs to no province and comes
/// with the program, so it is housekeeping and leaves no audit entry.
pub fn load_shipped(store: &Store) -> Result<Loaded> {
    let provinces = shipped::provinces()?;
    let fields = shipped::fields()?;
    let departments = shipped::departments()?;
    let every_field: Vec<_> = provinces
        .iter()
        .flat_map(|province| fields.iter().map(move |field| (&province.code, field)))
        .collect();
    let every_department: Vec<_> = departments
        .iter()
        .map(|(province, department)| (province, department))
        .collect();
    store.housekeeping(|db| {
        Ok(Loaded {
            provinces: store::add_provinces(db, &provinces)?,
            units: store::add_units(db, shipped::units()?)?,
            fields: store::add_fields(db, &every_field)?,
            departments: store::add_departments(db, &every_department)?,
        })
    })
}

/// Adds a field of work to the caller's province.
pub fn create_field(db: &mut Db, caller: &Caller, field: Field) -> Result<Change<Field>> {
    if store::add_fields(db, &[(caller.scope().province(), &field)])? == 0 {
        return Err(already_there("/code", field.code.as_str()));
    }
    let id = field.code.clone();
    Ok(Change::new(field, Action::Create, "field", id))
}

/// Adds a department to the caller's province.
pub fn create_department(db: &mut Db, caller: &Caller, department: Department) -> Result<Change<Department>> {
    if store::add_departments(db, &[(caller.scope().province(), &department)])? == 0 {
        return Err(already_there("/code", department.code.as_str()));
    }
    let id = department.code.clone();
    Ok(Change::new(department, Action::Create, "department", id))
}

fn already_there(pointer: &str, code: &str) -> Error {
    Error::of(Code::Conflict).at(vec![Fault::new(
        pointer,
        "duplicate",
        say!(
            "the code `{code}` is taken; choose another",
            "mã `{code}` đã được dùng; hãy chọn mã khác"
        ),
    )])
}

/// References of a record to the catalogue, each with the pointer to where it stands. All that are unknown are told at
/// once.
#[derive(Debug, Default)]
pub struct References<'a> {
    /// Fields of work.
    pub fields: Vec<(String, &'a FieldCode)>,
    /// Units.
    pub units: Vec<(String, &'a UnitCode)>,
    /// Departments.
    pub departments: Vec<(String, &'a DepartmentCode)>,
}

impl References<'_> {
    /// Refuses with every reference that the caller's province does not have.
    pub fn check(&self, db: &mut Db, scope: &Scope) -> Result<()> {
        let mut faults = Vec::new();
        unknown(
            &self.fields,
            |codes| store::known_fields(db, scope, codes),
            &mut faults,
            |pointer, code| {
                let told = say!(
                    "the province has no field `{code}`; GET /api/v1/fields lists them",
                    "tỉnh không có lĩnh vực `{code}`; xem danh sách tại GET /api/v1/fields"
                );
                Fault::new(pointer, "unknown_field", told)
            },
        )?;
        unknown(
            &self.units,
            |codes| store::known_units(db, scope, codes),
            &mut faults,
            |pointer, code| {
                let told = say!(
                    "the province has no unit `{code}`; GET /api/v1/units lists them",
                    "tỉnh không có đơn vị `{code}`; xem danh sách tại GET /api/v1/units"
                );
                Fault::new(pointer, "unknown_unit", told)
            },
        )?;
        unknown(
            &self.departments,
            |codes| store::known_departments(db, scope, codes),
            &mut faults,
            |pointer, code| {
                let told = say!(
                    "the province has no department `{code}`; GET /api/v1/departments lists them",
                    "tỉnh không có cơ quan `{code}`; xem danh sách tại GET /api/v1/departments"
                );
                Fault::new(pointer, "unknown_department", told)
            },
        )?;
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Error::invalid(faults))
        }
    }
}

/// Tells of each reference whose code is not among those that `known` finds; asks once for all of them.
fn unknown<Code: Clone + Eq + Hash>(
    references: &[(String, &Code)],
    known: impl FnOnce(Vec<Code>) -> Result<HashSet<Code>>,
    faults: &mut Vec<Fault>,
    tell: impl Fn(&str, &Code) -> Fault,
) -> Result<()> {
    if references.is_empty() {
        return Ok(());
    }
    let known = known(references.iter().map(|(_, code)| (*code).clone()).collect())?;
    let missing = references.iter().filter(|(_, code)| !known.contains(*code));
    faults.extend(missing.map(|(pointer, code)| tell(pointer, code)));
    Ok(())
}
