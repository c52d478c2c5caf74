//! The one door to the database: pooled connections, read and write transactions. Slices put their queries into their
//! own `store.rs`; which engine answers is known to `backend.rs` alone.

mod backend;
#[rustfmt::skip]
pub mod schema;
mod text_enum;

pub use backend::{DatabaseUrl, Db, MultiBackend, Uuid, database_now};

use crate::audit::Change;
use crate::auth::Caller;
use crate::error::{Code, Error, Result};
use crate::{audit, say};
use backend::Manager;
use diesel::r2d2::{self, Pool, PooledConnection};
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use std::time::Duration;

/// How often a write that lost a race on PostgreSQL is tried again.
const WRITE_ATTEMPTS: u32 = 6;
/// How long a request waits for a connection before it is told that the service is busy.
const CONNECTION_WAIT: Duration = Duration::from_secs(5);
const READERS: u32 = 6;

/// Rows that one INSERT may carry: SQLite takes about 32,000 bound values in a statement.
pub const INSERT_CHUNK: usize = 2_000;

/// The database, opened. Clones share the pools.
#[derive(Clone)]
pub struct Store {
    readers: Pool<Manager>,
    writers: Pool<Manager>,
}

impl Store {
    /// Opens the database, without touching its schema. SQLite gets one writer, because it can only have one, and
    /// several readers beside it; PostgreSQL gets one pool for both.
    pub fn open(url: &DatabaseUrl) -> Result<Self> {
        let pool = |size| {
            Pool::builder()
                .max_size(size)
                .min_idle(Some(1))
                .connection_timeout(CONNECTION_WAIT)
                .error_handler(Box::new(r2d2::LoggingErrorHandler))
                .build(Manager(url.clone()))
                .map_err(busy)
        };
        let writers = pool(if matches!(url, DatabaseUrl::Sqlite(_)) {
            1
        } else {
            READERS
        })?;
        let readers = if matches!(url, DatabaseUrl::Sqlite(_)) {
            pool(READERS)?
        } else {
            writers.clone()
        };
        Ok(Self { readers, writers })
    }

    /// Opens the database and refuses one whose schema is older than this program's.
    pub fn open_current(url: &DatabaseUrl) -> Result<Self> {
        let store = Self::open(url)?;
        if backend::migrations_pending(&mut *store.connection(&store.writers)?)? {
            return Err(Error::new(
                Code::Configuration,
                say!(
                    "the database's schema is not up to date; run `cadre migrate` with the same --database-url first",
                    "cấu trúc cơ sở dữ liệu chưa được cập nhật; hãy chạy `cadre migrate` với cùng --database-url trước"
                ),
            ));
        }
        Ok(store)
    }

    /// Brings the schema up to date; gives the names of the migrations that ran.
    pub fn migrate(&self) -> Result<Vec<String>> {
        backend::migrate(&mut *self.connection(&self.writers)?)
    }

    /// Runs `body` on one unchanging state of the data.
    pub fn read<T>(&self, body: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        backend::read_transaction(&mut *self.connection(&self.readers)?, body)
    }

    /// Runs `body` and writes down in the audit log what it says it changed: both are stored, or neither. `body` may
    /// run again when it loses a race, so it must change nothing but the database.
    pub fn write<T>(&self, caller: &Caller, mut body: impl FnMut(&mut Db) -> Result<Change<T>>) -> Result<T> {
        self.transaction(|db| {
            let change = body(db)?;
            audit::record(db, caller, &change.entries)?;
            Ok(change.value)
        })
    }

    /// A write that changes no business record: the job queue's leases and progress. It leaves no audit entry.
    pub fn housekeeping<T>(&self, body: impl FnMut(&mut Db) -> Result<T>) -> Result<T> {
        self.transaction(body)
    }

    fn transaction<T>(&self, mut body: impl FnMut(&mut Db) -> Result<T>) -> Result<T> {
        let mut connection = self.connection(&self.writers)?;
        let mut attempt = 1;
        loop {
            match backend::write_transaction(&mut connection, &mut body) {
                Err(error) if attempt < WRITE_ATTEMPTS && lost_a_race(&error) => {
                    #[expect(
                        clippy::disallowed_methods,
                        reason = "the other transaction must end; nothing tells when"
                    )]
                    std::thread::sleep(Duration::from_millis(u64::from(attempt) * 5));
                    attempt += 1;
                }
                outcome => return outcome,
            }
        }
    }

    fn connection(&self, pool: &Pool<Manager>) -> Result<PooledConnection<Manager>> {
        pool.get().map_err(busy)
    }
}

fn busy(cause: r2d2::PoolError) -> Error {
    Error::of(Code::Overloaded).because(cause)
}

fn lost_a_race(error: &Error) -> bool {
    error
        .cause()
        .and_then(|cause| cause.downcast_ref())
        .is_some_and(|cause| {
            matches!(
                cause,
                DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _)
            )
        })
}

impl From<DieselError> for Error {
    fn from(cause: DieselError) -> Self {
        let code = match &cause {
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Code::Conflict,
            DieselError::DatabaseError(
                DatabaseErrorKind::SerializationFailure | DatabaseErrorKind::ClosedConnection,
                _,
            ) => Code::Overloaded,
            DieselError::DatabaseError(_, info) if info.message().contains("database is locked") => {
                Code::Overloaded
            }
            _ => Code::Internal,
        };
        Self::of(code).because(cause)
    }
}

impl Error {
    /// Turns the database's «there is one already» into an error that says what there is; leaves others as they are.
    #[must_use]
    pub fn if_duplicate(self, told: impl FnOnce() -> Self) -> Self {
        let duplicate = self
            .cause()
            .and_then(|cause| cause.downcast_ref())
            .is_some_and(|cause| {
                matches!(
                    cause,
                    DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)
                )
            });
        if duplicate { told() } else { self }
    }
}
