//! `cadre serve`: runs the service until it is told to stop.

use super::{Exit, database, signals};
use crate::auth::TokenKeys;
use crate::clock::Clock;
use crate::config::ServeOptions;
use crate::error::{Error, Result};
use crate::http::{self, Server, State};
use crate::jobs::solver_process::SolverProgram;
use crate::jobs::worker::{Worker, WorkerSettings};
use actix_web::rt::System;
use std::num::NonZeroUsize;
use std::thread::available_parallelism;
use std::time::Duration;

pub(super) fn run(options: &ServeOptions) -> Result<Exit> {
    let store = database::open_current(&options.database.database_url)?;
    let seconds = options.token_minutes * 60;
    let keys = match &options.signing_key_file {
        Some(path) => TokenKeys::load_or_create(path, seconds)?,
        None => {
            tracing::warn!("no --signing-key-file: every sign-in ends when this process does");
            TokenKeys::ephemeral(seconds)?
        }
    };
    let threads = options
        .threads
        .or_else(|| available_parallelism().ok())
        .map_or(1, NonZeroUsize::get);
    let solver = SolverProgram::this(options.solver_memory_mib)?;
    let settings = WorkerSettings {
        program: solver.clone(),
        lease: Duration::from_secs(options.job_lease_seconds),
    };
    let state = State::new(store.clone(), keys, Clock::System, solver);
    let worker = System::new().block_on(async {
        let server = http::serve(state, options.listen, threads)?;
        let worker = Worker::start(store, Clock::System, settings);
        until_told(server).await.map(|()| worker)
    })?;
    worker.stop();
    Ok(Exit::Ok)
}

/// Runs the server until SIGTERM or SIGINT; requests that it has accepted are finished first.
pub(super) async fn until_told(server: Server) -> Result<()> {
    let told = signals::told_to_stop()?;
    let handle = server.handle;
    tracing::info!(address = %server.address, "listening; the documentation is at /docs/");
    actix_web::rt::spawn(async move {
        told.await;
        tracing::info!("stopping");
        handle.stop(true).await;
    });
    server.run.await.map_err(Error::internal)
}
