//! Whoever does something: a signed-in person, the operator at the command line, or the service's own worker.

use super::{Role, Scope};
use crate::clock::{Clock, vietnam_day};
use crate::error::{Code, Error, Result};
use crate::ids::{ProvinceCode, UnitCode, UserId};
use chrono::{DateTime, NaiveDate, Utc};

/// Who acts, how far they see, and when it is for them.
#[derive(Debug, Clone)]
pub struct Caller {
    user: Option<(UserId, Role)>,
    login: String,
    scope: Scope,
    clock: Clock,
}

impl Caller {
    /// A person whose token and account were checked.
    pub(crate) fn signed_in(
        user: UserId,
        role: Role,
        login: String,
        province: ProvinceCode,
        units: Vec<UnitCode>,
        clock: Clock,
    ) -> Self {
        Self {
            user: Some((user, role)),
            login,
            scope: Scope::of(role, province, units),
            clock,
        }
    }

    /// Someone with a shell on the machine and the database's address: `cadre user create`, `cadre demo`.
    pub fn operator(province: ProvinceCode, clock: Clock) -> Self {
        Self {
            user: None,
            login: "operator".into(),
            scope: Scope::province_wide(province),
            clock,
        }
    }

    /// The service's own worker, on a job of this province.
    pub fn worker(province: ProvinceCode, clock: Clock) -> Self {
        Self {
            user: None,
            login: "worker".into(),
            scope: Scope::province_wide(province),
            clock,
        }
    }

    /// The account, where there is one.
    pub fn user(&self) -> Option<UserId> {
        self.user.map(|(id, _)| id)
    }

    /// The account; for steps that are kept with the person who took them.
    pub fn person(&self) -> Result<UserId> {
        self.user().ok_or_else(|| Error::of(Code::Forbidden))
    }

    /// The account's role.
    pub fn role(&self) -> Option<Role> {
        self.user.map(|(_, role)| role)
    }

    /// The account's login, or what acts instead of a person.
    pub fn login(&self) -> &str {
        &self.login
    }

    /// What the caller's queries are confined to.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The clock that ids and times are taken from.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The present day in Vietnam.
    pub fn today(&self) -> NaiveDate {
        vietnam_day(self.clock.now())
    }
}
