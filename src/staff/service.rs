//! Rules of the roster.

use super::model::{Absence, Profile, Skill, Staff, StaffChange, StaffFilter};
use super::store;
use crate::audit::{Change, model::Action};
use crate::auth::Caller;
use crate::catalogue::service::References;
use crate::error::{Error, Fault, Result};
use crate::http::IfMatch;
use crate::http::page::Page;
use crate::ids::{FieldCode, StaffId};
use crate::say;
use crate::store::Db;
use serde_json::json;

/// A page of the province's people.
pub fn list(db: &mut Db, caller: &Caller, filter: &StaffFilter, page: &Page<StaffId>) -> Result<Vec<Staff>> {
    store::list(db, caller.scope(), filter, page)
}

/// One person.
pub fn find(db: &mut Db, caller: &Caller, id: StaffId) -> Result<Staff> {
    store::find(db, caller.scope(), id)
}

/// Adds a person with skills and absences. A staff number that is on the roster already is `duplicate_person`.
pub fn create(db: &mut Db, caller: &Caller, new: &Profile) -> Result<Change<Staff>> {
    refuse(skill_faults(&new.skills).chain(absence_faults(&new.absences)))?;
    let primary = ("/primary_field".to_owned(), &new.primary_field);
    References {
        fields: std::iter::once(primary)
            .chain(field_pointers(&new.skills))
            .collect(),
        units: vec![("/home_unit".into(), &new.home_unit)],
        departments: vec![("/department".into(), &new.department)],
    }
    .check(db, caller.scope())?;
    let staff = store::insert(db, caller, new)?;
    let detail = json!({"department": staff.profile.department, "category": staff.profile.category});
    let id = staff.id;
    Ok(Change::with(staff, Action::Create, "staff", id, detail))
}

/// Changes a person, based on the version that the caller read.
pub fn update(
    db: &mut Db,
    caller: &Caller,
    id: StaffId,
    based_on: IfMatch,
    change: &StaffChange,
) -> Result<Change<Staff>> {
    let staff = store::find(db, caller.scope(), id)?;
    based_on.check(staff.version)?;
    References {
        fields: reference("/primary_field", change.primary_field.as_ref()),
        units: reference("/home_unit", change.home_unit.as_ref()),
        departments: reference("/department", change.department.as_ref()),
    }
    .check(db, caller.scope())?;
    let staff = store::update(db, caller, &staff, change)?;
    let detail = json!({"department": staff.profile.department, "category": staff.profile.category});
    Ok(Change::with(staff, Action::Update, "staff", id, detail))
}

/// Replaces all skills of a person, based on the version of the person that the caller read.
pub fn replace_skills(
    db: &mut Db,
    caller: &Caller,
    id: StaffId,
    based_on: IfMatch,
    skills: &[Skill],
) -> Result<Change<Staff>> {
    let staff = store::find(db, caller.scope(), id)?;
    based_on.check(staff.version)?;
    refuse(skill_faults(skills))?;
    References {
        fields: field_pointers(skills).collect(),
        ..References::default()
    }
    .check(db, caller.scope())?;
    let staff = store::replace_skills(db, caller, &staff, skills)?;
    let detail = json!({"skills": staff.profile.skills.len()});
    Ok(Change::with(staff, Action::Update, "staff", id, detail))
}

/// Replaces all absences of a person, based on the version of the person that the caller read.
pub fn replace_absences(
    db: &mut Db,
    caller: &Caller,
    id: StaffId,
    based_on: IfMatch,
    absences: &[Absence],
) -> Result<Change<Staff>> {
    let staff = store::find(db, caller.scope(), id)?;
    based_on.check(staff.version)?;
    refuse(absence_faults(absences))?;
    let staff = store::replace_absences(db, caller, &staff, absences)?;
    let detail = json!({"absences": staff.profile.absences.len()});
    Ok(Change::with(staff, Action::Update, "staff", id, detail))
}

fn reference<'a, C>(pointer: &str, code: Option<&'a C>) -> Vec<(String, &'a C)> {
    code.map(|code| (pointer.to_owned(), code)).into_iter().collect()
}

fn field_pointers(skills: &[Skill]) -> impl Iterator<Item = (String, &FieldCode)> {
    skills
        .iter()
        .enumerate()
        .map(|(i, skill)| (format!("/skills/{i}/field"), &skill.field))
}

fn refuse(faults: impl Iterator<Item = Fault>) -> Result<()> {
    let faults: Vec<Fault> = faults.collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Error::invalid(faults))
    }
}

/// A field has one level: which of two would count can't be known.
fn skill_faults(skills: &[Skill]) -> impl Iterator<Item = Fault> {
    skills.iter().enumerate().filter_map(|(i, skill)| {
        let first = skills.iter().position(|other| other.field == skill.field)?;
        let field = &skill.field;
        (first < i).then(|| {
            Fault::new(
                format!("/skills/{i}/field"),
                "duplicate",
                say!(
                    "the field `{field}` stands at /skills/{first} already; keep one of the two",
                    "lĩnh vực `{field}` đã có tại /skills/{first}; hãy giữ lại một mục"
                ),
            )
        })
    })
}

fn absence_faults(absences: &[Absence]) -> impl Iterator<Item = Fault> {
    absences.iter().enumerate().filter_map(|(i, absence)| {
        let (from, until) = (absence.from, absence.until);
        (until < from).then(|| {
            Fault::new(
                format!("/absences/{i}/until"),
                "before_start",
                say!(
                    "the absence would end on {until}, before it starts on {from}; correct one of the two days",
                    "ngày kết thúc {until} sớm hơn ngày bắt đầu {from}; hãy sửa một trong hai ngày"
                ),
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staff::model::AbsenceReason;

    fn skill(field: &str) -> Skill {
        Skill {
            field: field.parse().unwrap(),
            level: 2,
            years: 1,
            last_worked: None,
            verified: false,
        }
    }

    #[test]
    fn each_field_that_stands_twice_is_told_with_its_place() {
        assert_eq!(skill_faults(&[skill("land"), skill("it")]).count(), 0);
        let faults: Vec<Fault> =
            skill_faults(&[skill("land"), skill("it"), skill("land"), skill("land")]).collect();
        let pointers: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(pointers, ["/skills/2/field", "/skills/3/field"]);
    }

    #[test]
    fn an_absence_of_one_day_passes_and_one_that_ends_before_it_starts_does_not() {
        let absence = |from: &str, until: &str| Absence {
            reason: AbsenceReason::Study,
            from: from.parse().unwrap(),
            until: until.parse().unwrap(),
        };
        assert_eq!(absence_faults(&[absence("2025-08-01", "2025-08-01")]).count(), 0);
        let faults: Vec<Fault> = absence_faults(&[
            absence("2025-08-01", "2025-08-02"),
            absence("2025-08-02", "2025-08-01"),
        ])
        .collect();
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].pointer, "/absences/1/until");
    }
}
