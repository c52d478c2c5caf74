//! The only file that knows which database engine is in use. Everything else writes one query text, which diesel's
//! `MultiConnection` compiles for both engines.

use crate::error::{Code, Error, Result};
use crate::say;
use chrono::NaiveDateTime;
use diesel::backend::Backend;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::deserialize::{self, FromSql};
use diesel::pg::Pg;
use diesel::r2d2::ManageConnection;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{Binary, HasSqlType};
use diesel::sqlite::Sqlite;
use diesel::{Connection, PgConnection, RunQueryDsl, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use std::str::FromStr;

/// One text serves both engines: SQLite takes PostgreSQL's type names, and every key is made by the application.
const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// An open connection to either engine.
#[derive(diesel::MultiConnection)]
pub enum Db {
    /// PostgreSQL.
    Pg(PgConnection),
    /// SQLite, compiled in.
    Sqlite(SqliteConnection),
}

/// Compiles the same expression for each engine, for the few queries (batch inserts, ON CONFLICT) that diesel can't
/// express on the enum: `per_engine!(db, c => insert_into(t).values(&rows).execute(c))`.
#[macro_export]
macro_rules! per_engine {
    ($db:expr, $connection:ident => $query:expr) => {
        match $db {
            $crate::store::Db::Pg($connection) => $query,
            $crate::store::Db::Sqlite($connection) => $query,
        }
    };
}

/// An address whose scheme was said out loud, so that a typing error never makes an empty database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// `postgres://…`
    Postgres(String),
    /// `sqlite://PATH`
    Sqlite(String),
}

impl FromStr for DatabaseUrl {
    type Err = Error;

    fn from_str(url: &str) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite://").filter(|path| !path.is_empty()) {
            return Ok(Self::Sqlite(path.to_owned()));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        Err(Error::new(
            Code::Configuration,
            say!(
                "the database address must start with sqlite:// (then a path) or postgres://",
                "địa chỉ cơ sở dữ liệu phải bắt đầu bằng sqlite:// (rồi đến đường dẫn) hoặc postgres://"
            ),
        ))
    }
}

/// Opens connections for a pool.
#[derive(Debug)]
pub(super) struct Manager(pub(super) DatabaseUrl);

impl ManageConnection for Manager {
    type Connection = Db;
    type Error = Error;

    fn connect(&self) -> Result<Db> {
        match &self.0 {
            DatabaseUrl::Postgres(url) => Ok(Db::Pg(
                PgConnection::establish(url).map_err(unreachable_database)?,
            )),
            DatabaseUrl::Sqlite(path) => {
                let mut connection = SqliteConnection::establish(path).map_err(unreachable_database)?;
                connection
                    .batch_execute(
                        "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                         PRAGMA foreign_keys = ON;",
                    )
                    .map_err(Error::from)?;
                Ok(Db::Sqlite(connection))
            }
        }
    }

    fn is_valid(&self, db: &mut Db) -> Result<()> {
        db.batch_execute("SELECT 1").map_err(Error::from)
    }

    fn has_broken(&self, db: &mut Db) -> bool {
        std::thread::panicking()
            || !matches!(
                <Db as Connection>::TransactionManager::transaction_manager_status_mut(db)
                    .transaction_depth(),
                Ok(None)
            )
    }
}

fn unreachable_database(cause: diesel::ConnectionError) -> Error {
    Error::new(
        Code::Overloaded,
        say!(
            "the database can't be reached; nothing was stored",
            "không kết nối được cơ sở dữ liệu; chưa có gì được lưu"
        ),
    )
    .because(cause)
}

/// Runs `body` in a transaction that can write from its first statement on: on SQLite it takes the write lock at once
/// (a later upgrade would fail), on PostgreSQL it is SERIALIZABLE.
pub(super) fn write_transaction<T>(db: &mut Db, body: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
    match db {
        Db::Pg(connection) => AnsiTransactionManager::begin_transaction_sql(
            connection,
            "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE",
        )?,
        Db::Sqlite(connection) => {
            AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN IMMEDIATE")?;
        }
    }
    finish(db, body)
}

/// Runs `body` in a transaction that only reads, so that all its queries see one state.
pub(super) fn read_transaction<T>(db: &mut Db, body: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
    match db {
        Db::Pg(connection) => AnsiTransactionManager::begin_transaction_sql(
            connection,
            "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
        )?,
        Db::Sqlite(connection) => {
            AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN DEFERRED")?;
        }
    }
    finish(db, body)
}

fn finish<T>(db: &mut Db, body: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
    match body(db) {
        Ok(value) => {
            commit(db)?;
            Ok(value)
        }
        Err(error) => {
            rollback(db);
            Err(error)
        }
    }
}

fn commit(db: &mut Db) -> Result<()> {
    let done = match db {
        Db::Pg(connection) => AnsiTransactionManager::commit_transaction(connection),
        Db::Sqlite(connection) => AnsiTransactionManager::commit_transaction(connection),
    };
    done.map_err(|cause| {
        rollback(db);
        Error::from(cause)
    })
}

fn rollback(db: &mut Db) {
    let done = match db {
        Db::Pg(connection) => AnsiTransactionManager::rollback_transaction(connection),
        Db::Sqlite(connection) => AnsiTransactionManager::rollback_transaction(connection),
    };
    if let Err(cause) = done {
        tracing::warn!(%cause, "rollback failed; the connection will be dropped");
    }
}

/// Brings the schema up to date; gives the names of the migrations that ran.
pub(super) fn migrate(db: &mut Db) -> Result<Vec<String>> {
    fn run<DB: Backend, C: MigrationHarness<DB>>(connection: &mut C) -> Result<Vec<String>> {
        let done = connection
            .run_pending_migrations(MIGRATIONS)
            .map_err(Error::internal)?;
        Ok(done.iter().map(ToString::to_string).collect())
    }
    per_engine!(db, connection => run(connection))
}

/// Whether migrations are waiting: the service refuses to serve on an old schema.
pub(super) fn migrations_pending(db: &mut Db) -> Result<bool> {
    per_engine!(db, connection => connection.has_pending_migration(MIGRATIONS).map_err(Error::internal))
}

/// The database's own time, in UTC: what leases are reckoned in, whatever the clocks of the workers say.
pub fn database_now(db: &mut Db) -> Result<NaiveDateTime> {
    #[derive(diesel::QueryableByName)]
    struct Now {
        #[diesel(sql_type = diesel::sql_types::Timestamp)]
        now: NaiveDateTime,
    }
    let now: Now =
        match db {
            Db::Pg(connection) => diesel::sql_query("SELECT clock_timestamp() AT TIME ZONE 'utc' AS now")
                .get_result(connection)?,
            Db::Sqlite(connection) => diesel::sql_query("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now') AS now")
                .get_result(connection)?,
        };
    Ok(now.now)
}

/// A key column: `uuid` on PostgreSQL, 16 bytes on SQLite.
#[derive(Debug, Clone, Copy, Default, diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(name = "uuid"))]
#[diesel(sqlite_type(name = "Binary"))]
pub struct Uuid;

impl HasSqlType<Uuid> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        MultiBackend::lookup_sql_type::<Uuid>(lookup)
    }
}

impl ToSql<Uuid, MultiBackend> for uuid::Uuid {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Uuid, self));
        Ok(IsNull::No)
    }
}

impl ToSql<Uuid, Pg> for uuid::Uuid {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <[u8] as ToSql<Binary, Pg>>::to_sql(self.as_bytes(), out)
    }
}

impl ToSql<Uuid, Sqlite> for uuid::Uuid {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        <[u8] as ToSql<Binary, Sqlite>>::to_sql(self.as_bytes(), out)
    }
}

impl FromSql<Uuid, MultiBackend> for uuid::Uuid {
    fn from_sql(bytes: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        bytes.from_sql::<Self, Uuid>()
    }
}

impl FromSql<Uuid, Pg> for uuid::Uuid {
    fn from_sql(bytes: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self::from_slice(bytes.as_bytes())?)
    }
}

impl FromSql<Uuid, Sqlite> for uuid::Uuid {
    fn from_sql(bytes: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self::from_slice(
            &<Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(bytes)?,
        )?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_address_says_its_engine() {
        assert_eq!(
            "sqlite://cadre.db".parse::<DatabaseUrl>().unwrap(),
            DatabaseUrl::Sqlite("cadre.db".into())
        );
        assert!(matches!(
            "postgres://localhost/cadre".parse(),
            Ok(DatabaseUrl::Postgres(_))
        ));
        for wrong in [
            "cadre.db",
            "sqlite:/cadre.db",
            "sqlite://",
            "mysql://localhost/cadre",
            "",
        ] {
            let error = wrong.parse::<DatabaseUrl>().unwrap_err();
            assert_eq!(error.code(), Code::Configuration, "{wrong}");
        }
    }
}
