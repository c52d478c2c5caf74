//! `cadre solve`: solves a problem in a file, without a database.

use super::output::FormatOptions;
use super::solving::{self, Found, Limits};
use super::{Exit, documents, plan_table};
use crate::error::{Language, Result};
use cadre_solver::explain::{Certificate, Explain, Explainer, Ids};
use cadre_solver::{Instance, NeedId, Plan, Settings};
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The problem, as JSON (cadre-problem/1); `-` reads stdin
    file: PathBuf,
    #[command(flatten)]
    limits: Limits,
    /// Decides between plans that are equal in everything that counts
    #[arg(long, env = "CADRE_SEED", default_value_t = Settings::default().seed)]
    seed: u64,
    /// Say of every empty seat, or of one need's, what is in the way and what would fill it
    #[arg(long, value_name = "NEED", num_args = 0..=1)]
    explain: Option<Option<NeedId>>,
    #[command(flatten)]
    format: FormatOptions,
}

pub(super) fn run(options: &Options, language: Language) -> Result<Exit> {
    let instance = documents::problem(&options.file)?;
    let settings = options.limits.settings(options.seed);
    let (found, exit) = solving::solve(&instance, &settings, language)?;
    if let Some(found) = found {
        show(options, &instance, &settings, &found, language)?;
    }
    Ok(exit)
}

/// A plan with the certificates of its empty seats.
#[derive(Serialize)]
struct Explained<'p> {
    plan: &'p Plan,
    certificates: Vec<Certificate>,
}

fn show(
    options: &Options,
    instance: &Instance,
    settings: &Settings,
    Found { plan, engine }: &Found,
    language: Language,
) -> Result<()> {
    let Some(need) = &options.explain else {
        return options.format.show(plan, || plan_table::text(plan, *engine));
    };
    let explainer = Explainer::new(instance, plan, settings)?;
    let certificates = match need {
        Some(need) => vec![explainer.certificate(need)?],
        None => empty_seats(&explainer, plan)?,
    };
    let explained = Explained { plan, certificates };
    let certificates = || in_words(&explained.certificates, language);
    (options.format).show(&explained, || {
        plan_table::text(plan, *engine) + "\n" + &certificates()
    })
}

/// The certificates of all empty seats.
pub(super) fn empty_seats(explainer: &Explainer<'_>, plan: &Plan) -> Result<Vec<Certificate>> {
    let certificates = plan.unmet.iter().map(|unmet| explainer.certificate(&unmet.need));
    Ok(certificates.collect::<Result<_, _>>()?)
}

/// Certificates as text, with a line between two.
pub(super) fn in_words(certificates: &[Certificate], language: Language) -> String {
    let told = certificates.iter().map(|found| found.text(language.into(), &Ids));
    told.collect::<Vec<_>>().join("\n")
}
