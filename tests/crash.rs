//! The service killed in the middle of its work (`kill -9`), and started again: the real program on a database file.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    reason = "a test that fails panics; and `json!` reads best where it is handed over"
)]

#[path = "api/harness/answer.rs"]
#[expect(dead_code, reason = "the API tests use more of it")]
mod answer;
#[path = "api/harness/client.rs"]
#[expect(dead_code, reason = "the API tests use more of it")]
mod client;

use cadre::store::{DatabaseUrl, Db, Store};
use client::Client;
use diesel::RunQueryDsl;
use diesel::sql_types::BigInt;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(45);
const PASSWORD: &str = "a password for tests";

/// A folder with a database, accounts and a signing key: what stays when the service is killed.
struct Home {
    folder: TempDir,
    url: String,
}

impl Home {
    fn new() -> Self {
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

    fn serve(&self) -> Service {
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
    fn count(&self, what: &str) -> i64 {
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
struct Service {
    child: Child,
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
    fn sign_in(&self, login: &str) -> String {
        let body = json!({"login": login, "password": PASSWORD});
        let told = Client::new(self.address, None).post("/auth/tokens", body).ok();
        told["access_token"].as_str().unwrap().to_owned()
    }

    fn client(&self, token: &str) -> Client {
        Client::new(self.address, Some(token.to_owned()))
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
fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "no {what}");
        thread::park_timeout(Duration::from_millis(2));
    }
}

fn gone(process: u32) -> Option<()> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    (stat.is_empty() || stat.contains(") Z ")).then_some(())
}

/// Every row of a list, page by page.
fn all(client: &Client, list: &str) -> Vec<Value> {
    let (mut rows, mut path) = (Vec::new(), format!("{list}?limit=200"));
    loop {
        let page = client.get(&path).ok();
        rows.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(cursor) = page["next_cursor"].as_str() else {
            return rows;
        };
        path = format!("{list}?limit=200&cursor={cursor}");
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn round(hr: &Client) -> String {
    let round = json!({"name": "Đợt 1", "start_date": "2027-02-01", "end_date": "2027-04-30"});
    text(&hr.post("/rounds", round).created()["id"])
}

/// A round whose plan keeps the solver busy for a while: many people who could all do many things.
fn large_round(hr: &Client) -> String {
    const FIELDS: [&str; 5] = ["land", "justice", "finance", "education", "health"];
    let known: Vec<String> = all(hr, "/fields")
        .iter()
        .map(|field| text(&field["code"]))
        .collect();
    let fields: Vec<&String> = known.iter().take(FIELDS.len()).collect();
    let units = all(hr, "/units");
    let round = round(hr);
    for number in 0..70_usize {
        let skills: Vec<Value> = (0..fields.len())
            .map(|field| json!({"field": fields[field], "level": 1 + (number * 7 + field * 3) % 4}))
            .collect();
        let person = json!({
            "staff_number": format!("CB-{number}"), "full_name": "Người Thử", "department": "so-noi-vu",
            "category": "civil_servant", "primary_field": fields[0], "home_unit": units[number]["code"],
            "skills": skills,
        });
        hr.post("/staff", person).created();
    }
    for number in 0..40_usize {
        let need = json!({
            "round": round, "unit": units[number * 3]["code"], "field": fields[number % fields.len()],
            "headcount": 1 + number % 3, "reason": "Hồ sơ tồn đọng",
        });
        let draft = hr.post("/needs", need);
        let path = draft.location();
        let submitted = hr.step(&format!("{path}/submission"), &draft.etag(), json!({}));
        let review = json!({"decision": "accept"});
        hr.step(&format!("{path}/review"), &submitted.etag(), review).ok();
    }
    round
}

#[test]
fn a_plan_that_was_being_solved_is_finished_once_after_a_restart() {
    let home = Home::new();
    let mut service = home.serve();
    let (hr_token, leader_token) = (service.sign_in("hr"), service.sign_in("leader"));
    let round = large_round(&service.client(&hr_token));
    // Solving may end in the moment between looking and killing; then the next plan is tried.
    let interrupted = (0..5).find_map(|_| {
        let hr = service.client(&hr_token);
        let path = hr
            .post(&format!("/rounds/{round}/plans"), json!({}))
            .status(202)
            .location();
        let solver = eventually("solver's process", || {
            let solving = hr.get(&path).ok()["state"] == "solving";
            service.solver().filter(|_| solving)
        });
        service.child.kill().unwrap();
        service.child.wait().unwrap();
        let id = path.rsplit('/').next().unwrap().to_owned();
        let key = format!("x'{}'", id.replace('-', ""));
        let left = home.count(&format!("plans WHERE id = {key} AND state = 'solving'"));
        eventually("end of the solver", || gone(solver));
        let running = format!("jobs WHERE plan_id = {key} AND state = 'running'");
        assert_eq!(home.count(&running), left);
        service = home.serve();
        (left == 1).then_some((path, id, key))
    });
    let (path, id, key) = interrupted.expect("a plan that is still being solved when the service is killed");
    let hr = service.client(&hr_token);
    let plan = eventually("plan", || {
        let plan = hr.get(&path).ok();
        (!["queued", "solving"].contains(&plan["state"].as_str().unwrap())).then_some(plan)
    });
    assert_eq!(plan["state"], "solved", "{plan}");
    let filled = plan["result"]["filled"].as_i64().unwrap();
    assert!(filled > 20, "{plan}");
    let of_plan = |table: &str| home.count(&format!("{table} WHERE plan_id = {key}"));
    assert_eq!((of_plan("plan_documents"), of_plan("assignments")), (1, filled));
    assert_eq!(hr.get(&format!("{path}/verification")).ok()["agrees"], true);
    let done = format!("jobs WHERE plan_id = {key} AND state = 'done' AND attempt = 2");
    assert_eq!(home.count(&done), 1);
    let log = all(&service.client(&leader_token), "/audit-events");
    let told = |action: &str| {
        log.iter()
            .filter(|entry| entry["resource_id"] == id.as_str() && entry["action"] == action)
            .count()
    };
    assert_eq!((told("create"), told("solve"), told("complete")), (1, 2, 1));
}

#[test]
fn a_need_that_was_acknowledged_is_there_and_none_is_half_there() {
    const KILLS: usize = 3;
    let home = Home::new();
    let mut service = home.serve();
    let (hr_token, leader_token) = (service.sign_in("hr"), service.sign_in("leader"));
    let round = round(&service.client(&hr_token));
    let unit = all(&service.client(&hr_token), "/units")[0]["code"].clone();
    let need =
        json!({"round": round, "unit": unit, "field": "land", "headcount": 1, "reason": "Hồ sơ tồn đọng"});
    let acknowledged = Mutex::new(BTreeSet::new());
    for kill in 1..=KILLS {
        let hr = service.client(&hr_token);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    // Until the service is gone.
                    while let Ok(answer) = hr.request("POST", "/needs").json(&need).try_send() {
                        acknowledged.lock().unwrap().insert(text(&answer.created()["id"]));
                    }
                });
            }
            eventually("needs", || {
                (acknowledged.lock().unwrap().len() >= kill * 25).then_some(())
            });
            service.child.kill().unwrap();
            service.child.wait().unwrap();
        });
        service = home.serve();
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(acknowledged.len() >= KILLS * 25);
    let ids = |rows: &[Value], key: &str| rows.iter().map(|row| text(&row[key])).collect::<BTreeSet<_>>();
    let stored = ids(&all(&service.client(&hr_token), "/needs"), "id");
    let lost: Vec<_> = acknowledged.difference(&stored).collect();
    assert!(lost.is_empty(), "{lost:?}");
    // What was stored in the moment of a kill may have gone unacknowledged, but not unlogged.
    let mut log = all(&service.client(&leader_token), "/audit-events");
    log.retain(|entry| entry["resource"] == "need");
    assert_eq!(log.len(), stored.len());
    assert_eq!(ids(&log, "resource_id"), stored);
    assert_eq!(
        home.count("pragma_integrity_check WHERE integrity_check = 'ok'"),
        1
    );
}
