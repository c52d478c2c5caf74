//! Why a plan could not be made or proven, as the worker writes it down: with a code for programs, and in both languages,
//! because nobody knows yet who will read it.

use crate::error::{Error, Text};
use crate::say;
use cadre_solver::explain::{Ids, nearness};
use cadre_solver::{Contradictions, Failure, FailureCode, OneCost};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The code of a plan for which one cost stood for the tiers.
const ONE_COST: &str = "tiers_out_of_memory";

/// Why there is no plan or, beside a result, why that is not proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(from = "Stored")]
pub struct PlanFailure {
    /// The kind of failure, for programs.
    pub code: String,
    /// The same in English.
    pub message_en: String,
    /// The same in Vietnamese.
    pub message_vi: String,
}

/// A failure as the database has it: the first versions wrote English alone.
#[derive(Deserialize)]
struct Stored {
    code: String,
    #[serde(alias = "message")]
    message_en: String,
    message_vi: Option<String>,
}

impl From<Stored> for PlanFailure {
    fn from(stored: Stored) -> Self {
        Self {
            code: stored.code,
            message_vi: stored.message_vi.unwrap_or_else(|| stored.message_en.clone()),
            message_en: stored.message_en,
        }
    }
}

impl PlanFailure {
    fn new(code: &str, told: Text) -> Self {
        Self {
            code: code.to_owned(),
            message_en: told.en.into_owned(),
            message_vi: told.vi.into_owned(),
        }
    }

    /// The solver ended so many times without an answer.
    pub fn crashed(times: i32) -> Self {
        Self::new(
            "solver_crashed",
            say!(
                "the solver ended without an answer {times} times",
                "bộ giải đã {times} lần kết thúc mà không đưa ra kết quả"
            ),
        )
    }

    /// The solver went on beyond its time limit.
    pub fn late() -> Self {
        Self::new(
            "solver_late",
            say!(
                "the solver did not keep its time limit and was stopped",
                "bộ giải chạy quá thời hạn nên đã bị dừng"
            ),
        )
    }

    /// The solver refused what the service had taken for a valid problem.
    pub fn refused(message: &str) -> Self {
        Self::new(
            "invalid_problem",
            say!(
                "the solver refuses the problem: {message}",
                "bộ giải không nhận bài toán: {message}"
            ),
        )
    }

    /// The model would be larger than this service allows.
    pub fn too_large(estimate_mib: u64, limit_mib: u64) -> Self {
        Self::new(
            "out_of_memory",
            say!(
                "the problem would need about {estimate_mib} MiB of memory and {limit_mib} MiB are allowed; give the \
                 service more with --solver-memory-mib, or solve a smaller round",
                "bài toán cần khoảng {estimate_mib} MiB bộ nhớ trong khi chỉ được dùng {limit_mib} MiB; hãy tăng \
                 --solver-memory-mib cho dịch vụ, hoặc giải một đợt nhỏ hơn"
            ),
        )
    }

    /// One cost stood for the tiers, which would be larger than this service allows.
    pub fn under_one_cost(one_cost: &OneCost) -> Self {
        let OneCost {
            estimate_mib,
            limit_mib,
            ..
        } = one_cost;
        let Text { en, vi } = Text::in_both(|language| nearness(one_cost, language.into()));
        Self::new(
            ONE_COST,
            say!(
                "tier by tier the problem would need about {estimate_mib} MiB of memory and {limit_mib} MiB are allowed, so \
                 seats, fit and journeys were weighed in one sum, without balance, wishes and burden: {en}. Give the \
                 service more with --solver-memory-mib, or solve a smaller round",
                "tối ưu lần lượt từng tiêu chí cần khoảng {estimate_mib} MiB bộ nhớ trong khi chỉ được dùng {limit_mib} MiB, \
                 nên số vị trí được bố trí, mức phù hợp và quãng đường đi lại được gộp thành một điểm tổng hợp, không xét \
                 cân bằng giữa các đơn vị, nguyện vọng và gánh nặng: {vi}. Hãy tăng --solver-memory-mib cho dịch vụ, hoặc giải một đợt nhỏ hơn"
            ),
        )
    }

    /// Whether nothing failed, but a limit was met.
    pub fn is_of_a_limit(&self) -> bool {
        self.code == ONE_COST
    }

    /// What no plan can keep together. People are told by their ids, for this is logged.
    pub fn infeasible(contradictions: &Contradictions) -> Self {
        let told = Text::in_both(|language| contradictions.sentence(language.into(), &Ids));
        Self::new("infeasible", told)
    }

    /// The independent checker does not find in the plan what the solver says of it.
    pub fn disagreement(told: &str) -> Self {
        Self::new(
            FailureCode::CheckerDisagreement.as_str(),
            say!(
                "the independent checker disagrees with the plan: {told}",
                "bộ kiểm tra độc lập không đồng ý với phương án: {told}"
            ),
        )
    }
}

impl From<Failure> for PlanFailure {
    fn from(Failure { code, message }: Failure) -> Self {
        let told = match code {
            FailureCode::CheckerDisagreement => return Self::disagreement(&message),
            FailureCode::NoPlanInTime => Text {
                en: message.into(),
                vi: "hết thời gian trước khi tìm được phương án giữ đúng các ấn định và giới hạn thay đổi; hãy cho thêm \
                     thời gian"
                    .into(),
            },
            _ => say!(
                "the engine failed: {message}",
                "bộ giải gặp sự cố: {message}"
            ),
        };
        Self::new(code.as_str(), told)
    }
}

impl From<&Error> for PlanFailure {
    fn from(error: &Error) -> Self {
        let told = Text::in_both(|language| error.told(language));
        Self::new(error.code().name(), told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_of_the_first_versions_is_still_read() {
        let old: PlanFailure =
            serde_json::from_str(r#"{"code":"solver_late","message":"it was late"}"#).unwrap();
        assert_eq!(
            (old.message_en.as_str(), old.message_vi.as_str()),
            ("it was late", "it was late")
        );
        let late = PlanFailure::late();
        let stored = serde_json::to_string(&late).unwrap();
        assert_eq!(serde_json::from_str::<PlanFailure>(&stored).unwrap(), late);
        assert_ne!(late.message_en, late.message_vi);
    }

    #[test]
    fn a_lack_of_time_and_a_wrong_plan_are_no_faults_of_the_engine() {
        let told = |code| {
            let message = "in English".to_owned();
            PlanFailure::from(Failure { code, message })
        };
        let late = told(FailureCode::NoPlanInTime);
        assert_eq!(
            (late.code.as_str(), late.message_en.as_str()),
            ("no_plan_in_time", "in English")
        );
        assert!(late.message_vi.starts_with("hết thời gian"), "{late:?}");
        assert_eq!(
            told(FailureCode::CheckerDisagreement),
            PlanFailure::disagreement("in English")
        );
        assert_eq!(
            told(FailureCode::EngineError).message_en,
            "the engine failed: in English"
        );
    }

    #[test]
    fn a_fault_of_the_input_keeps_its_place_and_loses_its_cause() {
        let fault = say!("no such unit", "không có đơn vị này");
        let error = Error::invalid_at("/units/0", "unknown_unit", fault).because("a secret of the database");
        let told = PlanFailure::from(&error);
        assert_eq!(told.code, "validation_failed");
        assert!(!told.message_en.contains("secret"), "{told:?}");
        assert!(
            told.message_en.ends_with("\n  /units/0: no such unit"),
            "{told:?}"
        );
        assert!(
            told.message_vi.ends_with("\n  /units/0: không có đơn vị này"),
            "{told:?}"
        );
    }
}
