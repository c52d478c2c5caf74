//! `cadre compare`: two plans of one problem side by side.

use super::output::{self, FormatOptions};
use super::{Exit, compare_table, documents};
use crate::error::{Language, Result};
use crate::say;
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

pub(super) fn run(options: &Options, language: Language) -> Result<Exit> {
    let instance = documents::problem(&options.problem)?;
    let first = documents::plan(&options.plan)?;
    let second = documents::plan(&options.other)?;
    for (plan, file) in [(&first, &options.plan), (&second, &options.other)] {
        if !documents::checked(&instance, plan, file)? {
            let file = file.display();
            let note = say!(
                "note: {file} answers another state of this problem, or another problem; it is compared by ids and not checked",
                "lưu ý: {file} là phương án của một trạng thái khác của bài toán này, hoặc của bài toán khác; chỉ đối chiếu theo \
                 mã và không kiểm tra"
            );
            output::message(note.in_language(language));
        }
    }
    let comparison = cadre_solver::compare(&instance, &first, &second);
    options
        .format
        .show(&comparison, || compare_table::text(&comparison, language))?;
    Ok(Exit::Ok)
}
