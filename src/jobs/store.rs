//! Rows of the job queue. Every change is a compare-and-set on state and attempt, and times are the database's own, so
//! that a stalled worker with an old lease, or one whose clock is off, changes nothing.

use crate::error::Result;
use crate::ids::{JobId, PlanId, ProvinceCode};
use crate::store::schema::jobs;
use crate::store::{Db, database_now};
use crate::text_enum;
use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;

text_enum! {
    /// Where a job stands.
    pub enum JobState {
        /// Waiting.
        Queued,
        /// Leased by a worker.
        Running,
        /// Over.
        Done,
    }
}

/// A job under lease: what every later change must still match.
#[derive(Debug, Clone)]
pub struct Lease {
    /// Which job.
    pub id: JobId,
    /// What is to be solved.
    pub plan: PlanId,
    /// Whose plan it is.
    pub province: ProvinceCode,
    /// Which attempt this is, from 1.
    pub attempt: i32,
}

#[derive(Insertable)]
#[diesel(table_name = jobs)]
struct NewRow<'a> {
    id: JobId,
    province_code: &'a ProvinceCode,
    plan_id: PlanId,
    state: JobState,
    attempt: i32,
    created_at: NaiveDateTime,
}

/// Adds a job for a plan.
pub(super) fn insert(db: &mut Db, id: JobId, province: &ProvinceCode, plan: PlanId) -> Result<()> {
    let created_at = database_now(db)?;
    let row = NewRow {
        id,
        province_code: province,
        plan_id: plan,
        state: JobState::Queued,
        attempt: 0,
        created_at,
    };
    diesel::insert_into(jobs::table).values(&row).execute(db)?;
    Ok(())
}

/// Takes the oldest job that waits or whose lease has run out.
pub(super) fn lease(db: &mut Db, worker: &str, duration: TimeDelta) -> Result<Option<Lease>> {
    let now = database_now(db)?;
    let free = jobs::state.eq(JobState::Queued).or(jobs::state
        .eq(JobState::Running)
        .and(jobs::lease_until.lt(Some(now)).assume_not_null()));
    let candidates: Vec<(JobId, PlanId, ProvinceCode, i32)> = jobs::table
        .filter(free)
        .order(jobs::id)
        .limit(16)
        .select((jobs::id, jobs::plan_id, jobs::province_code, jobs::attempt))
        .load(db)?;
    for (id, plan, province, attempt) in candidates {
        let taken = diesel::update(
            jobs::table
                .find(id)
                .filter(jobs::attempt.eq(attempt))
                .filter(free),
        )
        .set((
            jobs::state.eq(JobState::Running),
            jobs::attempt.eq(attempt + 1),
            jobs::worker.eq(worker),
            jobs::lease_until.eq(now + duration),
        ))
        .execute(db)?;
        if taken == 1 {
            return Ok(Some(Lease {
                id,
                plan,
                province,
                attempt: attempt + 1,
            }));
        }
    }
    Ok(None)
}

/// Whether the lease still holds, and holds on for another `duration`.
pub(super) fn renew(db: &mut Db, lease: &Lease, duration: TimeDelta) -> Result<bool> {
    let until = database_now(db)? + duration;
    let held = diesel::update(held(lease))
        .set(jobs::lease_until.eq(until))
        .execute(db)?;
    Ok(held == 1)
}

/// Ends the job; false when the lease was lost, and then nothing else may be stored either.
pub(super) fn finish(db: &mut Db, lease: &Lease) -> Result<bool> {
    let ended = diesel::update(held(lease))
        .set((
            jobs::state.eq(JobState::Done),
            jobs::lease_until.eq(None::<NaiveDateTime>),
        ))
        .execute(db)?;
    Ok(ended == 1)
}

/// Gives the job back for another attempt, `attempts` having failed.
pub(super) fn give_back(db: &mut Db, lease: &Lease, attempts: i32) -> Result<()> {
    diesel::update(held(lease))
        .set((
            jobs::state.eq(JobState::Queued),
            jobs::attempt.eq(attempts),
            jobs::lease_until.eq(None::<NaiveDateTime>),
        ))
        .execute(db)?;
    Ok(())
}

#[diesel::dsl::auto_type]
fn held(lease: &Lease) -> _ {
    let id: JobId = lease.id;
    let attempt: i32 = lease.attempt;
    let running: JobState = JobState::Running;
    jobs::table
        .filter(jobs::id.eq(id))
        .filter(jobs::attempt.eq(attempt))
        .filter(jobs::state.eq(running))
}
