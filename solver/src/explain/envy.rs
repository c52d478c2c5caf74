//! Envy and blocking pairs, among those whom no rule stops.
//!
//! Somebody envies whoever has a place that is higher on the own list than the own place. The envy
//! is a *blocking pair* when the unit would gain as well: by a filled seat, or by somebody who fits
//! the need better than the person who serves there (Gale and Shapley 1962). A plan may have both:
//! seats, balance and fit come before wishes.

use super::Explainer;
use crate::eligibility::Pair;
use crate::ids::{NeedId, PersonId};
use crate::terms;
use serde::{Deserialize, Serialize};

/// Everyone who would rather have another's place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvyReport {
    /// People with a list of wishes who serve in this plan.
    pub asked: u32,
    /// Of those, how many envy anybody.
    pub envious: u32,
    /// Each envied place, by person and need.
    pub envies: Vec<Envy>,
}

/// One person would rather serve another need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envy {
    /// Who envies.
    pub person: PersonId,
    /// The need envied.
    pub need: NeedId,
    /// The place of its unit on the person's list, from 1.
    pub rank: u32,
    /// Who serves there with a worse fit, or nobody where a seat is empty; absent where the unit
    /// would not gain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocks: Option<Blocked>,
}

/// What the unit would gain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "gain", rename_all = "snake_case", deny_unknown_fields)]
pub enum Blocked {
    /// A seat is empty.
    EmptySeat,
    /// The person fits better than somebody who serves.
    BetterFit {
        /// Who would make room.
        than: PersonId,
    },
}

impl Explainer<'_> {
    /// Everyone who serves and would rather serve another need that they are eligible for.
    #[must_use]
    pub fn envy(&self) -> EnvyReport {
        let filled = self.filled();
        let mut report = EnvyReport::default();
        for (person, own) in (0_u32..).zip(&self.serves) {
            let row = self.instance.person(person);
            let Some(own) = own.filter(|_| !row.preferences.is_empty()) else {
                continue;
            };
            report.asked += 1;
            let place = |unit: u32| row.preferences.iter().position(|&wish| wish == unit);
            let own_place = place(self.instance.need(own).unit);
            let before = report.envies.len();
            for (need, asked) in (0_u32..).zip(&self.instance.needs) {
                let Some(wish) = place(asked.unit).filter(|&wish| own_place.is_none_or(|own| wish < own))
                else {
                    continue;
                };
                let Some(pair) = self.instance.pair(person, need) else {
                    continue;
                };
                let empty = filled[need as usize] < asked.headcount;
                let worse = self.worst_fit_below(need, self.fit(&pair));
                report.envies.push(Envy {
                    person: self.person_id(person).clone(),
                    need: self.need_id(need).clone(),
                    rank: crate::index(wish) + 1,
                    blocks: if empty {
                        Some(Blocked::EmptySeat)
                    } else {
                        worse.map(|than| Blocked::BetterFit {
                            than: self.person_id(than).clone(),
                        })
                    },
                });
            }
            report.envious += u32::from(report.envies.len() > before);
        }
        report
    }

    fn fit(&self, pair: &Pair) -> u32 {
        (terms::fit_terms(self.instance).iter())
            .map(|term| term.weight * u32::from((term.part)(self.instance, pair)))
            .sum()
    }

    /// Who fits a need worst, if worse than a score.
    fn worst_fit_below(&self, need: u32, score: u32) -> Option<u32> {
        (self.serving(need))
            .filter_map(|person| Some((self.fit(&self.instance.pair(person, need)?), person)))
            .filter(|&(fit, _)| fit < score)
            .min()
            .map(|(_, person)| person)
    }
}
