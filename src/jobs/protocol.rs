//! What the worker and the solver's process say to each other: one JSON document a line.

use cadre_solver::{Event, Outcome, Problem, Settings};
use serde::{Deserialize, Serialize};

/// The first line to the solver. Its standard input then stays open; when it closes, the solver ends, so that it never
/// outlives the worker.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request<P = Problem> {
    /// What to solve.
    pub problem: P,
    /// Its limits.
    pub settings: Settings,
    /// The memory that the process may take at most, in MiB, enforced by the operating system.
    pub memory_limit_mib: Option<u64>,
}

/// A line from the solver: any number of events, then one end.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// What it is doing.
    Event(Event),
    /// How it ended.
    Outcome(Box<Outcome>),
    /// The problem is not valid, in words.
    Invalid(String),
}
