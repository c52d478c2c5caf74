//! Pins against the rules of the whole province and of teams, as far as counting can tell.

use super::Pins;
use crate::index;
use crate::problem::Together;
use std::collections::BTreeMap;

impl Pins<'_> {
    pub(super) fn field_caps(&mut self) {
        let instance = self.instance;
        for (field, pins) in self.grouped(|_, need| Some(instance.need(need).field)) {
            if let Some(&cap) = instance.field_caps.get(&field) {
                let id = &instance.problem.fields[field as usize].id;
                let cap_at = format!("/policy/field_caps/{}", crate::pointer_token(id.as_str()));
                let rule = format!("the policy sends {cap} to needs of field `{id}`");
                self.cap(&pins, cap, cap_at, &rule);
            }
        }
    }

    pub(super) fn travel_budget(&mut self) {
        let instance = self.instance;
        let Some(budget) = instance.problem.policy.travel_budget_minutes else {
            return;
        };
        // someone pinned twice travels once; that fault is told apart
        let journeys: BTreeMap<u32, u64> = (self.pinned.iter())
            .map(|&(person, need)| {
                let minutes = instance.minutes(person, instance.need(need).unit);
                (person, u64::from(minutes))
            })
            .collect();
        let minutes: u64 = journeys.values().sum();
        if minutes > budget {
            let pins: Vec<usize> = (0..self.pinned.len()).collect();
            let why =
                format!("all journeys together may take {budget} minutes, the pinned ones take {minutes}");
            let budget_at = vec!["/policy/travel_budget_minutes".to_owned()];
            self.conflict(&pins, budget_at, &why, "remove pins or raise the budget");
        }
    }

    /// A pin of somebody whom the base plan sends elsewhere is a change, and so is an assignment of
    /// the base plan that eligibility stops by now.
    pub(super) fn change_budget(&mut self) {
        let instance = self.instance;
        let Some(budget) = instance.problem.policy.change_budget else {
            return;
        };
        let (mut moving, mut stopped) = (Vec::new(), 0);
        for &(person, need) in instance.base.keys() {
            let elsewhere = (self.pinned.iter()).position(|&(who, what)| who == person && what != need);
            match elsewhere {
                Some(pin) => moving.push(pin),
                None => stopped += u32::from(!instance.reasons_of(person, need).is_empty()),
            }
        }
        // what is stopped alone may be too much already; that is no fault of the pins
        if stopped <= budget && index(moving.len()) + stopped > budget {
            let why = format!(
                "at most {budget} assignments of the base plan may change, but {} change by pins and \
                 {stopped} for want of eligibility",
                moving.len()
            );
            let budget_at = vec!["/policy/change_budget".to_owned()];
            self.conflict(&moving, budget_at, &why, "remove pins or raise the budget");
        }
    }

    /// A couple serves in one unit.
    pub(super) fn couples(&mut self) {
        let instance = self.instance;
        for (at, team) in instance.teams.iter().enumerate() {
            if team.together != Together::SameUnit {
                continue;
            }
            let pins: Vec<usize> = (self.pinned.iter().enumerate())
                .filter(|(_, (person, _))| team.members.contains(person))
                .map(|(pin, _)| pin)
                .collect();
            let unit_of = |pin: &usize| instance.need(self.pinned[*pin].1).unit;
            if pins.windows(2).any(|two| unit_of(&two[0]) != unit_of(&two[1])) {
                let id = &instance.problem.teams[at].id;
                let why = format!("team `{id}` serves in one unit, but its members are pinned to several");
                let team_at = vec![format!("/teams/{at}")];
                self.conflict(&pins, team_at, &why, "pin them to one unit or remove pins");
            }
        }
    }
}
