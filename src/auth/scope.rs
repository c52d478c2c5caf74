//! The part of the data that a caller may touch: one province, and in it everything or certain units only.

use super::Role;
use crate::ids::{ProvinceCode, UnitCode};

/// What a caller's queries are confined to. Only authentication makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    province: ProvinceCode,
    units: Option<Vec<UnitCode>>,
}

impl Scope {
    /// The scope that goes with a role: a commune secretary and an evaluator see their own units, the others the
    /// province.
    pub(super) fn of(role: Role, province: ProvinceCode, units: Vec<UnitCode>) -> Self {
        Self {
            province,
            units: role.sees_own_units_only().then_some(units),
        }
    }

    /// The whole of one province: for the service's own work.
    pub(super) fn province_wide(province: ProvinceCode) -> Self {
        Self {
            province,
            units: None,
        }
    }

    /// The province that every record must belong to.
    pub fn province(&self) -> &ProvinceCode {
        &self.province
    }

    /// The units that records must belong to, or nothing where the whole province is in reach.
    pub fn units(&self) -> Option<&[UnitCode]> {
        self.units.as_deref()
    }

    /// Whether records of `unit` are in reach.
    pub fn covers(&self, unit: &UnitCode) -> bool {
        self.units.as_ref().is_none_or(|units| units.contains(unit))
    }
}
