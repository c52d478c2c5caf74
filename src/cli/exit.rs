//! What the process's exit code says.

use crate::error::{Code, Error};
use cadre_solver::{FailureCode, Outcome};
use std::process::ExitCode;

/// How a command ended, for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Ok = 0,
    /// A failure of the program itself.
    Internal = 1,
    /// Wrong arguments or settings.
    Usage = 2,
    /// The input breaks a rule.
    InvalidInput = 3,
    /// No plan can be made, or none was in time.
    NoPlan = 4,
    /// There is a plan, but a limit came before the proof that it is the best.
    LimitReached = 5,
    /// The database can't be reached or is busy.
    Database = 6,
}

/// The same for people, below `--help`.
pub(super) const HELP: &str = "\
Exit codes:
  0  done
  1  the program failed
  2  wrong arguments or settings
  3  the input breaks a rule, a question has no answer, or a replay gives another plan
  4  no plan can be made, or none was in time
  5  a limit was reached; the plan is not proven to be the best, or a question stays open
  6  the database can't be reached";

impl Exit {
    /// What a failure exits with.
    pub fn of(error: &Error) -> Self {
        match error.code() {
            Code::Internal => Self::Internal,
            Code::Configuration => Self::Usage,
            Code::Overloaded => Self::Database,
            Code::NoPlan => Self::NoPlan,
            Code::SolveLimitReached => Self::LimitReached,
            _ => Self::InvalidInput,
        }
    }
}

impl Exit {
    /// What a solve exits with.
    pub fn of_outcome(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Solved { .. } => Self::Ok,
            Outcome::LimitReached { .. } => Self::LimitReached,
            Outcome::Infeasible { .. }
            | Outcome::Refused { .. }
            | Outcome::Failed {
                code: FailureCode::NoPlanInTime,
                ..
            } => Self::NoPlan,
            Outcome::Failed { .. } => Self::Internal,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_failure_has_its_exit_code() {
        for (code, exit) in [
            (Code::Internal, 1),
            (Code::Configuration, 2),
            (Code::ValidationFailed, 3),
            (Code::MalformedRequest, 3),
            (Code::Conflict, 3),
            (Code::PinConflict, 3),
            (Code::NothingToExplain, 3),
            (Code::NoPlan, 4),
            (Code::SolveLimitReached, 5),
            (Code::Overloaded, 6),
        ] {
            assert_eq!(Exit::of(&Error::of(code)) as u8, exit, "{code:?}");
        }
    }

    #[test]
    fn contradictions_are_no_failure_of_the_program() {
        let infeasible = Outcome::Infeasible {
            contradictions: cadre_solver::Contradictions::default(),
            seconds: 0.1,
        };
        let failed = |code| Outcome::Failed {
            code,
            message: String::new(),
        };
        assert_eq!(Exit::of_outcome(&infeasible), Exit::NoPlan);
        assert_eq!(Exit::of_outcome(&failed(FailureCode::NoPlanInTime)), Exit::NoPlan);
        assert_eq!(
            Exit::of_outcome(&failed(FailureCode::EngineError)),
            Exit::Internal
        );
    }

    #[test]
    fn help_names_every_code() {
        for exit in [
            Exit::Ok,
            Exit::Internal,
            Exit::Usage,
            Exit::InvalidInput,
            Exit::NoPlan,
            Exit::LimitReached,
            Exit::Database,
        ] {
            assert!(HELP.contains(&format!("\n  {}  ", exit as u8)), "{exit:?}");
        }
    }
}
