//! Rows and queries of the roster.

use super::fold::fold;
use super::model::{Absence, AbsenceReason, Profile, Skill, Staff, StaffCategory, StaffChange, StaffFilter};
use crate::auth::{Caller, Scope};
use crate::error::{Code, Error, Fault, Result};
use crate::http::page::Page;
use crate::ids::{DepartmentCode, FieldCode, LanguageCode, ProvinceCode, StaffId, UnitCode};
use crate::store::Db;
use crate::store::schema::{staff, staff_absences, staff_skills};
use crate::{per_engine, say};
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use std::collections::HashMap;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = staff)]
struct Row {
    id: StaffId,
    province_code: ProvinceCode,
    department_code: DepartmentCode,
    staff_number: String,
    full_name: String,
    search_name: String,
    category: StaffCategory,
    primary_field: FieldCode,
    home_unit_code: UnitCode,
    languages: String,
    volunteer: bool,
    version: i32,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = staff_skills)]
struct SkillRow {
    staff_id: StaffId,
    field_code: FieldCode,
    level: i32,
    years: i32,
    verified: bool,
    last_worked: Option<NaiveDate>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = staff_absences)]
struct AbsenceRow {
    staff_id: StaffId,
    position: i32,
    reason: AbsenceReason,
    from_date: NaiveDate,
    until_date: NaiveDate,
}

impl Row {
    fn with(self, skills: Vec<Skill>, absences: Vec<Absence>) -> Result<Staff> {
        Ok(Staff {
            id: self.id,
            profile: Profile {
                staff_number: self.staff_number,
                full_name: self.full_name,
                department: self.department_code,
                category: self.category,
                primary_field: self.primary_field,
                home_unit: self.home_unit_code,
                languages: serde_json::from_str(&self.languages).map_err(Error::internal)?,
                volunteer: self.volunteer,
                skills,
                absences,
            },
            version: self.version,
            created_at: self.created_at.and_utc(),
            updated_at: self.updated_at.and_utc(),
        })
    }
}

/// Languages are a set; they are kept sorted, so that the same set is the same text.
fn languages_text(languages: &[LanguageCode]) -> Result<String> {
    let mut sorted: Vec<&LanguageCode> = languages.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    serde_json::to_string(&sorted).map_err(Error::internal)
}

/// Everyone of the province with skills and absences, by key: three queries, however many there are.
pub fn roster(db: &mut Db, scope: &Scope) -> Result<Vec<Staff>> {
    let rows = staff::table
        .filter(staff::province_code.eq(scope.province()))
        .order(staff::id)
        .select(Row::as_select())
        .load(db)?;
    whole(db, scope, rows, None)
}

/// What everyone of the province is called.
pub fn names(db: &mut Db, scope: &Scope) -> Result<HashMap<StaffId, String>> {
    let rows: Vec<(StaffId, String)> = staff::table
        .filter(staff::province_code.eq(scope.province()))
        .select((staff::id, staff::full_name))
        .load(db)?;
    Ok(rows.into_iter().collect())
}

/// A page of the province's people.
pub(super) fn list(
    db: &mut Db,
    scope: &Scope,
    filter: &StaffFilter,
    page: &Page<StaffId>,
) -> Result<Vec<Staff>> {
    let mut query = staff::table
        .filter(staff::province_code.eq(scope.province()))
        .order(staff::id)
        .limit(page.fetch())
        .select(Row::as_select())
        .into_boxed();
    if let Some(department) = &filter.department {
        query = query.filter(staff::department_code.eq(department));
    }
    if let Some(category) = filter.category {
        query = query.filter(staff::category.eq(category));
    }
    if let Some(field) = &filter.field {
        let able = staff_skills::table
            .filter(staff_skills::field_code.eq(field))
            .select(staff_skills::staff_id);
        query = query.filter(staff::id.eq_any(able));
    }
    for word in filter.name.as_deref().map(fold).unwrap_or_default().split(' ') {
        query = query.filter(staff::search_name.like(containing(word)).escape('\\'));
    }
    if let Some(after) = page.after {
        query = query.filter(staff::id.gt(after));
    }
    let rows: Vec<Row> = query.load(db)?;
    let ids: Vec<StaffId> = rows.iter().map(|row| row.id).collect();
    whole(db, scope, rows, Some(ids))
}

/// A LIKE pattern for texts that contain `word`, whose own wildcards mean themselves.
fn containing(word: &str) -> String {
    let literal = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{literal}%")
}

/// A person of the caller's province.
pub(super) fn find(db: &mut Db, scope: &Scope, id: StaffId) -> Result<Staff> {
    let row: Option<Row> = staff::table
        .find(id)
        .filter(staff::province_code.eq(scope.province()))
        .select(Row::as_select())
        .first(db)
        .optional()?;
    whole(db, scope, row.into_iter().collect(), Some(vec![id]))?
        .pop()
        .ok_or_else(Error::not_found)
}

/// Puts skills and absences to the people; `ids` are the people, or nothing for the whole province.
fn whole(db: &mut Db, scope: &Scope, rows: Vec<Row>, ids: Option<Vec<StaffId>>) -> Result<Vec<Staff>> {
    let mut of_skills = staff_skills::table
        .inner_join(staff::table)
        .filter(staff::province_code.eq(scope.province()))
        .order((staff_skills::staff_id, staff_skills::field_code))
        .select(SkillRow::as_select())
        .into_boxed();
    let mut of_absences = staff_absences::table
        .inner_join(staff::table)
        .filter(staff::province_code.eq(scope.province()))
        .order((staff_absences::staff_id, staff_absences::position))
        .select(AbsenceRow::as_select())
        .into_boxed();
    if let Some(ids) = ids {
        of_skills = of_skills.filter(staff_skills::staff_id.eq_any(ids.clone()));
        of_absences = of_absences.filter(staff_absences::staff_id.eq_any(ids));
    }
    let mut skills: HashMap<StaffId, Vec<Skill>> = HashMap::new();
    for row in of_skills.load::<SkillRow>(db)? {
        skills.entry(row.staff_id).or_default().push(Skill {
            field: row.field_code,
            level: row.level,
            years: row.years,
            last_worked: row.last_worked,
            verified: row.verified,
        });
    }
    let mut absences: HashMap<StaffId, Vec<Absence>> = HashMap::new();
    for row in of_absences.load::<AbsenceRow>(db)? {
        absences.entry(row.staff_id).or_default().push(Absence {
            reason: row.reason,
            from: row.from_date,
            until: row.until_date,
        });
    }
    rows.into_iter()
        .map(|row| {
            let id = row.id;
            row.with(
                skills.remove(&id).unwrap_or_default(),
                absences.remove(&id).unwrap_or_default(),
            )
        })
        .collect()
}

/// Stores a new person of the caller's province.
pub(super) fn insert(db: &mut Db, caller: &Caller, new: &Profile) -> Result<Staff> {
    let now = caller.now().naive_utc();
    let row = Row {
        id: StaffId::new(caller.clock()),
        province_code: caller.scope().province().clone(),
        department_code: new.department.clone(),
        staff_number: new.staff_number.clone(),
        full_name: new.full_name.clone(),
        search_name: fold(&new.full_name),
        category: new.category,
        primary_field: new.primary_field.clone(),
        home_unit_code: new.home_unit.clone(),
        languages: languages_text(&new.languages)?,
        volunteer: new.volunteer,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    diesel::insert_into(staff::table)
        .values(&row)
        .execute(db)
        .map_err(|cause| Error::from(cause).if_duplicate(|| known_already(&new.staff_number)))?;
    add_skills(db, row.id, &new.skills)?;
    add_absences(db, row.id, &new.absences)?;
    find(db, caller.scope(), row.id)
}

fn known_already(staff_number: &str) -> Error {
    Error::of(Code::DuplicatePerson).at(vec![Fault::new(
        "/staff_number",
        "duplicate",
        say!(
            "the staff number `{staff_number}` is on the province's roster already; change that person's record, or correct the number",
            "số hiệu `{staff_number}` đã có trong danh sách của tỉnh; hãy sửa hồ sơ của người đó hoặc sửa lại số hiệu"
        ),
    )])
}

fn add_skills(db: &mut Db, staff_id: StaffId, skills: &[Skill]) -> Result<()> {
    let rows: Vec<SkillRow> = skills
        .iter()
        .map(|skill| SkillRow {
            staff_id,
            field_code: skill.field.clone(),
            level: skill.level,
            years: skill.years,
            verified: skill.verified,
            last_worked: skill.last_worked,
        })
        .collect();
    per_engine!(db, c => diesel::insert_into(staff_skills::table).values(&rows).execute(c))?;
    Ok(())
}

fn add_absences(db: &mut Db, staff_id: StaffId, absences: &[Absence]) -> Result<()> {
    let rows: Vec<AbsenceRow> = (0..)
        .zip(absences)
        .map(|(position, absence)| AbsenceRow {
            staff_id,
            position,
            reason: absence.reason,
            from_date: absence.from,
            until_date: absence.until,
        })
        .collect();
    per_engine!(db, c => diesel::insert_into(staff_absences::table).values(&rows).execute(c))?;
    Ok(())
}

/// Changes a person as it was read.
pub(super) fn update(db: &mut Db, caller: &Caller, person: &Staff, change: &StaffChange) -> Result<Staff> {
    let full_name = change.full_name.as_ref().unwrap_or(&person.profile.full_name);
    let changed = diesel::update(
        staff::table
            .find(person.id)
            .filter(staff::province_code.eq(caller.scope().province()))
            .filter(staff::version.eq(person.version)),
    )
    .set((
        staff::full_name.eq(full_name),
        staff::search_name.eq(fold(full_name)),
        staff::department_code.eq(change.department.as_ref().unwrap_or(&person.profile.department)),
        staff::category.eq(change.category.unwrap_or(person.profile.category)),
        staff::primary_field.eq(change
            .primary_field
            .as_ref()
            .unwrap_or(&person.profile.primary_field)),
        staff::home_unit_code.eq(change.home_unit.as_ref().unwrap_or(&person.profile.home_unit)),
        staff::languages.eq(languages_text(
            change.languages.as_ref().unwrap_or(&person.profile.languages),
        )?),
        staff::volunteer.eq(change.volunteer.unwrap_or(person.profile.volunteer)),
        staff::version.eq(staff::version + 1),
        staff::updated_at.eq(caller.now().naive_utc()),
    ))
    .execute(db)?;
    changed_one(changed)?;
    find(db, caller.scope(), person.id)
}

/// Puts these skills in the place of those on record.
pub(super) fn replace_skills(
    db: &mut Db,
    caller: &Caller,
    person: &Staff,
    skills: &[Skill],
) -> Result<Staff> {
    next_version(db, caller, person)?;
    diesel::delete(staff_skills::table.filter(staff_skills::staff_id.eq(person.id))).execute(db)?;
    add_skills(db, person.id, skills)?;
    find(db, caller.scope(), person.id)
}

/// Puts these absences in the place of those on record.
pub(super) fn replace_absences(
    db: &mut Db,
    caller: &Caller,
    person: &Staff,
    absences: &[Absence],
) -> Result<Staff> {
    next_version(db, caller, person)?;
    diesel::delete(staff_absences::table.filter(staff_absences::staff_id.eq(person.id))).execute(db)?;
    add_absences(db, person.id, absences)?;
    find(db, caller.scope(), person.id)
}

/// Skills and absences are part of the person: who changes them changes the person's version.
fn next_version(db: &mut Db, caller: &Caller, person: &Staff) -> Result<()> {
    let changed = diesel::update(
        staff::table
            .find(person.id)
            .filter(staff::province_code.eq(caller.scope().province()))
            .filter(staff::version.eq(person.version)),
    )
    .set((
        staff::version.eq(staff::version + 1),
        staff::updated_at.eq(caller.now().naive_utc()),
    ))
    .execute(db)?;
    changed_one(changed)
}

fn changed_one(changed: usize) -> Result<()> {
    if changed == 0 {
        return Err(Error::of(Code::StaleVersion));
    }
    Ok(())
}
