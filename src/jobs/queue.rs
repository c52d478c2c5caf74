//! Putting work into the queue.

use super::store;
use crate::auth::Caller;
use crate::error::Result;
use crate::ids::{JobId, PlanId};
use crate::store::Db;

/// Queues a plan for solving, in the transaction that stores the plan.
pub fn enqueue(db: &mut Db, caller: &Caller, plan: PlanId) -> Result<()> {
    store::insert(db, JobId::new(caller.clock()), caller.scope().province(), plan)
}
