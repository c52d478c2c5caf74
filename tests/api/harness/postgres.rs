//! A private PostgreSQL cluster for this test program, started by the first test that asks for it; `postgres.sh` beside
//! this file stops it when the program ends, however that happens.

use cadre::store::DatabaseUrl;
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};

const SCRIPT: &str = include_str!("postgres.sh");

struct Cluster {
    /// Where its socket lies.
    folder: String,
    /// While its input is open the cluster runs.
    _script: Mutex<Child>,
}

/// A database of its own, copied from one that `prepare` made ready.
pub(super) fn database(prepare: fn(&DatabaseUrl)) -> DatabaseUrl {
    static CLUSTER: LazyLock<Cluster> = LazyLock::new(start);
    static PREPARED: Mutex<bool> = Mutex::new(false);
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let name = format!("test_{}", MADE.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::establish(&address(&CLUSTER, "postgres")).unwrap();
    let mut prepared = PREPARED.lock().unwrap();
    if !*prepared {
        admin.batch_execute("CREATE DATABASE prepared").unwrap();
        prepare(&address(&CLUSTER, "prepared").parse().unwrap());
        // A database with open connections can't be copied, and the store's close a little later.
        admin
            .batch_execute("ALTER DATABASE prepared ALLOW_CONNECTIONS false")
            .unwrap();
        admin
            .batch_execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = 'prepared'",
            )
            .unwrap();
        *prepared = true;
    }
    admin
        .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE prepared"))
        .unwrap();
    address(&CLUSTER, &name).parse().unwrap()
}

fn address(cluster: &Cluster, database: &str) -> String {
    format!(
        "postgres://cadre@{}/{database}",
        cluster.folder.replace('/', "%2F")
    )
}

fn start() -> Cluster {
    let mut shell = Command::new("sh")
        .args([
            "-c",
            SCRIPT,
            "postgres.sh",
            concat!(env!("CARGO_MANIFEST_DIR"), "/.tools"),
        ])
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // Ctrl-C reaches the test program's group only; the script then cleans up because the pipe closes.
        .process_group(0)
        .spawn()
        .unwrap();
    let mut told = String::new();
    BufReader::new(shell.stdout.take().unwrap())
        .read_line(&mut told)
        .unwrap();
    match told.trim().strip_prefix("ready ") {
        Some(folder) => Cluster {
            folder: folder.to_owned(),
            _script: Mutex::new(shell),
        },
        None => panic!("PostgreSQL does not start: {}", told.trim()),
    }
}
