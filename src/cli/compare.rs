//! `cadre compare`: two plans of one problem side by side.

use super::output::{self, FormatOptions};
use super::{Exit, compare_table, documents};
use crate::error::Result;
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The problem, as JSON (cadre-problem/1), that both plans are measured against; `-` reads stdin
    problem: PathBuf,
    /// A plan, as JSON (cadre-plan/1)
    plan: PathBuf,
    /// The plan that it is compared with: what is gained, lost and moved is told from the first to this one
    other: PathBuf,
    #[command(flatten)]
    format: FormatOptions,
}

pub(super) fn run(options: &Options) -> Result<Exit> {
    let instance = documents::problem(&options.problem)?;
    let first = documents::plan(&options.plan)?;
    let second = documents::plan(&options.other)?;
    for (plan, file) in [(&first, &options.plan), (&second, &options.other)] {
        if !documents::checked(&instance, plan, file)? {
            output::message(format_args!(
                "note: {} answers another state of this problem, or another problem; it is compared by ids and not checked",
                file.display()
            ));
        }
    }
    let comparison = cadre_solver::compare(&instance, &first, &second);
    options
        .format
        .show(&comparison, || compare_table::text(&comparison))?;
    Ok(Exit::Ok)
}
