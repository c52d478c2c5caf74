//! What the commands that solve have in common: limits, progress, and what is told where there is no proven plan.

use super::progress::Progress;
use super::stopping::{self, Ended};
use super::{Exit, output};
use crate::error::{Error, Language, Result, Text};
use crate::say;
use cadre_solver::explain::{Explain, Ids, nearness};
use cadre_solver::{Engine, Failure, FailureCode, Instance, OneCost, Outcome, Plan, Settings};
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
    /// What the model may take by estimate, before it is built
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

/// A plan, the engine that made it, and how long that took.
pub(super) struct Found {
    pub(super) plan: Plan,
    pub(super) engine: Engine,
    pub(super) seconds: f64,
    /// What stood for the tiers, if they did not fit into memory.
    pub(super) one_cost: Option<OneCost>,
}

/// Solves, with progress on stderr, until Ctrl-C.
pub(super) fn run(instance: &Arc<Instance>, settings: &Settings, language: Language) -> Result<Ended> {
    let progress = Progress::start(language);
    let ended = stopping::solve(instance, *settings, |event| progress.show(event));
    progress.finish();
    ended
}

/// Solves, and tells how it ended: see [`run`] and [`told`].
pub(super) fn solve(
    instance: &Arc<Instance>,
    settings: &Settings,
    language: Language,
) -> Result<(Option<Found>, Exit)> {
    told(run(instance, settings, language)?, language)
}

/// The plan of a solve, if there is one, and what to exit with; where the plan is missing or not proven, stderr says why.
pub(super) fn told(ended: Ended, language: Language) -> Result<(Option<Found>, Exit)> {
    let tell = |told: &Text| output::message(told.in_language(language));
    let (outcome, said) = match ended {
        Ended::Outcome(outcome) => (outcome, None),
        Ended::Stopped(Some(best)) => (
            best,
            Some(say!(
                "stopped; this is the best plan so far",
                "đã dừng; đây là phương án tốt nhất tới lúc này"
            )),
        ),
        Ended::Stopped(None) => {
            tell(&say!(
                "stopped before there was a plan; run it again and stop it later",
                "đã dừng khi chưa có phương án; hãy chạy lại và dừng muộn hơn"
            ));
            return Ok((None, Exit::NoPlan));
        }
        Ended::Late(Some(best)) => (
            best,
            Some(say!(
                "the solver went on far beyond --time-limit and was left; this is the last plan that it told of",
                "bộ giải chạy quá xa --time-limit nên đã bị dừng; đây là phương án cuối cùng nó báo ra"
            )),
        ),
        Ended::Late(None) => {
            tell(&say!(
                "no plan: the solver went on far beyond --time-limit and was left; allow more time",
                "không có phương án: bộ giải chạy quá xa --time-limit nên đã bị dừng; hãy cho thêm thời gian"
            ));
            return Ok((None, Exit::NoPlan));
        }
        Ended::Broken(Some(best)) => (
            best,
            Some(say!(
                "the solver broke off; this is the last plan that it told of. Please report it",
                "bộ giải đột ngột dừng; đây là phương án cuối cùng nó báo ra. Xin hãy báo lại sự cố này"
            )),
        ),
        Ended::Broken(None) => return Err(Error::internal("the solver broke off before there was a plan")),
    };
    if let Some(said) = &said {
        tell(said);
    }
    match &outcome {
        Outcome::Solved { .. } => {}
        Outcome::LimitReached {
            failure: Some(Failure { code, message }),
            ..
        } => tell(&say!(
            "the solve failed ({code}: {message}); this is the best plan until then. Please report it",
            "bộ giải gặp sự cố ({code}: {message}); đây là phương án tốt nhất tới lúc đó. Xin hãy báo lại sự cố này"
        )),
        Outcome::LimitReached {
            one_cost: Some(one_cost),
            ..
        } => tell(&under_one_cost(one_cost)),
        Outcome::LimitReached { .. } if said.is_some() => {}
        Outcome::LimitReached { seconds, .. } => tell(&say!(
            "the time ran out after {seconds:.1} s; a longer --time-limit may prove or improve this plan",
            "đã hết thời gian sau {seconds:.1} giây; --time-limit dài hơn có thể chứng minh hoặc cải thiện phương án"
        )),
        Outcome::Infeasible { contradictions, .. } => {
            output::message(contradictions.text(language.into(), &Ids).trim_end());
        }
        Outcome::Refused {
            estimate_mib,
            limit_mib,
            eligible_pairs,
        } => tell(&say!(
            "no plan: {eligible_pairs} eligible pairs need about {estimate_mib} MiB, more than the {limit_mib} MiB of \
             --memory-limit-mib",
            "không có phương án: {eligible_pairs} cặp đủ điều kiện cần khoảng {estimate_mib} MiB, vượt {limit_mib} MiB \
             của --memory-limit-mib"
        )),
        Outcome::Failed {
            code: FailureCode::NoPlanInTime,
            message,
        } => tell(&say!(
            "no plan: {message}",
            "không có phương án: hết thời gian trước khi tìm được phương án giữ đúng các ấn định và giới hạn thay đổi; hãy \
             cho thêm thời gian"
        )),
        Outcome::Failed { code, message } => return Err(Error::internal(format!("{code:?}: {message}"))),
    }
    Ok(found(outcome))
}

/// Why one cost stood for the tiers, and how good the plan is all the same.
fn under_one_cost(one_cost: &OneCost) -> Text {
    let OneCost {
        estimate_mib,
        limit_mib,
        ..
    } = one_cost;
    let Text { en, vi } = Text::in_both(|language| nearness(one_cost, language.into()));
    say!(
        "tier by tier this needs about {estimate_mib} MiB, more than the {limit_mib} MiB of --memory-limit-mib, so seats, fit \
         and journeys were weighed in one sum, without balance, wishes and burden: {en}",
        "tối ưu lần lượt từng tiêu chí cần khoảng {estimate_mib} MiB, vượt {limit_mib} MiB của --memory-limit-mib, nên số vị \
         trí được bố trí, mức phù hợp và quãng đường đi lại được gộp thành một điểm tổng hợp, không xét cân bằng giữa các \
         đơn vị, nguyện vọng và gánh nặng: {vi}"
    )
}

/// The plan of an outcome, proven or not, and what to exit with.
fn found(outcome: Outcome) -> (Option<Found>, Exit) {
    let exit = Exit::of_outcome(&outcome);
    let (plan, engine, seconds, one_cost) = match outcome {
        Outcome::Solved {
            plan,
            engine,
            seconds,
        } => (plan, engine, seconds, None),
        Outcome::LimitReached {
            plan,
            engine,
            seconds,
            one_cost,
            ..
        } => (plan, engine, seconds, one_cost),
        Outcome::Infeasible { .. } | Outcome::Refused { .. } | Outcome::Failed { .. } => return (None, exit),
    };
    let found = Found {
        plan,
        engine,
        seconds,
        one_cost,
    };
    (Some(found), exit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cadre_solver::{Problem, Proof, Tier, solve};

    fn unproven(failure: Option<Failure>) -> Outcome {
        let instance = Problem::parse(include_str!("../../data/examples/district-office.json")).unwrap();
        let outcome = solve(&instance, &Settings::default(), &mut |_| {});
        Outcome::LimitReached {
            plan: outcome.plan().unwrap().clone(),
            open_tier: Tier::Travel,
            engine: Engine::General,
            seconds: 1.0,
            failure,
            one_cost: None,
        }
    }

    fn too_large() -> Outcome {
        let mut outcome = unproven(None);
        if let Outcome::LimitReached { one_cost, .. } = &mut outcome {
            *one_cost = Some(OneCost {
                estimate_mib: 9_000,
                limit_mib: 10,
                cost: -989,
                bound: -1_000,
                proof: Proof::Open,
            });
        }
        outcome
    }

    #[test]
    fn it_is_said_why_one_cost_stands_for_the_tiers() {
        let Outcome::LimitReached {
            one_cost: Some(one_cost),
            ..
        } = too_large()
        else {
            panic!("there is one");
        };
        for (language, gap) in [(Language::En, "1.1 %"), (Language::Vi, "1,1 %")] {
            let told = under_one_cost(&one_cost).in_language(language).to_owned();
            let parts = ["9000 MiB", "10 MiB", "--memory-limit-mib", gap];
            assert!(parts.iter().all(|part| told.contains(part)), "{told}");
        }
    }

    /// Whether there is a plan, and the exit code.
    fn heard(ended: Ended) -> (bool, Exit) {
        let (found, exit) = told(ended, Language::En).unwrap();
        (found.is_some(), exit)
    }

    #[test]
    fn a_plan_in_hand_is_given_however_the_solve_ended() {
        let failure = Failure {
            code: FailureCode::EngineError,
            message: "it coughs".to_owned(),
        };
        let ends = [
            Ended::Outcome(unproven(None)),
            Ended::Outcome(unproven(Some(failure))),
            Ended::Outcome(too_large()),
            Ended::Stopped(Some(unproven(None))),
            Ended::Late(Some(unproven(None))),
            Ended::Broken(Some(unproven(None))),
        ];
        for ended in ends {
            assert_eq!(heard(ended), (true, Exit::LimitReached));
        }
    }

    #[test]
    fn without_one_a_lack_of_time_is_no_fault_of_the_program() {
        assert_eq!(heard(Ended::Stopped(None)), (false, Exit::NoPlan));
        assert_eq!(heard(Ended::Late(None)), (false, Exit::NoPlan));
        assert!(told(Ended::Broken(None), Language::En).is_err());
    }
}
