//! Settings that more than one command takes: flags, each with its `CADRE_…` twin in the environment.

use crate::store::DatabaseUrl;
use crate::telemetry::LogFormat;
use clap::Args;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Which database.
#[derive(Debug, Clone, Args)]
pub struct DatabaseOptions {
    /// The database: sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME
    #[arg(long, value_name = "URL", env = "CADRE_DATABASE_URL", hide_env_values = true)]
    pub database_url: DatabaseUrl,
}

/// What goes to the log, and how.
#[derive(Debug, Clone, Args)]
pub struct LogOptions {
    /// What to log: a level, or per module as in `warn,cadre::jobs=debug` [default: warn; serve: info]
    #[arg(long, value_name = "FILTER", env = "CADRE_LOG", global = true)]
    pub log: Option<String>,
    /// How to write the log
    #[arg(long, value_enum, default_value_t, env = "CADRE_LOG_FORMAT", global = true)]
    pub log_format: LogFormat,
}

/// How the service is served.
#[derive(Debug, Clone, Args)]
pub struct ServeOptions {
    #[command(flatten)]
    #[expect(missing_docs, reason = "clap would show it instead of the command's text")]
    pub database: DatabaseOptions,
    /// Where to listen; the default takes calls from this machine only
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "CADRE_LISTEN",
        default_value = "127.0.0.1:8080"
    )]
    pub listen: SocketAddr,
    /// The private key that signs access tokens, made there if it is missing; without it sign-ins end with the process
    #[arg(long, value_name = "FILE", env = "CADRE_SIGNING_KEY_FILE")]
    pub signing_key_file: Option<PathBuf>,
    /// How long an access token is good for
    #[arg(long, value_name = "MINUTES", env = "CADRE_TOKEN_MINUTES", default_value_t = 10,
          value_parser = clap::value_parser!(i64).range(1..=1440))]
    pub token_minutes: i64,
    /// Threads that take requests [default: one per core]
    #[arg(long, value_name = "COUNT", env = "CADRE_THREADS")]
    pub threads: Option<NonZeroUsize>,
    /// Memory that one solve may take at most; it runs in a process of its own
    #[arg(long, value_name = "MIB", env = "CADRE_SOLVER_MEMORY_MIB", default_value_t = 4096,
          value_parser = clap::value_parser!(u64).range(256..=1_048_576))]
    pub solver_memory_mib: u64,
    /// How long a solve stays with a worker that no longer reports, before another takes it
    #[arg(long, value_name = "SECONDS", env = "CADRE_JOB_LEASE_SECONDS", default_value_t = 30,
          value_parser = clap::value_parser!(u64).range(2..=3600))]
    pub job_lease_seconds: u64,
}
