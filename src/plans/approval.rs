//! Approval: what a plan proposes becomes secondments, in one transaction, decided by someone who did not propose it.

use super::model::{Plan, PlanState};
use super::{problem, store};
use crate::audit::{
    Change,
    model::{Action, Entry},
};
use crate::auth::Caller;
use crate::error::{Code, Error, Fault, Result};
use crate::http::IfMatch;
use crate::ids::{NeedId, PlanId, StaffId};
use crate::needs::model::Need;
use crate::secondments::model::NewSecondment;
use crate::store::Db;
use crate::{needs, rounds, say, secondments, staff};
use serde_json::json;
use std::collections::HashMap;

/// Approves a submitted plan: its assignments become secondments and their evaluations are opened. Refused when people
/// or needs changed since the plan was solved, for then nobody knows any more that it obeys the rules.
pub fn approve(
    db: &mut Db,
    caller: &Caller,
    id: PlanId,
    based_on: IfMatch,
    note: Option<&str>,
) -> Result<Change<Plan>> {
    let plan = decide(db, caller, id, based_on, PlanState::Approved, note)?;
    let today = problem::build(db, caller, plan.round, &plan.request)?;
    if plan.problem_hash.as_deref() != Some(problem::hash(&today).as_str()) {
        return Err(Error::of(Code::PlanInputsChanged));
    }
    let new = secondments_of(db, caller, &plan)?;
    let mut entries = vec![Entry {
        action: Action::Approve,
        resource: "plan",
        resource_id: id.to_string(),
        detail: json!({"secondments": new.len()}),
    }];
    entries.extend(secondments::service::begin(db, caller, &new)?);
    Ok(Change { value: plan, entries })
}

/// Rejects a submitted plan, saying why.
pub fn reject(
    db: &mut Db,
    caller: &Caller,
    id: PlanId,
    based_on: IfMatch,
    note: &str,
) -> Result<Change<Plan>> {
    let plan = decide(db, caller, id, based_on, PlanState::Rejected, Some(note))?;
    Ok(Change::new(plan, Action::Reject, "plan", id))
}

/// Records the decision. Whoever proposed a plan does not decide on it (Decree 170/2025, article 26).
fn decide(
    db: &mut Db,
    caller: &Caller,
    id: PlanId,
    based_on: IfMatch,
    to: PlanState,
    note: Option<&str>,
) -> Result<Plan> {
    let by = caller.person()?;
    if store::find(db, caller.scope(), id)?.proposed_by == by {
        return Err(Error::new(
            Code::Forbidden,
            say!(
                "you proposed this plan; someone else decides on it",
                "bạn đã đề xuất phương án này; người khác phải quyết định"
            ),
        )
        .at(vec![Fault::new("", "separation", Code::Forbidden.advice())]));
    }
    let plan = store::transition(
        db,
        caller,
        id,
        Some(based_on.version()),
        &[PlanState::Submitted],
        to,
    )?;
    store::set_decision(db, id, by, note)?;
    Ok(Plan {
        decided_by: Some(by),
        decision_note: note.map(str::to_owned),
        ..plan
    })
}

fn secondments_of(db: &mut Db, caller: &Caller, plan: &Plan) -> Result<Vec<NewSecondment>> {
    let round = rounds::service::find(db, caller.scope(), plan.round)?;
    let needs: HashMap<NeedId, Need> = needs::store::accepted(db, caller.scope(), plan.round)?
        .into_iter()
        .map(|need| (need.id, need))
        .collect();
    let departments: HashMap<StaffId, _> = staff::store::roster(db, caller.scope())?
        .into_iter()
        .map(|person| (person.id, person.profile.department))
        .collect();
    store::assignments(db, plan.id, None)?
        .into_iter()
        .map(|assignment| {
            let (Some(need), Some(department)) =
                (needs.get(&assignment.need), departments.get(&assignment.staff))
            else {
                return Err(Error::of(Code::PlanInputsChanged));
            };
            Ok(NewSecondment {
                round: plan.round,
                plan: plan.id,
                need: assignment.need,
                seat_no: assignment.seat_no,
                staff: assignment.staff,
                unit: need.unit.clone(),
                field: need.content.field.clone(),
                department: department.clone(),
                start: round.term.start,
                end: round.term.end,
            })
        })
        .collect()
}
