//! What no plan keeps together, on the wire.

use super::explanation_dto::{key, renamed};
use super::model::PinRequest;
use crate::error::{Error, Result};
use cadre_solver::{Contradiction, Contradictions};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// All that stands against a plan: of each one found, something would have to be given up. No pin is in two.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Contradictions)]
pub struct ContradictionsDto {
    found: Vec<ContradictionDto>,
    /// Whether there may be more: they are too many, or time or memory did not suffice to look for them.
    more: bool,
}

/// Pins and rules of which no plan keeps all.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Contradiction)]
pub struct ContradictionDto {
    pins: Vec<PinRequest>,
    /// `rule` says which; the other keys whom it binds.
    #[schema(value_type = Vec<Object>)]
    rules: Vec<Value>,
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
            rules: one.rules.iter().map(renamed).collect::<Result<_>>()?,
            minimal: one.minimal,
        })
    }
}
