//! Envy and blocking pairs.
//!
//! Somebody envies whoever has a place that they may serve in and that is higher on their list than
//! their own. The envy is a *blocking pair* when the unit would gain as well: by a filled seat, or by
//! somebody who fits the need better than the person who serves there (Gale and Shapley 1962), and the
//! plan with just that change keeps every rule. A plan may have both: seats, balance and fit come
//! before wishes.

use super::Explainer;
use crate::eligibility::Pair;
use crate::ids::{NeedId, PersonId};
use crate::market::Market;
use crate::rulebook::{Ledger, Rulebook};
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
    /// What the unit would gain; absent where it would gain nothing, or a rule forbids the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocks: Option<Blocked>,
}

/// What the unit would gain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "gain", rename_all = "snake_case", deny_unknown_fields)]
pub enum Blocked {
    /// A seat that is empty.
    EmptySeat,
    /// Somebody who fits better than the worst of those who could make room.
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
        let people = 0..crate::index(self.serves.len());
        let chosen: Vec<Pair> = people.filter_map(|person| self.place_of(person)).collect();
        let book = Rulebook::new(Market {
            instance: self.instance,
            seed: self.settings.seed,
        });
        let ledger = Ledger::new(&book, &chosen);
        let mut report = EnvyReport::default();
        for own in chosen {
            let person = own.person;
            let row = self.instance.person(person);
            if row.preferences.is_empty() {
                continue;
            }
            report.asked += 1;
            let place = |unit: u32| row.preferences.iter().position(|&wish| wish == unit);
            let own_place = place(self.instance.need(own.need).unit);
            let before = report.envies.len();
            for (need, asked) in (0_u32..).zip(&self.instance.needs) {
                let Some(wish) = place(asked.unit).filter(|&wish| own_place.is_none_or(|own| wish < own))
                else {
                    continue;
                };
                let Some(pair) = self.instance.pair(person, need) else {
                    continue;
                };
                let has_room = filled[need as usize] < asked.headcount;
                report.envies.push(Envy {
                    person: self.person_id(person).clone(),
                    need: self.need_id(need).clone(),
                    rank: crate::index(wish) + 1,
                    blocks: self.gain(&ledger, own, pair, has_room),
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

    /// Where somebody serves.
    fn place_of(&self, person: u32) -> Option<Pair> {
        self.instance.pair(person, self.serves[person as usize]?)
    }

    /// What the unit gains when somebody leaves a place and takes another.
    fn gain(&self, ledger: &Ledger<'_, '_>, leaves: Pair, takes: Pair, has_room: bool) -> Option<Blocked> {
        if has_room && ledger.admits(&[leaves], &[takes]) {
            return Some(Blocked::EmptySeat);
        }
        let fit = self.fit(&takes);
        let mut worse: Vec<(u32, Pair)> = (self.serving(takes.need))
            .filter_map(|person| self.place_of(person))
            .map(|pair| (self.fit(&pair), pair))
            .filter(|&(other, _)| other < fit)
            .collect();
        worse.sort_unstable_by_key(|&(fit, pair)| (fit, pair.person));
        (worse.into_iter())
            .find(|&(_, makes_room)| ledger.admits(&[leaves, makes_room], &[takes]))
            .map(|(_, makes_room)| Blocked::BetterFit {
                than: self.person_id(makes_room.person).clone(),
            })
    }
}
