//! Rules of needs.

use super::model::{Need, NeedContent, NeedFilter, NeedState};
use super::store;
use crate::audit::{Change, model::Action};
use crate::auth::Caller;
use crate::catalogue::service::References;
use crate::error::{Code, Error, Result};
use crate::http::IfMatch;
use crate::http::page::Page;
use crate::ids::{FieldCode, NeedId, RoundId, UnitCode};
use crate::store::Db;
use crate::{rounds, say};
use serde_json::json;

/// One need.
pub fn find(db: &mut Db, caller: &Caller, id: NeedId) -> Result<Need> {
    store::find(db, caller.scope(), id)
}

/// A page of needs.
pub fn list(db: &mut Db, caller: &Caller, filter: &NeedFilter, page: &Page<NeedId>) -> Result<Vec<Need>> {
    store::list(db, caller.scope(), filter, page)
}

/// Writes a draft. A commune secretary writes for the own unit, HR for any unit of the province.
pub fn create(
    db: &mut Db,
    caller: &Caller,
    round: RoundId,
    unit: Option<&UnitCode>,
    content: &NeedContent,
) -> Result<Change<Need>> {
    let unit = match (unit, caller.scope().units()) {
        (Some(unit), _) if caller.scope().covers(unit) => unit,
        (None, Some([own])) => own,
        (Some(unit), _) => {
            return Err(Error::invalid_at(
                "/unit",
                "unknown_unit",
                say!(
                    "`{unit}` is not a unit that you speak for; leave `unit` out to ask for your own",
                    "bạn không đại diện cho đơn vị `{unit}`; hãy bỏ `unit` để gửi cho đơn vị của mình"
                ),
            ));
        }
        (None, _) => {
            return Err(Error::invalid_at(
                "/unit",
                "missing",
                say!("say which unit the need is for", "hãy nêu nhu cầu của đơn vị nào"),
            ));
        }
    };
    References {
        units: vec![("/unit".into(), unit)],
        ..References::default()
    }
    .check(db, caller.scope())?;
    check(db, caller, round, "/round", &content.field)?;
    let need = Need {
        id: NeedId::new(caller.clock()),
        round,
        unit: unit.clone(),
        content: content.clone(),
        state: NeedState::Draft,
        review_note: None,
        version: 1,
        created_at: caller.now(),
    };
    store::insert(db, caller, &need)?;
    Ok(logged(need, Action::Create))
}

/// Changes what a need asks for, while it is a draft or was returned.
pub fn update(
    db: &mut Db,
    caller: &Caller,
    id: NeedId,
    based_on: IfMatch,
    change: impl FnOnce(NeedContent) -> NeedContent,
) -> Result<Change<Need>> {
    let before = store::find(db, caller.scope(), id)?;
    let content = change(before.content);
    check(db, caller, before.round, "/round", &content.field)?;
    let need = store::update(db, caller, id, based_on.version(), &content)?;
    Ok(logged(need, Action::Update))
}

/// Hands a need in.
pub fn submit(db: &mut Db, caller: &Caller, id: NeedId, based_on: IfMatch) -> Result<Change<Need>> {
    store::find(db, caller.scope(), id)?;
    let to = NeedState::Submitted;
    let need = store::transition(db, caller, id, based_on.version(), NeedState::OPEN, to, None)?;
    Ok(logged(need, Action::Submit))
}

/// Takes a need back.
pub fn withdraw(db: &mut Db, caller: &Caller, id: NeedId, based_on: IfMatch) -> Result<Change<Need>> {
    store::find(db, caller.scope(), id)?;
    let to = NeedState::Withdrawn;
    let need = store::transition(
        db,
        caller,
        id,
        based_on.version(),
        NeedState::WITHDRAWABLE,
        to,
        None,
    )?;
    Ok(logged(need, Action::Withdraw))
}

/// Accepts a need for its round's plans, or returns it to the commune with a note.
pub fn review(
    db: &mut Db,
    caller: &Caller,
    id: NeedId,
    based_on: IfMatch,
    accept: bool,
    note: Option<&str>,
) -> Result<Change<Need>> {
    if !accept && note.is_none() {
        return Err(Error::invalid_at(
            "/note",
            "missing",
            say!(
                "a need is returned with a note that says what to correct; add it",
                "khi trả lại nhu cầu phải ghi rõ cần sửa gì; hãy bổ sung ghi chú"
            ),
        ));
    }
    store::find(db, caller.scope(), id)?;
    let to = if accept {
        NeedState::Accepted
    } else {
        NeedState::Returned
    };
    let need = store::transition(
        db,
        caller,
        id,
        based_on.version(),
        &[NeedState::Submitted],
        to,
        note,
    )?;
    Ok(logged(need, Action::Review))
}

/// The round must exist in the province and take needs in the field.
fn check(db: &mut Db, caller: &Caller, round: RoundId, pointer: &str, field: &FieldCode) -> Result<()> {
    let round = rounds::service::find(db, caller.scope(), round).map_err(|error| {
        if error.code() != Code::NotFound {
            return error;
        }
        Error::invalid_at(
            pointer,
            "unknown_round",
            say!(
                "there is no such round; GET /api/v1/rounds lists them",
                "không có đợt này; xem danh sách tại GET /api/v1/rounds"
            ),
        )
    })?;
    if round.fields.contains(field) {
        return Ok(());
    }
    let fields: Vec<&str> = round.fields.iter().map(FieldCode::as_str).collect();
    let fields = fields.join(", ");
    Err(Error::invalid_at(
        "/field",
        "unknown_field",
        say!(
            "the round takes no needs in `{field}`; its fields are {fields}",
            "đợt này không nhận nhu cầu lĩnh vực `{field}`; các lĩnh vực gồm {fields}"
        ),
    ))
}

fn logged(need: Need, action: Action) -> Change<Need> {
    let detail = json!({
        "state": need.state, "unit": need.unit, "field": need.content.field, "headcount": need.content.headcount,
        "min_level": need.content.min_level, "priority": need.content.priority,
    });
    let id = need.id;
    Change::with(need, action, "need", id, detail)
}
