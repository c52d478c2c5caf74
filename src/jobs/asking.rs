//! Questions about a plan, put to a process of its own: a trial solve may take a core and much memory, and must take no
//! request's thread, nor the service, along.

use super::protocol::{Answer, Ask, Line, Question, Request};
use super::solver_process::{Process, SolverProgram};
use crate::error::{Code, Error, Result};
use cadre_solver::explain::Refusal;
use cadre_solver::{Plan, Problem, Settings};
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

/// A caller waits for the answer.
const TIME_LIMIT: Duration = Duration::from_secs(5);
/// For the check of the plan before, and for putting the answer together.
const GRACE: Duration = Duration::from_secs(3);
/// Less than a solve may take: several are asked at once.
const MEMORY_MIB: u64 = 1024;

/// Puts a question to a plan of a problem. A question that has no answer is a [`Refusal`]; a process that takes too long or
/// ends without a word is an error.
pub fn ask(
    program: &SolverProgram,
    problem: &Problem,
    plan: &Plan,
    question: &Question,
) -> Result<Result<Answer, Refusal>> {
    put(program, problem, plan, question, TIME_LIMIT)
}

fn put(
    program: &SolverProgram,
    problem: &Problem,
    plan: &Plan,
    question: &Question,
    time_limit: Duration,
) -> Result<Result<Answer, Refusal>> {
    let program = SolverProgram {
        memory_limit_mib: program.memory_limit_mib.min(MEMORY_MIB),
        ..program.clone()
    };
    let request = Request {
        problem,
        settings: Settings {
            time_limit_ms: u64::try_from(time_limit.as_millis()).unwrap_or(u64::MAX),
            memory_limit_mib: program.model_limit_mib(),
            ..Settings::default()
        },
        memory_limit_mib: Some(program.memory_limit_mib),
        ask: Some(Ask { plan, question }),
    };
    let mut process = Process::start(&program.path)?;
    let lines = process.converse(serde_json::to_vec(&request).map_err(Error::internal)?)?;
    match lines.recv_timeout(time_limit + GRACE) {
        Ok(Ok(Line::Answer(answer))) => Ok(*answer),
        Ok(Ok(Line::Invalid(message)) | Err(message)) => Err(Error::internal(message)),
        Ok(Ok(Line::Event(_) | Line::Outcome(_))) => {
            Err(Error::internal("the solver solved where it was asked a question"))
        }
        Err(RecvTimeoutError::Timeout) => {
            Err(Error::of(Code::SolveLimitReached)
                .because("the solver did not answer in time and was stopped"))
        }
        // it ended without a word: most likely because it was given no more memory
        Err(RecvTimeoutError::Disconnected) => {
            Err(Error::of(Code::SolveLimitReached).because(process.last_word()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::stand_in::stand_in;
    use super::*;
    use std::time::Instant;

    /// Asks a stand-in for the solver, which misbehaves as the real one can't be told to.
    fn asked(script: &str) -> (Error, Duration) {
        let folder = tempfile::tempdir().unwrap();
        let program = stand_in(folder.path(), script);
        let problem: Problem =
            serde_json::from_str(include_str!("../../data/examples/district-office.json")).unwrap();
        let instance = problem.clone().compile().unwrap();
        let outcome = cadre_solver::solve(&instance, &Settings::default(), &mut |_| {});
        let question = Question::Certificate("nobody".into());
        let began = Instant::now();
        let error = put(
            &program,
            &problem,
            outcome.plan().unwrap(),
            &question,
            Duration::ZERO,
        );
        (error.unwrap_err(), began.elapsed())
    }

    #[test]
    fn a_process_that_takes_too_long_is_killed_and_told_as_a_limit() {
        let (error, took) = asked("sleep 300");
        assert_eq!(error.code(), Code::SolveLimitReached);
        assert!(took < GRACE + Duration::from_secs(3), "{took:?}");
    }

    #[test]
    fn a_process_that_ends_without_an_answer_is_no_answer() {
        assert_eq!(asked("kill -KILL $$").0.code(), Code::SolveLimitReached);
        for (script, told) in [
            ("echo not json", "unreadable"),
            (r#"echo '{"invalid": "no"}'"#, "no"),
        ] {
            let (error, _) = asked(script);
            assert_eq!(error.code(), Code::Internal, "{error}");
            assert!(error.cause().unwrap().to_string().contains(told), "{error}");
        }
    }
}
