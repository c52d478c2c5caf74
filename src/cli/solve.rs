//! `cadre solve`: solves a problem in a file, without a database.

use super::output::{self, FormatOptions};
use super::progress::Progress;
use super::{Exit, plan_table};
use crate::error::{Code, Error, Result};
use crate::say;
use cadre_solver::{FailureCode, Instance, Outcome, Problem, Settings};
use clap::Args;
use std::path::{Path, PathBuf};
use std::{fs, io};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The problem, as JSON (cadre-problem/1); `-` reads stdin
    file: PathBuf,
    /// Seconds after which the best plan so far is given
    #[arg(long, value_name = "SECONDS", env = "CADRE_TIME_LIMIT", default_value_t = 60)]
    time_limit: u64,
    /// The most memory that the model may take
    #[arg(long, value_name = "MIB", env = "CADRE_MEMORY_LIMIT_MIB", default_value_t = Settings::default().memory_limit_mib)]
    memory_limit_mib: u64,
    /// Decides between plans that are equal in everything that counts
    #[arg(long, env = "CADRE_SEED", default_value_t = Settings::default().seed)]
    seed: u64,
    #[command(flatten)]
    format: FormatOptions,
}

pub(super) fn run(options: &Options) -> Result<Exit> {
    let instance = read(&options.file)?;
    let settings = Settings {
        time_limit_ms: options.time_limit.saturating_mul(1000),
        memory_limit_mib: options.memory_limit_mib,
        seed: options.seed,
    };
    let progress = Progress::start();
    let outcome = cadre_solver::solve(&instance, &settings, &mut |event| progress.show(&event));
    progress.finish();
    let exit = Exit::of_outcome(&outcome);
    match outcome {
        Outcome::Solved { plan, .. } => options.format.show(&plan, || plan_table::text(&plan))?,
        Outcome::LimitReached { plan, seconds, .. } => {
            options.format.show(&plan, || plan_table::text(&plan))?;
            output::message(format_args!(
                "the time ran out after {seconds:.1} s; a longer --time-limit may prove or improve this plan"
            ));
        }
        infeasible @ Outcome::Infeasible { .. } => {
            output::message(format_args!(
                "no plan: {}",
                cadre_solver::contradiction(&infeasible)
            ));
        }
        Outcome::Refused {
            estimate_mib,
            limit_mib,
            eligible_pairs,
        } => output::message(format_args!(
            "no plan: {eligible_pairs} eligible pairs need about {estimate_mib} MiB, more than the {limit_mib} MiB of \
             --memory-limit-mib"
        )),
        Outcome::Failed {
            code: FailureCode::NoPlanInTime,
            message,
        } => output::message(format_args!("no plan: {message}")),
        Outcome::Failed { code, message } => {
            return Err(Error::internal(format!("{code:?}: {message}")));
        }
    }
    Ok(exit)
}

fn read(file: &Path) -> Result<Instance> {
    let text = if file == Path::new("-") {
        io::read_to_string(io::stdin())
    } else {
        fs::read_to_string(file)
    };
    let text = text.map_err(|cause| {
        let file = file.display();
        Error::new(
            Code::MalformedRequest,
            say!("{file} can't be read", "không đọc được {file}"),
        )
        .because(cause)
    })?;
    Ok(Problem::parse(&text)?)
}
