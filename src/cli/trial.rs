//! Trial edits as flags: single changes of a problem, for the commands that try them.

use super::documents;
use crate::error::{Code, Error, Result, Text};
use crate::say;
use cadre_solver::{Edit, PersonId, Reason};
use chrono::NaiveDate;
use clap::Args;
use std::path::PathBuf;

/// The changes to try. Those of the file come first, then the flags in the order of this list.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(super) struct Trial {
    /// Changes from a JSON file: a list such as [{"edit": "withdraw", "person": "p1"}]
    #[arg(long, value_name = "FILE")]
    edits: Option<PathBuf>,
    /// The term has begun: what is left of it starts on this day, such as 2026-09-15
    #[arg(long, value_name = "DAY")]
    from: Option<NaiveDate>,
    /// The person is gone for the whole term
    #[arg(long, value_name = "PERSON")]
    withdraw: Vec<PersonId>,
    /// The person is pinned no longer
    #[arg(long, value_name = "PERSON")]
    unpin: Vec<PersonId>,
    /// The person serves the need
    #[arg(long, num_args = 2, value_names = ["PERSON", "NEED"])]
    pin: Vec<String>,
    /// The person does not serve the need
    #[arg(long, num_args = 2, value_names = ["PERSON", "NEED"])]
    forbid: Vec<String>,
    /// A reason is set aside for one person and one need: level_short, language, travel_limit
    #[arg(long, num_args = 3, value_names = ["PERSON", "NEED", "REASON"])]
    waive: Vec<String>,
    /// The department releases so many at most; `none` for any number
    #[arg(long, num_args = 2, value_names = ["DEPARTMENT", "N"])]
    release: Vec<String>,
    /// The department keeps at least so many of a field
    #[arg(long, num_args = 3, value_names = ["DEPARTMENT", "FIELD", "N"])]
    keep: Vec<String>,
    /// The unit absorbs so many at most
    #[arg(long, num_args = 2, value_names = ["UNIT", "N"])]
    unit_cap: Vec<String>,
    /// The need asks for so many
    #[arg(long, num_args = 2, value_names = ["NEED", "N"])]
    headcount: Vec<String>,
    /// The round pays for so many secondments at most; `none` for any number
    #[arg(long, value_name = "N")]
    max: Option<String>,
    /// Full days of rest between two secondments
    #[arg(long, value_name = "N")]
    rest_days: Option<u32>,
    /// The longest journey one way; `none` for any
    #[arg(long, value_name = "MINUTES")]
    travel_limit: Option<String>,
}

impl Trial {
    /// The changes in their order.
    pub(super) fn edits(&self) -> Result<Vec<Edit>> {
        let mut edits = self.of_file()?;
        let of_people = |people: &[PersonId], edit: fn(PersonId) -> Edit| -> Vec<Edit> {
            people.iter().cloned().map(edit).collect()
        };
        edits.extend(self.from.map(|day| Edit::TermStart { day }));
        edits.extend(of_people(&self.withdraw, |person| Edit::Withdraw { person }));
        edits.extend(of_people(&self.unpin, |person| Edit::Unpin { person }));
        for [person, need] in rows(&self.pin) {
            let (person, need) = (person.into(), need.into());
            edits.push(Edit::Pin { person, need });
        }
        for [person, need] in rows(&self.forbid) {
            let (person, need) = (person.into(), need.into());
            edits.push(Edit::Forbid { person, need });
        }
        for [person, need, code] in rows(&self.waive) {
            let (person, need, reason) = (person.into(), need.into(), reason(code)?);
            edits.push(Edit::Waive { person, need, reason });
        }
        for [department, cap] in rows(&self.release) {
            let (department, cap) = (department.into(), cap_of("--release", cap)?);
            edits.push(Edit::ReleaseCap { department, cap });
        }
        for [department, field, floor] in rows(&self.keep) {
            edits.push(Edit::FieldFloor {
                department: department.into(),
                field: field.into(),
                floor: number("--keep", floor)?,
            });
        }
        for [unit, cap] in rows(&self.unit_cap) {
            let (unit, cap) = (unit.into(), number("--unit-cap", cap)?);
            edits.push(Edit::UnitCap { unit, cap });
        }
        for [need, headcount] in rows(&self.headcount) {
            let (need, headcount) = (need.into(), number("--headcount", headcount)?);
            edits.push(Edit::Headcount { need, headcount });
        }
        if let Some(cap) = &self.max {
            let cap = cap_of("--max", cap)?;
            edits.push(Edit::MaxSecondments { cap });
        }
        edits.extend(self.rest_days.map(|days| Edit::RestDays { days }));
        if let Some(minutes) = &self.travel_limit {
            let minutes = cap_of("--travel-limit", minutes)?;
            edits.push(Edit::TravelLimit { minutes });
        }
        Ok(edits)
    }

    fn of_file(&self) -> Result<Vec<Edit>> {
        let Some(file) = &self.edits else {
            return Ok(Vec::new());
        };
        serde_json::from_str(&documents::text(file)?).map_err(|cause| {
            let file = file.display();
            let told = say!(
                "{file} holds no list of changes; `cadre explain --help` shows one",
                "{file} không chứa danh sách thay đổi; xem ví dụ bằng `cadre explain --help`"
            );
            Error::new(Code::MalformedRequest, told).because(cause)
        })
    }
}

/// The values of a flag that takes several at a time, which clap gives in one row.
fn rows<const N: usize>(values: &[String]) -> impl Iterator<Item = [&str; N]> {
    (values.chunks_exact(N))
        .filter_map(|row| row.iter().map(String::as_str).collect::<Vec<_>>().try_into().ok())
}

fn number(flag: &str, text: &str) -> Result<u32> {
    text.parse().map_err(|_| {
        wrong(say!(
            "{flag} takes a whole number, not `{text}`",
            "{flag} nhận một số nguyên, không phải `{text}`"
        ))
    })
}

fn cap_of(flag: &str, text: &str) -> Result<Option<u32>> {
    if text == "none" {
        return Ok(None);
    }
    number(flag, text).map(Some)
}

fn reason(text: &str) -> Result<Reason> {
    (Reason::WAIVABLE.into_iter())
        .find(|reason| reason.as_str() == text)
        .ok_or_else(|| {
            let known = Reason::WAIVABLE.map(Reason::as_str).join(", ");
            wrong(say!(
                "--waive can set aside {known}, not `{text}`",
                "--waive chỉ miễn được {known}, không miễn được `{text}`"
            ))
        })
}

fn wrong(told: Text) -> Error {
    Error::new(Code::Configuration, told)
}
