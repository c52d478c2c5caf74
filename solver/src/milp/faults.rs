//! HiGHS misbehaving when told to, for tests: of its own accord it does so too seldom to wait for.

use super::Failure;
use super::highs::Said;
use super::master::Vertex;
use crate::outcome::FailureCode;
use std::cell::Cell;

/// What it does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// Ends in an error of its own.
    Error,
    /// Calls infeasible what has a solution.
    Contradiction,
    /// Gives what is no number.
    NotANumber,
    /// Gives numbers that have nothing to do with the question.
    Nonsense,
}

impl Fault {
    pub(crate) const ALL: [Self; 4] = [Self::Error, Self::Contradiction, Self::NotANumber, Self::Nonsense];
}

thread_local! {
    /// What it does, once, and how many answers are sound before that.
    static PLANNED: Cell<Option<(Fault, u32)>> = const { Cell::new(None) };
}

/// Runs something during which HiGHS gives so many sound answers on this thread and then one that is not. Whether it
/// came to that.
pub(crate) fn during<T>(fault: Fault, sound: u32, run: impl FnOnce() -> T) -> (T, bool) {
    PLANNED.set(Some((fault, sound)));
    let done = run();
    (done, PLANNED.take().is_none())
}

fn due() -> Option<Fault> {
    let (fault, sound) = PLANNED.take()?;
    if let Some(left) = sound.checked_sub(1) {
        PLANNED.set(Some((fault, left)));
        return None;
    }
    Some(fault)
}

fn refusal(fault: Fault) -> Option<Failure> {
    let code = match fault {
        Fault::Error => FailureCode::EngineError,
        Fault::Contradiction => FailureCode::EngineContradiction,
        Fault::NotANumber | Fault::Nonsense => return None,
    };
    Some(Failure {
        code,
        message: "HiGHS was told to".to_owned(),
    })
}

/// Instead of the answer to a MILP: a point that the program does not admit has become none by then.
pub(super) fn said() -> Option<Result<Said, Failure>> {
    let optimal = Said {
        x: None,
        optimal: true,
    };
    due().map(|fault| refusal(fault).map_or(Ok(optimal), Err))
}

/// Instead of a vertex of the relaxation.
pub(super) fn vertex(columns: usize, rows: usize) -> Option<Result<Vertex, Failure>> {
    let numbers = |fault: Fault, many: usize| -> Vec<f64> {
        let nonsense = [0.5, -3.0, 1e9, 0.0, -7e-3, 1.0, 2e20];
        match fault {
            Fault::NotANumber => vec![f64::NAN; many],
            _ => nonsense.into_iter().cycle().take(many).collect(),
        }
    };
    due().map(|fault| match refusal(fault) {
        Some(failure) => Err(failure),
        None => Ok(Vertex {
            x: numbers(fault, columns),
            multipliers: numbers(fault, rows),
        }),
    })
}
