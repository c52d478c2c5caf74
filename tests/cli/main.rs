//! The program `cadre` itself: what it prints, where to, and how it ends.

#![expect(
    clippy::unwrap_used,
    reason = "a test that fails panics; the lint knows #[test] functions only"
)]

mod explain;
mod replay;
mod stopping;
mod vietnamese;

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const PROBLEM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/examples/district-office.json");

/// The program with these words as arguments, and nothing of this test's environment.
fn cadre(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cadre"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    cadre(arguments).output().unwrap()
}

fn with_input(arguments: &[&str], input: &str) -> Output {
    let mut child = cadre(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments closes the pipe unread.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

#[track_caller]
fn ended(output: &Output, code: i32) -> (String, String) {
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "stdout: {out}\nstderr: {err}");
    (out, err)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn problem() -> Value {
    serde_json::from_str(&std::fs::read_to_string(PROBLEM).unwrap()).unwrap()
}

fn database() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/cadre.db", folder.path().display());
    (folder, url)
}

#[test]
fn migrating_twice_adds_nothing_the_second_time() {
    let (_folder, url) = database();
    let migrate = |format: &str| run(&["migrate", "--database-url", &url, "--format", format]);
    let (first, _) = ended(&migrate("json"), 0);
    let first: Value = serde_json::from_str(&first).unwrap();
    assert_eq!(
        (&first["added"]["provinces"], &first["added"]["units"]),
        (&json!(34), &json!(3321))
    );
    assert!(!first["migrations"].as_array().unwrap().is_empty());
    let (second, _) = ended(&migrate("table"), 0);
    assert!(second.contains("units        0 added"), "{second}");
}

#[test]
fn an_account_is_made_with_a_password_from_a_file_or_from_stdin() {
    let (folder, url) = database();
    ended(&run(&["migrate", "--database-url", &url]), 0);
    let file = folder.path().join("password");
    std::fs::write(&file, "a password for tests\n").unwrap();
    let create = |login: &str, role: &str, more: &[&str], input: &str| {
        let base = [
            "user",
            "create",
            "--database-url",
            &url,
            "--login",
            login,
            "--role",
            role,
        ];
        let rest = [
            "--province",
            "68",
            "--display-name",
            "Người thử",
            "--format",
            "json",
        ];
        with_input(&[&base[..], &rest, more].concat(), input)
    };
    let (made, _) = ended(
        &create("first", "admin", &["--password-file", file.to_str().unwrap()], ""),
        0,
    );
    let made: Value = serde_json::from_str(&made).unwrap();
    assert_eq!(
        (&made["login"], &made["role"]),
        (&json!("first"), &json!("admin"))
    );
    ended(&create("second", "hr", &[], "a password for tests\n"), 0);
    for (output, told) in [
        (
            create("first", "admin", &[], "a password for tests\n"),
            "/login: the login `first` is taken",
        ),
        (
            create("third", "admin", &[], "short\n"),
            "/password: a password has 12 to 256 characters",
        ),
        (
            create("Third", "admin", &[], "a password for tests\n"),
            "--login: a login has 2 to 64",
        ),
        (
            create("third", "evaluator", &[], "a password for tests\n"),
            "/units: ",
        ),
    ] {
        let (out, err) = ended(&output, 3);
        assert!(
            out.is_empty() && err.starts_with("error: ") && err.contains(told),
            "{err}"
        );
    }
    let unknown = [
        "user",
        "create",
        "--database-url",
        &url,
        "--province",
        "99",
        "--login",
        "third",
    ];
    let rest = ["--role", "admin", "--display-name", "x", "--lang", "vi"];
    let (_, err) = ended(
        &with_input(&[&unknown[..], &rest].concat(), "a password for tests\n"),
        3,
    );
    assert!(
        err.starts_with("lỗi: ") && err.contains("không có tỉnh 99"),
        "{err}"
    );
}

#[test]
fn a_database_that_is_not_there_is_not_made_by_mistake() {
    let (folder, url) = database();
    let (_, err) = ended(
        &run(&["serve", "--database-url", &url, "--listen", "127.0.0.1:0"]),
        2,
    );
    assert!(err.contains("there is no database at"), "{err}");
    assert!(!folder.path().join("cadre.db").exists());
    let nobody = "postgres://127.0.0.1:1/nothing?connect_timeout=1";
    ended(&run(&["migrate", "--database-url", nobody]), 6);
    ended(&run(&["migrate", "--database-url", "cadre.db"]), 2);
    std::fs::write(folder.path().join("cadre.db"), "").unwrap();
    let (_, err) = ended(&run(&["serve", "--database-url", &url]), 2);
    assert!(err.contains("cadre migrate"), "{err}");
}

#[test]
fn a_problem_is_solved_from_a_file_and_from_stdin_alike() {
    let (table, _) = ended(&run(&["solve", PROBLEM]), 0);
    for part in [
        "the best there is, in every tier",
        "network core",
        "TIER",
        "critical",
        "UNIT",
    ] {
        assert!(table.contains(part), "{part} in {table}");
    }
    let (json, err) = ended(&run(&["solve", PROBLEM, "--format", "json"]), 0);
    assert!(err.is_empty(), "{err}");
    let plan: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&plan["format"], &plan["optimal"]),
        (&json!("cadre-plan/1"), &json!(true))
    );
    let (again, _) = ended(
        &with_input(&["solve", "-", "--format", "json"], &problem().to_string()),
        0,
    );
    assert_eq!(json, again);
}

#[test]
fn what_is_wrong_with_a_problem_is_told_with_its_place() {
    let solve = |problem: &Value| with_input(&["solve", "-"], &problem.to_string());
    let mut wrong = problem();
    wrong["needs"][0]["headcount"] = json!(0);
    let (out, err) = ended(&solve(&wrong), 3);
    assert!(out.is_empty() && err.contains("/needs/0/headcount"), "{err}");
    ended(&with_input(&["solve", "-"], "not json"), 3);
    ended(&run(&["solve", "/nowhere/problem.json"]), 3);
    // One person can't be pinned to two needs, and both pins are named.
    let mut torn = problem();
    let (person, needs) = (torn["people"][0]["id"].clone(), torn["needs"].clone());
    torn["pins"] =
        json!([{"person": person, "need": needs[0]["id"]}, {"person": person, "need": needs[1]["id"]}]);
    let (_, err) = ended(&solve(&torn), 3);
    assert!(err.contains("/pins"), "{err}");
    let (_, err) = ended(&run(&["solve", PROBLEM, "--memory-limit-mib", "0"]), 4);
    assert!(err.contains("MiB"), "{err}");
    ended(&run(&["solve", PROBLEM, "--seed", "x"]), 2);
}

#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let mut child = cadre(&["openapi"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    // The document is larger than a pipe holds, so the program is still writing when the reader goes.
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    assert_eq!(first, "{\n");
    let (_, err) = ended(&child.wait_with_output().unwrap(), 0);
    assert!(err.is_empty(), "{err}");
}

#[test]
fn help_and_mistakes_go_where_they_belong() {
    let (help, err) = ended(&run(&["--help"]), 0);
    assert!(help.contains("Exit codes:") && err.is_empty());
    assert!(
        !help.contains("solver-process"),
        "the solver's process is not for people: {help}"
    );
    let (out, err) = ended(&run(&["serv"]), 2);
    assert!(out.is_empty() && err.contains("serve"), "{err}");
    let (script, _) = ended(&run(&["completions", "bash"]), 0);
    assert!(script.contains("_cadre()"));
    let (_, err) = ended(&run(&["openapi", "--log", "cadre=loud"]), 2);
    assert!(err.contains("log filter"), "{err}");
}

/// A child that is killed when the test ends, however it ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    fn ends_within(&mut self, time: Duration) -> Option<std::process::ExitStatus> {
        let start = Instant::now();
        while start.elapsed() < time {
            if let Some(status) = self.0.try_wait().unwrap() {
                return Some(status);
            }
            std::thread::park_timeout(Duration::from_millis(10));
        }
        None
    }
}

#[test]
fn the_service_serves_and_stops_when_told() {
    let (folder, url) = database();
    ended(&run(&["migrate", "--database-url", &url]), 0);
    let key = folder.path().join("key.pem");
    let arguments = [
        "serve",
        "--database-url",
        &url,
        "--listen",
        "127.0.0.1:0",
        "--threads",
        "1",
        "--log-format",
        "json",
    ];
    let mut command = cadre(&arguments);
    command
        .args(["--signing-key-file", key.to_str().unwrap()])
        .stderr(Stdio::piped());
    let mut service = Running(command.spawn().unwrap());
    let mut log = BufReader::new(service.0.stderr.take().unwrap()).lines();
    let address = log
        .by_ref()
        .map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap())
        .find_map(|line| {
            let listening = line["fields"]["message"].as_str()?.starts_with("listening");
            listening.then(|| line["fields"]["address"].as_str().unwrap().to_owned())
        });
    // Whatever else it logs is read away, so that it never waits for the reader.
    std::thread::spawn(move || log.for_each(drop));
    let ready = ureq::get(format!("http://{}/readyz", address.unwrap()))
        .call()
        .unwrap();
    assert_eq!(ready.status(), 200);
    assert!(key.exists());
    let pid = rustix::process::Pid::from_child(&service.0);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    let status = service.ends_within(Duration::from_secs(30)).expect("it stops");
    assert_eq!(status.code(), Some(0));
}

fn request(memory_limit_mib: Option<u64>) -> String {
    let settings = json!({"time_limit_ms": 10_000, "memory_limit_mib": 1024, "seed": 1});
    json!({"problem": problem(), "settings": settings, "memory_limit_mib": memory_limit_mib}).to_string()
        + "\n"
}

#[test]
fn the_solvers_process_answers_in_lines_and_ends_with_its_input() {
    let mut command = cadre(&["solver-process"]);
    let mut process = Running(
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut input = process.0.stdin.take().unwrap();
    input.write_all(request(Some(4096)).as_bytes()).unwrap();
    let lines = BufReader::new(process.0.stdout.take().unwrap()).lines();
    let lines: Vec<Value> = lines
        .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
        .collect();
    let (last, events) = lines.split_last().unwrap();
    assert_eq!(last["outcome"]["status"], "solved", "{last}");
    assert_eq!(events[0]["event"]["event"], "started");
    assert!(events.iter().all(|line| line.get("event").is_some()));
    assert_eq!(
        process
            .ends_within(Duration::from_secs(10))
            .expect("it ends")
            .code(),
        Some(0)
    );
    drop(input);

    // A parent that dies before it has sent anything leaves nothing behind either.
    let mut orphan = Running(
        cadre(&["solver-process"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap(),
    );
    drop(orphan.0.stdin.take());
    assert!(orphan.ends_within(Duration::from_secs(10)).is_some());
}

#[test]
fn the_solvers_process_ends_in_the_middle_of_its_work_when_its_worker_is_gone() {
    let mut process = Running(
        cadre(&["solver-process"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let settings = json!({"time_limit_ms": 60_000, "memory_limit_mib": 4096, "seed": 1});
    let request =
        json!({"problem": stopping::long_problem(), "settings": settings, "memory_limit_mib": null});
    let mut input = process.0.stdin.take().unwrap();
    input.write_all(format!("{request}\n").as_bytes()).unwrap();
    let mut lines = BufReader::new(process.0.stdout.take().unwrap()).lines();
    let at_work = lines.by_ref().any(|line| line.unwrap().contains("tier_started"));
    assert!(at_work, "it ended without beginning");
    drop(input);
    let status = process.ends_within(Duration::from_secs(10)).expect("it ends");
    assert_eq!(status.code(), None, "killed, whatever its threads were at");
    assert!(!lines.any(|line| line.unwrap().contains("outcome")));
}

#[test]
fn the_solvers_process_keeps_its_memory_limit() {
    let mut child = cadre(&["solver-process"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // Less than the program itself takes: nothing more can be had from the system.
    input.write_all(request(Some(1)).as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    drop(input);
    assert!(!output.status.success(), "{output:?}");
    assert!(!text(&output.stdout).contains("outcome"), "{output:?}");
}
