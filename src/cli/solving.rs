//! What the commands that solve have in common: limits, progress, and what is told where there is no proven plan.

use super::progress::Progress;
use super::stopping::{self, Ended};
use super::{Exit, output};
use crate::error::{Error, Language, Result, Text};
use crate::say;
use cadre_solver::{Engine, FailureCode, Instance, Outcome, Plan, Settings};
use clap::Args;
use std::sync::Arc;

/// The limits of one solve.
#[derive(Debug, Args)]
pub(super) struct Limits {
    /// Seconds after which the best plan so far is given; Ctrl-C gives it sooner
    #[arg(
        long,
        value_name = "SECONDS",
        env = "CADRE_TIME_LIMIT",
        default_value_t = 60,
        global = true
    )]
    time_limit: u64,
    /// The most memory that the model may take
    #[arg(long, value_name = "MIB", env = "CADRE_MEMORY_LIMIT_MIB", default_value_t = Settings::default().memory_limit_mib, global = true)]
    memory_limit_mib: u64,
}

impl Limits {
    /// The solver's settings.
    pub(super) fn settings(&self, seed: u64) -> Settings {
        Settings {
            time_limit_ms: self.time_limit.saturating_mul(1000),
            memory_limit_mib: self.memory_limit_mib,
            seed,
        }
    }
}

/// A plan, and the engine that made it.
pub(super) struct Found {
    pub(super) plan: Plan,
    pub(super) engine: Engine,
}

/// Solves, with progress on stderr, until Ctrl-C. Gives the plan, if there is one, and what to exit with; where the plan
/// is missing or not proven, stderr says why.
pub(super) fn solve(
    instance: &Arc<Instance>,
    settings: &Settings,
    language: Language,
) -> Result<(Option<Found>, Exit)> {
    let progress = Progress::start();
    let ended = stopping::solve(instance, *settings, |event| progress.show(event));
    progress.finish();
    let tell = |told: &Text| output::message(told.in_language(language));
    let outcome = match ended? {
        Ended::Outcome(outcome) => outcome,
        Ended::Stopped(best) => return Ok(stopped(best, tell)),
    };
    let exit = Exit::of_outcome(&outcome);
    let found = match outcome {
        Outcome::Solved { plan, engine, .. } => Some(Found { plan, engine }),
        Outcome::LimitReached {
            plan,
            engine,
            seconds,
            ..
        } => {
            tell(&say!(
                "the time ran out after {seconds:.1} s; a longer --time-limit may prove or improve this plan",
                "đã hết thời gian sau {seconds:.1} giây; --time-limit dài hơn có thể chứng minh hoặc cải thiện phương án"
            ));
            Some(Found { plan, engine })
        }
        infeasible @ Outcome::Infeasible { .. } => {
            let why = cadre_solver::contradiction(&infeasible);
            tell(&say!("no plan: {why}", "không có phương án: {why}"));
            None
        }
        Outcome::Refused {
            estimate_mib,
            limit_mib,
            eligible_pairs,
        } => {
            tell(&say!(
                "no plan: {eligible_pairs} eligible pairs need about {estimate_mib} MiB, more than the {limit_mib} MiB of \
                 --memory-limit-mib",
                "không có phương án: {eligible_pairs} cặp đủ điều kiện cần khoảng {estimate_mib} MiB, vượt {limit_mib} MiB \
                 của --memory-limit-mib"
            ));
            None
        }
        Outcome::Failed {
            code: FailureCode::NoPlanInTime,
            message,
        } => {
            tell(&say!("no plan: {message}", "không có phương án: {message}"));
            None
        }
        Outcome::Failed { code, message } => {
            return Err(Error::internal(format!("{code:?}: {message}")));
        }
    };
    Ok((found, exit))
}

/// What is left of a solve that somebody stopped.
fn stopped(best: Option<Outcome>, tell: impl Fn(&Text)) -> (Option<Found>, Exit) {
    let Some(Outcome::LimitReached {
        plan,
        engine,
        seconds,
        ..
    }) = best
    else {
        tell(&say!(
            "stopped before there was a plan; run it again and stop it later",
            "đã dừng khi chưa có phương án; hãy chạy lại và dừng muộn hơn"
        ));
        return (None, Exit::NoPlan);
    };
    tell(&say!(
        "stopped; this is the best plan after {seconds:.1} s, and more time may prove or improve it",
        "đã dừng; đây là phương án tốt nhất sau {seconds:.1} giây, thêm thời gian có thể chứng minh hoặc cải thiện phương án"
    ));
    (Some(Found { plan, engine }), Exit::LimitReached)
}
