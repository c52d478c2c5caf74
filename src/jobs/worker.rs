//! The worker: takes one job after another, solves it in a child process, and stores what came out. It holds no
//! transaction while it solves, and what it stores it stores only while its lease holds.

use super::solver_process::{self, Ended, SolverProgram};
use super::store::{self, Lease};
use crate::audit::Change;
use crate::auth::Caller;
use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use crate::plans::model::{Plan, PlanFailure, PlanState, Progress};
use crate::plans::{problem, solving};
use crate::store::Store;
use cadre_solver::explain::{Language, contradiction};
use cadre_solver::{Event, Instance, Outcome, Settings};
use chrono::TimeDelta;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How often the queue is looked at when it was empty.
const POLL: Duration = Duration::from_millis(200);
/// After so many attempts that ended without a word, a plan is given up.
const MOST_ATTEMPTS: i32 = 3;

/// How a worker works.
#[derive(Debug, Clone)]
pub struct WorkerSettings {
    /// How the solver is started.
    pub program: SolverProgram,
    /// How long a job stays with a worker that no longer reports.
    pub lease: Duration,
}

/// A worker on a thread of its own.
pub struct Worker {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Worker {
    /// Starts a worker.
    pub fn start(store: Store, clock: Clock, settings: WorkerSettings) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stop);
        let name = format!("{}-{}", std::process::id(), clock.now().timestamp_micros());
        let thread = std::thread::spawn(move || {
            Loop {
                store,
                clock,
                settings,
                name,
                stop: told,
            }
            .run();
        });
        Self { stop, thread }
    }

    /// Stops the worker; a solve under way is killed and its job goes back into the queue.
    pub fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        if self.thread.join().is_err() {
            tracing::error!("the worker had panicked");
        }
    }
}

struct Loop {
    store: Store,
    clock: Clock,
    settings: WorkerSettings,
    name: String,
    stop: Arc<AtomicBool>,
}

impl Loop {
    fn run(&self) {
        while !self.stopping() {
            let worked = self.lease_one().and_then(|lease| match lease {
                Some(lease) => self.work(&lease).map(|()| true),
                None => Ok(false),
            });
            match worked {
                Ok(true) => {}
                Ok(false) => pause(POLL),
                Err(error) => {
                    tracing::error!(%error, "the worker failed at a job; its lease will run out and it will be tried again");
                    pause(POLL * 5);
                }
            }
        }
    }

    fn stopping(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn lease_time(&self) -> TimeDelta {
        TimeDelta::from_std(self.settings.lease).unwrap_or(TimeDelta::seconds(30))
    }

    fn lease_one(&self) -> Result<Option<Lease>> {
        self.store
            .housekeeping(|db| store::lease(db, &self.name, self.lease_time()))
    }

    fn work(&self, lease: &Lease) -> Result<()> {
        let caller = Caller::worker(lease.province.clone(), self.clock.clone());
        tracing::info!(plan = %lease.plan, attempt = lease.attempt, "solving");
        if lease.attempt > MOST_ATTEMPTS {
            let message = format!("the solver ended without an answer {MOST_ATTEMPTS} times");
            return self.fail(&caller, lease, "solver_crashed", &message);
        }
        let Some(plan) = self
            .store
            .write(&caller, |db| solving::take_up(db, &caller, lease.plan))?
        else {
            return self.give_up(&caller, lease);
        };
        let loaded = self.store.read(|db| solving::load(db, &caller, &plan));
        let compiled = loaded.and_then(|(problem, settings)| Ok((problem::compile(problem)?, settings)));
        let (instance, settings) = match compiled {
            Ok(loaded) => loaded,
            Err(error) if error.code().status() < 500 => {
                return self.fail(&caller, lease, error.code().name(), &error.to_string());
            }
            Err(error) => return Err(error),
        };
        let settings = Settings {
            memory_limit_mib: self.settings.program.model_limit_mib(),
            ..settings
        };
        match self.solve(&caller, lease, &plan, &instance, settings)? {
            Ended::Outcome(outcome) => self.store_outcome(&caller, lease, &instance, *outcome),
            Ended::Invalid(message) => self.fail(&caller, lease, "invalid_problem", &message),
            Ended::Late => self.fail(
                &caller,
                lease,
                "solver_late",
                "the solver did not keep its time limit and was stopped",
            ),
            Ended::Crashed(how) => {
                tracing::warn!(plan = %lease.plan, attempt = lease.attempt, how, "the solver crashed");
                self.give_back(lease)
            }
            Ended::Unwanted if self.stopping() => self.hand_back(lease),
            Ended::Unwanted => self.give_up(&caller, lease),
        }
    }

    /// Solves, keeping the lease alive and the plan's progress up to date, until there is an end or the plan is no
    /// longer wanted.
    fn solve(
        &self,
        caller: &Caller,
        lease: &Lease,
        plan: &Plan,
        instance: &Instance,
        settings: Settings,
    ) -> Result<Ended> {
        let mut progress = Progress::default();
        let mut best = None;
        let mut fresh = false;
        let mut stopped = false;
        let mut told = Instant::now();
        let every = (self.settings.lease / 6).min(Duration::from_secs(1));
        let ended = solver_process::solve(&self.settings.program, instance.problem(), settings, |event| {
            if let Some(event) = event {
                progress.take(&event);
                fresh = true;
                best = event.so_far().or(best.take());
            }
            if self.stopping() {
                return Ok(false);
            }
            if told.elapsed() < every {
                return Ok(true);
            }
            told = Instant::now();
            let news = std::mem::take(&mut fresh).then_some(&progress);
            self.store.housekeeping(|db| {
                if !store::renew(db, lease, self.lease_time())? {
                    return Ok(false);
                }
                let state = solving::report(db, caller, plan.id, news)?;
                stopped = state == PlanState::Stopping;
                Ok(state == PlanState::Solving)
            })
        })?;
        if fresh {
            self.store
                .housekeeping(|db| solving::report(db, caller, plan.id, Some(&progress)))?;
        }
        let is_last = match &ended {
            Ended::Late => true,
            Ended::Crashed(_) => lease.attempt >= MOST_ATTEMPTS,
            Ended::Unwanted => stopped,
            Ended::Outcome(_) | Ended::Invalid(_) => false,
        };
        Ok(match best {
            Some(best) if is_last => {
                tracing::warn!(plan = %lease.plan, ?ended, "the solver did not come to an end; its best plan so far is kept");
                Ended::Outcome(Box::new(best))
            }
            _ => ended,
        })
    }

    fn store_outcome(
        &self,
        caller: &Caller,
        lease: &Lease,
        instance: &Instance,
        outcome: Outcome,
    ) -> Result<()> {
        if let Outcome::LimitReached {
            failure: Some(failure),
            ..
        } = &outcome
        {
            tracing::error!(plan = %lease.plan, code = %failure.code, failure.message, "the engine failed; its best plan until then is kept");
        }
        let (plan, engine, seconds) = match outcome {
            Outcome::Solved {
                plan,
                engine,
                seconds,
            }
            | Outcome::LimitReached {
                plan,
                engine,
                seconds,
                ..
            } => (plan, engine, seconds),
            infeasible @ Outcome::Infeasible { .. } => {
                let message = contradiction(&infeasible, Language::English);
                return self.fail(caller, lease, "infeasible", &message);
            }
            Outcome::Refused {
                estimate_mib,
                limit_mib,
                ..
            } => {
                let message = format!(
                    "the problem would need about {estimate_mib} MiB of memory and {limit_mib} MiB are allowed; \
                     give the service more with --solver-memory-mib, or solve a smaller round"
                );
                return self.fail(caller, lease, "out_of_memory", &message);
            }
            Outcome::Failed { code, message } => return self.fail(caller, lease, code.as_str(), &message),
        };
        if let Err(disagreements) = cadre_solver::check(instance, &plan) {
            let told: Vec<String> = disagreements.iter().map(ToString::to_string).collect();
            return self.fail(caller, lease, "checker_disagreement", &told.join("; "));
        }
        let problem = instance.problem();
        self.finish(caller, lease, |db| {
            solving::complete(db, caller, lease.plan, problem, &plan, engine, seconds)
        })?;
        tracing::info!(plan = %lease.plan, seconds, filled = plan.assignments.len(), "solved");
        Ok(())
    }

    fn fail(&self, caller: &Caller, lease: &Lease, code: &str, message: &str) -> Result<()> {
        tracing::warn!(plan = %lease.plan, code, message, "no plan");
        let failure = PlanFailure {
            code: code.to_owned(),
            message: message.to_owned(),
        };
        self.finish(caller, lease, |db| {
            solving::fail(db, caller, lease.plan, &failure)
        })
    }

    /// Stores an ending together with the job's completion; a plan that was cancelled meanwhile stays cancelled.
    fn finish(
        &self,
        caller: &Caller,
        lease: &Lease,
        mut ending: impl FnMut(&mut crate::store::Db) -> Result<Change<()>>,
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
    fn give_up(&self, caller: &Caller, lease: &Lease) -> Result<()> {
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
    fn give_back(&self, lease: &Lease) -> Result<()> {
        self.store
            .housekeeping(|db| store::give_back(db, lease, lease.attempt))
    }

    /// Gives the job back because the service stops: that is no failed attempt, however often it happens.
    fn hand_back(&self, lease: &Lease) -> Result<()> {
        self.store
            .housekeeping(|db| store::give_back(db, lease, lease.attempt - 1))
    }
}

fn lease_lost() -> Error {
    Error::internal("the lease ran out before the result was stored; another worker has the job")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the queue is polled: nothing tells across processes when a job comes"
)]
fn pause(duration: Duration) {
    std::thread::sleep(duration);
}

impl Progress {
    fn take(&mut self, event: &Event) {
        match event {
            Event::Started {
                eligible_pairs,
                seconds,
                ..
            } => {
                self.eligible_pairs = Some(*eligible_pairs);
                self.seconds = *seconds;
            }
            Event::TierStarted { tier, seconds } => {
                self.tier = Some(*tier);
                (self.value, self.bound) = (None, None);
                self.seconds = *seconds;
            }
            Event::Incumbent {
                value,
                bound,
                seconds,
                ..
            } => {
                (self.value, self.bound) = (Some(value.clone()), Some(bound.clone()));
                self.seconds = *seconds;
            }
            Event::TierFinished { value, seconds, .. } => {
                self.value = Some(value.clone());
                self.seconds = *seconds;
            }
            Event::BestSoFar { seconds, .. } => self.seconds = *seconds,
        }
    }
}
