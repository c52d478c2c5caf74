//! What people and places are called in an explanation, which the solver knows by key alone.

use crate::auth::Scope;
use crate::error::{Language, Result};
use crate::store::Db;
use crate::{catalogue, staff};
use cadre_solver::explain::Names;
use cadre_solver::{DepartmentId, FieldId, Need, NeedId, PersonId, Problem, UnitId};
use std::collections::HashMap;

/// The province's names in one language, by key.
pub(super) struct Directory {
    language: Language,
    people: HashMap<String, String>,
    units: HashMap<String, String>,
    fields: HashMap<String, String>,
    departments: HashMap<String, String>,
}

impl Directory {
    /// Reads all of them.
    pub(super) fn load(db: &mut Db, scope: &Scope, language: Language) -> Result<Self> {
        let pick = |vi: String, en: String| match language {
            Language::En => en,
            Language::Vi => vi,
        };
        let people = staff::store::names(db, scope)?.into_iter();
        let units = catalogue::store::all_units(db, scope)?.into_iter();
        let fields = catalogue::store::fields(db, scope)?.into_iter();
        let departments = catalogue::store::departments(db, scope)?.into_iter();
        Ok(Self {
            language,
            people: people.map(|(id, name)| (id.to_string(), name)).collect(),
            units: units
                .map(|row| (row.code.to_string(), pick(row.name_vi, row.name_en)))
                .collect(),
            fields: fields
                .map(|row| (row.code.to_string(), pick(row.name_vi, row.name_en)))
                .collect(),
            departments: departments
                .map(|row| (row.code.to_string(), pick(row.name_vi, row.name_en)))
                .collect(),
        })
    }

    /// The names for a problem, whose needs are called by field and unit.
    pub(super) fn of<'d>(&'d self, problem: &'d Problem) -> Called<'d> {
        let mut alike: HashMap<(&UnitId, &FieldId), usize> = HashMap::new();
        for need in &problem.needs {
            *alike.entry((&need.unit, &need.field)).or_default() += 1;
        }
        Called {
            directory: self,
            needs: problem.needs.iter().map(|need| (&need.id, need)).collect(),
            alike,
        }
    }
}

/// The names of what is in a problem.
pub(super) struct Called<'d> {
    directory: &'d Directory,
    needs: HashMap<&'d NeedId, &'d Need>,
    /// How many needs a unit has of a field.
    alike: HashMap<(&'d UnitId, &'d FieldId), usize>,
}

/// The name behind a key; the key itself where the catalogue has lost it.
fn name(names: &HashMap<String, String>, key: &str) -> String {
    names.get(key).cloned().unwrap_or_else(|| key.to_owned())
}

impl Names for Called<'_> {
    fn person(&self, id: &PersonId) -> String {
        name(&self.directory.people, id.as_str())
    }

    fn need(&self, id: &NeedId) -> String {
        let Some(need) = self.needs.get(id) else {
            return id.to_string();
        };
        let (field, unit) = (self.field(&need.field), self.unit(&need.unit));
        if self
            .alike
            .get(&(&need.unit, &need.field))
            .is_none_or(|&needs| needs < 2)
        {
            return format!("{field} ({unit})");
        }
        // two needs of one field differ by the level more often than not
        let level = need.min_level;
        match self.directory.language {
            Language::En => format!("{field}, level {level} ({unit})"),
            Language::Vi => format!("{field}, bậc {level} ({unit})"),
        }
    }

    fn place(&self, need: &NeedId, _unit: &UnitId) -> String {
        self.need(need)
    }

    fn unit(&self, id: &UnitId) -> String {
        name(&self.directory.units, id.as_str())
    }

    fn field(&self, id: &FieldId) -> String {
        name(&self.directory.fields, id.as_str())
    }

    fn department(&self, id: &DepartmentId) -> String {
        name(&self.directory.departments, id.as_str())
    }
}
