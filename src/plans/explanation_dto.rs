//! Explanations on the wire: the solver's answers with the API's keys, and the same in sentences.

use super::contradictions_dto::ContradictionsDto;
use super::explanation::Told;
use crate::error::{Error, Result};
use crate::ids::{FieldCode, NeedId, StaffId, UnitCode};
use crate::jobs::protocol::Answer;
use cadre_solver::Reason;
use cadre_solver::explain::{
    Bottleneck, Certificate, Chain, Funnel, Move, Part, Place, Remedy, TierChange, WhyNot,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::str::FromStr;
use utoipa::{IntoParams, ToSchema};

/// Whom to explain.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExplanationQuery {
    /// The person.
    pub staff: StaffId,
    /// Why not at this need? Without it: why at the need that the plan says.
    pub need: Option<NeedId>,
}

/// Why a need has empty seats, and what would fill one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Certificate)]
pub struct CertificateDto {
    need: NeedId,
    unit: UnitCode,
    field: FieldCode,
    /// Seats that stay empty.
    missing: u32,
    /// How many people are left after each question that eligibility asks, and where they are.
    #[schema(value_type = Object)]
    funnel: Funnel,
    /// The quotas that are used up, from the seat outwards.
    #[schema(value_type = Vec<Object>)]
    bottlenecks: Vec<Bottleneck>,
    /// People who could take the seat or make room for somebody who could, if a bottleneck opened.
    people_behind: u32,
    /// Each single change that would fill a seat.
    remedies: Vec<RemedyDto>,
    /// Changes of which time or memory did not suffice to tell whether they would.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    undecided: Vec<Value>,
    /// All of it in sentences; indented lines belong to the one above.
    text: Vec<String>,
}

/// One change, and who would move then.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Remedy)]
pub struct RemedyDto {
    /// `edit` says what kind of change; the other keys whom and how much it concerns.
    #[schema(value_type = Object)]
    change: Value,
    moves: Vec<MoveDto>,
}

/// One person goes from one place to another.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Move)]
pub struct MoveDto {
    staff: StaffId,
    /// The place left; absent means that the person stays at home in the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<PlaceDto>,
    /// The place taken; absent means home.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<PlaceDto>,
}

/// A need and its unit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Place)]
pub struct PlaceDto {
    need: NeedId,
    unit: UnitCode,
}

/// What changes from the plan to another one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Chain)]
pub struct ChainDto {
    /// Who moves, each after the move that makes it necessary.
    moves: Vec<MoveDto>,
    /// The tiers whose value differs, most important first: value before and after. The first one decides.
    #[schema(value_type = Vec<Object>)]
    tiers: Vec<TierChange>,
    /// Needs with fewer people, and how many fewer.
    #[schema(value_type = std::collections::HashMap<String, u32>)]
    lose: BTreeMap<String, u32>,
    /// Needs with more people, and how many more.
    #[schema(value_type = std::collections::HashMap<String, u32>)]
    gain: BTreeMap<String, u32>,
}

/// Why a person serves where the plan says, or why not at the need asked for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Explanation)]
pub struct ExplanationDto {
    staff: StaffId,
    /// The need asked for, or the one that the person serves.
    need: NeedId,
    #[serde(flatten)]
    answer: AnswerDto,
    /// All of it in sentences; indented lines belong to the one above.
    text: Vec<String>,
}

/// What there is to say.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "answer", rename_all = "snake_case")]
#[schema(as = ExplanationAnswer)]
pub enum AnswerDto {
    /// The person serves there.
    Serves {
        /// Whether a pin decided it beforehand; then there is no alternative.
        pinned: bool,
        /// What the assignment adds: measure × weight, by tier and term.
        #[schema(value_type = Vec<Object>)]
        parts: Vec<Part>,
        /// What would change if the person did not serve there.
        without: Option<ChainDto>,
        /// What stands against every plan in which the person does not serve there; `without` is null then.
        indispensable: Option<ContradictionsDto>,
        /// Whether time or memory did not suffice to find `without`, which is null then.
        undecided: bool,
    },
    /// The person may not serve there.
    NotEligible {
        /// Every reason.
        #[schema(value_type = Vec<String>)]
        reasons: Vec<Reason>,
        /// Whether each of them is one that may be set aside.
        waivable: bool,
    },
    /// The person may, but no plan keeps all pins and rules with the person there.
    NoPlan {
        /// What can't be kept together; the person at that need counts as a pin.
        contradictions: ContradictionsDto,
    },
    /// The person may, and this is the cheapest way to it.
    Chain {
        /// What would change.
        chain: ChainDto,
    },
}

impl TryFrom<Told> for CertificateDto {
    type Error = Error;

    fn try_from(told: Told) -> Result<Self> {
        let Answer::Certificate(found) = told.answer else {
            return Err(unasked());
        };
        let Certificate {
            need,
            unit,
            field,
            missing,
            funnel,
            bottlenecks,
            people_behind,
            remedies,
            undecided,
        } = found;
        Ok(Self {
            need: key(need.as_str())?,
            unit: key(unit.as_str())?,
            field: key(field.as_str())?,
            missing,
            funnel,
            bottlenecks,
            people_behind,
            remedies: remedies
                .into_iter()
                .map(RemedyDto::try_from)
                .collect::<Result<_>>()?,
            undecided: undecided.iter().map(renamed).collect::<Result<_>>()?,
            text: told.text,
        })
    }
}

impl TryFrom<Told> for ExplanationDto {
    type Error = Error;

    fn try_from(told: Told) -> Result<Self> {
        let (person, need, answer) = match told.answer {
            Answer::Why(why) => {
                let without = why.without.map(ChainDto::try_from).transpose()?;
                let indispensable = why.indispensable.map(ContradictionsDto::try_from).transpose()?;
                let answer = AnswerDto::Serves {
                    pinned: why.pinned,
                    parts: why.parts,
                    without,
                    indispensable,
                    undecided: why.undecided,
                };
                (why.person, why.place.need, answer)
            }
            Answer::WhyNot(WhyNot::NotEligible {
                person,
                need,
                reasons,
                waivable,
            }) => (person, need, AnswerDto::NotEligible { reasons, waivable }),
            Answer::WhyNot(WhyNot::NoPlan {
                person,
                need,
                contradictions,
            }) => {
                let contradictions = contradictions.try_into()?;
                (person, need, AnswerDto::NoPlan { contradictions })
            }
            Answer::WhyNot(WhyNot::Chain { person, need, chain }) => {
                let chain = chain.try_into()?;
                (person, need, AnswerDto::Chain { chain })
            }
            Answer::WhyNot(WhyNot::Serves { .. }) | Answer::Certificate(_) => return Err(unasked()),
        };
        Ok(Self {
            staff: key(person.as_str())?,
            need: key(need.as_str())?,
            answer,
            text: told.text,
        })
    }
}

fn unasked() -> Error {
    Error::internal("the solver answered another question")
}

/// A key of ours, which went through the solver as text.
pub(super) fn key<K: FromStr<Err: std::fmt::Display>>(text: &str) -> Result<K> {
    text.parse()
        .map_err(|cause: K::Err| Error::internal(format!("{text} is no key: {cause}")))
}

impl TryFrom<Remedy> for RemedyDto {
    type Error = Error;

    fn try_from(remedy: Remedy) -> Result<Self> {
        Ok(Self {
            change: renamed(&remedy.edit)?,
            moves: moves(remedy.moves)?,
        })
    }
}

/// A change or a rule with the API's word for people, as a plan's request has it in its pins.
pub(super) fn renamed(told: &impl Serialize) -> Result<Value> {
    let mut told = serde_json::to_value(told).map_err(Error::internal)?;
    if let Some(keys) = told.as_object_mut()
        && let Some(person) = keys.remove("person")
    {
        keys.insert("staff".to_owned(), person);
    }
    Ok(told)
}

fn moves(moves: Vec<Move>) -> Result<Vec<MoveDto>> {
    let place = |place: Option<Place>| place.map(PlaceDto::try_from).transpose();
    (moves.into_iter())
        .map(|step| {
            Ok(MoveDto {
                staff: key(step.person.as_str())?,
                from: place(step.from)?,
                to: place(step.to)?,
            })
        })
        .collect()
}

impl TryFrom<Place> for PlaceDto {
    type Error = Error;

    fn try_from(place: Place) -> Result<Self> {
        Ok(Self {
            need: key(place.need.as_str())?,
            unit: key(place.unit.as_str())?,
        })
    }
}

impl TryFrom<Chain> for ChainDto {
    type Error = Error;

    fn try_from(chain: Chain) -> Result<Self> {
        let seats = |seats: BTreeMap<cadre_solver::NeedId, u32>| {
            (seats.into_iter())
                .map(|(need, count)| (need.to_string(), count))
                .collect()
        };
        Ok(Self {
            moves: moves(chain.moves)?,
            tiers: chain.tiers,
            lose: seats(chain.lose),
            gain: seats(chain.gain),
        })
    }
}
