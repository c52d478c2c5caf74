//! From the province's records to the solver's problem. The same records give the same problem, byte for byte, so that
//! its hash tells whether anything changed since a plan was solved.

use super::model::PlanRequest;
use super::store;
use crate::auth::{Caller, Scope};
use crate::catalogue::model::Unit;
use crate::error::{Error, Fault, Result};
use crate::ids::{NeedId, RoundId, UnitCode};
use crate::needs::model::{Need, Priority};
use crate::rounds::model::{Policy, Round};
use crate::say;
use crate::staff::model::{Absence, AbsenceReason, Staff, StaffCategory};
use crate::store::Db;
use crate::{catalogue, needs, rounds, staff};
use cadre_solver as solver;
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

const USUAL_TIME_LIMIT_SECONDS: u64 = 60;

/// Puts together the problem of a round: its accepted needs less the seats that are taken already, everyone on the
/// roster, the round's policy, and what HR asks beyond it.
pub fn build(db: &mut Db, caller: &Caller, round: RoundId, request: &PlanRequest) -> Result<solver::Problem> {
    let scope = caller.scope();
    let round = rounds::service::find(db, scope, round)?;
    let taken = store::taken_seats(db, scope, round.id)?;
    let needs = needs::store::accepted(db, scope, round.id)?;
    let units = catalogue::store::all_units(db, scope)?;
    let places = Places::of(&units);
    let last_ends = store::last_secondment_ends(db, scope)?;
    let people = staff::store::roster(db, scope)?;
    let open: Vec<solver::Need> = needs
        .iter()
        .filter_map(|need| open_need(need, taken.get(&need.id)))
        .collect();
    // A unit that a prohibition names is one that the problem knows, whether or not it asks for anyone now.
    let named = request.prohibitions.iter().filter_map(|row| row.unit.as_ref());
    let wanted: HashSet<&str> = open
        .iter()
        .map(|need| need.unit.as_str())
        .chain(named.map(UnitCode::as_str))
        .collect();
    Ok(solver::Problem {
        format: solver::FORMAT.to_owned(),
        title: None,
        term: solver::Term {
            start: round.term.start,
            end: round.term.end,
        },
        fields: catalogue::store::fields(db, scope)?
            .into_iter()
            .map(|field| solver::Field {
                id: field.code.as_str().into(),
            })
            .collect(),
        departments: departments(db, scope, &round.policy)?,
        units: units
            .iter()
            .filter(|unit| wanted.contains(unit.code.as_str()))
            .map(|unit| {
                let (lat, lon) = places.of_unit(&unit.code)?;
                Ok(solver::Unit {
                    id: unit.code.as_str().into(),
                    lat,
                    lon,
                    cap: None,
                    housing: false,
                    hardship: 0,
                    acceptable: Vec::new(),
                    speaker: Vec::new(),
                })
            })
            .collect::<Result<_>>()?,
        people: people
            .iter()
            .map(|person| one_person(person, &round, &places, last_ends.get(&person.id).copied()))
            .collect::<Result<_>>()?,
        needs: open,
        pins: request
            .pins
            .iter()
            .map(|pin| solver::Pin {
                person: pin.staff.to_string().into(),
                need: pin.need.to_string().into(),
            })
            .collect(),
        prohibitions: request
            .prohibitions
            .iter()
            .map(|prohibition| solver::Prohibition {
                person: prohibition.staff.to_string().into(),
                need: prohibition.need.map(|need| need.to_string().into()),
                unit: prohibition.unit.as_ref().map(|unit| unit.as_str().into()),
            })
            .collect(),
        waivers: Vec::new(),
        base: Vec::new(),
        teams: Vec::new(),
        policy: policy(&round.policy, taken.values().map(|seats| seats.len()).sum()),
    })
}

/// Checks a problem, and tells what is wrong with it in terms of the request that it came from.
pub fn compile(problem: solver::Problem) -> Result<solver::Instance> {
    problem.compile().map_err(|invalid| {
        let error = Error::from(invalid);
        let faults = error.faults().iter().filter_map(in_request).collect();
        error.at(faults)
    })
}

/// The fault where the request has it. The solver calls a person what the API calls staff, and the other side of a
/// contradiction between pins may be a limit that stands elsewhere: the text names it.
fn in_request(fault: &Fault) -> Option<Fault> {
    let asked = fault.pointer.starts_with("/pins/") || fault.pointer.starts_with("/prohibitions/");
    if fault.code.starts_with("pin_") && !asked {
        return None;
    }
    let pointer = match fault.pointer.strip_suffix("/person") {
        Some(row) if asked => format!("{row}/staff"),
        _ => fault.pointer.clone(),
    };
    Some(Fault {
        pointer,
        ..fault.clone()
    })
}

/// The problem's hash as the solver reckons it, so that a plan's document names the same.
pub fn hash(problem: &solver::Problem) -> String {
    solver::problem_hash(problem).to_string()
}

/// The solver's limits for a request.
pub fn settings(request: &PlanRequest) -> solver::Settings {
    let seconds = request.time_limit_seconds.unwrap_or(USUAL_TIME_LIMIT_SECONDS);
    solver::Settings {
        time_limit_ms: seconds * 1000,
        seed: request.seed,
        ..solver::Settings::default()
    }
}

/// For each need of the round that has secondments already: the number of its first free seat.
pub(super) fn first_free_seats(db: &mut Db, scope: &Scope, round: RoundId) -> Result<HashMap<NeedId, i32>> {
    let taken = store::taken_seats(db, scope, round)?;
    Ok(taken
        .into_iter()
        .map(|(need, seats)| (need, seats.into_iter().max().unwrap_or(0) + 1))
        .collect())
}

/// A need with the seats that are still open; nothing when all are taken.
fn open_need(need: &Need, taken: Option<&Vec<i32>>) -> Option<solver::Need> {
    let taken = taken.map_or(0, |seats| u32::try_from(seats.len()).unwrap_or(u32::MAX));
    let content = &need.content;
    let headcount = content.headcount.count().saturating_sub(taken);
    (headcount > 0).then(|| solver::Need {
        id: need.id.to_string().into(),
        unit: need.unit.as_str().into(),
        field: content.field.as_str().into(),
        headcount,
        min_level: u8::try_from(content.min_level.get()).unwrap_or(u8::MAX),
        languages: content
            .languages
            .iter()
            .map(|language| language.as_str().to_owned())
            .collect(),
        preferred_languages: Vec::new(),
        priority: match content.priority {
            Priority::Critical => solver::Priority::Critical,
            Priority::High => solver::Priority::High,
            Priority::Normal => solver::Priority::Normal,
            Priority::Low => solver::Priority::Low,
        },
        authority_seat: content.authority_seat,
        senior_from: None,
    })
}

fn one_person(
    person: &Staff,
    round: &Round,
    places: &Places<'_>,
    last_secondment_end: Option<NaiveDate>,
) -> Result<solver::Person> {
    let (lat, lon) = places.of_home(person)?;
    let (bars, away): (Vec<&Absence>, Vec<&Absence>) = person.profile.absences.iter().partition(|absence| {
        matches!(
            absence.reason,
            AbsenceReason::Maternity | AbsenceReason::YoungChild
        )
    });
    Ok(solver::Person {
        id: person.id.to_string().into(),
        department: person.profile.department.as_str().into(),
        category: match person.profile.category {
            StaffCategory::Cadre => solver::Category::Cadre,
            StaffCategory::CivilServant => solver::Category::CivilServant,
            StaffCategory::PublicEmployee => solver::Category::PublicEmployee,
            StaffCategory::ContractWorker => solver::Category::ContractWorker,
            StaffCategory::Support => solver::Category::Support,
            StaffCategory::ArmedForces => solver::Category::ArmedForces,
        },
        primary_field: person.profile.primary_field.as_str().into(),
        lat,
        lon,
        skills: person
            .profile
            .skills
            .iter()
            .map(|skill| solver::Skill {
                field: skill.field.as_str().into(),
                level: u8::try_from(skill.level).unwrap_or(u8::MAX),
                verified: skill.verified,
                years: u8::try_from(skill.years).ok(),
                last_worked: skill.last_worked,
            })
            .collect(),
        languages: person
            .profile
            .languages
            .iter()
            .map(|language| language.as_str().to_owned())
            .collect(),
        unavailable: away
            .into_iter()
            .map(|absence| solver::Absence {
                from: absence.from,
                to: absence.until,
                reason: absence.reason.to_string(),
            })
            .collect(),
        // A bar holds for the whole term, so one that begins during the term counts from its start.
        bars: bars
            .into_iter()
            .filter(|bar| bar.from <= round.term.end)
            .map(|bar| solver::Bar {
                code: bar.reason.to_string(),
                until: Some(bar.until),
            })
            .collect(),
        last_secondment_end,
        volunteer: person.profile.volunteer,
        conflicts: Vec::new(),
        past_secondments: 0,
        hardship_so_far: 0,
        preferences: Vec::new(),
    })
}

fn departments(db: &mut Db, scope: &Scope, policy: &Policy) -> Result<Vec<solver::Department>> {
    let known = catalogue::store::departments(db, scope)?;
    Ok(known
        .into_iter()
        .map(|department| {
            let own = department.release_cap.and_then(|cap| u32::try_from(cap).ok());
            let floors = policy.field_floors.get(&department.code).into_iter().flatten();
            solver::Department {
                id: department.code.as_str().into(),
                release_cap: policy.release_caps.get(&department.code).copied().or(own),
                field_floors: floors
                    .map(|(field, floor)| (field.as_str().into(), *floor))
                    .collect(),
            }
        })
        .collect())
}

fn policy(policy: &Policy, taken: usize) -> solver::Policy {
    let taken = u32::try_from(taken).unwrap_or(u32::MAX);
    solver::Policy {
        max_secondments: policy.max_secondments.map(|most| most.saturating_sub(taken)),
        unit_cap: policy.unit_cap,
        rest_days: policy.rest_days,
        travel: solver::TravelPolicy {
            limit_minutes: policy.travel_limit_minutes,
            km_per_hour: policy.km_per_hour,
            detour_percent: policy.detour_percent,
            ..solver::TravelPolicy::default()
        },
        balance: policy.balance.into(),
        weights: policy.weights.clone(),
        ..solver::Policy::default()
    }
}

/// Where units are.
struct Places<'a>(HashMap<&'a UnitCode, Option<(f64, f64)>>);

impl<'a> Places<'a> {
    fn of(units: &'a [Unit]) -> Self {
        Self(
            units
                .iter()
                .map(|unit| (&unit.code, unit.lat.zip(unit.lon)))
                .collect(),
        )
    }

    fn of_unit(&self, unit: &UnitCode) -> Result<(f64, f64)> {
        self.0.get(unit).copied().flatten().ok_or_else(|| {
            Error::invalid_at(
                "",
                "position_unknown",
                say!(
                    "the catalogue has no position for unit {unit}, so the way there can't be reckoned; ask your administrator to correct the catalogue",
                    "danh mục chưa có tọa độ của đơn vị {unit} nên không tính được quãng đường; hãy nhờ quản trị viên bổ sung"
                ),
            )
        })
    }

    fn of_home(&self, person: &Staff) -> Result<(f64, f64)> {
        self.of_unit(&person.profile.home_unit)
    }
}
