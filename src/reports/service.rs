//! Who gets which report.

use super::registry::{Entry, Report};
use super::store;
use crate::auth::Caller;
use crate::error::{Code, Error, Result};
use crate::ids::RoundId;
use crate::store::Db;

/// The reports that the caller may have.
pub fn list(caller: &Caller) -> impl Iterator<Item = &'static Entry> {
    Report::ALL.iter().filter(|entry| allowed(caller, entry))
}

/// The report called `name`.
pub fn entry(name: &str) -> Result<&'static Entry> {
    Report::ALL
        .iter()
        .find(|entry| entry.name == name)
        .ok_or_else(Error::not_found)
}

/// Puts the report called `name` together, about a round of the caller's province.
pub fn run(db: &mut Db, caller: &Caller, name: &str, round: RoundId) -> Result<Report> {
    let entry = entry(name)?;
    if !allowed(caller, entry) {
        return Err(Error::of(Code::Forbidden));
    }
    let round = store::round(db, caller.scope(), round)?;
    (entry.compile)(db, caller.scope(), round)
}

fn allowed(caller: &Caller, entry: &Entry) -> bool {
    entry.for_units || caller.scope().units().is_none()
}
