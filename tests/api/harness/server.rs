//! A running server with its own database.

use super::client::Client;
use super::postgres;
use super::work::real_solver;
use actix_web::dev::ServerHandle;
use cadre::accounts::model::{Login, NewAccount};
use cadre::accounts::service;
use cadre::auth::password::Password;
use cadre::auth::{Caller, Role, TokenKeys};
use cadre::clock::Clock;
use cadre::http::{self, State};
use cadre::ids::{ProvinceCode, UnitCode, UserId};
use cadre::jobs::solver_process::SolverProgram;
use cadre::jobs::worker::Worker;
use cadre::store::{DatabaseUrl, Store};
use cadre::{audit::Change, catalogue};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, mpsc};
use std::thread::{self, JoinHandle};
use tempfile::TempDir;

/// The province that tests live in.
pub const HOME: &str = "68";
/// Another province, which nobody of [`HOME`] may see.
pub const ELSEWHERE: &str = "66";
/// The password of every account that the harness makes.
pub const PASSWORD: &str = "a password for tests";
/// When a test begins: the first morning of a term in Vietnam.
const BEGINNING: &str = "2026-01-05T02:00:00Z";
const TOKEN_SECONDS: i64 = 600;
/// The program in the server's folder that answers questions about plans.
pub(super) const EXPLAINER: &str = "explainer";

/// Where a server keeps its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file of its own.
    Sqlite,
    /// A database of its own in the test program's private cluster.
    Postgres,
}

/// An account that the harness made, with a token that was issued without the slow password check.
#[derive(Debug, Clone)]
pub struct Account {
    pub id: UserId,
    pub login: String,
    pub token: String,
    epoch: i32,
}

/// A running server; it stops when it is dropped.
pub struct Server {
    address: SocketAddr,
    state: State,
    accounts: Mutex<HashMap<(String, Role), Account>>,
    made: Mutex<usize>,
    handle: ServerHandle,
    running: Option<JoinHandle<()>>,
    pub(super) workers: Mutex<Vec<Worker>>,
    pub(super) folder: TempDir,
}

impl Server {
    /// A server on SQLite.
    pub fn start() -> Self {
        Self::start_on(Engine::Sqlite)
    }

    /// A server on this engine. The clock stands until [`Server::pass`] moves it.
    pub fn start_on(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match engine {
            Engine::Sqlite => sqlite_copy(folder.path()),
            Engine::Postgres => postgres::database(prepare),
        };
        let store = Store::open_current(&url).unwrap();
        let keys = TokenKeys::load_or_create(&folder.path().join("key.pem"), TOKEN_SECONDS).unwrap();
        let explainer = SolverProgram {
            path: folder.path().join(EXPLAINER),
            ..real_solver()
        };
        std::os::unix::fs::symlink(real_solver().path, &explainer.path).unwrap();
        let clock = Clock::manual(BEGINNING.parse().unwrap());
        let state = State::new(store, keys, clock, explainer);
        let (started, address) = mpsc::channel();
        let served = state.clone();
        let running = thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = http::serve(served, "127.0.0.1:0".parse().unwrap(), 1).unwrap();
                started.send((server.address, server.handle)).unwrap();
                server.run.await.unwrap();
            });
        });
        let (address, handle) = address.recv().unwrap();
        Self {
            address,
            state,
            accounts: Mutex::default(),
            made: Mutex::default(),
            handle,
            running: Some(running),
            workers: Mutex::default(),
            folder,
        }
    }

    /// The parts that the server runs on, for a test that has to reach behind HTTP.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The server's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.state.clock.now()
    }

    /// Lets time pass for the server.
    pub fn pass(&self, time: TimeDelta) {
        self.state.clock.set(self.now() + time);
    }

    /// Where the private key lies with which the server signs tokens.
    pub fn key_file(&self) -> PathBuf {
        self.folder.path().join("key.pem")
    }

    /// Someone without a token.
    pub fn anonymous(&self) -> Client {
        Client::new(self.address, None)
    }

    /// Someone with this token.
    pub fn with_token(&self, token: &str) -> Client {
        Client::new(self.address, Some(token.to_owned()))
    }

    /// Someone of this role in [`HOME`], always the same and newly signed in; a role that is tied to units has the
    /// province's first one.
    pub fn signed_in(&self, role: Role) -> Client {
        self.signed_in_at(HOME, role)
    }

    /// The same in any province.
    pub fn signed_in_at(&self, province: &str, role: Role) -> Client {
        let account = self.account(province, role);
        self.with_token(&self.token(account.id, account.epoch))
    }

    fn token(&self, user: UserId, epoch: i32) -> String {
        self.state.keys.issue(user, epoch, &self.state.clock).unwrap().0
    }

    /// Someone of this role in [`HOME`], tied to these units.
    pub fn signed_in_for(&self, role: Role, units: &[UnitCode]) -> Client {
        self.with_token(&self.make_account(HOME, role, units).token)
    }

    /// The account behind [`Server::signed_in_at`].
    pub fn account(&self, province: &str, role: Role) -> Account {
        let key = (province.to_owned(), role);
        if let Some(account) = self.accounts.lock().unwrap().get(&key) {
            return account.clone();
        }
        let units = if role.sees_own_units_only() {
            self.units(province)[..1].to_vec()
        } else {
            Vec::new()
        };
        let account = self.make_account(province, role, &units);
        self.accounts.lock().unwrap().insert(key, account.clone());
        account
    }

    /// One more account, tied to these units.
    pub fn make_account(&self, province: &str, role: Role, units: &[UnitCode]) -> Account {
        /// Hashing is slow by design, and every account has the same password.
        static HASH: LazyLock<String> = LazyLock::new(|| Password::from(PASSWORD.to_owned()).hash().unwrap());
        let number = {
            let mut made = self.made.lock().unwrap();
            *made += 1;
            *made
        };
        let login = format!("{role}-{number}");
        let new = NewAccount {
            login: Login::try_from(login.clone()).unwrap(),
            display_name: format!("Test {role} {number}"),
            role,
            units: units.to_vec(),
            password_hash: HASH.clone(),
        };
        let account = self.write_at(province, |db, caller| service::create(db, caller, &new));
        Account {
            id: account.id,
            login,
            token: self.token(account.id, account.epoch),
            epoch: account.epoch,
        }
    }

    /// The province's units by code.
    pub fn units(&self, province: &str) -> Vec<UnitCode> {
        let operator = self.operator(province);
        let units = self
            .state
            .store
            .read(|db| catalogue::store::all_units(db, operator.scope()))
            .unwrap();
        units.into_iter().map(|unit| unit.code).collect()
    }

    /// The operator of a province, whom services let do what the command line can.
    pub fn operator(&self, province: &str) -> Caller {
        Caller::operator(
            province.parse::<ProvinceCode>().unwrap(),
            self.state.clock.clone(),
        )
    }

    /// A write past HTTP.
    pub fn write_at<T>(
        &self,
        province: &str,
        mut body: impl FnMut(&mut cadre::store::Db, &Caller) -> cadre::error::Result<Change<T>>,
    ) -> T {
        let operator = self.operator(province);
        self.state
            .store
            .write(&operator, |db| body(db, &operator))
            .unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for worker in self.workers.get_mut().into_iter().flat_map(std::mem::take) {
            worker.stop();
        }
        // The command is sent at once; the future would only wait for its end, as the join does.
        drop(self.handle.stop(false));
        if let Some(running) = self.running.take() {
            let _ = running.join();
        }
    }
}

/// Schema and catalogue.
fn prepare(url: &DatabaseUrl) {
    let store = Store::open(url).unwrap();
    store.migrate().unwrap();
    catalogue::service::load_shipped(&store).unwrap();
}

/// A copy of a database that is prepared once for all tests, because loading the catalogue takes its time.
fn sqlite_copy(folder: &Path) -> DatabaseUrl {
    static PREPARED: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("prepared.db");
        prepare(&sqlite_url(&file));
        // The pools close a little later; what they wrote must be in the file by now.
        let mut connection = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
        connection
            .batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")
            .unwrap();
        std::fs::read(&file).unwrap()
    });
    let file = folder.join("cadre.db");
    std::fs::write(&file, &*PREPARED).unwrap();
    sqlite_url(&file)
}

fn sqlite_url(file: &Path) -> DatabaseUrl {
    format!("sqlite://{}", file.display()).parse().unwrap()
}
