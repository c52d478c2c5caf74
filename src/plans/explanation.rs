//! Explanations of a solved plan: put to the problem and the plan as they were stored, told with today's names.

use super::names::Directory;
use super::service;
use crate::auth::Caller;
use crate::error::{Code, Error, Language, Result};
use crate::ids::PlanId;
use crate::jobs::asking;
use crate::jobs::protocol::{Answer, Question};
use crate::jobs::solver_process::SolverProgram;
use crate::say;
use crate::store::Db;
use cadre_solver::Problem;
use cadre_solver::explain::{Explain, Refusal};

/// A solved plan, and how to speak of it.
pub struct Stored {
    problem: String,
    plan: String,
    names: Directory,
    language: Language,
}

/// An answer, and the same in sentences.
pub struct Told {
    /// The answer.
    pub answer: Answer,
    /// Its lines; indented ones belong to the one above.
    pub text: Vec<String>,
}

/// Reads what explanations of a plan are made of.
pub fn load(db: &mut Db, caller: &Caller, id: PlanId, language: Language) -> Result<Stored> {
    let (problem, plan) = service::documents(db, caller, id)?;
    Ok(Stored {
        problem,
        plan,
        names: Directory::load(db, caller.scope(), language)?,
        language,
    })
}

impl Stored {
    /// Puts a question; takes seconds.
    pub fn ask(&self, solver: &SolverProgram, question: &Question) -> Result<Told> {
        let problem: Problem = serde_json::from_str(&self.problem).map_err(Error::internal)?;
        let plan = serde_json::from_str(&self.plan).map_err(Error::internal)?;
        let answer = asking::ask(solver, &problem, &plan, question)?.map_err(refused)?;
        let (names, language) = (self.names.of(&problem), self.language.into());
        let text = match &answer {
            Answer::Certificate(certificate) => certificate.lines(language, &names),
            Answer::Why(why) => why.lines(language, &names),
            Answer::WhyNot(why_not) => why_not.lines(language, &names),
        };
        Ok(Told { answer, text })
    }
}

fn refused(refusal: Refusal) -> Error {
    match refusal {
        // neither whether such a record exists elsewhere is told
        Refusal::UnknownNeed { .. } | Refusal::UnknownPerson { .. } => Error::not_found(),
        Refusal::NotThisPlan { .. } => Error::new(
            Code::Conflict,
            say!(
                "the checker of today does not agree with this plan, so nothing of it is explained; ask for a new plan",
                "bộ kiểm tra hiện tại không đồng ý với phương án này nên không giải thích được; hãy yêu cầu phương án mới"
            ),
        )
        .because(refusal),
        other => other.into(),
    }
}
