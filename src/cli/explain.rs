//! `cadre explain`: why a plan is as it is, and what it would cost to have it otherwise.

use super::output::FormatOptions;
use super::solving::{self, Limits};
use super::trial::Trial;
use super::{Exit, documents, solve};
use crate::error::{Language, Result};
use crate::say;
use cadre_solver::explain::{Certificate, Explain, Explainer, Funnel, Ids};
use cadre_solver::{NeedId, PersonId, Plan, Settings};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The problem, as JSON (cadre-problem/1); `-` reads stdin
    problem: PathBuf,
    /// The plan, as `cadre solve --format json` printed it [default: the problem is solved first]
    #[arg(long, value_name = "FILE", global = true)]
    plan: Option<PathBuf>,
    #[command(flatten)]
    limits: Limits,
    /// Decides between plans that are equal in everything that counts; a plan that is given has its own
    #[arg(long, env = "CADRE_SEED", default_value_t = Settings::default().seed, global = true)]
    seed: u64,
    #[command(flatten)]
    format: FormatOptions,
    /// What to explain [default: every empty seat]
    #[command(subcommand)]
    question: Option<Question>,
}

#[derive(Debug, Subcommand)]
enum Question {
    /// A need: who could serve it and who does, and what would fill its empty seats
    Need {
        /// Its id
        need: NeedId,
    },
    /// Why a person serves where the plan says, and what would change otherwise
    Why {
        /// The person's id
        person: PersonId,
    },
    /// Why a person does not serve a need: the rules against it, or the cheapest chain of moves to it
    WhyNot {
        /// The person's id
        person: PersonId,
        /// The need's id
        need: NeedId,
    },
    /// What each rule and quota costs: the seats that the plan would win without it
    Prices,
    /// Who would rather have another place that they may have
    Envy,
    /// What some changes would set in motion, and what they would cost
    WhatIf(Box<Trial>),
}

/// A need, and who serves it.
#[derive(Serialize)]
struct AboutNeed {
    funnel: Funnel,
    /// Who serves there.
    serving: Vec<PersonId>,
    /// What would fill the empty seats, where there are any.
    certificate: Option<Certificate>,
}

pub(super) fn run(options: &Options, language: Language) -> Result<Exit> {
    let instance = Arc::new(documents::problem(&options.problem)?);
    let settings = options.limits.settings(options.seed);
    let (plan, solved) = match &options.plan {
        Some(file) => (documents::plan(file)?, Exit::Ok),
        None => match solving::solve(&instance, &settings, language)? {
            (Some(found), exit) => (found.plan, exit),
            (None, exit) => return Ok(exit),
        },
    };
    let explainer = Explainer::new(&instance, &plan, &settings)?;
    let undecided = answer(options, &explainer, &plan, language)?;
    Ok(if undecided { Exit::LimitReached } else { solved })
}

/// Answers the question; says whether time or memory did not suffice for a part of it.
fn answer(options: &Options, explainer: &Explainer<'_>, plan: &Plan, language: Language) -> Result<bool> {
    let format = options.format;
    Ok(match &options.question {
        None => {
            let certificates = solve::empty_seats(explainer, plan)?;
            format.show(&certificates, || solve::in_words(&certificates, language))?;
            solve::undecided(&certificates)
        }
        Some(Question::Need { need }) => {
            let about = about(explainer, plan, need)?;
            format.show(&about, || need_in_words(&about, language))?;
            solve::undecided(about.certificate.as_slice())
        }
        Some(Question::Why { person }) => {
            let why = explainer.why(person)?;
            show(format, &why, language)?;
            why.undecided
        }
        Some(Question::WhyNot { person, need }) => {
            show(format, &explainer.why_not(person, need)?, language)?;
            false
        }
        Some(Question::Prices) => {
            let prices = explainer.prices()?;
            format.show(&prices, || prices[..].text(language.into(), &Ids))?;
            prices.iter().any(|price| price.undecided)
        }
        Some(Question::Envy) => {
            show(format, &explainer.envy(), language)?;
            false
        }
        Some(Question::WhatIf(trial)) => {
            show(format, &explainer.what_if(&trial.edits()?)?, language)?;
            false
        }
    })
}

fn show(format: FormatOptions, told: &(impl Explain + Serialize), language: Language) -> Result<()> {
    format.show(told, || told.text(language.into(), &Ids))
}

fn about(explainer: &Explainer<'_>, plan: &Plan, need: &NeedId) -> Result<AboutNeed> {
    let serving = plan.assignments.iter().filter(|row| row.need == *need);
    let unmet = plan.unmet.iter().any(|unmet| unmet.need == *need);
    Ok(AboutNeed {
        funnel: explainer.funnel(need)?,
        serving: serving.map(|row| row.person.clone()).collect(),
        certificate: unmet.then(|| explainer.certificate(need)).transpose()?,
    })
}

fn need_in_words(about: &AboutNeed, language: Language) -> String {
    let mut text = match &about.certificate {
        Some(certificate) => certificate.text(language.into(), &Ids),
        None => about.funnel.text(language.into(), &Ids),
    };
    if !about.serving.is_empty() {
        let who: Vec<_> = about.serving.iter().map(PersonId::as_str).collect();
        let who = who.join(", ");
        text += say!("Serving there: {who}.\n", "Phục vụ tại đây: {who}.\n").in_language(language);
    }
    text
}
