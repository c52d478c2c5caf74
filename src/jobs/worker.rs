//! The worker: takes one job after another, solves it in a child process, and has `ending.rs` store what came out. It
//! holds no transaction while it solves.

use super::solver_process::{self, Ended, SolverProgram};
use super::store::{self, Lease};
use crate::auth::Caller;
use crate::clock::Clock;
use crate::error::Result;
use crate::plans::failure::PlanFailure;
use crate::plans::model::{Plan, PlanState, Progress};
use crate::plans::{problem, solving};
use crate::store::Store;
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

/// A worker's loop, on its thread.
pub(super) struct Loop {
    pub(super) store: Store,
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
            return self.fail(&caller, lease, &PlanFailure::crashed(MOST_ATTEMPTS));
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
                tracing::warn!(plan = %lease.plan, %error, "the records changed since the plan was asked for");
                return self.fail(&caller, lease, &PlanFailure::from(&error));
            }
            Err(error) => return Err(error),
        };
        let settings = Settings {
            memory_limit_mib: self.settings.program.model_limit_mib(),
            ..settings
        };
        let (ended, kept) = self.solve(&caller, lease, &plan, &instance, settings)?;
        if let Ended::Crashed(how) = &ended {
            tracing::warn!(plan = %lease.plan, attempt = lease.attempt, how, "the solver crashed");
        }
        match (ended, kept) {
            (ended, Some(best)) => self.store_outcome(&caller, lease, &instance, best, gone_wrong(&ended)),
            (Ended::Outcome(outcome), None) => self.store_outcome(&caller, lease, &instance, *outcome, None),
            (Ended::Invalid(message), None) => self.fail(&caller, lease, &PlanFailure::refused(&message)),
            (Ended::Late, None) => self.fail(&caller, lease, &PlanFailure::late()),
            (Ended::Crashed(_), None) => self.give_back(lease),
            (Ended::Unwanted, None) if self.stopping() => self.hand_back(lease),
            (Ended::Unwanted, None) => self.give_up(&caller, lease),
        }
    }

    /// Solves, keeping the lease alive and the plan's progress up to date, until there is an end or the plan is no
    /// longer wanted. Where no attempt will follow, it gives the best plan that the solver told of as well.
    fn solve(
        &self,
        caller: &Caller,
        lease: &Lease,
        plan: &Plan,
        instance: &Instance,
        settings: Settings,
    ) -> Result<(Ended, Option<Outcome>)> {
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
        Ok(match ended {
            Ended::Outcome(outcome) => (Ended::Outcome(Box::new(outcome.or_best(best))), None),
            ended => (ended, best.filter(|_| is_last)),
        })
    }
}

/// What went wrong, where a solve ended without a word.
fn gone_wrong(ended: &Ended) -> Option<PlanFailure> {
    match ended {
        Ended::Crashed(_) => Some(PlanFailure::crashed(MOST_ATTEMPTS)),
        Ended::Late => Some(PlanFailure::late()),
        Ended::Outcome(_) | Ended::Invalid(_) | Ended::Unwanted => None,
    }
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
            Event::OneCostStarted { seconds, .. } => {
                // what the core said of tiers is not what comes out
                (self.tier, self.value, self.bound) = (None, None, None);
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
