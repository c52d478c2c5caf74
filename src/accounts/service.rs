//! Rules of accounts.

use super::model::{Account, AccountChange, NewAccount};
use super::store;
use crate::audit::{Change, model::Action};
use crate::auth::password::Password;
use crate::auth::{Caller, Claims, Role};
use crate::catalogue::service::References;
use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use crate::http::IfMatch;
use crate::http::page::Page;
use crate::ids::{UnitCode, UserId};
use crate::say;
use crate::store::Db;
use serde_json::json;

/// The caller behind a checked token: the account must still be active and of the token's epoch.
pub fn sign_in_by_claims(db: &mut Db, claims: &Claims, clock: Clock) -> Result<Caller> {
    let account = store::by_id(db, claims.sub)?
        .filter(|account| account.active && account.epoch == claims.epoch)
        .ok_or_else(|| Error::of(Code::Unauthenticated))?;
    Ok(Caller::signed_in(
        account.id,
        account.role,
        account.login,
        account.province,
        account.units,
        clock,
    ))
}

/// Looks up who wants to sign in: the account where there is an active one, and the hash to compare with.
pub fn find_by_login(db: &mut Db, login: &str) -> Result<Option<(Account, String)>> {
    Ok(store::by_login(db, login)?.filter(|(account, _)| account.active))
}

/// Compares the password. It takes as long for an unknown login as for a known one; keep it off the request threads.
pub fn check_password(found: Option<(Account, String)>, password: &Password) -> Result<Account> {
    let right = password.matches(found.as_ref().map(|(_, hash)| hash.as_str()));
    found
        .filter(|_| right)
        .map(|(account, _)| account)
        .ok_or_else(|| Error::of(Code::LoginFailed))
}

/// The caller's own account.
pub fn own(db: &mut Db, caller: &Caller) -> Result<Account> {
    store::by_id(db, caller.person()?)?.ok_or_else(Error::not_found)
}

/// A page of the province's accounts.
pub fn list(db: &mut Db, caller: &Caller, page: &Page<UserId>) -> Result<Vec<Account>> {
    store::list(db, caller.scope(), page)
}

/// One account.
pub fn find(db: &mut Db, caller: &Caller, id: UserId) -> Result<Account> {
    store::find(db, caller.scope(), id)
}

/// Makes an account. A commune secretary speaks for exactly one unit, an evaluator for one or more, the others for none.
pub fn create(db: &mut Db, caller: &Caller, new: &NewAccount) -> Result<Change<Account>> {
    check_units(db, caller, new.role, &new.units)?;
    let account = store::insert(db, caller, new)?;
    let detail = json!({"login": account.login, "role": account.role, "units": account.units});
    let id = account.id;
    Ok(Change::with(account, Action::Create, "user", id, detail))
}

/// Changes an account, based on the version that the caller read.
pub fn update(
    db: &mut Db,
    caller: &Caller,
    id: UserId,
    based_on: IfMatch,
    change: &AccountChange,
) -> Result<Change<Account>> {
    let account = store::find(db, caller.scope(), id)?;
    if let Some(units) = &change.units {
        check_units(db, caller, account.role, units)?;
    }
    let account = store::update(db, caller.scope(), id, based_on.version(), change)?;
    let detail = json!({"active": account.active, "units": account.units});
    Ok(Change::with(account, Action::Update, "user", id, detail))
}

fn check_units(db: &mut Db, caller: &Caller, role: Role, units: &[UnitCode]) -> Result<()> {
    let fits = match role {
        Role::CommuneSecretary => units.len() == 1,
        Role::Evaluator => !units.is_empty(),
        _ => units.is_empty(),
    };
    if !fits {
        return Err(Error::invalid_at(
            "/units",
            "units_of_role",
            say!(
                "a commune secretary has exactly one unit, an evaluator at least one, other roles none",
                "bí thư xã gắn với đúng một đơn vị, người đánh giá ít nhất một, vai trò khác không gắn đơn vị"
            ),
        ));
    }
    for (i, unit) in units.iter().enumerate() {
        if units[..i].contains(unit) {
            return Err(Error::invalid_at(
                format!("/units/{i}"),
                "duplicate",
                say!(
                    "unit `{unit}` is named twice; name it once",
                    "đơn vị `{unit}` bị lặp; hãy chỉ ghi một lần"
                ),
            ));
        }
    }
    let units = units
        .iter()
        .enumerate()
        .map(|(i, unit)| (format!("/units/{i}"), unit))
        .collect();
    References {
        units,
        ..References::default()
    }
    .check(db, caller.scope())
}
