//! Rules of plans up to their approval, which has a file of its own.

pub use super::approval::{approve, reject};

use super::model::{Assignment, Plan, PlanRequest, PlanState, UnmetNeed};
use super::{problem, store};
use crate::audit::{Change, model::Action};
use crate::auth::Caller;
use crate::error::{Code, Error, Result};
use crate::http::IfMatch;
use crate::http::page::Page;
use crate::ids::{AssignmentId, NeedId, PlanId, RoundId};
use crate::store::Db;
use crate::{jobs, say};
use cadre_solver as solver;
use serde_json::json;

const LONGEST_SOLVE_SECONDS: u64 = 3_600;
/// Pins, and as many prohibitions, that one request may carry.
const MOST_RULES: usize = 10_000;

/// Asks for a plan of a round. The problem is put together and checked at once, so that contradictory pins are told
/// now and not by a failed plan later; solving is a worker's.
pub fn request(db: &mut Db, caller: &Caller, round: RoundId, request: &PlanRequest) -> Result<Change<Plan>> {
    if request
        .time_limit_seconds
        .is_some_and(|limit| !(1..=LONGEST_SOLVE_SECONDS).contains(&limit))
    {
        return Err(Error::invalid_at(
            "/time_limit_seconds",
            "out_of_range",
            say!(
                "the time limit is 1 to {LONGEST_SOLVE_SECONDS} seconds",
                "giới hạn thời gian từ 1 đến {LONGEST_SOLVE_SECONDS} giây"
            ),
        ));
    }
    for (pointer, count) in [
        ("/pins", request.pins.len()),
        ("/prohibitions", request.prohibitions.len()),
    ] {
        if count > MOST_RULES {
            let told = say!(
                "there are {count}, at most {MOST_RULES} are taken",
                "có {count} mục, tối đa {MOST_RULES}"
            );
            return Err(Error::invalid_at(pointer, "out_of_range", told));
        }
    }
    problem::compile(problem::build(db, caller, round, request)?)?;
    let plan = Plan {
        id: PlanId::new(caller.clock()),
        round,
        state: PlanState::Queued,
        request: request.clone(),
        progress: None,
        problem_hash: None,
        result: None,
        failure: None,
        proposed_by: caller.person()?,
        decided_by: None,
        decision_note: None,
        version: 1,
        created_at: caller.now(),
    };
    store::insert(db, caller, &plan)?;
    jobs::enqueue(db, caller, plan.id)?;
    let detail = json!({"round": round, "pins": request.pins.len(), "prohibitions": request.prohibitions.len(), "seed": request.seed});
    let id = plan.id;
    Ok(Change::with(plan, Action::Create, "plan", id, detail))
}

/// One plan.
pub fn find(db: &mut Db, caller: &Caller, id: PlanId) -> Result<Plan> {
    store::find(db, caller.scope(), id)
}

/// A page of plans.
pub fn list(db: &mut Db, caller: &Caller, round: Option<RoundId>, page: &Page<PlanId>) -> Result<Vec<Plan>> {
    store::list(db, caller.scope(), round, page)
}

/// A page of a plan's assignments.
pub fn assignments(
    db: &mut Db,
    caller: &Caller,
    id: PlanId,
    page: &Page<AssignmentId>,
) -> Result<Vec<Assignment>> {
    store::find(db, caller.scope(), id)?;
    store::assignments(db, id, Some(page))
}

/// A page of a plan's unmet needs.
pub fn unmet(db: &mut Db, caller: &Caller, id: PlanId, page: &Page<NeedId>) -> Result<Vec<UnmetNeed>> {
    store::find(db, caller.scope(), id)?;
    store::unmet(db, id, page)
}

/// Has the independent checker look at a solved plan again: what it finds wrong, which should be nothing.
pub fn verify(db: &mut Db, caller: &Caller, id: PlanId) -> Result<Vec<String>> {
    let (problem, plan) = documents(db, caller, id)?;
    let instance = solver::Problem::parse(&problem).map_err(Error::internal)?;
    let plan: solver::Plan = serde_json::from_str(&plan).map_err(Error::internal)?;
    Ok(match solver::check(&instance, &plan) {
        Ok(_) => Vec::new(),
        Err(disagreements) => disagreements.iter().map(ToString::to_string).collect(),
    })
}

/// What was solved and what came out, as JSON.
pub(super) fn documents(db: &mut Db, caller: &Caller, id: PlanId) -> Result<(String, String)> {
    let state = store::find(db, caller.scope(), id)?.state;
    store::documents(db, id)?.ok_or_else(|| {
        Error::new(
            Code::InvalidTransition,
            say!(
                "the plan is `{state}` and has no result",
                "phương án đang `{state}`, chưa có kết quả"
            ),
        )
    })
}

/// Stops a plan that is still being made. One that the solver is at is `stopping`, until the worker, who notices within a
/// second, has kept its best plan so far; where there is none, in the queue, or told once more, it is `cancelled`.
pub fn cancel(db: &mut Db, caller: &Caller, id: PlanId, based_on: IfMatch) -> Result<Change<Plan>> {
    let version = Some(based_on.version());
    let to = match store::find(db, caller.scope(), id)?.state {
        PlanState::Solving => PlanState::Stopping,
        _ => PlanState::Cancelled,
    };
    let plan = store::transition(db, caller, id, version, PlanState::UNDER_WAY, to)?;
    Ok(Change::new(plan, Action::Cancel, "plan", id))
}

/// Proposes a solved plan for approval.
pub fn submit(db: &mut Db, caller: &Caller, id: PlanId, based_on: IfMatch) -> Result<Change<Plan>> {
    let version = Some(based_on.version());
    let plan = store::transition(
        db,
        caller,
        id,
        version,
        &[PlanState::Solved],
        PlanState::Submitted,
    )?;
    Ok(Change::new(plan, Action::Submit, "plan", id))
}
