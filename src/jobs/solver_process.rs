//! The solver as a child process of the same program: own memory, own process group, killed when it is late. A crash,
//! a hang or a flood of memory in the engine's C++ ends there and nowhere else.

use super::protocol::{Line, Request};
use crate::error::{Error, Result};
use cadre_solver::{Event, Outcome, Problem, Settings};
use rustix::process::{Pid, Signal, kill_process_group};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How long past its own time limit the solver may take to put its plan together.
const GRACE: Duration = Duration::from_secs(5);
const TICK: Duration = Duration::from_millis(500);

/// How to start the solver.
#[derive(Debug, Clone)]
pub struct SolverProgram {
    /// The program: `cadre` itself.
    pub path: PathBuf,
    /// The memory that the process may take at most, in MiB.
    pub memory_limit_mib: u64,
}

impl SolverProgram {
    /// This very program.
    pub fn this(memory_limit_mib: u64) -> Result<Self> {
        Ok(Self {
            path: std::env::current_exe().map_err(Error::internal)?,
            memory_limit_mib,
        })
    }

    /// What the solver's model may take by its own estimate, in MiB: the process needs the rest for itself, and a
    /// refusal with the estimate tells more than a process that is killed.
    pub fn model_limit_mib(&self) -> u64 {
        self.memory_limit_mib / 4 * 3
    }
}

/// How the process ended.
#[derive(Debug)]
pub enum Ended {
    /// With an outcome of its own.
    Outcome(Box<Outcome>),
    /// It refused the problem, in its words.
    Invalid(String),
    /// Without a word: it crashed, was killed for its memory, or wrote something that is not of the protocol.
    Crashed(String),
    /// It did not answer within its time and was killed.
    Late,
    /// It was no longer wanted and was killed.
    Unwanted,
}

/// Solves in a child process. `tick` is called at least twice a second with the events since; when it says false, the
/// process is killed.
pub fn solve(
    program: &SolverProgram,
    problem: &Problem,
    settings: Settings,
    mut tick: impl FnMut(Option<Event>) -> Result<bool>,
) -> Result<Ended> {
    let deadline = Instant::now() + settings.time_limit() + GRACE;
    let mut process = Process::start(&program.path)?;
    let request: Request<_> = Request {
        problem,
        settings,
        memory_limit_mib: Some(program.memory_limit_mib),
        ask: None,
    };
    let lines = process.converse(serde_json::to_vec(&request).map_err(Error::internal)?)?;
    loop {
        match lines.recv_timeout(TICK) {
            Ok(Ok(Line::Event(event))) => {
                if !tick(Some(event))? {
                    return Ok(Ended::Unwanted);
                }
            }
            Ok(Ok(Line::Outcome(outcome))) => return Ok(Ended::Outcome(outcome)),
            Ok(Ok(Line::Invalid(message))) => return Ok(Ended::Invalid(message)),
            Ok(Ok(Line::Answer(_))) => {
                return Ok(Ended::Crashed("the solver answered nobody's question".to_owned()));
            }
            Ok(Err(garbled)) => return Ok(Ended::Crashed(garbled)),
            Err(RecvTimeoutError::Disconnected) => return Ok(Ended::Crashed(process.last_word())),
            Err(RecvTimeoutError::Timeout) => {
                if !tick(None)? {
                    return Ok(Ended::Unwanted);
                }
            }
        }
        if Instant::now() > deadline {
            return Ok(Ended::Late);
        }
    }
}

/// A running solver; when this goes out of scope, so does its whole process group.
pub(super) struct Process {
    child: Child,
}

impl Process {
    pub(super) fn start(program: &Path) -> Result<Self> {
        let child = Command::new(program)
            .arg("solver-process")
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .process_group(0)
            .spawn()
            .map_err(Error::internal)?;
        Ok(Self { child })
    }

    /// Sends the request and gives the lines that come back. The child's input stays open until the process is dropped.
    pub(super) fn converse(&mut self, mut request: Vec<u8>) -> Result<Receiver<Result<Line, String>>> {
        let mut stdin = self
            .child
            .stdin
            .take()
            .ok_or_else(|| Error::internal("the solver has no input"))?;
        let stdout = self
            .child
            .stdout
            .take()
            .ok_or_else(|| Error::internal("the solver has no output"))?;
        request.push(b'\n');
        let (sender, lines) = mpsc::sync_channel(1_024);
        std::thread::spawn(move || {
            // A solver that died early makes this fail; the reader below tells why.
            let sent = stdin.write_all(&request).and_then(|()| stdin.flush());
            read_lines(stdout, &sender);
            drop((sent, stdin));
        });
        Ok(lines)
    }

    pub(super) fn last_word(&mut self) -> String {
        match self.child.wait() {
            Ok(status) => format!("the solver ended without an answer ({status})"),
            Err(cause) => format!("the solver ended without an answer ({cause})"),
        }
    }
}

fn read_lines(stdout: ChildStdout, sender: &mpsc::SyncSender<Result<Line, String>>) {
    for line in BufReader::new(stdout).lines() {
        let line = line.map_err(|cause| cause.to_string()).and_then(|line| {
            serde_json::from_str(&line)
                .map_err(|cause| format!("the solver wrote something unreadable: {cause}"))
        });
        let last = !matches!(line, Ok(Line::Event(_)));
        if sender.send(line).is_err() || last {
            return;
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(group) = group {
            // It may be gone already, and that is just as well.
            let _ = kill_process_group(group, Signal::KILL);
        }
        if let Err(cause) = self.child.wait() {
            tracing::warn!(%cause, "could not wait for the solver's process");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::stand_in::stand_in;
    use super::*;

    fn problem() -> Problem {
        serde_json::from_str(include_str!("../../data/examples/district-office.json")).unwrap()
    }

    fn ended(script: &str, wanted: bool) -> (Ended, Duration) {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings {
            time_limit_ms: 0,
            ..Settings::default()
        };
        let began = Instant::now();
        let ended = solve(&stand_in(folder.path(), script), &problem(), settings, |_| {
            Ok(wanted)
        })
        .unwrap();
        (ended, began.elapsed())
    }

    #[test]
    fn a_solver_that_crashes_or_babbles_is_named_and_does_no_harm() {
        assert!(
            matches!(ended("kill -SEGV $$", true).0, Ended::Crashed(told) if told.contains("without an answer"))
        );
        assert!(
            matches!(ended("echo not json", true).0, Ended::Crashed(told) if told.contains("unreadable"))
        );
        assert!(matches!(ended("exit 0", true).0, Ended::Crashed(_)));
    }

    #[test]
    fn a_solver_that_hangs_is_killed_with_everything_it_started() {
        let folder = tempfile::tempdir().unwrap();
        let marker = folder.path().join("child");
        let script = format!("sleep 300 & echo $! > {}; wait", marker.display());
        let (how, took) = ended(&script, true);
        assert!(matches!(how, Ended::Late), "{how:?}");
        assert!(took < GRACE + Duration::from_secs(3), "{took:?}");
        let child = std::fs::read_to_string(&marker).unwrap();
        let gone = (0..50).any(|_| {
            #[expect(clippy::disallowed_methods, reason = "waits for the kernel to end a process")]
            std::thread::sleep(Duration::from_millis(20));
            let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.trim()));
            stat.map_or(true, |stat| stat.contains(") Z "))
        });
        assert!(gone, "the solver's own child {child} still runs");
    }

    #[test]
    fn a_solver_that_is_no_longer_wanted_is_killed_at_once() {
        let (how, took) = ended("sleep 300", false);
        assert!(matches!(how, Ended::Unwanted), "{how:?}");
        assert!(took < Duration::from_secs(3), "{took:?}");
    }
}
