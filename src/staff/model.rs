//! A person who can be seconded.

use crate::ids::{DepartmentCode, FieldCode, LanguageCode, StaffId, UnitCode};
use crate::text_enum;
use chrono::{DateTime, NaiveDate, Utc};

text_enum! {
    /// The legal standing of a person.
    pub enum StaffCategory {
        /// Elected or appointed cadre.
        Cadre,
        /// Civil servant.
        CivilServant,
        /// Public employee.
        PublicEmployee,
        /// Works under a labour contract.
        ContractWorker,
        /// Student or youth support: may help, may not fill an authority seat.
        Support,
        /// Police or military: recorded, never matched.
        ArmedForces,
    }
}

text_enum! {
    /// Why a person can't serve on certain days: a code only, never the papers behind it.
    pub enum AbsenceReason {
        /// Pregnancy and maternity leave.
        Maternity,
        /// A child under 36 months.
        YoungChild,
        /// Training or study.
        Study,
        /// Illness.
        Illness,
        /// Leave.
        Leave,
        /// Any other.
        Other,
    }
}

/// What a person can do in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skill {
    /// The field of work.
    pub field: FieldCode,
    /// 0 to 4.
    pub level: i32,
    /// Full years of work in the field.
    pub years: i32,
    /// The last day of work in the field; of whoever still works in it, any day from a round's first on.
    pub last_worked: Option<NaiveDate>,
    /// Someone other than the person confirmed the level.
    pub verified: bool,
}

/// Days on which a person can't serve, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Why.
    pub reason: AbsenceReason,
    /// First day away.
    pub from: NaiveDate,
    /// Last day away.
    pub until: NaiveDate,
}

/// A person of the province's roster, whole.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Key.
    pub id: StaffId,
    /// Who it is and what the person can do.
    pub profile: Profile,
    /// Counts changes, those of skills and absences included.
    pub version: i32,
    /// When the record was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Who a person is, what the person can do, and when the person is away.
#[derive(Debug, Clone)]
pub struct Profile {
    /// What the province knows the person by; its own for each of the province's people.
    pub staff_number: String,
    /// The name as it is written.
    pub full_name: String,
    /// The employer.
    pub department: DepartmentCode,
    /// The legal standing.
    pub category: StaffCategory,
    /// The field the person works in at home.
    pub primary_field: FieldCode,
    /// The unit the person lives in, from where the way to work is counted.
    pub home_unit: UnitCode,
    /// Languages spoken, sorted.
    pub languages: Vec<LanguageCode>,
    /// Has volunteered.
    pub volunteer: bool,
    /// One entry for each field, by field.
    pub skills: Vec<Skill>,
    /// In the order they were given.
    pub absences: Vec<Absence>,
}

/// A change of a person; what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct StaffChange {
    /// The name as it is written.
    pub full_name: Option<String>,
    /// The employer.
    pub department: Option<DepartmentCode>,
    /// The legal standing.
    pub category: Option<StaffCategory>,
    /// The field the person works in at home.
    pub primary_field: Option<FieldCode>,
    /// The unit the person lives in.
    pub home_unit: Option<UnitCode>,
    /// Languages spoken.
    pub languages: Option<Vec<LanguageCode>>,
    /// Has volunteered.
    pub volunteer: Option<bool>,
}

/// Which people to list; what is absent does not narrow.
#[derive(Debug, Clone, Default)]
pub struct StaffFilter {
    /// Of this department.
    pub department: Option<DepartmentCode>,
    /// With a skill in this field.
    pub field: Option<FieldCode>,
    /// Of this category.
    pub category: Option<StaffCategory>,
    /// With all these words in the name, whatever their case and diacritics.
    pub name: Option<String>,
}
