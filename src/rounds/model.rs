//! A round and its policy.

use crate::ids::{DepartmentCode, FieldCode, RoundId};
use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Decree 170/2025, article 26: a secondment lasts 36 months at most, extensions included.
pub const MAX_TERM_MONTHS: u32 = 36;

/// One cycle of the programme.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Key.
    pub id: RoundId,
    /// What people call it.
    pub name: String,
    /// The days of service.
    pub term: RoundTerm,
    /// The fields in which needs may be raised.
    pub fields: Vec<FieldCode>,
    /// What its plans obey.
    pub policy: Policy,
    /// Counts changes.
    pub version: i32,
}

/// The days of service, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoundTerm {
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
}

impl RoundTerm {
    /// The last day that a term starting then may have.
    pub fn last_lawful_day(start: NaiveDate) -> NaiveDate {
        start
            .checked_add_months(Months::new(MAX_TERM_MONTHS))
            .and_then(|day| day.pred_opt())
            .unwrap_or(start)
    }

    /// The first day after the term: evaluations are due from then on.
    pub fn day_after(self) -> NaiveDate {
        self.end.checked_add_days(Days::new(1)).unwrap_or(self.end)
    }
}

/// What a round's plans obey. What is left out takes the default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// At most this many secondments in the round; absent means no cap.
    #[schema(maximum = 1_000_000)]
    pub max_secondments: Option<u32>,
    /// How many people one unit takes at most; absent means no cap.
    #[schema(maximum = 1_000_000)]
    pub unit_cap: Option<u32>,
    /// How many people each department releases at most; a department's own cap holds where none is given here.
    #[schema(value_type = std::collections::HashMap<String, u32>)]
    pub release_caps: BTreeMap<DepartmentCode, u32>,
    /// For each department and primary field: how many people must stay.
    #[schema(value_type = std::collections::HashMap<String, std::collections::HashMap<String, u32>>)]
    pub field_floors: BTreeMap<DepartmentCode, BTreeMap<FieldCode, u32>>,
    /// Full days of rest between two secondments of one person.
    #[schema(maximum = 3650)]
    pub rest_days: u32,
    /// Longest journey one way, in minutes; absent means no limit. Volunteers may go further.
    #[schema(maximum = 10_000)]
    pub travel_limit_minutes: Option<u32>,
    /// Mean speed of travel.
    #[schema(minimum = 1, maximum = 1000)]
    pub km_per_hour: u32,
    /// Length of the road in per cent of the distance as the crow flies.
    #[schema(minimum = 100, maximum = 1000)]
    pub detour_percent: u32,
    /// Whether the worst-served unit is raised before quality is looked at.
    pub balance: bool,
    /// Weights of the terms of fit, 0 to 100, by term id; those left out keep their default.
    #[schema(value_type = std::collections::HashMap<String, u32>)]
    pub weights: BTreeMap<String, u32>,
}

impl Default for Policy {
    fn default() -> Self {
        let solver = cadre_solver::Policy::default();
        Self {
            max_secondments: None,
            unit_cap: None,
            release_caps: BTreeMap::new(),
            field_floors: BTreeMap::new(),
            rest_days: solver.rest_days,
            travel_limit_minutes: None,
            km_per_hour: solver.travel.km_per_hour,
            detour_percent: solver.travel.detour_percent,
            balance: solver.balance != cadre_solver::Balance::Off,
            weights: BTreeMap::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_thirty_six_months_are_lawful() {
        let start = NaiveDate::from_ymd_opt(2025, 8, 1).unwrap();
        assert_eq!(
            RoundTerm::last_lawful_day(start),
            NaiveDate::from_ymd_opt(2028, 7, 31).unwrap()
        );
        let term = RoundTerm {
            start,
            end: NaiveDate::from_ymd_opt(2025, 10, 31).unwrap(),
        };
        assert_eq!(term.day_after(), NaiveDate::from_ymd_opt(2025, 11, 1).unwrap());
    }
}
