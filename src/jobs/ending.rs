//! How a job ends: with a plan, a failure, or back in the queue. Whatever is stored is stored together with the job's
//! completion, and only while the lease holds.

use super::store::{self, Lease};
use super::worker::Loop;
use crate::audit::Change;
use crate::auth::Caller;
use crate::error::{Code, Error, Result};
use crate::plans::failure::PlanFailure;
use crate::plans::solving::{self, Solution};
use crate::store::Db;
use cadre_solver::{Failure, Instance, Outcome};

impl Loop {
    /// Stores the end of a solve; `gone_wrong` tells of a fault that cut it off.
    pub(super) fn store_outcome(
        &self,
        caller: &Caller,
        lease: &Lease,
        instance: &Instance,
        outcome: Outcome,
        gone_wrong: Option<PlanFailure>,
    ) -> Result<()> {
        let solution = match outcome {
            Outcome::Solved {
                plan,
                engine,
                seconds,
            } => Solution {
                plan,
                engine,
                seconds,
                failure: None,
            },
            Outcome::LimitReached {
                plan,
                engine,
                seconds,
                failure,
                one_cost,
                ..
            } => Solution {
                plan,
                engine,
                seconds,
                failure: gone_wrong
                    .or_else(|| failure.map(PlanFailure::from))
                    .or_else(|| one_cost.as_ref().map(PlanFailure::under_one_cost)),
            },
            Outcome::Infeasible { contradictions, .. } => {
                return self.fail(caller, lease, &PlanFailure::infeasible(&contradictions));
            }
            Outcome::Refused {
                estimate_mib,
                limit_mib,
                ..
            } => {
                return self.fail(caller, lease, &PlanFailure::too_large(estimate_mib, limit_mib));
            }
            Outcome::Failed { code, message } => {
                return self.fail(caller, lease, &Failure { code, message }.into());
            }
        };
        self.store_solution(caller, lease, instance, &solution)
    }

    fn store_solution(
        &self,
        caller: &Caller,
        lease: &Lease,
        instance: &Instance,
        solution: &Solution,
    ) -> Result<()> {
        if let Err(disagreements) = cadre_solver::check(instance, &solution.plan) {
            let told: Vec<String> = disagreements.iter().map(ToString::to_string).collect();
            return self.fail(caller, lease, &PlanFailure::disagreement(&told.join("; ")));
        }
        let problem = instance.problem();
        self.finish(caller, lease, |db| {
            solving::complete(db, caller, lease.plan, problem, solution)
        })?;
        let (seconds, filled) = (solution.seconds, solution.plan.assignments.len());
        match &solution.failure {
            None => tracing::info!(plan = %lease.plan, seconds, filled, "solved"),
            Some(failure) if failure.is_of_a_limit() => {
                let PlanFailure { code, message_en, .. } = failure;
                tracing::warn!(plan = %lease.plan, seconds, filled, code, message = message_en, "solved under one cost");
            }
            Some(PlanFailure { code, message_en, .. }) => {
                tracing::error!(plan = %lease.plan, seconds, filled, code, message = message_en, "the solve failed; its best plan until then is kept");
            }
        }
        Ok(())
    }

    pub(super) fn fail(&self, caller: &Caller, lease: &Lease, failure: &PlanFailure) -> Result<()> {
        let PlanFailure { code, message_en, .. } = failure;
        tracing::warn!(plan = %lease.plan, code, message = message_en, "no plan");
        self.finish(caller, lease, |db| solving::fail(db, caller, lease.plan, failure))
    }

    /// Stores an ending together with the job's completion; a plan that was cancelled meanwhile stays cancelled.
    fn finish(
        &self,
        caller: &Caller,
        lease: &Lease,
        mut ending: impl FnMut(&mut Db) -> Result<Change<()>>,
    ) -> Result<()> {
        let stored = self.store.write(caller, |db| {
            if !store::finish(db, lease)? {
                return Err(lease_lost());
            }
            ending(db)
        });
        match stored {
            Err(error) if error.code() == Code::InvalidTransition => self.end_job(lease),
            other => other,
        }
    }

    /// Ends a job that nobody wants any more.
    pub(super) fn give_up(&self, caller: &Caller, lease: &Lease) -> Result<()> {
        self.store.write(caller, |db| {
            if store::finish(db, lease)? {
                solving::give_up(db, caller, lease.plan)
            } else {
                // whoever has the job now ends it
                Ok(Change::none(()))
            }
        })
    }

    /// Ends a job whose plan is over.
    fn end_job(&self, lease: &Lease) -> Result<()> {
        self.store.housekeeping(|db| store::finish(db, lease)).map(drop)
    }

    /// Gives the job back after an attempt that failed.
    pub(super) fn give_back(&self, lease: &Lease) -> Result<()> {
        self.store
            .housekeeping(|db| store::give_back(db, lease, lease.attempt))
    }

    /// Gives the job back because the service stops: that is no failed attempt, however often it happens.
    pub(super) fn hand_back(&self, lease: &Lease) -> Result<()> {
        self.store
            .housekeeping(|db| store::give_back(db, lease, lease.attempt - 1))
    }
}

fn lease_lost() -> Error {
    Error::internal("the lease ran out before the result was stored; another worker has the job")
}
