//! When a secondment may take which step.

use super::model::{Secondment, SecondmentState};
use crate::error::{Code, Error, Fault, Result};
use crate::say;
use crate::values::Name;
use chrono::NaiveDate;

/// Only a secondment in force takes steps.
pub(super) fn in_force(secondment: &Secondment) -> Result<()> {
    match secondment.state {
        SecondmentState::Active => Ok(()),
        SecondmentState::Completed => Err(Error::new(
            Code::InvalidTransition,
            say!(
                "the secondment has been completed and takes no further steps",
                "biệt phái đã kết thúc, không thực hiện thêm bước nào được nữa"
            ),
        )),
    }
}

/// An arrival is said once.
pub(super) fn not_arrived(secondment: &Secondment) -> Result<()> {
    match secondment.arrived_on {
        None => Ok(()),
        Some(day) => Err(Error::new(
            Code::InvalidTransition,
            say!(
                "the arrival is on record already, for {day}",
                "đã ghi nhận ngày đến nhận việc là {day}"
            ),
        )),
    }
}

/// One arrives within the term, and not in the future.
pub(super) fn arrival_day(secondment: &Secondment, day: NaiveDate, today: NaiveDate) -> Result<()> {
    let (start, end) = (secondment.start, secondment.end);
    let (code, detail) = if day < start || day > end {
        (
            "outside_term",
            say!(
                "the person can't have arrived on {day}: the term is {start} to {end}; correct the day",
                "ngày đến {day} không nằm trong thời hạn biệt phái từ {start} đến {end}; hãy sửa lại ngày"
            ),
        )
    } else if day > today {
        (
            "in_future",
            say!(
                "{day} has not come yet, today is {today}; say the arrival once it has happened",
                "chưa đến ngày {day}, hôm nay là {today}; hãy ghi nhận sau khi cán bộ đã đến"
            ),
        )
    } else {
        return Ok(());
    };
    Err(Error::invalid_at("/arrived_on", code, detail))
}

/// `explicit-end`: a secondment ends when someone ends it, and not before the last day of its term.
pub(super) fn term_over(secondment: &Secondment, today: NaiveDate) -> Result<()> {
    let end = secondment.end;
    if today >= end {
        return Ok(());
    }
    Err(Error::new(
        Code::InvalidTransition,
        say!(
            "the term lasts until {end} and today is {today}; complete the secondment from {end} on",
            "thời hạn biệt phái đến hết ngày {end}, hôm nay là {today}; chỉ kết thúc biệt phái từ ngày {end}"
        ),
    ))
}

/// `return-post`: a secondment does not end without the post that the person returns to.
pub(super) fn return_post(text: &str) -> Result<Name> {
    const POINTER: &str = "/return_post";
    if text.trim().is_empty() {
        return Err(Error::of(Code::RuleViolation).at(vec![Fault::new(
            POINTER,
            "return-post",
            say!(
                "a secondment can't end without the post that the person returns to; name it in `return_post`",
                "không thể kết thúc biệt phái khi chưa ghi vị trí công tác khi trở về; hãy ghi vào `return_post`"
            ),
        )]));
    }
    Name::try_from(text.to_owned()).map_err(|refusal| Error::invalid_at(POINTER, "invalid_value", refusal.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::ids::{NeedId, PlanId, RoundId, SecondmentId, StaffId};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn secondment() -> Secondment {
        let clock = Clock::manual("2025-07-20T00:00:00Z".parse().unwrap());
        Secondment {
            id: SecondmentId::new(&clock),
            round: RoundId::new(&clock),
            plan: PlanId::new(&clock),
            need: NeedId::new(&clock),
            seat_no: 1,
            staff: StaffId::new(&clock),
            staff_name: "Người Mẫu".into(),
            unit: "24781".parse().unwrap(),
            field: "land".parse().unwrap(),
            department: "so-noi-vu".parse().unwrap(),
            start: day("2025-08-01"),
            end: day("2025-10-31"),
            state: SecondmentState::Active,
            arrived_on: None,
            return_post: None,
            version: 1,
            created_at: clock.now(),
            updated_at: clock.now(),
        }
    }

    fn refused<T>(outcome: Result<T>) -> Option<&'static str> {
        outcome.err().map(|error| {
            error
                .faults()
                .first()
                .map_or(error.code().name(), |fault| fault.code)
        })
    }

    #[test]
    fn one_arrives_within_the_term_and_not_in_the_future() {
        let check = |arrived, today| refused(arrival_day(&secondment(), day(arrived), day(today)));
        assert_eq!(check("2025-07-31", "2025-08-02"), Some("outside_term"));
        assert_eq!(check("2025-08-01", "2025-08-01"), None);
        assert_eq!(check("2025-08-02", "2025-08-01"), Some("in_future"));
        assert_eq!(check("2025-10-31", "2025-12-01"), None);
        assert_eq!(check("2025-11-01", "2025-12-01"), Some("outside_term"));
    }

    #[test]
    fn an_arrival_is_said_once_and_a_completed_secondment_takes_no_step() {
        let mut secondment = secondment();
        assert!(in_force(&secondment).is_ok() && not_arrived(&secondment).is_ok());
        secondment.arrived_on = Some(day("2025-08-01"));
        assert_eq!(refused(not_arrived(&secondment)), Some("invalid_transition"));
        secondment.state = SecondmentState::Completed;
        assert_eq!(refused(in_force(&secondment)), Some("invalid_transition"));
    }

    #[test]
    fn a_secondment_ends_from_its_last_day_on() {
        assert_eq!(
            refused(term_over(&secondment(), day("2025-10-30"))),
            Some("invalid_transition")
        );
        assert_eq!(refused(term_over(&secondment(), day("2025-10-31"))), None);
        assert_eq!(refused(term_over(&secondment(), day("2026-01-01"))), None);
    }

    #[test]
    fn a_secondment_does_not_end_without_a_return_post() {
        assert_eq!(refused(return_post("  ")), Some("return-post"));
        assert_eq!(refused(return_post(&"x".repeat(201))), Some("invalid_value"));
        assert_eq!(return_post(" Chuyên viên ").unwrap().as_str(), "Chuyên viên");
    }
}
