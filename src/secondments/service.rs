//! What happens to secondments.

use super::model::{NewSecondment, Secondment, SecondmentFilter};
use super::{rules, store};
use crate::audit::{Change, Entry, model::Action};
use crate::auth::Caller;
use crate::error::{Code, Error, Fault, Result};
use crate::evaluations;
use crate::evaluations::model::NewEvaluation;
use crate::http::IfMatch;
use crate::http::page::Page;
use crate::ids::SecondmentId;
use crate::say;
use crate::store::Db;
use chrono::NaiveDate;
use serde_json::json;

/// A page of the secondments that the caller may see.
pub fn list(
    db: &mut Db,
    caller: &Caller,
    filter: &SecondmentFilter,
    page: &Page<SecondmentId>,
) -> Result<Vec<Secondment>> {
    store::list(db, caller.scope(), filter, page)
}

/// One secondment.
pub fn find(db: &mut Db, caller: &Caller, id: SecondmentId) -> Result<Secondment> {
    store::find(db, caller.scope(), id)
}

/// Begins secondments and opens their evaluations; gives the log lines. It belongs inside the write that approves the
/// plan: either everyone begins, or nobody does. Whoever is on a secondment already makes it a `conflict` that names
/// them.
pub fn begin(db: &mut Db, caller: &Caller, new: &[NewSecondment]) -> Result<Vec<Entry>> {
    refuse_those_away(db, caller, new)?;
    let ids = store::insert(db, caller, new)?;
    let evaluations: Vec<NewEvaluation> = ids
        .iter()
        .zip(new)
        .map(|(id, new)| NewEvaluation {
            secondment: *id,
            unit: new.unit.clone(),
            due_from: new.end.succ_opt().unwrap_or(new.end),
        })
        .collect();
    let mut entries: Vec<Entry> = ids
        .iter()
        .zip(new)
        .map(|(id, new)| Entry {
            action: Action::Create,
            resource: "secondment",
            resource_id: id.to_string(),
            detail: json!({"plan": new.plan, "need": new.need, "staff": new.staff, "unit": new.unit}),
        })
        .collect();
    entries.extend(evaluations::service::open(db, caller, &evaluations)?);
    Ok(entries)
}

/// The unique index would refuse them too, but could not say who.
fn refuse_those_away(db: &mut Db, caller: &Caller, new: &[NewSecondment]) -> Result<()> {
    let staff: Vec<_> = new.iter().map(|new| new.staff).collect();
    let faults: Vec<Fault> = store::active_of(db, caller.scope(), &staff)?
        .into_iter()
        .map(|(staff, secondment, end)| {
            Fault::new(
                "",
                "already_seconded",
                say!(
                    "the person {staff} is on secondment {secondment}, whose term ends on {end}; complete that one first, or solve again",
                    "cán bộ {staff} đang thực hiện biệt phái {secondment}, thời hạn đến {end}; hãy kết thúc biệt phái đó trước hoặc tính lại phương án"
                ),
            )
        })
        .collect();
    if faults.is_empty() {
        return Ok(());
    }
    let count = faults.len();
    Err(Error::new(
        Code::Conflict,
        say!(
            "{count} of the plan's people are on another secondment; nothing was stored",
            "{count} người trong phương án đang thực hiện biệt phái khác; chưa có gì được lưu"
        ),
    )
    .at(faults))
}

/// The unit says on which day the person arrived.
pub fn arrive(
    db: &mut Db,
    caller: &Caller,
    id: SecondmentId,
    based_on: IfMatch,
    day: NaiveDate,
) -> Result<Change<Secondment>> {
    let secondment = store::find(db, caller.scope(), id)?;
    // Why a step is closed says more than that the version is old, so it is told first.
    rules::in_force(&secondment)?;
    rules::not_arrived(&secondment)?;
    based_on.check(secondment.version)?;
    rules::arrival_day(&secondment, day, caller.today())?;
    let secondment = store::arrive(db, caller, &secondment, day)?;
    let detail = json!({"arrived_on": day});
    Ok(Change::with(secondment, Action::Arrive, "secondment", id, detail))
}

/// Ends a secondment: explicitly, when its term is over, with the post that the person returns to.
pub fn complete(
    db: &mut Db,
    caller: &Caller,
    id: SecondmentId,
    based_on: IfMatch,
    return_post: &str,
) -> Result<Change<Secondment>> {
    let secondment = store::find(db, caller.scope(), id)?;
    rules::in_force(&secondment)?;
    rules::term_over(&secondment, caller.today())?;
    based_on.check(secondment.version)?;
    let post = rules::return_post(return_post)?;
    let secondment = store::complete(db, caller, &secondment, post.as_str())?;
    let detail = json!({"state": secondment.state});
    Ok(Change::with(secondment, Action::End, "secondment", id, detail))
}
