//! Rules of rounds.

use super::model::{MAX_TERM_MONTHS, Policy, Round, RoundTerm};
use super::store;
use crate::audit::{Change, model::Action};
use crate::auth::{Caller, Scope};
use crate::catalogue;
use crate::catalogue::service::References;
use crate::error::{Code, Error, Fault, Result};
use crate::http::IfMatch;
use crate::http::page::Page;
use crate::ids::{FieldCode, RoundId};
use crate::say;
use crate::store::Db;
use chrono::NaiveDate;
use serde_json::json;

/// What a round is made from, or changed to.
#[derive(Debug, Clone)]
pub struct RoundInput {
    /// What people call it.
    pub name: Option<String>,
    /// First day of service.
    pub start: Option<NaiveDate>,
    /// Last day of service.
    pub end: Option<NaiveDate>,
    /// The fields in which needs may be raised.
    pub fields: Option<Vec<FieldCode>>,
    /// What its plans obey.
    pub policy: Option<Policy>,
}

/// One round.
pub fn find(db: &mut Db, scope: &Scope, id: RoundId) -> Result<Round> {
    store::find(db, scope, id)
}

/// A page of the province's rounds.
pub fn list(db: &mut Db, caller: &Caller, page: &Page<RoundId>) -> Result<Vec<Round>> {
    store::list(db, caller.scope(), page)
}

/// Makes a round.
pub fn create(
    db: &mut Db,
    caller: &Caller,
    name: &str,
    term: RoundTerm,
    fields: Option<&[FieldCode]>,
    policy: &Policy,
) -> Result<Change<Round>> {
    let fields = match fields {
        Some(fields) => fields.to_vec(),
        None => catalogue::store::fields(db, caller.scope())?
            .into_iter()
            .map(|field| field.code)
            .collect(),
    };
    let round = Round {
        id: RoundId::new(caller.clock()),
        name: name.to_owned(),
        term,
        fields,
        policy: policy.clone(),
        version: 1,
    };
    let round = checked(db, caller, round)?;
    store::insert(db, caller, &round)?;
    Ok(logged(round, Action::Create))
}

/// Changes a round. Its dates are fixed once people serve in it.
pub fn update(
    db: &mut Db,
    caller: &Caller,
    id: RoundId,
    based_on: IfMatch,
    change: &RoundInput,
) -> Result<Change<Round>> {
    let before = store::find(db, caller.scope(), id)?;
    based_on.check(before.version)?;
    let term = RoundTerm {
        start: change.start.unwrap_or(before.term.start),
        end: change.end.unwrap_or(before.term.end),
    };
    if term != before.term && store::has_secondments(db, caller.scope(), id)? {
        return Err(Error::new(
            Code::InvalidTransition,
            say!(
                "people serve in this round already, so its dates stay; make a new round for another term",
                "đợt này đã có người biệt phái nên không đổi được thời gian; hãy tạo đợt mới cho thời hạn khác"
            ),
        ));
    }
    let round = Round {
        id,
        name: change.name.clone().unwrap_or(before.name),
        term,
        fields: change.fields.clone().unwrap_or(before.fields),
        policy: change.policy.clone().unwrap_or(before.policy),
        version: before.version,
    };
    let round = checked(db, caller, round)?;
    store::update(db, caller, &round)?;
    Ok(logged(
        Round {
            version: round.version + 1,
            ..round
        },
        Action::Update,
    ))
}

fn logged(round: Round, action: Action) -> Change<Round> {
    let detail = json!({"start_date": round.term.start, "end_date": round.term.end, "fields": round.fields, "policy": round.policy});
    let id = round.id;
    Change::with(round, action, "round", id, detail)
}

fn unique(mut fields: Vec<FieldCode>) -> Vec<FieldCode> {
    fields.sort();
    fields.dedup();
    fields
}

/// The round, if it breaks no rule. Its fields come as they were sent, so that a fault's pointer fits, and go as a set.
fn checked(db: &mut Db, caller: &Caller, round: Round) -> Result<Round> {
    check(db, caller, &round)?;
    Ok(Round {
        fields: unique(round.fields),
        ..round
    })
}

fn check(db: &mut Db, caller: &Caller, round: &Round) -> Result<()> {
    check_term(round.term)?;
    check_policy(&round.policy)?;
    let fields = round
        .fields
        .iter()
        .enumerate()
        .map(|(i, field)| (format!("/fields/{i}"), field));
    let floored = round.policy.field_floors.iter().flat_map(|(department, floors)| {
        floors
            .keys()
            .map(move |field| (format!("/policy/field_floors/{department}/{field}"), field))
    });
    let capped = round
        .policy
        .release_caps
        .keys()
        .map(|code| (format!("/policy/release_caps/{code}"), code));
    let floors = round
        .policy
        .field_floors
        .keys()
        .map(|code| (format!("/policy/field_floors/{code}"), code));
    let references = References {
        fields: fields.chain(floored).collect(),
        departments: capped.chain(floors).collect(),
        ..References::default()
    };
    references.check(db, caller.scope())?;
    if round.fields.is_empty() {
        return Err(Error::invalid_at(
            "/fields",
            "empty",
            say!(
                "a round has at least one field; name one",
                "một đợt có ít nhất một lĩnh vực; hãy nêu lĩnh vực"
            ),
        ));
    }
    Ok(())
}

fn check_term(term: RoundTerm) -> Result<()> {
    let RoundTerm { start, end } = term;
    if end < start {
        return Err(Error::invalid_at(
            "/end_date",
            "end_before_start",
            say!(
                "the term ends on {end}, before it starts on {start}; correct one of the dates",
                "thời hạn kết thúc ngày {end}, trước ngày bắt đầu {start}; hãy sửa lại ngày"
            ),
        ));
    }
    let last = RoundTerm::last_lawful_day(start);
    if end > last {
        return Err(Error::of(Code::RuleViolation).at(vec![Fault::new(
            "/end_date",
            "max-term",
            say!(
                "a secondment lasts at most {MAX_TERM_MONTHS} months (Decree 170/2025, article 26): {last} at the latest",
                "biệt phái không quá {MAX_TERM_MONTHS} tháng (Điều 26 Nghị định 170/2025): chậm nhất ngày {last}"
            ),
        )]));
    }
    Ok(())
}

fn check_policy(policy: &Policy) -> Result<()> {
    let bounds = [
        ("/policy/max_secondments", policy.max_secondments, 0, 1_000_000),
        ("/policy/unit_cap", policy.unit_cap, 0, 1_000_000),
        ("/policy/rest_days", Some(policy.rest_days), 0, 3_650),
        (
            "/policy/travel_limit_minutes",
            policy.travel_limit_minutes,
            0,
            10_000,
        ),
        ("/policy/km_per_hour", Some(policy.km_per_hour), 1, 1_000),
        ("/policy/detour_percent", Some(policy.detour_percent), 100, 1_000),
    ];
    let ranges = bounds.into_iter().filter_map(|(pointer, value, low, high)| {
        let value = value.filter(|value| !(low..=high).contains(value))?;
        Some(out_of_range(pointer.to_owned(), value, low, high))
    });
    let weights = policy.weights.iter().filter_map(|(term, weight)| {
        let pointer = format!("/policy/weights/{}", term.replace('~', "~0").replace('/', "~1"));
        if cadre_solver::weighable_terms().all(|(known, _)| known != term) {
            return Some(unknown_term(pointer));
        }
        let most = cadre_solver::MAX_WEIGHT;
        (*weight > most).then(|| out_of_range(pointer, *weight, 0, most))
    });
    let faults: Vec<Fault> = ranges.chain(weights).collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Error::invalid(faults))
    }
}

fn out_of_range(pointer: String, value: u32, low: u32, high: u32) -> Fault {
    Fault::new(
        pointer,
        "out_of_range",
        say!(
            "{value} is out of range, {low} to {high} are allowed",
            "{value} ngoài khoảng cho phép {low} đến {high}"
        ),
    )
}

fn unknown_term(pointer: String) -> Fault {
    let known: Vec<&str> = cadre_solver::weighable_terms().map(|(term, _)| term).collect();
    let known = known.join(", ");
    Fault::new(
        pointer,
        "unknown_term",
        say!(
            "no such term takes a weight; those that do are {known}",
            "không có tiêu chí này; các tiêu chí có trọng số gồm {known}"
        ),
    )
}
