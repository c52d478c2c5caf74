//! Rules of evaluations.

use super::model::{Evaluation, EvaluationState, EvaluationStatus, NewEvaluation, Submission};
use super::store;
use crate::audit::{Change, Entry, model::Action};
use crate::auth::Caller;
use crate::error::{Code, Error, Result};
use crate::http::IfMatch;
use crate::http::page::Page;
use crate::ids::{EvaluationId, RoundId};
use crate::say;
use crate::store::Db;
use chrono::NaiveDate;
use serde_json::json;

/// A page of the evaluations that the caller may see.
pub fn list(
    db: &mut Db,
    caller: &Caller,
    status: Option<EvaluationStatus>,
    round: Option<RoundId>,
    page: &Page<EvaluationId>,
) -> Result<Vec<Evaluation>> {
    store::list(db, caller.scope(), status, round, caller.today(), page)
}

/// One evaluation.
pub fn find(db: &mut Db, caller: &Caller, id: EvaluationId) -> Result<Evaluation> {
    store::find(db, caller.scope(), id)
}

/// Opens the evaluations of secondments that begin; gives their log lines.
pub fn open(db: &mut Db, caller: &Caller, new: &[NewEvaluation]) -> Result<Vec<Entry>> {
    let ids = store::insert(db, caller, new)?;
    Ok(ids
        .into_iter()
        .zip(new)
        .map(|(id, new)| Entry {
            action: Action::Create,
            resource: "evaluation",
            resource_id: id.to_string(),
            detail: json!({"secondment": new.secondment, "unit": new.unit, "due_from": new.due_from}),
        })
        .collect())
}

/// Rates a secondment: once, after its term, by an evaluator of its unit.
pub fn submit(
    db: &mut Db,
    caller: &Caller,
    id: EvaluationId,
    based_on: IfMatch,
    submission: &Submission,
) -> Result<Change<Evaluation>> {
    let evaluation = store::find(db, caller.scope(), id)?;
    // Why it can't be rated at all says more than that the version is old, so it is told first.
    check_open(&evaluation, caller.today())?;
    based_on.check(evaluation.version)?;
    let evaluation = store::submit(db, caller, &evaluation, submission)?;
    // The rating itself is personal and stays out of the log.
    let detail = json!({"secondment": evaluation.secondment, "state": evaluation.state});
    Ok(Change::with(
        evaluation,
        Action::Evaluate,
        "evaluation",
        id,
        detail,
    ))
}

fn check_open(evaluation: &Evaluation, today: NaiveDate) -> Result<()> {
    if evaluation.state == EvaluationState::Submitted {
        return Err(Error::of(Code::EvaluationLocked));
    }
    let due = evaluation.due_from;
    if today < due {
        return Err(Error::new(
            Code::EvaluationNotDue,
            say!(
                "the secondment can be evaluated from {due} on, the day after its term ends; today is {today}",
                "chỉ được đánh giá từ ngày {due}, tức ngày sau khi hết thời hạn biệt phái; hôm nay là {today}"
            ),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::ids::{SecondmentId, StaffId};

    fn evaluation(state: EvaluationState) -> Evaluation {
        let clock = Clock::manual("2025-08-01T00:00:00Z".parse().unwrap());
        Evaluation {
            id: EvaluationId::new(&clock),
            secondment: SecondmentId::new(&clock),
            round: RoundId::new(&clock),
            unit: "24781".parse().unwrap(),
            field: "land".parse().unwrap(),
            staff: StaffId::new(&clock),
            staff_name: "Người Mẫu".into(),
            due_from: "2025-11-01".parse().unwrap(),
            state,
            rating: None,
            comment: None,
            evaluated_by: None,
            evaluated_at: None,
            version: 1,
        }
    }

    #[test]
    fn rating_starts_on_the_day_after_the_term_and_ends_with_the_submission() {
        let refusal = |state, today: &str| {
            check_open(&evaluation(state), today.parse().unwrap())
                .err()
                .map(|error| error.code())
        };
        let (pending, submitted) = (EvaluationState::Pending, EvaluationState::Submitted);
        assert_eq!(refusal(pending, "2025-10-31"), Some(Code::EvaluationNotDue));
        assert_eq!(refusal(pending, "2025-11-01"), None);
        assert_eq!(refusal(pending, "2026-11-01"), None);
        assert_eq!(refusal(submitted, "2025-11-01"), Some(Code::EvaluationLocked));
        let told = check_open(&evaluation(pending), "2025-10-31".parse().unwrap()).unwrap_err();
        assert!(told.detail().en.contains("2025-11-01") && told.detail().vi.contains("2025-11-01"));
    }
}
