//! `cadre replan`: a plan after something happened, with as few changes as can be.

use super::output::FormatOptions;
use super::solving::{self, Found, Limits};
use super::trial::Trial;
use super::{Exit, documents, plan_table};
use crate::error::{Language, Result};
use crate::say;
use cadre_solver::explain::{Chain, Explain, Ids, Refusal};
use cadre_solver::{Plan, Problem};
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The problem, as JSON (cadre-problem/1); `-` reads stdin
    problem: PathBuf,
    /// Its plan, as `cadre solve --format json` printed it
    plan: PathBuf,
    /// The people of the plan have been told: each one who stays counts for more
    #[arg(long)]
    announced: bool,
    #[command(flatten)]
    limits: Limits,
    #[command(flatten)]
    format: FormatOptions,
    #[command(flatten)]
    trial: Trial,
}

/// What changes, the plan after it, and the problem that it answers: all that `explain`, `replay` or the next `replan`
/// ask for.
#[derive(Serialize)]
struct Replanned<'p> {
    changes: Chain,
    plan: &'p Plan,
    problem: &'p Problem,
}

pub(super) fn run(options: &Options, language: Language) -> Result<Exit> {
    let instance = documents::problem(&options.problem)?;
    let before = documents::plan(&options.plan)?;
    cadre_solver::check(&instance, &before).map_err(|findings| Refusal::NotThisPlan { findings })?;
    let revised = (instance.problem())
        .revising(&before, options.announced)
        .edited(&options.trial.edits()?)?;
    let revised = Arc::new(revised.compile()?);
    // the lottery of the plan goes on: another seed would move people for nothing
    let settings = options.limits.settings(before.seed);
    let (found, exit) = solving::solve(&revised, &settings, language)?;
    if let Some(Found { plan, engine, .. }) = found {
        let replanned = Replanned {
            changes: changes(&before, &plan),
            plan: &plan,
            problem: revised.problem(),
        };
        options.format.show(&replanned, || {
            let heading = say!("What changes:\n", "Những thay đổi:\n");
            let changes = replanned.changes.text(language.into(), &Ids);
            format!(
                "{}{changes}\n{}",
                heading.in_language(language),
                plan_table::text(&plan, engine, language)
            )
        })?;
    }
    Ok(exit)
}

/// The moves from one plan to the other. Tier `changes` is in force after it alone, and says nothing of what is lost.
fn changes(before: &Plan, after: &Plan) -> Chain {
    let mut chain = Chain::between(before, after, None);
    (chain.tiers).retain(|change| change.before.is_some() && change.after.is_some());
    chain
}
