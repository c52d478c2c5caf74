//! `cadre solver-process`: the child that solves for a worker, or explains a plan for a caller. One request on standard
//! input; events and an outcome, or an answer, on standard output, a JSON document a line. It has no database and no keys,
//! and ends when its input closes.

use super::{Exit, output};
use crate::error::{Error, Result};
use crate::jobs::protocol::{Ask, Line, Request};
use cadre_solver::explain::Explainer;
use cadre_solver::solve;
use rustix::process::{Resource, Rlimit, Signal, getpid, kill_process, setrlimit};
use std::io::{self, BufRead, Read};

pub(super) fn run() -> Result<Exit> {
    let mut input = io::BufReader::new(io::stdin());
    let mut line = String::new();
    input.read_line(&mut line).map_err(Error::internal)?;
    let request: Request = serde_json::from_str(&line).map_err(Error::internal)?;
    if let Some(limit) = request.memory_limit_mib {
        let bytes = Some(limit << 20);
        setrlimit(
            Resource::As,
            Rlimit {
                current: bytes,
                maximum: bytes,
            },
        )
        .map_err(Error::internal)?;
    }
    std::thread::spawn(move || end_with_the_worker(input));
    let instance = match request.problem.compile() {
        Ok(instance) => instance,
        Err(invalid) => return say(&Line::Invalid(invalid.to_string())).map(|()| Exit::InvalidInput),
    };
    if let Some(Ask { plan, question }) = &request.ask {
        let answer =
            Explainer::new(&instance, plan, &request.settings).and_then(|explainer| question.put(&explainer));
        return say(&Line::Answer(Box::new(answer))).map(|()| Exit::Ok);
    }
    let outcome = solve(&instance, &request.settings, &mut |event| {
        // Nobody listens any more: the thread above is about to end the process.
        let _ = say(&Line::Event(event));
    });
    say(&Line::Outcome(Box::new(outcome)))?;
    Ok(Exit::Ok)
}

fn say(line: &Line) -> Result<()> {
    output::data(&(serde_json::to_string(line).map_err(Error::internal)? + "\n"))
}

/// The worker keeps the input open for as long as it wants an answer; when it is gone, so is the reason to go on. A kill
/// is the one end that the engine's threads can't get in the way of: an exit would run destructors under their hands.
fn end_with_the_worker(mut input: impl Read) {
    let _ = io::copy(&mut input, &mut io::sink());
    let _ = kill_process(getpid(), Signal::KILL);
}
