//! Why a plan is as it is: answers that name people, seats and rules, and can be tried.
//!
//! An [`Explainer`] holds a problem and a plan that the checker agrees with. Questions about seats
//! that stay empty are answered on the residual graph of the plan; questions about people are
//! answered by solving again with one edit and telling the difference, so that every figure is that
//! of a real plan.

mod certificate;
mod chain;
mod envy;
mod funnel;
mod names;
mod price;
mod quotas;
mod residual;
mod text;
mod trial;
mod why;

use crate::binding::Contradictions;
use crate::check::{Disagreement, check};
use crate::edit::Edit;
use crate::ids::{NeedId, PersonId};
use crate::index;
use crate::instance::Instance;
use crate::invalid::Invalid;
use crate::outcome::{Failure, FailureCode, Outcome, Settings};
use crate::plan::Plan;
use crate::replay::Status;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

pub use crate::binding::Rule;
pub use certificate::{Bottleneck, Certificate, Remedy};
pub use chain::{Chain, Move, Place, TierChange};
pub use envy::{Blocked, Envy, EnvyReport};
pub use funnel::{Funnel, Stage, StageCount};
pub use names::{Ids, Names};
pub use price::Price;
pub use text::{Explain, Language, nearness, reason_in_words, tier_in_words};
pub use why::{Part, Why, WhyNot};

/// Answers questions about one plan.
pub struct Explainer<'e> {
    instance: &'e Instance,
    plan: &'e Plan,
    settings: Settings,
    people: HashMap<&'e PersonId, u32>,
    needs: HashMap<&'e NeedId, u32>,
    /// For each person, the need served.
    serves: Vec<Option<u32>>,
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// The plan is not one of this problem.
    #[error("the plan does not answer this problem: {}", listed(.findings))]
    NotThisPlan {
        /// What the checker found.
        findings: Vec<Disagreement>,
    },
    /// The problem has no such person.
    #[error("the problem has no person `{person}`: correct the id")]
    UnknownPerson {
        /// The id asked for.
        person: PersonId,
    },
    /// The problem has no such need.
    #[error("the problem has no need `{need}`: correct the id")]
    UnknownNeed {
        /// The id asked for.
        need: NeedId,
    },
    /// The need has no empty seat.
    #[error("need `{need}` has all its {seats} seats filled")]
    NeedFilled {
        /// The need asked for.
        need: NeedId,
        /// How many people serve there.
        seats: u32,
    },
    /// The person serves nowhere in the plan.
    #[error("`{person}` serves nowhere in this plan")]
    ServesNowhere {
        /// The person asked for.
        person: PersonId,
    },
    /// The edited problem contradicts itself.
    #[error("{0}")]
    Invalid(Invalid),
    /// The edited problem has no plan.
    #[error("{}", .contradictions.sentence(Language::English, &Ids))]
    NoPlan {
        /// What can't be kept together.
        contradictions: Contradictions,
    },
    /// The edited problem could not be solved to the end.
    #[error("the trial was not solved to the end ({status}) {why}")]
    NotSolved {
        /// How it ended.
        status: Status,
        /// What went wrong; empty where a limit came first.
        why: String,
    },
}

impl Refusal {
    /// A trial that did not end in a proven plan.
    fn not_solved(outcome: &Outcome) -> Self {
        let (status, why) = match outcome {
            Outcome::Infeasible { contradictions, .. } => {
                return Self::NoPlan {
                    contradictions: contradictions.clone(),
                };
            }
            Outcome::Failed {
                code: FailureCode::NoPlanInTime,
                ..
            } => (Status::LimitReached, String::new()),
            Outcome::Failed { code, message }
            | Outcome::LimitReached {
                failure: Some(Failure { code, message }),
                ..
            } => (Status::Failed, format!("{code}: {message}")),
            other => (Status::of(other), String::new()),
        };
        Self::NotSolved { status, why }
    }

    /// Whether time or memory did not suffice for an answer.
    pub(crate) fn is_of_a_limit(&self) -> bool {
        matches!(
            self,
            Self::NotSolved {
                status: Status::LimitReached | Status::Refused,
                ..
            }
        )
    }
}

fn listed(findings: &[Disagreement]) -> String {
    let told: Vec<_> = findings.iter().map(ToString::to_string).collect();
    told.join("; ")
}

impl<'e> Explainer<'e> {
    /// Takes a problem and a plan that answers it; `settings` limit every trial solve, and their
    /// seed gives way to the plan's.
    ///
    /// # Errors
    /// [`Refusal::NotThisPlan`] when the checker disagrees with the plan.
    pub fn new(instance: &'e Instance, plan: &'e Plan, settings: &Settings) -> Result<Self, Refusal> {
        check(instance, plan).map_err(|findings| Refusal::NotThisPlan { findings })?;
        let problem = instance.problem();
        let people: HashMap<_, _> = (0_u32..)
            .zip(&problem.people)
            .map(|(at, row)| (&row.id, at))
            .collect();
        let needs: HashMap<_, _> = (0_u32..)
            .zip(&problem.needs)
            .map(|(at, row)| (&row.id, at))
            .collect();
        let mut serves = vec![None; problem.people.len()];
        for row in &plan.assignments {
            if let (Some(&person), Some(&need)) = (people.get(&row.person), needs.get(&row.need)) {
                serves[person as usize] = Some(need);
            }
        }
        let settings = Settings {
            seed: plan.seed,
            ..*settings
        };
        Ok(Self {
            instance,
            plan,
            settings,
            people,
            needs,
            serves,
        })
    }

    fn person(&self, id: &PersonId) -> Result<u32, Refusal> {
        let found = self.people.get(id).copied();
        found.ok_or_else(|| Refusal::UnknownPerson { person: id.clone() })
    }

    fn need(&self, id: &NeedId) -> Result<u32, Refusal> {
        let found = self.needs.get(id).copied();
        found.ok_or_else(|| Refusal::UnknownNeed { need: id.clone() })
    }

    fn person_id(&self, person: u32) -> &PersonId {
        &self.instance.problem().people[person as usize].id
    }

    fn need_id(&self, need: u32) -> &NeedId {
        &self.instance.problem().needs[need as usize].id
    }

    /// Seats of each need that the plan fills.
    fn filled(&self) -> Vec<u32> {
        let mut filled = vec![0; self.instance.needs.len()];
        for need in self.serves.iter().flatten() {
            filled[*need as usize] += 1;
        }
        filled
    }

    /// Everyone who serves a need.
    fn serving(&self, need: u32) -> impl Iterator<Item = u32> {
        (0..index(self.serves.len())).filter(move |&person| self.serves[person as usize] == Some(need))
    }

    /// The best plan after some edits.
    fn solve_with(&self, edits: &[Edit]) -> Result<Plan, Refusal> {
        let edited = match self.instance.edited(edits) {
            Ok(edited) => edited,
            Err(invalid) if invalid.is_of_pins() => return Err(self.contradicted(edits)),
            Err(invalid) => return Err(Refusal::Invalid(invalid)),
        };
        let serving = (0_u32..).zip(&self.serves);
        let known: Vec<(u32, u32)> = serving
            .filter_map(|(person, need)| Some((person, (*need)?)))
            .collect();
        match crate::solve::solve_near(&edited, &self.settings, &known, &mut |_| {}) {
            Outcome::Solved { plan, .. } => Ok(plan),
            other => Err(Refusal::not_solved(&other)),
        }
    }

    /// What pins and rules contradict after some edits.
    fn contradicted(&self, edits: &[Edit]) -> Refusal {
        match self.instance.problem().edited(edits) {
            Ok(edited) => Refusal::NoPlan {
                contradictions: crate::solve::contradictions(&edited, &self.settings),
            },
            Err(invalid) => Refusal::Invalid(invalid),
        }
    }

    /// What some edits would change: the cheapest chain of moves, tier by tier.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] and [`Refusal::NoPlan`] when the edited problem contradicts itself,
    /// [`Refusal::NotSolved`] when a limit came first.
    pub fn what_if(&self, edits: &[Edit]) -> Result<Chain, Refusal> {
        let after = self.solve_with(edits)?;
        Ok(Chain::between(self.plan, &after, None))
    }
}
