//! Trial edits: the single changes to a problem that people ask about.
//!
//! An edit never changes the problem that it is tried on; it gives a copy, which is checked like
//! any document. Explanations are made of these, so what an explanation says can always be tried.

use crate::eligibility::Reason;
use crate::ids::{DepartmentId, FieldId, NeedId, PersonId, TeamId, UnitId};
use crate::instance::Instance;
use crate::invalid::{ErrorCode, Invalid, ProblemError};
use crate::message::{Message, both};
use crate::plan::Plan;
use crate::problem::{Absence, BaseAssignment, Department, Need, Pin, Problem, Prohibition, Unit, Waiver};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::fmt::Display;

/// What is wrong with an edit: key, code and words.
type Wrong = (&'static str, ErrorCode, Message);

/// An edit names what the problem does not have.
fn unknown(key: &'static str, code: ErrorCode, id: &dyn Display) -> Wrong {
    let noun = match key {
        "department" => "cơ quan",
        "field" => "lĩnh vực",
        "need" => "nhu cầu",
        "person" => "người",
        "team" => "nhóm",
        _ => "đơn vị",
    };
    let message = both!(
        "the problem has no {key} `{id}`: correct the id or drop this edit",
        "bài toán không có {noun} `{id}`: hãy sửa mã hoặc bỏ thay đổi này",
    );
    (key, code, message)
}

/// One change to a problem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// The person serves the need.
    Pin {
        /// Who.
        person: PersonId,
        /// Where.
        need: NeedId,
    },
    /// The person is pinned no longer.
    Unpin {
        /// Who.
        person: PersonId,
    },
    /// The person does not serve the need.
    Forbid {
        /// Who.
        person: PersonId,
        /// Where not.
        need: NeedId,
    },
    /// The term has begun, and what is left of it starts on this day: whoever was away, barred or
    /// at rest until then may serve.
    TermStart {
        /// Its first day from now on.
        day: NaiveDate,
    },
    /// A reason of eligibility is set aside for one person and one need.
    Waive {
        /// Who.
        person: PersonId,
        /// Where.
        need: NeedId,
        /// One of [`Reason::WAIVABLE`].
        reason: Reason,
    },
    /// The person is gone for the whole term: withdrawn, ill or recalled.
    Withdraw {
        /// Who.
        person: PersonId,
    },
    /// The department releases this many at most.
    ReleaseCap {
        /// Which department.
        department: DepartmentId,
        /// The new cap; absent means none.
        cap: Option<u32>,
    },
    /// The department keeps this many of a field at least.
    FieldFloor {
        /// Which department.
        department: DepartmentId,
        /// Whose primary field.
        field: FieldId,
        /// The new floor.
        floor: u32,
    },
    /// The unit absorbs this many at most.
    UnitCap {
        /// Which unit.
        unit: UnitId,
        /// The new cap.
        cap: u32,
    },
    /// The round pays for this many at most.
    MaxSecondments {
        /// The new cap; absent means none.
        cap: Option<u32>,
    },
    /// Full days of rest between two secondments.
    RestDays {
        /// The new number.
        days: u32,
    },
    /// Longest journey one way.
    TravelLimit {
        /// The new limit in minutes; absent means none.
        minutes: Option<u32>,
    },
    /// At most so many people serve needs of the field.
    FieldCap {
        /// Which field.
        field: FieldId,
        /// The new cap; absent means none.
        cap: Option<u32>,
    },
    /// Most minutes of all journeys together.
    TravelBudget {
        /// The new budget; absent means none.
        minutes: Option<u64>,
    },
    /// Most assignments of the base plan that are not kept.
    ChangeBudget {
        /// The new budget; absent means none.
        cap: Option<u32>,
    },
    /// Languages of which the unit needs a speaker each.
    Speakers {
        /// Which unit.
        unit: UnitId,
        /// The new list.
        languages: Vec<String>,
    },
    /// From which level on nobody needs a senior beside them.
    SeniorFrom {
        /// Which need.
        need: NeedId,
        /// The new level; absent means that juniors may serve alone.
        level: Option<u8>,
    },
    /// The members of a team no longer go together.
    Disband {
        /// Which team.
        team: TeamId,
    },
    /// The need asks for this many.
    Headcount {
        /// Which need.
        need: NeedId,
        /// Seats.
        headcount: u32,
    },
}

impl Problem {
    /// The problem after some edits, in their order; the result is not checked yet.
    ///
    /// # Errors
    /// [`Invalid`] points at every edit that names something the problem does not have, or has the
    /// term start earlier, as `/edits/0/person` and so on.
    pub fn edited(&self, edits: &[Edit]) -> Result<Self, Invalid> {
        let mut problem = self.clone();
        let mut errors = Vec::new();
        for (at, edit) in edits.iter().enumerate() {
            if let Err((key, code, message)) = problem.apply(edit) {
                errors.push(ProblemError {
                    code,
                    pointer: format!("/edits/{at}/{key}"),
                    also: Vec::new(),
                    message,
                });
            }
        }
        if errors.is_empty() {
            Ok(problem)
        } else {
            Err(Invalid { errors })
        }
    }

    fn apply(&mut self, edit: &Edit) -> Result<(), Wrong> {
        match edit {
            Edit::Pin { person, need } => {
                self.pins.retain(|pin| pin.person != *person);
                let (person, need) = (person.clone(), need.clone());
                self.pins.push(Pin { person, need });
            }
            Edit::Unpin { person } => {
                let before = self.pins.len();
                self.pins.retain(|pin| pin.person != *person);
                if self.pins.len() == before {
                    return Err(unknown("person", ErrorCode::UnknownPerson, person));
                }
            }
            Edit::Forbid { person, need } => self.prohibitions.push(Prohibition {
                person: person.clone(),
                need: Some(need.clone()),
                unit: None,
            }),
            Edit::TermStart { day } if *day < self.term.start => {
                let start = self.term.start;
                let message = both!(
                    "the term starts on {start} and can't start earlier, on {day}: give a day within it",
                    "thời hạn biệt phái bắt đầu ngày {start}, không thể sớm hơn vào ngày {day}: hãy nêu một ngày trong thời hạn",
                );
                return Err(("day", ErrorCode::TermExtended, message));
            }
            Edit::TermStart { day } => self.term.start = *day,
            Edit::Waive { person, need, reason } => {
                let (person, need, reason) = (person.clone(), need.clone(), *reason);
                let waiver = Waiver { person, need, reason };
                if !self.waivers.contains(&waiver) {
                    self.waivers.push(waiver);
                }
            }
            Edit::Withdraw { person } => {
                let (from, to) = (self.term.start, self.term.end);
                let found = self.people.iter_mut().find(|row| row.id == *person);
                let row = found.ok_or_else(|| unknown("person", ErrorCode::UnknownPerson, person))?;
                let reason = "withdrawn".to_owned();
                row.unavailable.push(Absence { from, to, reason });
                // a pin of somebody who is gone holds no longer
                self.pins.retain(|pin| pin.person != *person);
            }
            Edit::ReleaseCap { department, cap } => {
                self.department(department)?.release_cap = *cap;
            }
            Edit::FieldFloor {
                department,
                field,
                floor,
            } => {
                self.department(department)?
                    .field_floors
                    .insert(field.clone(), *floor);
            }
            Edit::UnitCap { unit, cap } => self.unit(unit)?.cap = Some(*cap),
            Edit::Speakers { unit, languages } => self.unit(unit)?.speaker.clone_from(languages),
            Edit::FieldCap { field, cap } => {
                if !self.fields.iter().any(|row| row.id == *field) {
                    return Err(unknown("field", ErrorCode::UnknownField, field));
                }
                self.policy.field_caps.remove(field);
                (self.policy.field_caps).extend(cap.map(|cap| (field.clone(), cap)));
            }
            Edit::TravelBudget { minutes } => self.policy.travel_budget_minutes = *minutes,
            Edit::ChangeBudget { cap } => self.policy.change_budget = *cap,
            Edit::SeniorFrom { need, level } => self.need(need)?.senior_from = *level,
            Edit::Disband { team } => {
                let before = self.teams.len();
                self.teams.retain(|row| row.id != *team);
                if self.teams.len() == before {
                    return Err(unknown("team", ErrorCode::UnknownTeam, team));
                }
            }
            Edit::MaxSecondments { cap } => self.policy.max_secondments = *cap,
            Edit::RestDays { days } => self.policy.rest_days = *days,
            Edit::TravelLimit { minutes } => self.policy.travel.limit_minutes = *minutes,
            Edit::Headcount { need, headcount } => self.need(need)?.headcount = *headcount,
        }
        Ok(())
    }

    fn department(&mut self, id: &DepartmentId) -> Result<&mut Department, Wrong> {
        let found = self.departments.iter_mut().find(|row| row.id == *id);
        found.ok_or_else(|| unknown("department", ErrorCode::UnknownDepartment, id))
    }

    fn unit(&mut self, id: &UnitId) -> Result<&mut Unit, Wrong> {
        let found = self.units.iter_mut().find(|row| row.id == *id);
        found.ok_or_else(|| unknown("unit", ErrorCode::UnknownUnit, id))
    }

    fn need(&mut self, id: &NeedId) -> Result<&mut Need, Wrong> {
        let found = self.needs.iter_mut().find(|row| row.id == *id);
        found.ok_or_else(|| unknown("need", ErrorCode::UnknownNeed, id))
    }

    /// The problem with a plan as the one to revise: every assignment becomes a line of the base
    /// plan, so that solving again changes as little as it can. All lines are announced, or only
    /// those that were so already.
    #[must_use]
    pub fn revising(&self, plan: &Plan, announced: bool) -> Self {
        let lines = self.base.iter().filter(|line| line.announced);
        let told: HashSet<_> = lines.map(|line| (&line.person, &line.need)).collect();
        let base = (plan.assignments.iter())
            .map(|row| BaseAssignment {
                person: row.person.clone(),
                need: row.need.clone(),
                announced: announced || told.contains(&(&row.person, &row.need)),
            })
            .collect();
        Self { base, ..self.clone() }
    }
}

impl Instance {
    /// The instance after some edits.
    ///
    /// # Errors
    /// [`Invalid`] as for [`Problem::edited`] and [`Problem::compile`].
    pub fn edited(&self, edits: &[Edit]) -> Result<Self, Invalid> {
        self.problem().edited(edits)?.compile()
    }
}

#[cfg(test)]
mod tests {
    use super::{Absence, Edit};
    use crate::support::{land_people, need, pairs, pin, solved};
    use crate::{ErrorCode, Tier, Value};

    #[test]
    fn in_the_middle_of_a_term_what_is_left_of_it_counts() {
        // p2 is away in the first week, so p1 serves; when p1 falls ill in the second, p2 can
        let mut problem = land_people(1, 2);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        problem.people[1].unavailable = vec![Absence {
            from: problem.term.start,
            to: problem.term.start + chrono::Days::new(6),
            reason: "leave".to_owned(),
        }];
        let before = solved(&problem);
        assert_eq!(pairs(&before), "p1→n1");
        let ill = Edit::Withdraw { person: "p1".into() };
        let rest = Edit::TermStart {
            day: problem.term.start + chrono::Days::new(7),
        };
        let after = |edits: &[Edit]| pairs(&solved(&problem.revising(&before, true).edited(edits).unwrap()));
        assert_eq!(after(std::slice::from_ref(&ill)), "");
        assert_eq!(after(&[rest, ill]), "p2→n1");
        let never = Edit::TermStart {
            day: problem.term.end + chrono::Days::new(1),
        };
        let errors = problem.edited(&[never]).unwrap().compile().unwrap_err().errors;
        assert_eq!(errors[0].code, ErrorCode::TermReversed);
        let day = problem.term.start - chrono::Days::new(1);
        let errors = problem.edited(&[Edit::TermStart { day }]).unwrap_err().errors;
        assert_eq!(
            (errors[0].code, errors[0].pointer.as_str()),
            (ErrorCode::TermExtended, "/edits/0/day")
        );
    }

    #[test]
    fn who_was_told_stays_told_in_the_next_revision() {
        let mut problem = land_people(1, 2);
        problem.needs = vec![need("n1", "u1", "land", 2)];
        problem.policy.max_secondments = Some(1);
        let told = problem.revising(&solved(&problem), true);
        problem.policy.max_secondments = Some(2);
        let both = solved(&problem);
        let announced = told.revising(&both, false).base.into_iter();
        let announced: Vec<_> = announced.map(|line| (line.person, line.announced)).collect();
        let first = &told.base[0].person;
        assert_eq!(announced.len(), 2);
        assert!(announced.iter().all(|(person, told)| *told == (person == first)));
    }

    #[test]
    fn a_withdrawal_is_repaired_with_the_fewest_changes() {
        // p1 to p3 serve; p4 would fit n1 best, but who was told stays, and p4 takes the empty seat
        let mut problem = land_people(1, 4);
        problem.needs = (1..=3)
            .map(|nth| need(&format!("n{nth}"), "u1", "land", 1))
            .collect();
        problem.needs[0].min_level = 1;
        problem.policy.max_secondments = Some(3);
        problem.people[3].skills[0].level = 1;
        let first = solved(&problem);
        assert!(!pairs(&first).contains("p4"));
        let revised = problem
            .revising(&first, true)
            .edited(&[Edit::Withdraw { person: "p2".into() }]);
        let second = solved(&revised.unwrap());
        assert_eq!(second.assignments.len(), 3);
        let kept = first
            .assignments
            .iter()
            .filter(|row| second.assignments.contains(row))
            .count();
        assert_eq!(kept, 2);
        assert_eq!(second.tier(Tier::Changes).unwrap().value, Value::Integer(20));
    }

    #[test]
    fn edits_that_name_nobody_are_told_by_place() {
        let problem = land_people(1, 1);
        let edits = [
            Edit::MaxSecondments { cap: Some(1) },
            Edit::Withdraw { person: "p9".into() },
            Edit::UnitCap {
                unit: "u9".into(),
                cap: 1,
            },
            Edit::Disband { team: "t9".into() },
        ];
        let errors = problem.edited(&edits).unwrap_err().errors;
        let told: Vec<_> = errors
            .iter()
            .map(|error| (error.code, error.pointer.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (ErrorCode::UnknownPerson, "/edits/1/person"),
                (ErrorCode::UnknownUnit, "/edits/2/unit"),
                (ErrorCode::UnknownTeam, "/edits/3/team")
            ]
        );
    }

    #[test]
    fn edits_follow_one_another_and_leave_the_original_alone() {
        let mut problem = land_people(1, 2);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        problem.pins = vec![pin("p1", "n1")];
        let edits = [
            Edit::Unpin { person: "p1".into() },
            Edit::Forbid {
                person: "p1".into(),
                need: "n1".into(),
            },
        ];
        assert_eq!(pairs(&solved(&problem.edited(&edits).unwrap())), "p2→n1");
        assert_eq!(pairs(&solved(&problem)), "p1→n1");
    }
}
