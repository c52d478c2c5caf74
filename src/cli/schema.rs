//! `cadre schema`: prints the JSON Schema that `api-spec/` holds of a problem or a plan.

use super::{Exit, output};
use crate::error::Result;
use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Which document
    document: Document,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Document {
    /// What `cadre solve` reads (cadre-problem/1)
    Problem,
    /// What it writes (cadre-plan/1)
    Plan,
}

pub(super) fn run(options: &Options) -> Result<Exit> {
    output::data(&match options.document {
        Document::Problem => cadre_solver::schema::problem(),
        Document::Plan => cadre_solver::schema::plan(),
    })?;
    Ok(Exit::Ok)
}
