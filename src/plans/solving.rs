//! What a worker does with a plan: takes it up, reports on it, and ends it with a result or a failure. Each ending is
//! one transaction with the job's, and leaves nothing behind when the lease was lost.

use super::failure::PlanFailure;
use super::model::{Assignment, Plan, PlanProof, PlanResult, PlanState, Progress, UnmetNeed};
use super::{problem, store};
use crate::audit::{Change, model::Action};
use crate::auth::Caller;
use crate::error::{Error, Result};
use crate::ids::{AssignmentId, NeedId, PlanId};
use crate::store::Db;
use cadre_solver::{Engine, Problem, Settings};
use serde_json::json;
use std::collections::HashMap;

/// What the solver may be at: waiting, or taken up before by a worker that is gone.
const WANTED: &[PlanState] = &[PlanState::Queued, PlanState::Solving];

/// A plan as the solver gave it.
pub struct Solution {
    /// Who goes where.
    pub plan: cadre_solver::Plan,
    /// The engine that found it.
    pub engine: Engine,
    /// Seconds that the solver took.
    pub seconds: f64,
    /// Why it is not proven, if not for want of time.
    pub failure: Option<PlanFailure>,
}

/// Takes a plan up: gives what to solve, or nothing where somebody has stopped it meanwhile.
pub fn take_up(db: &mut Db, caller: &Caller, id: PlanId) -> Result<Change<Option<Plan>>> {
    let plan = store::find(db, caller.scope(), id)?;
    if !WANTED.contains(&plan.state) {
        return Ok(Change::none(None));
    }
    let plan = store::transition(db, caller, id, None, WANTED, PlanState::Solving)?;
    Ok(Change::new(Some(plan), Action::Solve, "plan", id))
}

/// Ends a plan that somebody has stopped and that has no plan so far.
pub fn give_up(db: &mut Db, caller: &Caller, id: PlanId) -> Result<Change<()>> {
    if store::find(db, caller.scope(), id)?.state != PlanState::Stopping {
        return Ok(Change::none(()));
    }
    let stopped = &[PlanState::Stopping];
    store::transition(db, caller, id, None, stopped, PlanState::Cancelled)?;
    Ok(Change::new((), Action::Cancel, "plan", id))
}

/// The problem of a plan that was taken up, with the solver's settings.
pub fn load(db: &mut Db, caller: &Caller, plan: &Plan) -> Result<(Problem, Settings)> {
    let problem = problem::build(db, caller, plan.round, &plan.request)?;
    Ok((problem, problem::settings(&plan.request)))
}

/// Keeps what the solver last said, and tells where the plan stands: unless it is `solving`, the solver is no longer
/// wanted.
pub fn report(db: &mut Db, caller: &Caller, id: PlanId, progress: Option<&Progress>) -> Result<PlanState> {
    if let Some(progress) = progress {
        store::set_progress(db, id, progress)?;
    }
    Ok(store::find(db, caller.scope(), id)?.state)
}

/// Ends a plan without a result.
pub fn fail(db: &mut Db, caller: &Caller, id: PlanId, failure: &PlanFailure) -> Result<Change<()>> {
    store::transition(db, caller, id, None, PlanState::UNDER_WAY, PlanState::Failed)?;
    store::set_failure(db, id, failure)?;
    Ok(Change::with(
        (),
        Action::Fail,
        "plan",
        id,
        json!({"code": failure.code}),
    ))
}

/// Ends a plan with the solver's result, which the checker has verified.
pub fn complete(
    db: &mut Db,
    caller: &Caller,
    id: PlanId,
    problem: &Problem,
    solution: &Solution,
) -> Result<Change<()>> {
    let solved = &solution.plan;
    let problem_hash = problem::hash(problem);
    let solved_in = &[PlanState::Solving, PlanState::Stopping];
    let plan = store::transition(db, caller, id, None, solved_in, PlanState::Solved)?;
    let result = PlanResult {
        proof: if solved.optimal {
            PlanProof::Optimal
        } else {
            PlanProof::Open
        },
        counts: solved.counts,
        filled: solved.assignments.len() as u64,
        score: solved.score.clone(),
        unservable_units: solved
            .unservable_units
            .iter()
            .map(|unservable| unservable.unit.to_string())
            .collect(),
        engine: Some(solution.engine),
        seconds: solution.seconds,
    };
    store::set_result(db, id, &problem_hash, &result)?;
    if let Some(failure) = &solution.failure {
        store::set_failure(db, id, failure)?;
    }
    store::insert_documents(db, id, problem, solved)?;
    let first_seats = problem::first_free_seats(db, caller.scope(), plan.round)?;
    store::insert_assignments(db, id, &seated(caller, solved, first_seats)?)?;
    store::insert_unmet(db, id, &unmet(solved)?)?;
    let failure = solution.failure.as_ref().map(|failure| &failure.code);
    let detail = json!({
        "proof": result.proof, "filled": result.filled, "problem_hash": problem_hash, "failure": failure,
    });
    Ok(Change::with((), Action::Complete, "plan", id, detail))
}

/// Numbers the seats of each need, after those that are taken already.
fn seated(
    caller: &Caller,
    solved: &cadre_solver::Plan,
    mut next_seat: HashMap<NeedId, i32>,
) -> Result<Vec<Assignment>> {
    let mut seated = Vec::with_capacity(solved.assignments.len());
    for assignment in &solved.assignments {
        let need: NeedId = assignment.need.as_str().parse().map_err(Error::internal)?;
        let seat = next_seat.entry(need).or_insert(1);
        seated.push(Assignment {
            id: AssignmentId::new(caller.clock()),
            staff: assignment.person.as_str().parse().map_err(Error::internal)?,
            need,
            seat_no: *seat,
            travel_minutes: i32::try_from(assignment.travel_minutes).map_err(Error::internal)?,
            fit: i32::try_from(assignment.fit.score).map_err(Error::internal)?,
        });
        *seat += 1;
    }
    Ok(seated)
}

fn unmet(solved: &cadre_solver::Plan) -> Result<Vec<UnmetNeed>> {
    solved
        .unmet
        .iter()
        .map(|unmet| {
            Ok(UnmetNeed {
                need: unmet.need.as_str().parse().map_err(Error::internal)?,
                missing: i32::try_from(unmet.missing).map_err(Error::internal)?,
                eligible: i32::try_from(unmet.eligible).map_err(Error::internal)?,
                reasons: unmet
                    .reasons
                    .iter()
                    .map(|(reason, count)| (reason.to_string(), *count))
                    .collect(),
            })
        })
        .collect()
}
