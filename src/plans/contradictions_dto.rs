//! What no plan keeps together, on the wire.

use super::explanation_dto::{key, renamed};
use super::model::PinRequest;
use crate::error::{Error, Result};
use cadre_solver::{Contradiction, Contradictions};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Contradictions that share no pin: of each, something would have to be given up.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Contradictions)]
pub struct ContradictionsDto {
    found: Vec<ContradictionDto>,
    /// Whether there may be others that share no pin with these.
    more: bool,
}

/// Pins and rules of which no plan keeps all, as people, needs, rest and travel limits stand.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Contradiction)]
pub struct ContradictionDto {
    pins: Vec<PinRequest>,
    /// `rule` says which; the other keys whom it binds.
    #[schema(value_type = Vec<Object>)]
    rules: Vec<Value>,
    /// Of each need for which more of these pins are than it has seats: how many it has.
    #[schema(value_type = std::collections::HashMap<String, u32>)]
    seats: BTreeMap<String, u32>,
    /// Whether all of them are needed for it; otherwise some may take no part.
    minimal: bool,
}

impl TryFrom<Contradictions> for ContradictionsDto {
    type Error = Error;

    fn try_from(all: Contradictions) -> Result<Self> {
        Ok(Self {
            found: (all.found.into_iter())
                .map(ContradictionDto::try_from)
                .collect::<Result<_>>()?,
            more: all.more,
        })
    }
}

impl TryFrom<Contradiction> for ContradictionDto {
    type Error = Error;

    fn try_from(one: Contradiction) -> Result<Self> {
        let pins = one.pins.iter().map(|pin| {
            Ok(PinRequest {
                need: key(pin.need.as_str())?,
                staff: key(pin.person.as_str())?,
            })
        });
        Ok(Self {
            pins: pins.collect::<Result<_>>()?,
            seats: (one.seats.into_iter())
                .map(|(need, seats)| (need.to_string(), seats))
                .collect(),
            rules: one.rules.iter().map(renamed).collect::<Result<_>>()?,
            minimal: one.minimal,
        })
    }
}
