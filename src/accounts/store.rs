//! Rows and queries of accounts.

use super::model::{Account, AccountChange, NewAccount};
use crate::auth::{Caller, Role, Scope};
use crate::error::{Code, Error, Fault, Result};
use crate::http::page::Page;
use crate::ids::{ProvinceCode, UnitCode, UserId};
use crate::store::Db;
use crate::store::schema::{user_units, users};
use crate::{per_engine, say};
use chrono::NaiveDateTime;
use diesel::prelude::*;
use std::collections::HashMap;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = users)]
struct Row {
    id: UserId,
    province_code: ProvinceCode,
    login: String,
    password_hash: String,
    display_name: String,
    role: Role,
    active: bool,
    epoch: i32,
    version: i32,
    created_at: NaiveDateTime,
}

impl Row {
    fn with_units(self, units: Vec<UnitCode>) -> Account {
        Account {
            id: self.id,
            province: self.province_code,
            login: self.login,
            display_name: self.display_name,
            role: self.role,
            units,
            active: self.active,
            epoch: self.epoch,
            version: self.version,
            created_at: self.created_at.and_utc(),
        }
    }
}

/// The account of a checked token. Signing in comes before there is a scope, so this one query takes none.
pub(super) fn by_id(db: &mut Db, id: UserId) -> Result<Option<Account>> {
    let row: Option<Row> = users::table
        .find(id)
        .select(Row::as_select())
        .first(db)
        .optional()?;
    row.map(|row| one(db, row)).transpose()
}

/// The account of a login with its password hash; before there is a scope, like [`by_id`].
pub(super) fn by_login(db: &mut Db, login: &str) -> Result<Option<(Account, String)>> {
    let row: Option<Row> = users::table
        .filter(users::login.eq(login))
        .select(Row::as_select())
        .first(db)
        .optional()?;
    row.map(|row| {
        let hash = row.password_hash.clone();
        Ok((one(db, row)?, hash))
    })
    .transpose()
}

fn one(db: &mut Db, row: Row) -> Result<Account> {
    let units = user_units::table
        .filter(user_units::user_id.eq(row.id))
        .order(user_units::unit_code)
        .select(user_units::unit_code)
        .load(db)?;
    Ok(row.with_units(units))
}

/// An account of the caller's province.
pub(super) fn find(db: &mut Db, scope: &Scope, id: UserId) -> Result<Account> {
    let row: Option<Row> = users::table
        .find(id)
        .filter(users::province_code.eq(scope.province()))
        .select(Row::as_select())
        .first(db)
        .optional()?;
    one(db, row.ok_or_else(Error::not_found)?)
}

/// A page of the province's accounts.
pub(super) fn list(db: &mut Db, scope: &Scope, page: &Page<UserId>) -> Result<Vec<Account>> {
    let mut query = users::table
        .filter(users::province_code.eq(scope.province()))
        .order(users::id)
        .limit(page.fetch())
        .select(Row::as_select())
        .into_boxed();
    if let Some(after) = page.after {
        query = query.filter(users::id.gt(after));
    }
    let rows: Vec<Row> = query.load(db)?;
    let ids: Vec<UserId> = rows.iter().map(|row| row.id).collect();
    let pairs: Vec<(UserId, UnitCode)> = user_units::table
        .filter(user_units::user_id.eq_any(ids))
        .order(user_units::unit_code)
        .select((user_units::user_id, user_units::unit_code))
        .load(db)?;
    let mut units: HashMap<UserId, Vec<UnitCode>> = HashMap::new();
    for (user, unit) in pairs {
        units.entry(user).or_default().push(unit);
    }
    Ok(rows
        .into_iter()
        .map(|row| {
            let units = units.remove(&row.id).unwrap_or_default();
            row.with_units(units)
        })
        .collect())
}

/// Stores a new account of the caller's province.
pub(super) fn insert(db: &mut Db, caller: &Caller, new: &NewAccount) -> Result<Account> {
    let row = Row {
        id: UserId::new(caller.clock()),
        province_code: caller.scope().province().clone(),
        login: new.login.as_str().to_owned(),
        password_hash: new.password_hash.clone(),
        display_name: new.display_name.clone(),
        role: new.role,
        active: true,
        epoch: 1,
        version: 1,
        created_at: caller.now().naive_utc(),
    };
    diesel::insert_into(users::table)
        .values(&row)
        .execute(db)
        .map_err(|cause| {
            Error::from(cause).if_duplicate(|| {
                let login = new.login.as_str();
                Error::of(Code::Conflict).at(vec![Fault::new(
                    "/login",
                    "duplicate",
                    say!(
                        "the login `{login}` is taken; choose another",
                        "tên đăng nhập `{login}` đã có; hãy chọn tên khác"
                    ),
                )])
            })
        })?;
    set_units(db, row.id, &new.units)?;
    Ok(row.with_units(new.units.clone()))
}

fn set_units(db: &mut Db, user: UserId, units: &[UnitCode]) -> Result<()> {
    diesel::delete(user_units::table.filter(user_units::user_id.eq(user))).execute(db)?;
    let rows: Vec<_> = units
        .iter()
        .map(|unit| (user_units::user_id.eq(user), user_units::unit_code.eq(unit)))
        .collect();
    per_engine!(db, c => diesel::insert_into(user_units::table).values(&rows).execute(c))?;
    Ok(())
}

/// Changes an account; its present tokens die, so that a narrower account is narrower at once.
pub(super) fn update(
    db: &mut Db,
    scope: &Scope,
    id: UserId,
    version: i32,
    change: &AccountChange,
) -> Result<Account> {
    let account = find(db, scope, id)?;
    let changed = diesel::update(users::table.find(id).filter(users::version.eq(version)))
        .set((
            users::display_name.eq(change.display_name.as_deref().unwrap_or(&account.display_name)),
            users::active.eq(change.active.unwrap_or(account.active)),
            users::epoch.eq(users::epoch + 1),
            users::version.eq(users::version + 1),
        ))
        .execute(db)?;
    if changed == 0 {
        return Err(Error::of(Code::StaleVersion));
    }
    if let Some(units) = &change.units {
        set_units(db, id, units)?;
    }
    find(db, scope, id)
}
