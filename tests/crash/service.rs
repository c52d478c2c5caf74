//! The program as a service that can be killed and started again.

use crate::client::Client;
use cadre::store::{DatabaseUrl, Db, Store};
use diesel::RunQueryDsl;
use diesel::sql_types::BigInt;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(45);
const PASSWORD: &str = "a password for tests";

/// A folder with a database, accounts and a signing key: what stays when the service is killed.
pub struct Home {
    folder: TempDir,
    url: String,
}

impl Home {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/cadre.db", folder.path().display());
        let home = Self { folder, url };
        home.run(&["migrate"]);
        fs::write(home.path("password"), PASSWORD).unwrap();
        for role in ["hr", "leader"] {
            let names = ["--login", role, "--role", role, "--display-name", role];
            let password = ["--password-file", &home.path("password")];
            home.run(&[&["user", "create", "--province", "68"][..], &names, &password].concat());
        }
        home
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cadre"));
        command
            .args(arguments)
            .args(["--database-url", &self.url])
            .env_clear()
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }

    pub fn serve(&self) -> Service {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0", "--job-lease-seconds", "2"]);
        command
            .args(["--threads", "2", "--log-format", "json"])
            .args(["--signing-key-file", &self.path("key.pem")])
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
        let address = log
            .by_ref()
            .map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap())
            .find_map(|line| {
                let listening = line["fields"]["message"].as_str()?.starts_with("listening");
                listening.then(|| line["fields"]["address"].as_str().unwrap().parse().unwrap())
            });
        // Whatever else it logs is read away, so that it never waits for the reader.
        thread::spawn(move || log.for_each(drop));
        Service {
            child,
            address: address.unwrap(),
        }
    }

    /// How many rows there are of `SELECT count(*) AS count FROM {what}`, whether or not a service runs.
    pub fn count(&self, what: &str) -> i64 {
        #[derive(diesel::QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        let store = Store::open(&self.url.parse::<DatabaseUrl>().unwrap()).unwrap();
        let query = diesel::sql_query(format!("SELECT count(*) AS count FROM {what}"));
        let read = store.read(|db| match db {
            Db::Sqlite(connection) => Ok(query.get_result::<Count>(connection)?.count),
            Db::Pg(_) => panic!("this database is a file"),
        });
        read.unwrap()
    }
}

/// A running service; it is killed when this goes out of scope.
pub struct Service {
    pub child: Child,
    address: SocketAddr,
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Service {
    /// Signs in; gives the token, which is good after a restart too.
    pub fn sign_in(&self, login: &str) -> String {
        let body = json!({"login": login, "password": PASSWORD});
        let told = Client::new(self.address, None).post("/auth/tokens", body).ok();
        told["access_token"].as_str().unwrap().to_owned()
    }

    pub fn client(&self, token: &str) -> Client {
        Client::new(self.address, Some(token.to_owned()))
    }

    /// The solver's process, stopped in the middle of its work; nothing where the plan is over first.
    pub fn seized_solver(&self, over: impl Fn() -> bool) -> Option<u32> {
        eventually("solver's process", || {
            // It is there for a moment only, and asking the service takes as long.
            let solver = (0..20).find_map(|_| self.solver());
            match solver {
                Some(solver) => {
                    signal(solver, Signal::STOP);
                    Some(Some(solver))
                }
                None => over().then_some(None),
            }
        })
    }

    /// The solver's process, once there is one.
    fn solver(&self) -> Option<u32> {
        let mine = self.child.id().to_string();
        let processes = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
        let mut ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        ids.find(|id| {
            // The fields after the name in brackets: state, then parent.
            let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
            stat.rsplit_once(") ")
                .is_some_and(|(_, rest)| rest.split(' ').nth(1) == Some(&mine))
        })
    }
}

/// Waits until there is something; says what it waited for when there never is.
pub fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "no {what}");
        thread::park_timeout(Duration::from_millis(2));
    }
}

/// Lets a process that was stopped go on; it may be gone.
pub fn go_on(process: u32) {
    signal(process, Signal::CONT);
}

fn signal(process: u32, signal: Signal) {
    let process = i32::try_from(process).ok().and_then(Pid::from_raw).unwrap();
    let _ = kill_process(process, signal);
}

pub fn gone(process: u32) -> Option<()> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    (stat.is_empty() || stat.contains(") Z ")).then_some(())
}
