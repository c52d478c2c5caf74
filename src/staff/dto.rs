//! People on the wire.

use super::model::{Absence, AbsenceReason, Profile, Skill, Staff, StaffCategory, StaffChange, StaffFilter};
use crate::ids::{DepartmentCode, FieldCode, LanguageCode, StaffId, UnitCode};
use crate::values::{Level, Name, Years, given};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What a person can do in one field.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Skill)]
pub struct SkillDto {
    field: FieldCode,
    /// 0 to 4.
    level: i32,
    /// Full years of work in the field.
    years: i32,
    /// The last day of work in the field; of whoever still works in it, any day from a round's first on.
    last_worked: Option<NaiveDate>,
    /// Someone other than the person confirmed the level.
    verified: bool,
}

impl From<Skill> for SkillDto {
    fn from(skill: Skill) -> Self {
        Self {
            field: skill.field,
            level: skill.level,
            years: skill.years,
            last_worked: skill.last_worked,
            verified: skill.verified,
        }
    }
}

/// What a person can do in one field, as it is handed in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSkill {
    field: FieldCode,
    level: Level,
    /// Full years of work in the field; 0 unless told.
    years: Option<Years>,
    /// The last day of work in the field; of whoever still works in it, any day from a round's first on.
    last_worked: Option<NaiveDate>,
    /// Someone other than the person confirmed the level.
    #[serde(default)]
    verified: bool,
}

impl From<NewSkill> for Skill {
    fn from(new: NewSkill) -> Self {
        Self {
            field: new.field,
            level: new.level.get(),
            years: new.years.map_or(0, Years::get),
            last_worked: new.last_worked,
            verified: new.verified,
        }
    }
}

/// Days on which a person can't serve, both included, with the reason's code.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Absence)]
pub struct AbsenceDto {
    reason: AbsenceReason,
    /// First day away.
    from: NaiveDate,
    /// Last day away.
    until: NaiveDate,
}

impl From<Absence> for AbsenceDto {
    fn from(absence: Absence) -> Self {
        Self {
            reason: absence.reason,
            from: absence.from,
            until: absence.until,
        }
    }
}

impl From<AbsenceDto> for Absence {
    fn from(dto: AbsenceDto) -> Self {
        Self {
            reason: dto.reason,
            from: dto.from,
            until: dto.until,
        }
    }
}

/// A person of the roster.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Staff)]
pub struct StaffDto {
    id: StaffId,
    /// What the province knows the person by.
    staff_number: String,
    full_name: String,
    department: DepartmentCode,
    category: StaffCategory,
    /// The field the person works in at home.
    primary_field: FieldCode,
    /// The unit the person lives in.
    home_unit: UnitCode,
    languages: Vec<LanguageCode>,
    volunteer: bool,
    skills: Vec<SkillDto>,
    absences: Vec<AbsenceDto>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<Staff> for StaffDto {
    fn from(staff: Staff) -> Self {
        let profile = staff.profile;
        Self {
            id: staff.id,
            staff_number: profile.staff_number,
            full_name: profile.full_name,
            department: profile.department,
            category: profile.category,
            primary_field: profile.primary_field,
            home_unit: profile.home_unit,
            languages: profile.languages,
            volunteer: profile.volunteer,
            skills: profile.skills.into_iter().map(SkillDto::from).collect(),
            absences: profile.absences.into_iter().map(AbsenceDto::from).collect(),
            created_at: staff.created_at,
            updated_at: staff.updated_at,
        }
    }
}

/// A person to add, whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewStaff)]
pub struct NewStaffDto {
    /// Each person of the province has their own.
    staff_number: Name,
    full_name: Name,
    department: DepartmentCode,
    category: StaffCategory,
    /// The field the person works in at home.
    primary_field: FieldCode,
    /// The unit the person lives in.
    home_unit: UnitCode,
    #[serde(default)]
    languages: Vec<LanguageCode>,
    #[serde(default)]
    volunteer: bool,
    /// At most one entry for a field.
    #[serde(default)]
    skills: Vec<NewSkill>,
    #[serde(default)]
    absences: Vec<AbsenceDto>,
}

impl From<NewStaffDto> for Profile {
    fn from(new: NewStaffDto) -> Self {
        Self {
            staff_number: new.staff_number.into_string(),
            full_name: new.full_name.into_string(),
            department: new.department,
            category: new.category,
            primary_field: new.primary_field,
            home_unit: new.home_unit,
            languages: new.languages,
            volunteer: new.volunteer,
            skills: new.skills.into_iter().map(Skill::from).collect(),
            absences: new.absences.into_iter().map(Absence::from).collect(),
        }
    }
}

/// What to change of a person; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StaffChange)]
pub struct StaffChangeDto {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    full_name: Option<Name>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    department: Option<DepartmentCode>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    category: Option<StaffCategory>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    primary_field: Option<FieldCode>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    home_unit: Option<UnitCode>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    languages: Option<Vec<LanguageCode>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    volunteer: Option<bool>,
}

impl From<StaffChangeDto> for StaffChange {
    fn from(dto: StaffChangeDto) -> Self {
        Self {
            full_name: dto.full_name.map(Name::into_string),
            department: dto.department,
            category: dto.category,
            primary_field: dto.primary_field,
            home_unit: dto.home_unit,
            languages: dto.languages,
            volunteer: dto.volunteer,
        }
    }
}

/// All skills of one person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Skills)]
pub struct SkillsDto {
    skills: Vec<SkillDto>,
}

impl From<Staff> for SkillsDto {
    fn from(staff: Staff) -> Self {
        Self {
            skills: staff.profile.skills.into_iter().map(SkillDto::from).collect(),
        }
    }
}

/// All skills of one person, to replace those on record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSkills {
    /// At most one entry for a field.
    skills: Vec<NewSkill>,
}

impl From<NewSkills> for Vec<Skill> {
    fn from(new: NewSkills) -> Self {
        new.skills.into_iter().map(Skill::from).collect()
    }
}

/// All absences of one person.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Absences)]
pub struct AbsencesDto {
    absences: Vec<AbsenceDto>,
}

impl From<Staff> for AbsencesDto {
    fn from(staff: Staff) -> Self {
        Self {
            absences: staff.profile.absences.into_iter().map(AbsenceDto::from).collect(),
        }
    }
}

impl From<AbsencesDto> for Vec<Absence> {
    fn from(dto: AbsencesDto) -> Self {
        dto.absences.into_iter().map(Absence::from).collect()
    }
}

/// Which people to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StaffQuery {
    /// Only people of this department.
    department: Option<DepartmentCode>,
    /// Only people with a skill in this field.
    field: Option<FieldCode>,
    /// Only people of this category.
    category: Option<StaffCategory>,
    /// Words of the name; case and diacritics don't matter.
    q: Option<String>,
    /// Rows per page, 1 to 200; 50 unless told.
    pub limit: Option<u32>,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

impl From<StaffQuery> for StaffFilter {
    fn from(query: StaffQuery) -> Self {
        Self {
            department: query.department,
            field: query.field,
            category: query.category,
            name: query.q,
        }
    }
}
