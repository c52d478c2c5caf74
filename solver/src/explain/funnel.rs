//! The funnel of a need: how many people are left after each question that is asked of them.

use super::quotas::Quotas;
use super::{Explainer, Refusal};
use crate::eligibility::Reason;
use crate::ids::{NeedId, UnitId};
use serde::{Deserialize, Serialize};

/// From everyone in the field to those who serve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Funnel {
    /// Which need.
    pub need: NeedId,
    /// Its unit.
    pub unit: UnitId,
    /// Seats asked for.
    pub requested: u32,
    /// Seats filled.
    pub filled: u32,
    /// People left after each stage, in the order the questions are asked.
    pub stages: Vec<StageCount>,
    /// Of those left at the end: who serves this need.
    pub serve_here: u32,
    /// Of those left at the end: who serves another need.
    pub serve_elsewhere: u32,
    /// Of those left at the end: who stays at home although a quota would let them go.
    pub free: u32,
}

/// How many people are left after a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageCount {
    /// The question asked.
    pub stage: Stage,
    /// Everyone for whom this answer and all before it are yes.
    pub people: u32,
}

/// The questions, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Does the person have the field?
    InField,
    /// At the level asked for?
    AtLevel,
    /// Does no legal bar, category, conflict of interest or decision stand against it?
    Lawful,
    /// Is the person there for the whole term, and rested?
    Available,
    /// Does the person speak the languages asked for?
    Languages,
    /// Is the journey short enough?
    WithinTravel,
    /// Does the person serve already, or do department and province let one more go?
    Releasable,
}

impl Stage {
    /// Every stage that reasons of eligibility decide, with these reasons.
    const BY_REASON: [(Self, &'static [Reason]); 6] = [
        (Self::InField, &[Reason::NoField]),
        (Self::AtLevel, &[Reason::LevelShort]),
        (
            Self::Lawful,
            &[
                Reason::LegalBar,
                Reason::Category,
                Reason::ConflictOfInterest,
                Reason::ForbiddenPair,
            ],
        ),
        (Self::Available, &[Reason::UnavailableInTerm, Reason::RestWindow]),
        (Self::Languages, &[Reason::Language]),
        (Self::WithinTravel, &[Reason::TravelLimit]),
    ];
}

impl Explainer<'_> {
    /// How many people are left for a need after each question.
    ///
    /// # Errors
    /// [`Refusal::UnknownNeed`].
    pub fn funnel(&self, need: &NeedId) -> Result<Funnel, Refusal> {
        let at = self.need(need)?;
        Ok(self.funnel_of(at, &Quotas::of(self)))
    }

    pub(super) fn funnel_of(&self, need: u32, quotas: &Quotas) -> Funnel {
        let row = self.instance.need(need);
        let document = &self.instance.problem().needs[need as usize];
        let mut left: Vec<(u32, Vec<Reason>)> = (self.instance.holders_of(row.field).iter())
            .map(|holder| (holder.person, self.instance.reasons_of(holder.person, need)))
            .collect();
        let mut stages = Vec::new();
        for (stage, reasons) in Stage::BY_REASON {
            left.retain(|(_, stopped)| !stopped.iter().any(|reason| reasons.contains(reason)));
            stages.push(StageCount {
                stage,
                people: crate::index(left.len()),
            });
        }
        left.retain(|&(person, _)| {
            self.serves[person as usize].is_some() || quotas.lets_go(self.instance, person)
        });
        stages.push(StageCount {
            stage: Stage::Releasable,
            people: crate::index(left.len()),
        });
        let serving = |test: &dyn Fn(Option<u32>) -> bool| {
            crate::index(
                (left.iter())
                    .filter(|(person, _)| test(self.serves[*person as usize]))
                    .count(),
            )
        };
        Funnel {
            need: document.id.clone(),
            unit: document.unit.clone(),
            requested: row.headcount,
            filled: crate::index(self.serving(need).count()),
            stages,
            serve_here: serving(&|serves| serves == Some(need)),
            serve_elsewhere: serving(&|serves| serves.is_some_and(|other| other != need)),
            free: serving(&|serves| serves.is_none()),
        }
    }
}
