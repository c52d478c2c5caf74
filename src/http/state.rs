//! What the handlers share.

use crate::auth::TokenKeys;
use crate::clock::Clock;
use crate::error::{Code, Error, Result};
use crate::jobs::solver_process::SolverProgram;
use crate::store::Store;
use actix_web::rt::task::spawn_blocking;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Database calls under way at once: as many as there are connections, so that waiting happens here, in order, and not
/// in the pool.
const DATABASE_CALLS: usize = 6;
/// A hash takes 19 MiB and a core.
const PASSWORD_HASHES: usize = 2;
/// An explanation takes a process with a core and much memory of its own.
const EXPLANATIONS: usize = 2;
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// The service's parts, one per process.
#[derive(Clone)]
pub struct State {
    /// The database.
    pub store: Store,
    /// The token keys.
    pub keys: Arc<TokenKeys>,
    /// The time.
    pub clock: Clock,
    solver: SolverProgram,
    database: Arc<Semaphore>,
    hashing: Arc<Semaphore>,
    explaining: Arc<Semaphore>,
}

impl State {
    /// The shared state around these parts.
    pub fn new(store: Store, keys: TokenKeys, clock: Clock, solver: SolverProgram) -> Self {
        Self {
            store,
            keys: Arc::new(keys),
            clock,
            solver,
            database: Arc::new(Semaphore::new(DATABASE_CALLS)),
            hashing: Arc::new(Semaphore::new(PASSWORD_HASHES)),
            explaining: Arc::new(Semaphore::new(EXPLANATIONS)),
        }
    }

    /// Runs a database call off the request threads.
    pub async fn database<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Store) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let store = self.store.clone();
        bounded(&self.database, move || call(&store)).await
    }

    /// Runs a password hash off the request threads.
    pub async fn hashing<T: Send + 'static>(
        &self,
        call: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        bounded(&self.hashing, call).await
    }

    /// Asks the solver's process something off the request threads.
    pub async fn explaining<T: Send + 'static>(
        &self,
        call: impl FnOnce(&SolverProgram) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let solver = self.solver.clone();
        bounded(&self.explaining, move || call(&solver)).await
    }
}

/// Waits for a place, then runs `call` on a thread that may block. The place is given back when the call is over, even
/// if the client has gone meanwhile.
async fn bounded<T: Send + 'static>(
    places: &Arc<Semaphore>,
    call: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let place = tokio::time::timeout(LONGEST_WAIT, Arc::clone(places).acquire_owned())
        .await
        .map_err(|cause| Error::of(Code::Overloaded).because(cause))?
        .map_err(Error::internal)?;
    spawn_blocking(move || {
        let outcome = call();
        drop(place);
        outcome
    })
    .await
    .map_err(Error::internal)?
}
