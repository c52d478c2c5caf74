//! Why this person, and why not that one instead.

use super::chain::{Chain, Place};
use super::{Explainer, Refusal};
use crate::binding::Contradictions;
use crate::edit::Edit;
use crate::eligibility::Reason;
use crate::ids::{NeedId, PersonId};
use crate::market::Market;
use crate::plan::Tier;
use crate::terms;
use crate::tier_cost;
use serde::{Deserialize, Serialize};

/// What one assignment is worth, and the best plan without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Why {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub place: Place,
    /// Whether a pin decided it beforehand; then there is no alternative.
    pub pinned: bool,
    /// What the assignment adds, by tier and term.
    pub parts: Vec<Part>,
    /// What would happen if the person did not serve there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without: Option<Chain>,
    /// Why nothing would: what stands against every plan in which the person does not serve there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indispensable: Option<Contradictions>,
    /// Whether time or memory did not suffice to find that out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undecided: bool,
}

/// What one assignment adds to one term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Which tier.
    pub tier: Tier,
    /// Which term.
    pub term: String,
    /// The measure.
    pub measure: i64,
    /// Its weight.
    pub weight: u32,
}

/// What speaks against a person at a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case", deny_unknown_fields)]
pub enum WhyNot {
    /// The person serves there already.
    Serves {
        /// Who.
        person: PersonId,
        /// Where.
        need: NeedId,
    },
    /// The person may not.
    NotEligible {
        /// Who.
        person: PersonId,
        /// Where.
        need: NeedId,
        /// Every reason.
        reasons: Vec<Reason>,
        /// Whether each of them may be set aside.
        waivable: bool,
    },
    /// The person may, but no plan keeps all pins and rules with the person there.
    NoPlan {
        /// Who.
        person: PersonId,
        /// Where.
        need: NeedId,
        /// What can't be kept together; the person at that need counts as a pin.
        contradictions: Contradictions,
    },
    /// The person may, and this is the cheapest way to do it: what else would move, and what each
    /// tier would lose.
    Chain {
        /// Who.
        person: PersonId,
        /// Where.
        need: NeedId,
        /// The moves and their cost.
        chain: Chain,
    },
}

impl Explainer<'_> {
    /// What the person's assignment is worth, and the cheapest change without it, unless that takes
    /// too much time or memory.
    ///
    /// # Errors
    /// [`Refusal::UnknownPerson`], [`Refusal::ServesNowhere`], and those of [`Explainer::what_if`] other than limits
    /// and [`Refusal::NoPlan`], which is an answer.
    pub fn why(&self, person: &PersonId) -> Result<Why, Refusal> {
        let at = self.person(person)?;
        let Some(need) = self.serves[at as usize] else {
            return Err(Refusal::ServesNowhere {
                person: person.clone(),
            });
        };
        let document = &self.instance.problem().needs[need as usize];
        let pinned = self.instance.pins.contains(&(at, need));
        let (mut without, mut indispensable, mut undecided) = (None, None, false);
        if !pinned {
            let edit = Edit::Forbid {
                person: person.clone(),
                need: document.id.clone(),
            };
            match self.solve_with(&[edit]) {
                Ok(after) => without = Some(Chain::between(self.plan, &after, Some(person))),
                Err(Refusal::NoPlan { contradictions }) => indispensable = Some(contradictions),
                Err(refusal) if refusal.is_of_a_limit() => undecided = true,
                Err(refusal) => return Err(refusal),
            }
        }
        Ok(Why {
            person: person.clone(),
            place: Place {
                need: document.id.clone(),
                unit: document.unit.clone(),
            },
            pinned,
            parts: self.parts(at, need),
            without,
            indispensable,
            undecided,
        })
    }

    /// Why a person does not serve a need: the reasons, or the cheapest chain of moves that would
    /// put the person there, with its cost by tier.
    ///
    /// # Errors
    /// [`Refusal::UnknownPerson`], [`Refusal::UnknownNeed`], [`Refusal::NotSolved`] when a limit came first.
    pub fn why_not(&self, person: &PersonId, need: &NeedId) -> Result<WhyNot, Refusal> {
        let (who, what) = (self.person(person)?, self.need(need)?);
        let (person, need) = (person.clone(), need.clone());
        if self.serves[who as usize] == Some(what) {
            return Ok(WhyNot::Serves { person, need });
        }
        let reasons = self.instance.reasons_of(who, what);
        if !reasons.is_empty() {
            let waivable = reasons.iter().all(|reason| Reason::WAIVABLE.contains(reason));
            return Ok(WhyNot::NotEligible {
                person,
                need,
                reasons,
                waivable,
            });
        }
        let edit = Edit::Pin {
            person: person.clone(),
            need: need.clone(),
        };
        match self.solve_with(&[edit]) {
            Ok(after) => {
                let chain = Chain::between(self.plan, &after, Some(&person));
                Ok(WhyNot::Chain { person, need, chain })
            }
            Err(Refusal::NoPlan { mut contradictions }) => {
                // without the person there the plan in hand is one
                contradictions.more = false;
                Ok(WhyNot::NoPlan {
                    person,
                    need,
                    contradictions,
                })
            }
            Err(refusal) => Err(refusal),
        }
    }

    fn parts(&self, person: u32, need: u32) -> Vec<Part> {
        let market = Market {
            instance: self.instance,
            seed: self.plan.seed,
        };
        let Some(pair) = self.instance.pair(person, need) else {
            return Vec::new();
        };
        let mut parts = Vec::new();
        for score in &self.plan.score {
            let cost = tier_cost::TierCost::new(self.instance, score.tier);
            for goal in &cost.goals {
                parts.push(Part {
                    tier: score.tier,
                    term: goal.id.to_owned(),
                    measure: goal.measure.of(&market, &pair),
                    weight: goal.weight,
                });
            }
            let urgency = i64::from(terms::priority_weight(self.instance, need));
            for term in &cost.fit {
                parts.push(Part {
                    tier: score.tier,
                    term: term.id.to_owned(),
                    measure: urgency * i64::from((term.part)(self.instance, &pair)),
                    weight: term.weight,
                });
            }
        }
        parts.retain(|part| part.measure != 0);
        parts
    }
}
