//! Why an explanation has no answer, as the service and the command line tell it.

use super::{Code, Error, Fault, Text};
use crate::say;
use cadre_solver::explain::{Ids, Refusal};
use cadre_solver::{Disagreement, Status};

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotThisPlan { findings } => Self::new(
                Code::ValidationFailed,
                say!(
                    "the plan does not answer this problem; give the plan that was solved from it",
                    "phương án không phải của bài toán này; hãy dùng phương án được giải từ chính bài toán"
                ),
            )
            .at(findings.into_iter().map(fault).collect()),
            Refusal::UnknownPerson { person } => Self::new(
                Code::NotFound,
                say!(
                    "the problem has no person `{person}`; correct the id",
                    "bài toán không có người `{person}`; hãy sửa lại mã"
                ),
            ),
            Refusal::UnknownNeed { need } => Self::new(
                Code::NotFound,
                say!(
                    "the problem has no need `{need}`; correct the id",
                    "bài toán không có nhu cầu `{need}`; hãy sửa lại mã"
                ),
            ),
            Refusal::NeedFilled { seats, .. } => Self::new(
                Code::NothingToExplain,
                say!(
                    "all {seats} seats of the need are filled",
                    "nhu cầu này đã bố trí đủ {seats} vị trí"
                ),
            ),
            Refusal::ServesNowhere { .. } => Self::new(
                Code::NothingToExplain,
                say!(
                    "the person serves nowhere in this plan; name a need to ask why not there",
                    "người này không được bố trí trong phương án; hãy nêu một nhu cầu để hỏi vì sao không ở đó"
                ),
            ),
            Refusal::Invalid(invalid) => invalid.into(),
            Refusal::NoPlan { contradictions } => Self::new(
                Code::NoPlan,
                Text::in_both(|language| contradictions.sentence(language.into(), &Ids)),
            ),
            Refusal::NotSolved { status, why } => not_solved(status, why),
        }
    }
}

fn fault(finding: Disagreement) -> Fault {
    let told = Text {
        vi: format!("Bộ kiểm tra: {}", finding.message).into(),
        en: finding.message.into(),
    };
    Fault::new(finding.pointer, finding.finding.as_str(), told)
}

/// A trial that was not solved to the end, by how it ended and why.
fn not_solved(status: Status, why: String) -> Error {
    match status {
        Status::LimitReached | Status::Refused => Error::of(Code::SolveLimitReached),
        Status::Solved | Status::Infeasible | Status::Failed => Error::internal(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_without_a_plan_says_whether_more_time_would_help() {
        for (status, why, code) in [
            (Status::LimitReached, "", Code::SolveLimitReached),
            (Status::Refused, "", Code::SolveLimitReached),
            (Status::Failed, "engine_error: HiGHS ended", Code::Internal),
        ] {
            assert_eq!(not_solved(status, why.to_owned()).code(), code, "{status}");
        }
    }

    #[test]
    fn a_person_who_is_not_there_is_named_in_both_languages() {
        let error = Error::from(Refusal::UnknownPerson { person: "p9".into() });
        let detail = error.detail();
        assert!(
            detail.en.contains("`p9`") && detail.vi.contains("`p9`"),
            "{detail:?}"
        );
    }
}
