//! `cadre replay`: solves a problem again and tells whether the plan in hand comes out once more.

use super::output::{FormatOptions, table};
use super::solving::{self, Limits};
use super::{Exit, documents};
use crate::error::{Language, Result, Text};
use crate::say;
use cadre_solver::{Fingerprint, Plan, Replay, Status, Twice};
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The problem, as JSON (cadre-problem/1); `-` reads stdin
    problem: PathBuf,
    /// The plan, as `cadre solve --format json` printed it; it names its seed
    plan: PathBuf,
    #[command(flatten)]
    limits: Limits,
    #[command(flatten)]
    format: FormatOptions,
}

pub(super) fn run(options: &Options, language: Language) -> Result<Exit> {
    let instance = Arc::new(documents::problem(&options.problem)?);
    let plan = documents::plan(&options.plan)?;
    let unsolved = Replay::unsolved(&instance, &plan);
    let (replay, exit) = if unsolved.problem_hash.agrees {
        if unsolved.solver_version.agrees {
            // where a plan breaks a rule, or says of itself what is not so, the place is known without a solve
            documents::check(&instance, &plan, &options.plan)?;
        }
        let ended = solving::run(&instance, &options.limits.settings(plan.seed), language)?;
        let replay = match ended.outcome() {
            Some(outcome) => unsolved.solved(&plan, outcome),
            None => unsolved,
        };
        (replay, solving::told(ended, language)?.1)
    } else {
        (unsolved, Exit::InvalidInput)
    };
    let verdict = Verdict::of(&replay, &plan);
    let told = Told {
        verdict,
        replay: &replay,
    };
    (options.format).show(&told, || {
        let told = verdict.text(&plan);
        format!("{}\n\n{}", told.in_language(language), facts(&replay, language))
    })?;
    Ok(match verdict {
        Verdict::Reproduced | Verdict::ByAnotherVersion => Exit::Ok,
        Verdict::AnotherProblem | Verdict::NoPlan | Verdict::CutShort => exit,
        Verdict::WasCutShort => Exit::LimitReached,
        Verdict::Version | Verdict::Different => Exit::InvalidInput,
    })
}

/// A replay, and what it comes to.
#[derive(Serialize)]
struct Told<'r> {
    verdict: Verdict,
    #[serde(flatten)]
    replay: &'r Replay,
}

/// What a replay says of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    /// The same bytes.
    Reproduced,
    /// The same, save for the version's name.
    ByAnotherVersion,
    AnotherProblem,
    /// This solve came to no plan.
    NoPlan,
    /// Another plan, for this solve was cut short.
    CutShort,
    /// Another plan, for the solve that made this one was cut short.
    WasCutShort,
    /// Another plan, of another version.
    Version,
    /// Another plan, and nothing that would explain it.
    Different,
}

impl Verdict {
    fn of(replay: &Replay, plan: &Plan) -> Self {
        let version = replay.solver_version.agrees;
        match replay.plan_hash {
            _ if !replay.problem_hash.agrees => Self::AnotherProblem,
            None => Self::NoPlan,
            Some(Twice { agrees: true, .. }) if version => Self::Reproduced,
            Some(Twice { agrees: true, .. }) => Self::ByAnotherVersion,
            Some(_) if replay.status == Some(Status::LimitReached) => Self::CutShort,
            Some(_) if !plan.optimal => Self::WasCutShort,
            Some(_) if !version => Self::Version,
            Some(_) => Self::Different,
        }
    }

    fn text(self, plan: &Plan) -> Text {
        let version = &plan.solver_version;
        match self {
            Self::Reproduced => say!(
                "Reproduced: solved again, the same plan came out, byte for byte.",
                "Tái lập được: giải lại cho đúng phương án này, giống từng byte."
            ),
            Self::ByAnotherVersion => say!(
                "Reproduced by another version: the same plan came out, save for the name of the version.",
                "Tái lập được bằng phiên bản khác: phương án giống hệt, chỉ khác tên phiên bản."
            ),
            Self::AnotherProblem => say!(
                "Not reproduced: the plan answers another problem, or another state of this one. Nothing was solved; give the \
                 problem as it was.",
                "Không tái lập được: phương án là của bài toán khác, hoặc của một trạng thái khác của bài toán này. Chưa giải \
                 lại; hãy dùng đúng bài toán lúc lập phương án."
            ),
            Self::NoPlan => say!(
                "Not decided: this solve came to no plan.",
                "Chưa kết luận được: lần giải này không cho phương án nào."
            ),
            Self::CutShort => say!(
                "Not decided: this solve was cut short with another plan in hand.",
                "Chưa kết luận được: lần giải này bị dừng sớm khi đang có phương án khác."
            ),
            Self::WasCutShort => say!(
                "Not decided: another plan came out, but this one was cut short when it was made, and where that happens depends \
                 on the machine; `cadre compare` tells how far apart the two are.",
                "Chưa kết luận được: giải lại cho phương án khác, nhưng phương án này đã bị dừng sớm khi lập, và thời điểm dừng tùy \
                 máy; `cadre compare` cho biết hai phương án khác nhau thế nào."
            ),
            Self::Version => say!(
                "Not reproduced: this version makes another plan of the problem. Take version {version}, which the plan names.",
                "Không tái lập được: phiên bản này cho phương án khác. Hãy dùng phiên bản {version} mà phương án nêu tên."
            ),
            Self::Different => say!(
                "Not reproduced: the problem, the seed and version {version} give another plan than this one. It keeps every rule, \
                 but somebody changed it, it has another origin, or the lists of the file stood in another order then.",
                "Không tái lập được: bài toán, số khởi tạo (seed) và phiên bản {version} cho phương án khác. Phương án này không vi phạm quy \
                 định nào, nhưng đã bị sửa, có nguồn gốc khác, hoặc các danh sách trong tệp khi đó có thứ tự khác."
            ),
        }
    }
}

fn facts(replay: &Replay, language: Language) -> String {
    let header = match language {
        Language::En => ["", "THE PLAN SAYS", "FOUND", ""],
        Language::Vi => ["", "PHƯƠNG ÁN GHI", "TÍNH RA", ""],
    };
    let [problem, made_by, plan, same, different] = match language {
        Language::En => ["problem", "version", "plan", "same", "different"],
        Language::Vi => ["bài toán", "phiên bản", "phương án", "giống", "khác"],
    };
    let short = |hash: &Fingerprint| hash.to_string()[..16].to_owned();
    let row = |fact: &str, claimed: String, found: String, agrees: bool| {
        let verdict = if agrees { same } else { different };
        [fact.to_owned(), claimed, found, verdict.to_owned()]
    };
    let hashes = |fact: &str, hash: &Twice<Fingerprint>| {
        row(fact, short(&hash.claimed), short(&hash.found), hash.agrees)
    };
    let version = &replay.solver_version;
    let rows = [
        Some(hashes(problem, &replay.problem_hash)),
        Some(row(
            made_by,
            version.claimed.clone(),
            version.found.clone(),
            version.agrees,
        )),
        (replay.plan_hash).map(|hash| hashes(plan, &hash)),
    ];
    table(&header, rows.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use cadre_solver::{Problem, Settings, solve};

    /// A replay of the example's plan, in which what is told by `spoil` is otherwise.
    fn verdict(spoil: impl FnOnce(&mut Plan, &mut Status)) -> Verdict {
        let instance = Problem::parse(include_str!("../../data/examples/district-office.json")).unwrap();
        let outcome = solve(&instance, &Settings::default(), &mut |_| {});
        let mut plan = outcome.plan().unwrap().clone();
        let mut status = Status::Solved;
        spoil(&mut plan, &mut status);
        let replay = Replay::unsolved(&instance, &plan).solved(&plan, &outcome);
        let status = Some(status);
        Verdict::of(&Replay { status, ..replay }, &plan)
    }

    #[test]
    fn what_came_out_is_told_with_its_likeliest_cause() {
        let other = |plan: &mut Plan| drop(plan.assignments.pop());
        assert_eq!(verdict(|_, _| {}), Verdict::Reproduced);
        assert_eq!(
            verdict(|plan, _| plan.solver_version = "0.0.1".to_owned()),
            Verdict::ByAnotherVersion
        );
        assert_eq!(verdict(|plan, _| other(plan)), Verdict::Different);
        let older = |plan: &mut Plan, _: &mut Status| {
            plan.solver_version = "0.0.1".to_owned();
            other(plan);
        };
        assert_eq!(verdict(older), Verdict::Version);
        let was_cut_short = |plan: &mut Plan, _: &mut Status| {
            plan.optimal = false;
            other(plan);
        };
        assert_eq!(verdict(was_cut_short), Verdict::WasCutShort);
        let cut_short = |plan: &mut Plan, status: &mut Status| {
            *status = Status::LimitReached;
            other(plan);
        };
        assert_eq!(verdict(cut_short), Verdict::CutShort);
    }
}
