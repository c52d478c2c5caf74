//! What the service and the solver's process say to each other: one JSON document a line.

use cadre_solver::explain::{Certificate, Explainer, Refusal, Why, WhyNot};
use cadre_solver::{Event, NeedId, Outcome, PersonId, Plan, Problem, Settings};
use serde::{Deserialize, Serialize};

/// The first line to the solver. Its standard input then stays open; when it closes, the solver ends, so that it never
/// outlives whoever asked.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request<P = Problem, A = Ask> {
    /// What to solve, or what the plan in question was solved from.
    pub problem: P,
    /// The limits.
    pub settings: Settings,
    /// The memory that the process may take at most, in MiB, enforced by the operating system.
    pub memory_limit_mib: Option<u64>,
    /// What to explain instead of solving.
    #[serde(default = "nothing", skip_serializing_if = "Option::is_none")]
    pub ask: Option<A>,
}

/// For serde, which would ask for a default of the type otherwise.
fn nothing<A>() -> Option<A> {
    None
}

/// A question about a plan.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ask<P = Plan, Q = Question> {
    /// The plan.
    pub plan: P,
    /// The question.
    pub question: Q,
}

/// What a plan can be asked.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Why does this need have empty seats, and what would fill one?
    Certificate(NeedId),
    /// Why does the person serve where he or she does; or, of another need, why not there?
    Person(PersonId, Option<NeedId>),
}

/// What it answers.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Everything there is to say about an empty seat.
    Certificate(Certificate),
    /// What the person's place is worth, and the best plan without it.
    Why(Why),
    /// What speaks against the person at that need.
    WhyNot(WhyNot),
}

/// A line from the solver: any number of events, then one end.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// What it is doing.
    Event(Event),
    /// How a solve ended.
    Outcome(Box<Outcome>),
    /// The answer to a question, or why there is none.
    Answer(Box<Result<Answer, Refusal>>),
    /// The problem is not valid, in words.
    Invalid(String),
}

impl Question {
    /// Puts the question to a plan.
    pub fn put(&self, explainer: &Explainer<'_>) -> Result<Answer, Refusal> {
        match self {
            Self::Certificate(need) => explainer.certificate(need).map(Answer::Certificate),
            Self::Person(person, None) => explainer.why(person).map(Answer::Why),
            Self::Person(person, Some(need)) => match explainer.why_not(person, need)? {
                WhyNot::Serves { .. } => explainer.why(person).map(Answer::Why),
                other => Ok(Answer::WhyNot(other)),
            },
        }
    }
}
