//! The workers of a server: the real one with the real solver, or one whose solver is a script that misbehaves.

use super::answer::Answer;
use super::client::Client;
use super::server::{EXPLAINER, Server};
use cadre::jobs::solver_process::SolverProgram;
use cadre::jobs::worker::{Worker, WorkerSettings};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

/// Far more than a small plan takes, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

impl Server {
    /// Lets a worker solve the plan at this path; gives the plan once it is over.
    pub fn solve(&self, client: &Client, plan: &str) -> Answer {
        if self.workers.lock().unwrap().is_empty() {
            self.start_worker(real_solver());
        }
        self.ended(client, plan)
    }

    /// Starts one more worker, with this solver.
    pub fn start_worker(&self, program: SolverProgram) {
        let lease = Duration::from_secs(30);
        let (store, clock) = (self.state().store.clone(), self.state().clock.clone());
        let worker = Worker::start(store, clock, WorkerSettings { program, lease });
        self.workers.lock().unwrap().push(worker);
    }

    /// Stops all workers; a solve under way is given back.
    pub fn stop_workers(&self) {
        let workers = std::mem::take(&mut *self.workers.lock().unwrap());
        workers.into_iter().for_each(Worker::stop);
    }

    /// The plan at this path, once it is over.
    pub fn ended(&self, client: &Client, plan: &str) -> Answer {
        self.once(client, plan, |state| {
            !["queued", "solving", "stopping"].contains(&state)
        })
    }

    /// The plan at this path, once its state is as wanted.
    pub fn once(&self, client: &Client, plan: &str, wanted: fn(&str) -> bool) -> Answer {
        let start = Instant::now();
        loop {
            let answer = client.get(plan).status(200);
            if wanted(answer.json()["state"].as_str().unwrap()) {
                return answer;
            }
            assert!(start.elapsed() < PATIENCE, "not there yet: {answer}");
            thread::park_timeout(Duration::from_millis(30));
        }
    }

    /// A stand-in for the solver: the real one can't be told to misbehave. `$CADRE` is the real one, `$HERE` the
    /// server's folder.
    pub fn stand_in(&self, script: &str) -> SolverProgram {
        let here = self.folder.path();
        let path = here.join("stand-in");
        let (cadre, here) = (env!("CARGO_BIN_EXE_cadre"), here.display());
        let text = format!("#!/bin/sh\nCADRE='{cadre}' HERE='{here}'\n{script}\n");
        // Written by a process of its own: while this one has a file open for writing, a fork on another thread could
        // hold it open, and then it can't be run. Renamed when whole: a worker may be about to run the one before.
        let write = "printf %s \"$1\" >\"$2.new\" && chmod 755 \"$2.new\" && mv \"$2.new\" \"$2\"";
        let written = Command::new("sh")
            .args(["-c", write, "sh", &text])
            .arg(&path)
            .status();
        assert!(written.unwrap().success());
        SolverProgram {
            path,
            memory_limit_mib: 4096,
        }
    }

    /// Has a stand-in answer questions about plans from now on.
    pub fn explain_by(&self, script: &str) {
        let explainer = self.folder.path().join(EXPLAINER);
        std::fs::rename(self.stand_in(script).path, explainer).unwrap();
    }

    /// Makes this file in `$HERE`, for a stand-in that waits for it.
    pub fn tell_stand_in(&self, file: &str) {
        std::fs::write(self.folder.path().join(file), "").unwrap();
    }

    /// Waits until stand-ins have written so many lines into this file of `$HERE`; gives them.
    pub fn told(&self, file: &str, lines: usize) -> String {
        let start = Instant::now();
        loop {
            let told = self.told_by_stand_in(file);
            if told.lines().count() >= lines {
                return told;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "{lines} lines are not there yet: {told}"
            );
            thread::park_timeout(Duration::from_millis(10));
        }
    }

    /// What a stand-in wrote into this file of `$HERE`.
    pub fn told_by_stand_in(&self, file: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(file)).unwrap_or_default()
    }
}

/// The solver itself.
pub fn real_solver() -> SolverProgram {
    SolverProgram {
        path: env!("CARGO_BIN_EXE_cadre").into(),
        memory_limit_mib: 4096,
    }
}
