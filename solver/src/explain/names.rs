//! How people and places are called in an explanation. The solver knows ids alone; whoever knows
//! names lends them.

use crate::ids::{DepartmentId, FieldId, NeedId, PersonId, UnitId};

/// Names for ids; by default everything is called by its id.
pub trait Names {
    /// A person.
    fn person(&self, id: &PersonId) -> String {
        id.to_string()
    }
    /// A need.
    fn need(&self, id: &NeedId) -> String {
        id.to_string()
    }
    /// A unit.
    fn unit(&self, id: &UnitId) -> String {
        id.to_string()
    }
    /// A field of work.
    fn field(&self, id: &FieldId) -> String {
        id.to_string()
    }
    /// A department.
    fn department(&self, id: &DepartmentId) -> String {
        id.to_string()
    }
}

/// Everything is called by its id.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ids;

impl Names for Ids {}
