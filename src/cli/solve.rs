//! `cadre solve`: solves a problem in a file, without a database.

use super::output::FormatOptions;
use super::solving::{self, Found, Limits};
use super::{Exit, documents, measures_table, plan_table};
use crate::error::{Language, Result};
use cadre_solver::explain::{Certificate, Explain, Explainer, Ids, Refusal};
use cadre_solver::{Engine, Instance, Measures, NeedId, OneCost, Plan, Settings};
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::Arc;

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
    /// Show the plan's measures too: coverage, fit, preferences, travel, burden; as JSON, `plan` and `measures` side by side
    #[arg(long)]
    measures: bool,
    #[command(flatten)]
    format: FormatOptions,
}

pub(super) fn run(options: &Options, language: Language) -> Result<Exit> {
    let instance = Arc::new(documents::problem(&options.file)?);
    if let Some(Some(need)) = &options.explain
        && !instance.problem().needs.iter().any(|row| row.id == *need)
    {
        // rather now than after a long solve
        return Err(Refusal::UnknownNeed { need: need.clone() }.into());
    }
    let settings = options.limits.settings(options.seed);
    let (found, exit) = solving::solve(&instance, &settings, language)?;
    let Some(found) = found else {
        return Ok(exit);
    };
    let undecided = show(options, &instance, &settings, &found, language)?;
    Ok(if undecided { Exit::LimitReached } else { exit })
}

/// A plan with what was asked about it.
#[derive(Serialize)]
struct Told<'p> {
    plan: &'p Plan,
    engine: Engine,
    seconds: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    one_cost: Option<OneCost>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measures: Option<Measures>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificates: Option<Vec<Certificate>>,
}

/// Shows it all; says whether time or memory did not suffice for a part of it.
fn show(
    options: &Options,
    instance: &Instance,
    settings: &Settings,
    Found {
        plan,
        engine,
        seconds,
        one_cost,
    }: &Found,
    language: Language,
) -> Result<bool> {
    let measures = options.measures.then(|| cadre_solver::measures(instance, plan));
    let explained = (options.explain.as_ref())
        .map(|need| certificates(instance, plan, settings, need.as_ref()))
        .transpose();
    let (certificates, refusal) = match explained {
        Ok(certificates) => (certificates, Ok(())),
        // the plan is worth showing all the same
        Err(refusal) => (None, Err(refusal)),
    };
    let table = || plan_table::text(plan, *engine, language);
    if !options.measures && options.explain.is_none() {
        return options.format.show(plan, table).map(|()| false);
    }
    let told = Told {
        plan,
        engine: *engine,
        seconds: *seconds,
        one_cost: *one_cost,
        measures,
        certificates,
    };
    (options.format).show(&told, || {
        let measures = (told.measures.iter()).map(|measures| measures_table::text(measures, language));
        let certificates = told.certificates.iter().map(|found| in_words(found, language));
        let parts: Vec<String> = std::iter::once(table())
            .chain(measures)
            .chain(certificates)
            .collect();
        parts.join("\n")
    })?;
    refusal.map(|()| told.certificates.as_deref().is_some_and(undecided))
}

/// The certificate of one need, or those of all empty seats.
fn certificates(
    instance: &Instance,
    plan: &Plan,
    settings: &Settings,
    need: Option<&NeedId>,
) -> Result<Vec<Certificate>> {
    let explainer = Explainer::new(instance, plan, settings)?;
    match need {
        Some(need) => Ok(vec![explainer.certificate(need)?]),
        None => empty_seats(&explainer, plan),
    }
}

/// The certificates of all empty seats.
pub(super) fn empty_seats(explainer: &Explainer<'_>, plan: &Plan) -> Result<Vec<Certificate>> {
    let certificates = plan.unmet.iter().map(|unmet| explainer.certificate(&unmet.need));
    Ok(certificates.collect::<Result<_, _>>()?)
}

/// Whether time or memory did not suffice for all there is to say.
pub(super) fn undecided(certificates: &[Certificate]) -> bool {
    certificates.iter().any(|found| !found.undecided.is_empty())
}

/// Certificates as text, with a line between two.
pub(super) fn in_words(certificates: &[Certificate], language: Language) -> String {
    let told = certificates.iter().map(|found| found.text(language.into(), &Ids));
    told.collect::<Vec<_>>().join("\n")
}
